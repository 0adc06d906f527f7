"""What is a link in a source, what is not, and on which line: each kind of writing that went wrong once."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.links.bare import addresses, scan_list, scan_yaml
from guide.links.collect import collect_from
from guide.links.markup import scan_html, srcset
from guide.links.prose import scan_markdown, scan_mdx
from messages import Said

MARKDOWN = {
    # Words that look like an address are words.
    "[https://a.fr](https://b.fr/x)": ["https://b.fr/x"],
    "![https://a.fr/alt](https://b.fr/i.png 'voir https://c.fr')": ["https://b.fr/i.png"],
    "[plan https://a.fr][r]\n\n[r]: https://b.fr/r 'https://c.fr'": ["https://b.fr/r"],
    "[https://a.fr/vide]()": ["https://a.fr/vide"],
    "<a href='https://a.fr/1'>https://b.fr/2</a>": ["https://a.fr/1"],
    # Nor is code, wherever it stands.
    "```sh x``` puis\n\n[b](https://b.fr)": ["https://b.fr"],
    "```\nhttps://a.fr\n```info\nhttps://a.fr\n```\n\n[b](https://b.fr)": ["https://b.fr"],
    '!!! tip "Un titre"\n\n    ~~~\n    https://a.fr\n    ~~~\n\n    [b](https://b.fr)': ["https://b.fr"],
    '=== "Windows"\n\n    ```\n    curl https://a.fr\n    ```\n\n=== "macOS"\n\n    [b](https://b.fr)': ["https://b.fr"],
    "??? note\n    texte\n\n        https://a.fr\n\n    <https://b.fr>": ["https://b.fr"],
    "- un\n\n      https://a.fr\n\n  [b](https://b.fr)": ["https://b.fr"],
    "> ```\n> https://a.fr\n> ```\n> [b](https://b.fr)": ["https://b.fr"],
    "Du `code sur\ndeux https://a.fr` lignes, [b](https://b.fr)": ["https://b.fr"],
    "<pre>\nhttps://a.fr\n</pre>\n\n<script>x = 'https://a.fr'</script>\n\n[b](https://b.fr)": ["https://b.fr"],
    "Tapez <kbd>https://a.fr</kbd> ou <code>https://a.fr</code>, [b](https://b.fr)": ["https://b.fr"],
    "`<!--` https://b.fr/entre `-->`": ["https://b.fr/entre"],
    "<!-- https://a.fr -->\n\n```html\n<!-- ouvert\n```\n\nhttps://b.fr/suite": ["https://b.fr/suite"],
    # What ends an address that stands by itself.
    "https://a.fr/x… https://a.fr/y— https://a.fr/z&nbsp;: https://a.fr/t\u200b.": [
        "https://a.fr/x", "https://a.fr/y", "https://a.fr/z", "https://a.fr/t",
    ],
    "(https://a.fr/x) (voir https://a.fr/y_(z)) https://a.fr/1][2] https://a.fr[1]": [
        "https://a.fr/x", "https://a.fr/y_(z)", "https://a.fr/1", "https://a.fr",
    ],
    "~~https://a.fr/x~~ ==https://a.fr/y== **https://a.fr/z** ‹https://a.fr/t›": [
        "https://a.fr/x", "https://a.fr/y", "https://a.fr/z", "https://a.fr/t",
    ],
    "https://a.fr/_un_/x_y https://a.fr/?q=a&amp;b=c&region=2 https://a.fr/a\\_b": [
        "https://a.fr/_un_/x_y", "https://a.fr/?q=a&b=c&region=2", "https://a.fr/a_b",
    ],
    "Voir https://a.fr/docs puis [accueil](https://a.fr/) et <https://a.fr/d>": [
        "https://a.fr/", "https://a.fr/d", "https://a.fr/docs",
    ],
    "Tel:01 23 45 67 89, git+https://a.fr/depot, https://… https://": [],
    # Characters of an address.
    "[a](https://a.fr/?dept=33&region=75&copy=1&sect=2)": ["https://a.fr/?dept=33&region=75&copy=1&sect=2"],
    "[a](https://a.fr/x_(y)) [b](<https://b.fr/a b>)": ["https://a.fr/x_(y)", "https://b.fr/a b"],
    "[m](mailto:{{ page.contact }}) [s](https://{{ hote }}/x)": ["mailto:{{ page.contact }}", "https://{{ hote }}/x"],
    # What MkDocs and CommonMark call a link.
    "| a | b |\n| - | - |\n| https://a.fr/1 | [x](https://a.fr/2) |": ["https://a.fr/2", "https://a.fr/1"],
    "Mot\n:   voir https://a.fr/def\n\n[^1]: voir <https://a.fr/note>\n\nTexte[^1].": [
        "https://a.fr/def", "https://a.fr/note",
    ],
    "[jamais]: https://a.fr\n\n[un][R] et [r]\n\n[r]: https://b.fr/r": ["https://b.fr/r"],
    "<irc://a.fr/salon> <a@b.fr>": ["irc://a.fr/salon", "mailto:a@b.fr"],
    "[[https://a.fr/x]][[https://b.fr/y]] (https://a.fr/z)(https://b.fr)": [
        "https://a.fr/x", "https://b.fr/y", "https://a.fr/z", "https://b.fr",
    ],
    '[a](https://a.fr){: title="https://b.fr" } [c](https://c.fr){ .bouton lang=fr }': ["https://a.fr", "https://c.fr"],
    "<Fiches>\n  <Fiche href='https://a.fr'>\n</Fiches>\n\n<un-bouton href='https://b.fr'></un-bouton>": [
        "https://a.fr", "https://b.fr",
    ],
}  # fmt: skip
MDX = {
    "import A from 'https://a.fr'\nexport const b = 'https://a.fr'\n\nOn import https://b.fr": ["https://b.fr"],
    "{/* https://a.fr\n\n*/}\n\n[b](https://b.fr)": ["https://b.fr"],
    "<Un>\n  <Deux\n    href='https://a.fr'\n  >\n    [b](https://b.fr)\n  </Deux>\n</Un>": ["https://a.fr", "https://b.fr"],
    "<Un>\n    <A href='https://a.fr'>\n        [b](https://b.fr)\n": ["https://a.fr", "https://b.fr"],
    "````\n<A href='https://a.fr'>\n```\n<A href='https://a.fr'>\n````\n[b](https://b.fr)": ["https://b.fr"],
}  # fmt: skip


@pytest.mark.parametrize("text", MARKDOWN)
def test_markdown(text: str) -> None:
    assert sorted(found.url for found in scan_markdown(text)) == sorted(MARKDOWN[text])


@pytest.mark.parametrize("text", MDX)
def test_mdx(text: str) -> None:
    assert sorted(found.url for found in scan_mdx(text)) == sorted(MDX[text])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_editors_and_git(end: str) -> None:
    text = end.join(
        ["un\u2028deux\x0ctrois\x85", "", "- [a](https://a.fr)", "  suite,", "  [b](", "  https://b.fr)", "", "[c][d]", "",
         "[d]:", "  https://c.fr"]
    )  # fmt: skip
    assert [(found.url, found.line) for found in scan_markdown(text)] == [
        ("https://a.fr", 3), ("https://b.fr", 6), ("https://c.fr", 11),
    ]  # fmt: skip


@pytest.mark.parametrize("suffix", [".md", ".qmd", ".Rmd", ".mdx", ".markdown"])
def test_every_markdown_suffix_is_read_as_markdown(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"p{suffix}").write_text("```{r}\nhttps://a.fr/R-$\n```\n[b](https://b.fr)\n", "utf-8")
    assert [link.url for link in collect_from([str(tmp_path)], tmp_path, ()).links] == ["https://b.fr"]


def test_html_what_a_browser_loads_or_opens() -> None:
    text = (
        '<meta http-equiv=Refresh content="3; URL=\'https://a.fr/1\'"><meta property="og:image" content=https://a.fr/2>\n'
        '<meta name="twitter:player" content="https://a.fr/3"><meta name=description content="https://non.fr">\n'
        '<frame src="https://a.fr/4"><svg><a xlink:href="https://a.fr/5"/><use href="https://a.fr/6#x"/></svg>\n'
        '<form action="https://a.fr/7"><button formaction="https://a.fr/8">x</button></form>\n'
        '<form method=POST action="https://non.fr"><button formaction="https://non.fr">x</button></form>\n'
        '<img src="https://a.fr/9" srcset="https://a.fr/w_4,h_3/a.png 1x, https://a.fr/b.png 2x,https://a.fr/c,d"\n'
        '  longdesc="https://a.fr/10"><style>@import "https://a.fr/11"; p { background: url(https://a.fr/12) }</style>\n'
        '<p style="background: url(\'https://a.fr/13\')" data-href="https://non.fr" title=\'href="https://non.fr"\'>\n'
        '<script>var x = "<a href=https://non.fr>"</script><a href="https://a.fr/?a=1&region=2&amp;b=3&copy;">x</a>\n'
        '<![x]]><![ endif]><a\n  class="x"\n  href="https://a.fr/14">x</a><!-- <a href="https://non.fr"> --!>'
    )  # fmt: skip
    found = [(one.url, one.line) for one in scan_html(text)]
    assert [url for url, _ in found] == [
        "https://a.fr/1", "https://a.fr/2", "https://a.fr/3", "https://a.fr/4", "https://a.fr/5", "https://a.fr/6#x",
        "https://a.fr/7", "https://a.fr/8", "https://a.fr/9", "https://a.fr/w_4,h_3/a.png", "https://a.fr/b.png",
        "https://a.fr/c,d", "https://a.fr/10", "https://a.fr/11", "https://a.fr/12", "https://a.fr/13",
        "https://a.fr/?a=1&region=2&b=3©", "https://a.fr/14",
    ]  # fmt: skip
    assert dict(found)["https://a.fr/14"] == 12 and dict(found)["https://a.fr/10"] == 7


def test_a_cell_may_hold_several_addresses(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        'a,"https://a.fr/1,https://a.fr/2"\n"https://a.fr/w_4,h_3/i.png",b\n', "utf-8"
    )
    urls = [link.url for link in collect_from([str(tmp_path / "t.csv")], tmp_path, ()).links]
    assert urls == ["https://a.fr/1", "https://a.fr/2", "https://a.fr/w_4,h_3/i.png"]


def test_srcset_as_the_standard_cuts_it() -> None:
    assert list(srcset("a,b.png 1x, c.png, d.png 100w,e,f")) == ["a,b.png", "c.png", "d.png", "e,f"]


def test_yaml_every_scalar_at_its_own_line() -> None:
    text = (
        "https://a.fr/cle: 1\ntexte: |\n  un\n\n  deux https://a.fr/bloc\nplie: >-\n  un\n  <https://a.fr/plie>,\n"
        "liste: &x\n  - https://a.fr/1 # non https://non.fr\n  - *x\n  - {u: 'https://a.fr/2'}\n"
        "autre: *x\nlong: un texte\n  et https://a.fr/suite\n"
    )
    assert [(one.url, one.line, one.path) for one in scan_yaml(text)] == [
        ("https://a.fr/cle", 1, ""), ("https://a.fr/bloc", 5, "texte"), ("https://a.fr/plie", 8, "plie"),
        ("https://a.fr/1", 10, "liste[0]"), ("https://a.fr/2", 12, "liste[2].u"), ("https://a.fr/suite", 15, "long"),
    ]  # fmt: skip


BOMBS = {
    "recursive.yml": "a: &x\n  - *x\n  - https://b.fr\n",
    "deep.yml": "[" * 60_000,
    "bomb.yml": "".join(f"a{n}: &a{n} [{', '.join(['*a' + str(n - 1)] * 9)}]\n" if n else "a0: &a0 [x]\n" for n in range(9)),
    "brackets.md": "[a](" * 25_000,
    "closed.md": "](" * 40_000,
    "quotes.md": ">" * 60_000,
    "stars.md": "*a_ " * 30_000,
    "fences.md": "```\n" * 30_000,
    "declarations.html": "<![x]]><![ endif]><!x><?y>" * 5_000,
    "quotes.html": "<a href='" * 20_000,
    "double.html": '<a b="' * 20_000 + ">",
    "open.html": "<a " * 60_000,
    "comments.html": "<!--" * 60_000,
    "long.txt": "https://a.fr/" + "(" * 100_000,
    "schemes.txt": "a:" * 60_000,
    "closing.md": "https://a.fr" + "]" * 200_000,
    "attributes.md": "{a=" * 60_000,
    "comments.mdx": "*/}\n" + "{/*" * 60_000,
    "tags.mdx": "<a>" * 60_000 + "x\n",
    "cells.csv": '"' * 60_000,
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_no_file_stops_or_slows_the_reading(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(BOMBS[name], "utf-8")
    (tmp_path / "zzz.md").write_text("[b](https://b.fr)", "utf-8")
    began = time.process_time()
    collection = collect_from([str(tmp_path / name), str(tmp_path / "zzz.md")], tmp_path, ())
    assert "https://b.fr" in [link.url for link in collection.links] and not collection.unread
    assert time.process_time() - began < 5  # not a measure: quadratic readers took minutes


def test_a_file_that_cannot_be_read_is_said_and_the_others_are_read(
    tmp_path: Path, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(text: str) -> list[object]:
        raise RecursionError("trop")

    monkeypatch.setitem(__import__("guide.links.collect", fromlist=["x"])._KINDS, ".html", fault)
    (tmp_path / "a.html").write_text("x", "utf-8")
    (tmp_path / "b.md").write_text("[b](https://b.fr)", "utf-8")
    collection = collect_from([str(tmp_path)], tmp_path, ())
    assert [link.url for link in collection.links] == ["https://b.fr"]
    said("\n".join(collection.unread))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such file")
def test_what_is_no_file_is_said_and_not_waited_for(tmp_path: Path, said: Said) -> None:
    os.mkfifo(tmp_path / "a.md")
    (tmp_path / "b.md").symlink_to("absent.md")
    (tmp_path / "c.md").write_text("[c](https://c.fr)", "utf-8")
    collection = collect_from([str(tmp_path)], tmp_path, ())
    assert [link.url for link in collection.links] == ["https://c.fr"]
    assert len(collection.unread) == 2
    said("\n".join(collection.unread))


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="<>[]()`*_~!#-=:;&\"'\\/ \n\tahtps.fr{}|", max_size=300))
def test_any_text_is_read_to_its_end(text: str) -> None:
    lines = text.count("\n") + 1
    for scan in (scan_markdown, scan_mdx, scan_html, scan_yaml, scan_list):
        assert all(1 <= found.line <= lines and found.url for found in scan(text))


@given(st.text(max_size=120))
def test_a_bare_address_holds_no_space_nor_quote(text: str) -> None:
    for url, at in addresses(f"https://a.fr/{text}"):
        assert at >= 0 and not any(character.isspace() or character in '<>"«»' for character in url)
