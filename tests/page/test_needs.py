"""What practices looked for and did not find: each need is met on its path, two clicks from the home page."""

from __future__ import annotations

import html as entities
import posixpath
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from support import rows

TABLE = Path(__file__).with_name("needs.yml")
MOST_CLICKS = 2
# Sentences that gave nothing to do, or that the second reading found wrong: on no page any more.
GONE = (
    "permis de conduire",
    "devient-il l’entité responsable",
    "Dessiner ce qui part et ce qui revient",
    "Communiquer avec loyauté",
    "n’a pas été trouvée",
    "faites ce qu’il dit",
    "l’assureur peut refuser",
    "17 802",
)


class Need(NamedTuple):
    """One need: where it is met (an address, with an anchor or not) and the words that stand there."""

    need: str
    at: list[str]
    says: list[str]


NEEDS = [Need(**each) for each in rows(TABLE)]


def plain(text: str) -> str:
    """What a reader reads: no tags, ordinary spaces, capitals and accents of capitals aside."""
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", text, flags=re.DOTALL)
    text = entities.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(?:li|p|td|th|h\d|dt|dd|tr)>", " ", text)))
    return re.sub(r"\s+", " ", text).casefold().replace("é", "e")


def passage(page: str, anchor: str) -> str:
    """From an anchor to the next title of its own rank or above, or to the next entry of its list; else the whole page."""
    if not anchor:
        return page
    found = re.search(rf'<(?P<tag>[a-z0-9]+)\b[^>]*\bid="{re.escape(anchor)}"', page)
    assert found, anchor
    tag = found["tag"]
    end = rf"<h[2-{tag[1]}]\b" if re.fullmatch("h[2-6]", tag) else rf"<h2\b|<{tag}\b[^>]*\bid="
    following = re.compile(end).search(page, found.end())
    return page[found.start() : following.start() if following else len(page)]


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    """Address of each page, without its last slash → its HTML."""
    return {
        "" if path.parent == site else path.parent.relative_to(site).as_posix(): path.read_text(
            encoding="utf-8"
        )
        for path in site.rglob("index.html")
    }


@pytest.fixture(scope="module")
def clicks(pages: dict[str, str]) -> dict[str, int]:
    """Address of each page → how many links lead there from the home page."""
    found, edge = {"": 0}, [""]
    while edge:
        here = edge.pop(0)
        for link in re.findall(r'<a\b[^>]*\bhref="([^"#:]+)', pages[here]):
            there = posixpath.normpath(posixpath.join(here or ".", link)).replace("index.html", "").strip("/")
            there = "" if there == "." else there
            if there in pages and there not in found:
                found[there] = found[here] + 1
                edge.append(there)
    return found


@pytest.mark.parametrize("need", NEEDS, ids=[each.need for each in NEEDS])
def test_each_need_is_met_where_it_is_looked_for(
    need: Need, pages: dict[str, str], clicks: dict[str, int]
) -> None:
    text = ""
    for address in need.at:
        path, _, anchor = address.partition("#")
        assert clicks[path.strip("/")] <= MOST_CLICKS, address
        text += " " + plain(passage(pages[path.strip("/")], anchor))
    assert [words for words in need.says if plain(words) not in text] == []


def test_what_gave_nothing_to_do_is_gone(pages: dict[str, str]) -> None:
    found = [
        (words, path)
        for path, text in pages.items()
        if not path.startswith("a-propos")
        for words in GONE
        if plain(words) in plain(text)
    ]
    assert found == []


def test_a_passage_ends_with_its_title() -> None:
    page = '<h2 id="a">Un</h2><p>ici</p><h3 id="b">Deux</h3><p>là</p><h3>Trois</h3><h2>Quatre</h2><p>plus</p>'
    assert plain(passage(page, "a")) == plain("Un ici Deux là Trois ")
    assert plain(passage(page, "b")) == plain("Deux là ")
    assert plain(passage('<li id="c">Cinq</li><li id="d">Six</li>', "c")) == plain("Cinq ")
