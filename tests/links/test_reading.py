"""Where addresses are found, how they are understood, what a page says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.links.addresses import AddressError, is_home, parse, redirect_target
from guide.links.bare import scan_list, scan_table, scan_yaml
from guide.links.collect import collect_from, collect_project
from guide.links.exchange import HttpAnswer
from guide.links.fetch import HARD_CAP, CappedBody
from guide.links.journey import retry_after
from guide.links.markup import scan_html
from guide.links.prose import scan_markdown
from guide.links.seen_page import read_page
from guide.text.reach import mail_problem, phone_problem


def _urls(found: list) -> list[str]:  # type: ignore[type-arg]
    return [one.url for one in found]


def test_markdown_links_of_every_kind() -> None:
    text = (
        "[a](https://a.fr/x_(y)) et [b](<https://b.fr/avec espace> 'titre') puis <https://c.fr>.\n"
        "[ref]: https://d.fr 'titre'\n"
        'Nu : https://e.fr/page. <a href="https://f.fr?a=1&amp;b=2">f</a> ![i](https://g.fr/i.png)\n'
        "<courrier@exemple.fr> [tel](tel:+33123456789) [ici](../page.md) [h][ref]\n"
        "`https://code.fr` ``[x](https://code.fr)``\n"
        "```\nhttps://cloture.fr\n```\n<!-- https://commentaire.fr -->\n"
    )
    assert sorted(_urls(scan_markdown(text))) == [
        "../page.md",
        "https://a.fr/x_(y)",
        "https://b.fr/avec espace",
        "https://c.fr",
        "https://d.fr",
        "https://e.fr/page",
        "https://f.fr?a=1&b=2",
        "https://g.fr/i.png",
        "mailto:courrier@exemple.fr",
        "tel:+33123456789",
    ]


def test_markdown_indented_code_is_code_but_what_a_list_holds_is_not() -> None:
    text = (
        "Texte.\n\n    https://code.fr\n\n    [y](https://code.fr)\n\n- un\n\n    [a](https://a.fr)\n\nFin\n"
        "    https://b.fr\n\n!!! note\n\n    https://c.fr\n\n<div>\n    <a href='https://d.fr'>d</a>\n</div>\n"
    )
    assert _urls(scan_markdown(text)) == ["https://a.fr", "https://b.fr", "https://c.fr", "https://d.fr"]


@pytest.mark.parametrize("mark", ["> ", ">  ", "- > ", "1. > ", " \t"])
def test_what_stands_before_a_line_is_read_in_one_way(mark: str) -> None:
    """Two ways for each mark would be 2^200 ways for a line."""
    assert _urls(scan_markdown(f"{mark * 200}!\n\n[a](https://a.fr)\n")) == ["https://a.fr"]


def test_markdown_footnotes_and_escapes() -> None:
    text = "[^1]: voir https://a.fr/x\n[b](https://b.fr/x\\_y)\n[c]: https://c.fr/x\\_y\n"
    assert _urls(scan_markdown(text)) == ["https://a.fr/x", "https://b.fr/x_y", "https://c.fr/x_y"]


def test_a_base_makes_relative_addresses_external() -> None:
    text = '<base href="http://a.fr/b/"><a href="c">c</a><a href="//d.fr/e">e</a><a href="#f">f</a>'
    assert _urls(scan_html(text)) == ["http://a.fr/b/c", "http://d.fr/e", "#f"]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_of_any_common_coding_are_read(tmp_path: Path, coding: str) -> None:
    (tmp_path / "liste.urls").write_text("https://a.fr/été\n", coding)
    assert [link.url for link in collect_from([str(tmp_path)], tmp_path, ()).links] == ["https://a.fr/été"]


def test_yaml_addresses_have_their_line_and_path() -> None:
    found = scan_yaml(
        "- id: a\n  url: https://a.fr\n  note: voir https://b.fr/x.\n- liste:\n  - https://c.fr\n"
    )
    assert [(one.url, one.line, one.path) for one in found] == [
        ("https://a.fr", 2, "[0].url"), ("https://b.fr/x", 3, "[0].note"), ("https://c.fr", 5, "[1].liste[0]"),
    ]  # fmt: skip


def test_broken_yaml_still_gives_its_addresses() -> None:
    assert _urls(scan_yaml("a: [https://a.fr\nb: }\n")) == ["https://a.fr"]


def test_html_addresses_without_the_hints_to_browsers() -> None:
    text = (
        '<link rel=preconnect href="https://non.fr"><link rel=canonical href="https://a.fr/">\n'
        '<img srcset="https://b.fr/1.png 1x, https://b.fr/2.png 2x"><script src="https://c.fr/x.js"></script>'
        '<a href="https://d.fr/?a=1&amp;b=2">d</a><!-- <a href="https://non.fr"> -->'
    )
    assert _urls(scan_html(text)) == [
        "https://a.fr/", "https://b.fr/1.png", "https://b.fr/2.png", "https://c.fr/x.js", "https://d.fr/?a=1&b=2",
    ]  # fmt: skip


def test_linked_data_holds_documents_among_names() -> None:
    text = (
        "<script type='application/ld+json'>\n"
        '{"@context": "https://schema.org", "@id": "https://nom.fr/1", "author": "https://nom.fr/2",\n'
        ' "url": "https:\\/\\/a.fr\\/x", "image": ["https://b.fr/1.jpg",\n{"@type": "Image", "url": "https://b.fr/2.jpg"}],\n'
        ' "sameAs": "https://b.fr/1.jpg"}</script>'
        '<script type=application/ld+json>{"url": "https://abime.fr/"</script>'
        f"<script type=application/ld+json>{'[' * 50_000}</script>"
    )
    assert [(one.url, one.line) for one in scan_html(text)] == [
        ("https://a.fr/x", 3), ("https://b.fr/1.jpg", 3), ("https://b.fr/2.jpg", 4), ("https://b.fr/1.jpg", 5),
    ]  # fmt: skip


def test_lists_hold_one_address_a_line_and_what_is_said_of_it() -> None:
    lines = {
        "# non https://non.fr": [],
        "https://a.fr/x une bonne page": ["https://a.fr/x"],
        "https://a.fr/y  # notre avis": ["https://a.fr/y"],
        "https://a.fr/z - la suite, https://b.fr/": ["https://a.fr/z", "https://b.fr/"],
        "https://a.fr/t\tcolonne": ["https://a.fr/t"],
        "voir https://b.fr.": ["https://b.fr"],
        "Site:https://c.fr/x": ["https://c.fr/x"],
        "https://a.fr/un dossier/fiche.html": ["https://a.fr/un dossier/fiche.html"],
        "tel:+33 1 23 45 67 89 # standard": ["tel:+33 1 23 45 67 89"],
        "mailto:a@b.fr (secrétariat)": ["mailto:a@b.fr"],
        "https://a.fr/1,https://a.fr/2": ["https://a.fr/1", "https://a.fr/2"],
        "Note : rien ici": [],
        "écrire à a.b@c-d.fr, ou <e@f.fr> (g+h@i.fr): merci": [
            "mailto:a.b@c-d.fr",
            "mailto:e@f.fr",
            "mailto:g+h@i.fr",
        ],
        "outil@1.2.3 logo@2x.png git@forge.fr:moi/x @moi a@b https://a.fr/@moi/x.html": [
            "https://a.fr/@moi/x.html"
        ],
        "https://moi@a.fr/x?de=c@d.fr": ["https://moi@a.fr/x?de=c@d.fr"],
    }
    for line, urls in lines.items():
        assert _urls(scan_list(line)) == urls, line


def test_tables_of_values_are_read_cell_by_cell() -> None:
    comma = 'nom,adresse,note\nA,https://a.fr/x,bien\nB,"https://b.fr/?l=1,2","voir https://c.fr."\n'
    assert [(one.url, one.line) for one in scan_table(comma)] == [
        ("https://a.fr/x", 2), ("https://b.fr/?l=1,2", 3), ("https://c.fr", 3),
    ]  # fmt: skip
    assert _urls(scan_table("a;b\nx;https://a.fr/?q=1,2\n")) == ["https://a.fr/?q=1,2"]
    assert _urls(scan_table("a\tb\nx\thttps://a.fr/y\n")) == ["https://a.fr/y"]


def test_the_site_itself_is_not_external_and_built_pages_are_read(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "mkdocs.yml").write_text(  # as other projects write it, with what only MkDocs understands
        "theme: {name: material, icon: !!python/name:material.twemoji }\nnav: &menu [{a: b.md}]\nautre: *menu\n"
        'site_url: "https://guide.fr/"  # chez nous\nsite_dir: null\nextra: !ENV [X]\n'
    )
    (tmp_path / "site" / "index.html").write_text(
        '<a href="https://guide.fr/page/">x</a><a href="https://ailleurs.fr/">y</a><a href="/z">z</a>'
    )
    assert [link.url for link in collect_project(tmp_path, ()).links] == ["https://ailleurs.fr/"]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("HTTP://Exemple.FR:80", "http://exemple.fr/"),
        ("https://exemple.fr:443/a/../b/./c?x=é#f", "https://exemple.fr/b/c?x=%C3%A9"),
        ("https://exemple.fr/%7Ea/%2F?q=a%26b", "https://exemple.fr/%7Ea/%2F?q=a%26b"),
        ("https://été.fr/x y", "https://xn--t-9fab.fr/x%20y"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
    ],
)
def test_addresses_as_a_browser_asks_for_them(written: str, asked: str) -> None:
    assert parse(written).request == asked


@pytest.mark.parametrize("wrong", ["https://", "https:///x", "http://a b/", "https://x.fr:99999", "http://[::g]/",
                                   "https://-x.fr", "htp://x.fr", "http://999.1.1.1/"])  # fmt: skip
def test_malformed_addresses_are_refused_in_french(wrong: str) -> None:
    with pytest.raises(AddressError, match=r"^L"):
        parse(wrong)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_french_error(text: str) -> None:
    try:
        address = parse(f"https://exemple.fr/{text}")
    except AddressError:
        return
    assert address.request.isascii() and not any(character.isspace() for character in address.request)


@given(st.text(max_size=80) | st.sampled_from(["//[", "http://[", "http://]x/", "https://a:b:c/"]))
def test_a_redirect_target_never_breaks_the_run(location: str) -> None:
    assert isinstance(redirect_target("https://exemple.fr/a/b", location), str)


def test_mail_and_phone_numbers() -> None:
    assert mail_problem("mailto:a@b.fr,c@d.fr?subject=x") is None
    assert mail_problem("mailto:a@b") is not None and mail_problem("mailto:") is not None
    assert mail_problem("mailto:a@b.fr,") is None and mail_problem("mailto://a@b.fr") is not None
    named = "mailto:Jeanne <a@b.fr>, Luc <c@d.fr>?subject=x"
    assert mail_problem(named, names=True) is None and mail_problem(named) is not None
    assert mail_problem("mailto:Jeanne <a@b>", names=True) is not None
    for good in (
        "tel:+33 1 23 45 67 89",
        "tel:0805805817",
        "tel:3018",
        "tel:116006",
        "tel:17",
        "tel:112",
        "tel:+4122345678",
        "tel:33700",
    ):
        assert phone_problem(good) is None, good
    for bad in ("tel:", "tel:0123", "tel:+330123456789", "tel:99", "tel:abc"):
        assert phone_problem(bad) is not None, bad


@pytest.mark.parametrize("path", ["/", "", "/fr/", "/fr", "/index.html", "/fr/accueil", "/fr-FR/index.php"])
def test_home_pages(path: str) -> None:
    assert is_home(path)


@pytest.mark.parametrize(
    "path", ["/page", "/fr/page", "/indexation", "/guide/index.html", "/accueil/patients"]
)
def test_deep_pages(path: str) -> None:
    assert not is_home(path)


def test_both_ways_of_reading_a_page_agree() -> None:
    source = (
        "<html><head><title>Un &amp; deux</title></head><body><h1>Trois <b>quatre</b></h1>"
        + "<p>mots</p>" * 400 + "</body></html>"
    )  # fmt: skip
    quick, slow = read_page(source, False), read_page(source, True)
    assert (quick.title, quick.heading) == (slow.title, slow.heading) == ("Un & deux", "Trois quatre")
    assert quick.long and slow.long


@given(st.text(alphabet="<>!-\"'=/ ahdtilescrp1", max_size=400))
def test_hostile_html_is_read_to_an_end(source: str) -> None:
    read_page(source, True)
    read_page(source, False)


def test_a_bomb_stops_at_the_cap() -> None:
    import gzip

    body = CappedBody("gzip", 10 * HARD_CAP)
    body.feed(gzip.compress(b"\0" * (20 * HARD_CAP)))
    assert len(body.data) == HARD_CAP and body.truncated and body.full


@pytest.mark.parametrize(
    ("header", "body", "text"),
    [
        ("text/html; charset=iso-8859-1", "é".encode("latin-1"), "é"),
        ("text/html", b"<meta charset='windows-1252'>\xe9", "<meta charset='windows-1252'>é"),
        ("text/html", "<meta charset=utf-16>é".encode(), "<meta charset=utf-16>é"),
        ("text/html", "\ufeffé".encode(), "é"),
        ("text/html", "é".encode("utf-16"), "é"),
        ("text/html", b"ann\xe9e", "année"),
        *(
            (f"text/html; charset={odd}", "é".encode(), "é")
            for odd in ("inconnu", "undefined", "idna", "hex")
        ),
    ],
)
def test_a_page_is_read_whatever_it_says_of_its_letters(header: str, body: bytes, text: str) -> None:
    assert HttpAnswer("https://a.fr/", 200, {"content-type": header}, body).text == text


def test_retry_after() -> None:
    assert retry_after("120") == 120 and retry_after("") is None and retry_after("bientôt") is None
    said = {"3s": 3, "1m1s": 61, "2 minutes": 120, "1.5 s": 1.5, "120, 240": 120, "500ms": None, "1e3": None}
    assert {value: retry_after(value) for value in said} == said
    assert retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0
