"""Tables, policy, headers, clean-up and security.txt: what is written, and what is refused."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from pathlib import Path

import pytest

from guide.data.guide import load
from guide.data.model.taxonomy import Site
from guide.site import bundle, csp, prune, servers, wellknown
from guide.site.tables import label_tables
from support import ROOT

TODAY = dt.date(2026, 11, 24)
PAGE = '<html><head><meta charset="utf-8"><title>x</title></head><body>{}</body></html>'


# Tables


def test_a_plain_table_gets_labels_for_a_phone() -> None:
    """Every cell says its column; alignment is a class, since the attribute is obsolete."""
    source = (
        '<table><thead><tr><th>Poste</th><th align="right">Prix <b>HT</b></th></tr></thead>'
        '<tbody><tr><td>Accueil</td><td align="right">12</td></tr></tbody></table>'
    )
    assert label_tables(source) == (
        '<table class="g-table"><thead><tr><th scope="col">Poste</th><th scope="col" class="g-right">Prix <b>HT</b></th>'
        '</tr></thead><tbody><tr><td data-label="Poste">Accueil</td><td class="g-right" data-label="Prix HT">12</td>'
        "</tr></tbody></table>"
    )


def test_labels_written_by_the_renderer_are_kept() -> None:
    """A shorter label than the column's stays."""
    source = (
        '<table class="g-facts"><thead><tr><th scope="col">Fait</th><th scope="col">Longue colonne</th></tr></thead>'
        '<tbody><tr><th scope="row">A</th><td data-label="Court">B</td></tr></tbody></table>'
    )
    assert 'data-label="Court"' in label_tables(source)
    assert 'class="g-table g-facts"' in label_tables(source)


def test_tables_of_others_are_left_alone() -> None:
    """Highlighted code is a table too."""
    source = '<table class="highlighttable"><tr><td>1</td></tr></table>'
    assert label_tables(source) == source


def test_a_form_to_write_on_scrolls_by_itself() -> None:
    """It is never cut into cards, and the keyboard can scroll it."""
    out = label_tables(
        '<table class="g-log"><thead><tr><th>Heure</th></tr></thead><tbody><tr><td>8</td></tr></tbody></table>'
    )
    assert out.startswith('<div class="g-scroll" tabindex="0" role="region" aria-label=')


def test_no_obsolete_alignment_is_left(sample: Path) -> None:
    """Neither attribute nor style: both are invalid or blocked."""
    for path in sample.rglob("*.html"):
        assert not re.search(r"<t[dh][^>]*\s(?:align|style)=", path.read_text(encoding="utf-8")), path


# Policy


def test_each_page_allows_its_own_inline_scripts_only(sample: Path) -> None:
    """The meta policy holds exactly the hashes of the scripts in the file."""
    for path in sample.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        bodies = re.findall(r"<script>(.*?)</script>", page, re.S)
        wanted = {
            f"'sha256-{base64.b64encode(hashlib.sha256(b.encode()).digest()).decode()}'" for b in bodies
        }
        (found,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
        assert set(re.findall(r"'sha256-[^']*'", found)) == wanted
        assert "unsafe" not in found
        assert "default-src 'none'" in found
        assert "frame-ancestors" not in found, "ignored with an error in a meta element"


def test_protecting_twice_changes_nothing(sample: Path, tmp_path: Path) -> None:
    """`serve` may build into the same folder again."""
    page = tmp_path / "index.html"
    page.write_text(PAGE.format("<script>1</script>"), encoding="utf-8")
    first = csp.protect(tmp_path)
    text = page.read_text(encoding="utf-8")
    assert csp.protect(tmp_path) == first
    assert page.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "body", ["<style>p{color:red}</style>", '<p style="color:red">x</p>', '<button onclick="x()">x</button>']
)
def test_code_that_the_policy_would_block_stops_the_build(tmp_path: Path, body: str) -> None:
    """It would be lost without a word on the published site."""
    (tmp_path / "index.html").write_text(PAGE.format(body), encoding="utf-8")
    with pytest.raises(csp.InlineCodeError, match=r"index\.html"):
        csp.protect(tmp_path)


# Clean-up


def test_only_what_is_loaded_is_published(sample: Path) -> None:
    """No source map, one search language, one style sheet of ours, no icon of the theme."""
    files = {path.relative_to(sample).as_posix() for path in sample.rglob("*") if path.is_file()}
    assert not [path for path in files if path.endswith(".map")]
    lunr = {Path(path).name for path in files if "/lunr/" in path}
    assert lunr == {"lunr.fr.min.js", "lunr.stemmer.support.min.js"}
    assert len([path for path in files if path.startswith("assets/css/")]) == 1
    assert "assets/images/favicon.png" not in files
    assert "assets/fonts/OFL.txt" in files, "the fonts' licence travels with them"


def test_a_search_module_of_ours_keeps_its_place(tmp_path: Path) -> None:
    """It is emitted at the theme's own path."""
    ours = tmp_path / "assets/javascripts/lunr/min/lunr.fr.min.js"
    ours.parent.mkdir(parents=True)
    ours.write_text("ours", encoding="utf-8")
    (ours.parent / "lunr.de.min.js").write_text("de", encoding="utf-8")
    (tmp_path / "search").mkdir()
    (tmp_path / "search/search_index.json").write_text('{"config": {"lang": ["fr"]}}', encoding="utf-8")
    assert prune.prune(tmp_path) == ["assets/javascripts/lunr/min/lunr.de.min.js"]
    assert ours.read_text(encoding="utf-8") == "ours"


def test_pages_with_different_style_sheets_stop_the_build(tmp_path: Path) -> None:
    """A page that would lose its looks is not published."""
    for name, css in (("a", "one"), ("b", "two")):
        link = f'<link rel="stylesheet" href="assets/css/{css}.css">'
        (tmp_path / f"{name}.html").write_text(link, encoding="utf-8")
    with pytest.raises(bundle.BundleError, match="mêmes fichiers"):
        bundle.bundle(tmp_path)


# security.txt


def site_of(contact: str | None, expires: dt.date | None) -> Site:
    """The real identity, with somebody to tell about a fault."""
    return load(ROOT).site.model_copy(
        update={"url": "https://guide.example/", "security_contact": contact, "security_expires": expires}
    )


@pytest.mark.parametrize(
    ("contact", "expires"),
    [
        (None, None),
        (None, dt.date(2027, 10, 1)),
        ("mailto:securite@guide.example", TODAY),
        ("mailto:securite@guide.example", dt.date(2025, 1, 1)),
        ("mailto:securite@guide.example", dt.date(2029, 1, 1)),
    ],
)
def test_no_contact_that_holds_no_file(contact: str | None, expires: dt.date | None, tmp_path: Path) -> None:
    """An address that nobody reads is worse than none; a day that passes stops nothing."""
    assert wellknown.files(site_of(contact, expires), "https://guide.example/", TODAY) == {}
    wellknown.write(tmp_path)
    assert not (tmp_path / ".well-known").exists()


@pytest.mark.parametrize("address", ["https://guide.example/", "https://guide.example"])
def test_a_contact_makes_a_file_of_rfc_9116(address: str) -> None:
    """Contact, Expires, Preferred-Languages, Canonical, one a line."""
    site = site_of("mailto:securite@guide.example", dt.date(2027, 10, 1))
    (text,) = wellknown.files(site, address, TODAY).values()
    assert text.decode().splitlines() == [
        "Contact: mailto:securite@guide.example",
        "Expires: 2027-10-01T00:00:00Z",
        "Preferred-Languages: fr",
        "Canonical: https://guide.example/.well-known/security.txt",
    ]


def test_a_published_site_keeps_its_security_txt(in_folder: Path) -> None:
    """In a real build, at the well-known place and, for hosts that drop dot-folders, at the root."""
    text = (in_folder / ".well-known" / "security.txt").read_text(encoding="utf-8")
    assert text.startswith("Contact: mailto:securite@guide.example\nExpires: 2027-10-01T00:00:00Z\n")
    assert (in_folder / "security.txt").read_text(encoding="utf-8") == text
    assert (in_folder / ".nojekyll").read_bytes() == b"", (
        "GitHub Pages would drop names that begin with a dot"
    )
    assert "/.well-known/*" in (in_folder / "_headers").read_text(encoding="utf-8")


def test_a_guide_of_many_pages_still_fits_the_hosts_that_limit_rules() -> None:
    """Beyond the limit, what is lost is one default; the exceptions that readers need stay."""
    files = [f"page-{number}/index.html" for number in range(300)] + [
        "donnees/resources.csv",
        "assets/css/x.0a1b2c3d.min.css",
    ]
    text = servers.netlify({"X-Content-Type-Options": "nosniff"}, "/", files)
    assert len(re.findall(r"^/", text, re.MULTILINE)) <= servers.MOST_RULES
    assert "/page-1/" not in text
    assert (
        "/donnees/resources.csv\n  Cross-Origin-Resource-Policy: cross-origin\n  Access-Control-Allow-Origin: *"
        in text
    )
    assert "/assets/css/x.0a1b2c3d.min.css\n  Cache-Control: public, max-age=31536000, immutable" in text
