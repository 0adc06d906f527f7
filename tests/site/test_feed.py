"""The feed in the programs that subscribers have: one address, one id for each entry, and an id that never moves."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import atoma
import feedparser
import pytest

from guide.page.view import Options
from guide.site import exports
from guide.site.checked import check
from guide.text.problems import Code, GuideError
from messages import Said
from support import ROOT

ATOM = "{http://www.w3.org/2005/Atom}"
TWO = [
    {"on": "2026-11-24", "page": "urgence", "text": "Premier changement."},
    {"on": "2026-11-24", "page": "urgence", "text": "Second changement."},
]


def feed(project: Path, changes: list[dict[str, str]]) -> bytes:
    """The feed of a guide with these changes, in the order of its file."""
    text = "".join(
        f'- on: "{each["on"]}"\n  page: {each["page"]}\n  text: {json.dumps(each["text"], ensure_ascii=False)}\n'
        for each in changes
    )
    (project / "data" / "changes.yml").write_text(text, encoding="utf-8")
    checked = check(project)
    titles = {page.id: page.meta.title for page in checked.pages}
    return exports.files(checked.guide, Options(dt.date(2026, 11, 29)), titles)["flux.xml"]


def ids(content: bytes) -> dict[str, str]:
    """Id of each entry, by its words."""
    root = ET.fromstring(content)
    return {
        entry.findtext(f"{ATOM}summary", ""): entry.findtext(f"{ATOM}id", "")
        for entry in root.iter(f"{ATOM}entry")
    }


def test_ids_differ_and_stay_when_a_change_is_added_before_after_or_between(project: Path) -> None:
    first = ids(feed(project, TWO))
    assert len(set(first.values())) == 2
    more = [{**TWO[0], "text": text} for text in ("Ajouté avant.", "Ajouté entre.", "Ajouté après.")]
    later = ids(feed(project, [more[0], TWO[1], more[1], TWO[0], more[2], {**TWO[0], "on": "2026-11-23"}]))
    assert len(set(later.values())) == 5
    alone = ids(feed(project, TWO[1:]))
    assert alone["Second changement."] == first["Second changement."] == later["Second changement."]
    assert later["Premier changement."] != first["Second changement."]


def test_a_change_written_twice_is_refused_at_its_line(project: Path, said: Said) -> None:
    with pytest.raises(GuideError) as raised:
        feed(project, [*TWO, TWO[0]])
    (problem,) = said(raised.value)
    assert (problem.code, problem.place.file, problem.place.line) == (Code.DUPLICATE, "data/changes.yml", 7)


def test_what_the_standard_demands(project: Path) -> None:
    """RFC 4287: the elements that must be, once each, dates of RFC 3339, one page for a reader, ids of their own."""
    root = ET.fromstring(feed(project, TWO))
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (found,) = element.findall(f"{ATOM}{name}")
            assert found.text
        dt.datetime.strptime(str(element.findtext(f"{ATOM}updated")), "%Y-%m-%dT%H:%M:%SZ")
        links = [link.attrib for link in element.findall(f"{ATOM}link")]
        assert links[0]["rel"] == "alternate" and links[0]["type"] == "text/html"
        assert [link["rel"] for link in links].count("alternate") == 1
        assert all(link["href"].startswith("https://") for link in links)
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    every = [element.text for element in root.iter(f"{ATOM}id")]
    assert len(every) == len(set(every))


@pytest.mark.readers
def test_three_readers_see_the_same_entries(project: Path, tmp_path: Path) -> None:
    path = tmp_path / "flux.xml"
    path.write_bytes(
        feed(project, [*TWO, {"on": "2026-11-20", "page": "accueil", "text": "« Guide » : mis à jour."}])
    )
    by_feedparser = feedparser.parse(path.read_bytes())
    assert not by_feedparser.bozo
    by_atoma = atoma.parse_atom_bytes(path.read_bytes())
    script = ROOT / "tests" / "readers" / "feed.mjs"
    done = subprocess.run(["node", str(script), str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (by_rss_parser,) = json.loads(done.stdout)
    readings: dict[str, list[tuple[Any, ...]]] = {
        "feedparser": [(e.id, e.link, e.title, e.updated[:10], e.summary) for e in by_feedparser.entries],
        "atoma": [
            (e.id_, e.links[0].href, e.title.value, e.updated.date().isoformat(), e.summary.value)
            for e in by_atoma.entries
        ],
        "rss-parser": [
            (e["id"], e["link"], e["title"], e["date"][:10], e["summary"]) for e in by_rss_parser["entries"]
        ],
    }
    assert len(readings["feedparser"]) == 3
    assert readings["feedparser"] == readings["atoma"] == readings["rss-parser"]
    assert by_feedparser.feed.link == by_rss_parser["link"] == by_atoma.links[0].href
    assert by_rss_parser["feed"] == by_atoma.links[1].href
