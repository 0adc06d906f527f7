"""Tables, policy, headers, clean-up and security.txt: what is written, and what is refused."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import markdown
import pytest

from guide.data.model.taxonomy import Site
from guide.site import bundle, csp, servers, wellknown
from guide.site.markdown import OurMarkdown
from guide.text import minify
from support import ROOT, ours

TODAY = dt.date(2026, 11, 24)
PAGE = '<html><head><meta charset="utf-8"><title>x</title></head><body>{}</body></html>'


# Tables


def rendered(text: str) -> str:
    """Markdown as the pages have it."""
    return markdown.markdown(
        text,
        extensions=["tables", "toc", OurMarkdown()],
        extension_configs={"tables": {"use_align_attribute": True}},
    )


def test_a_plain_table_gets_a_name_and_labels_for_a_phone() -> None:
    """The heading above names it, every cell says its column; alignment is a class, since the attribute is obsolete."""
    html = rendered("## Prix\n\n| Poste | Prix **HT** |\n| --- | ---: |\n| Accueil | 12 |\n")
    assert (
        '<table aria-labelledby="prix" class="g-table">' in html
        or '<table class="g-table" aria-labelledby="prix">' in html
    )
    assert '<th scope="col">Poste</th>' in html
    assert 'data-label="Poste">Accueil</td>' in html
    cell = next(line for line in html.splitlines() if ">12</td>" in line)
    assert 'class="g-right"' in cell and 'data-label="Prix HT"' in cell
    assert "align=" not in html


def test_markdown_becomes_html_and_not_xhtml() -> None:
    """« /> » is ignored by HTML, and swallowed by a value without quotes."""
    assert rendered("Un  \ndeux\n\n---\n") == "<p>Un<br>\ndeux</p>\n<hr>"


def test_no_obsolete_alignment_is_left(sample: Path) -> None:
    """Neither attribute nor style: both are invalid or blocked."""
    for path in sample.rglob("*.html"):
        assert not re.search(r"<t[dh][^>]*\s(?:align|style)=", path.read_text(encoding="utf-8")), path


# Policy


def test_every_page_has_the_same_policy_and_one_inline_script(sample: Path) -> None:
    """A constant: what it allows is what the pages hold."""
    policies = set()
    for path in sample.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        inline = re.findall(r"<script>(.*?)</script>", page, re.S)
        assert [csp.source(each) for each in inline] == [csp.first_paint()], path
        policies |= set(re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page))
    (found,) = policies
    assert re.findall(r"'sha256-[^']*'", found) == [csp.first_paint()]
    assert "unsafe" not in found
    assert "default-src 'none'" in found
    assert "frame-ancestors" not in found, "ignored with an error in a meta element"


@pytest.mark.parametrize(
    "body",
    [
        "<style>p{color:red}</style>",
        '<p style="color:red">x</p>',
        '<button class="a" onclick="x()">x</button>',
        "<script>alert()</script>",
        '<script type="module">alert()</script>',
    ],
)
def test_code_that_the_policy_would_block_stops_the_build(body: str) -> None:
    """It would be lost without a word on the published site."""
    with pytest.raises(csp.InlineCodeError, match=r"page\.md"):
        csp.refuse(f"<p>avant</p>{body}", "page.md")


@pytest.mark.parametrize(
    "body",
    [
        '<p title="le style = la classe">x</p>',
        '<script type="application/ld+json">{"style": 1}</script>',
        "<p>style = x</p>",
    ],
)
def test_words_about_code_are_no_code(body: str) -> None:
    csp.refuse(body, "page.md")


# What is published


def test_only_what_is_loaded_is_published(site: Path) -> None:
    """Nothing of the theme's, one style sheet and two scripts of ours, and the menu's list."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert not [
        path
        for path in files
        if path.startswith(("assets/javascripts", "assets/stylesheets")) or path.endswith(".map")
    ]
    assert len([path for path in files if path.startswith("assets/css/")]) == 1
    scripts = {path.split(".")[0] for path in files if path.startswith("assets/js/")}
    assert scripts >= {"assets/js/guide", "assets/js/tools", "assets/js/menu"}
    assert not [path for path in files if path.startswith("assets/js/tools/")]
    assert "assets/images/favicon.png" not in files
    assert "assets/fonts/OFL.txt" in files, "the fonts’ licence travels with them"


def test_a_missing_style_sheet_stops_the_build() -> None:
    """A page that would lose its looks is not published."""
    with pytest.raises(bundle.BundleError, match=r"docs/assets/css/b\.css.*extra_css"):
        bundle.bundle(["assets/css/a.css", "assets/css/b.css"], [], {"assets/css/a.css": "p{}"}.get)


def test_strings_of_scripts_and_sheets_stay_whole() -> None:
    """Comments and spaces go; what only looks like a comment stays."""
    files = {
        "assets/js/a.js": 'const a = "http://x // y"; // why\n/* gone */ const b = /[/*]/, c = `a // ${a} `;\n',
        "assets/js/tools/t.js": "go(); // gone",
        "assets/css/a.css": 'p::after { content: "/* a */  b" } /* gone */',
    }
    made = bundle.bundle(["assets/css/a.css"], ["assets/js/a.js", "assets/js/tools/t.js"], files.get)
    assert made.script and made.sheet and made.tools
    assert (
        '"http://x // y"' in made.script.text
        and "`a // ${a} `" in made.script.text
        and "/[/*]/" in made.script.text
    )
    assert '"/* a */  b"' in made.sheet.text
    assert "gone" not in made.script.text + made.sheet.text + made.tools.text
    assert made.tools.text == "go();\n"
    assert re.fullmatch(r"assets/css/guide\.[0-9a-f]{8}\.min\.css", made.sheet.address)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("const a = 1;\nconst b = `x ${a ? `, ${a} y` : ''}`;", 2),
        ("const c = `${[1].map((n) => { return `a ${n} b`; })}`;", 1),
        ("const d = `${'`'} x ${a} `, e = `f`;", None),
        ('// `${`\n/* `${` */ const g = /[`]\\/`/, h = "`${", i = `\\`${a}`;', None),
        ("if (a) { b = `x`; } else { b = `y ${{ z: 1 }.z} `; }", None),
    ],
)
def test_a_template_string_inside_another_is_refused(text: str, line: int | None) -> None:
    """The minifier would take the spaces of the inner one away: words would run together on the page."""
    if line is None:
        assert minify.script(text, "docs/a.js")
    else:
        with pytest.raises(minify.NestedTemplateError, match=f"^docs/a.js:{line} :"):
            minify.script(text, "docs/a.js")


def templates(text: str) -> list[str]:
    """The template strings of a script, without what stands in their `${…}`."""
    found, depth, inside = [], 0, False
    for token in re.finditer(
        r"\\.|//[^\n]*|/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`|\$\{|[{}]|.", text, re.S
    ):
        sign = token[0]
        if sign == "`" and depth == 0:
            inside = not inside
            found += [""] if inside else []
        elif inside and depth == 0 and sign != "${":
            found[-1] += sign
        elif inside:
            depth += sign in ("{", "${")
            depth -= sign == "}"
    return found


def test_every_string_of_our_scripts_survives() -> None:
    """The words of each template string are in the minified script, to the last space."""
    seen = 0
    for path in (ROOT / "docs/assets/js").rglob("*.js"):
        text = path.read_text(encoding="utf-8")
        strings = templates(text)
        seen += len(strings)
        assert templates(minify.script(text, path.name)) == strings, path
    assert seen > 50


# security.txt


def site_of(contact: str | None, expires: dt.date | None) -> Site:
    """The real identity, with somebody to tell about a fault."""
    return ours().site.model_copy(
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
