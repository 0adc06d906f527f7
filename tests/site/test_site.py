"""The real site, built by the real command: links, markers, feet, exports, and the day it was built."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from guide.page.document import Page
from guide.page.offline_copy import EMERGENCY
from guide.page.read import read_pages
from guide.site.build import prepare
from guide.site.build_options import Asked, options_of
from guide.site.checked import check
from guide.source import nav
from guide.source.tree import page_ids
from guide.text.problems import GuideError
from messages import Said
from releases import expire
from support import DATE, ROOT, ours, run_guide

DAY = dt.date.fromisoformat(DATE)


class Anchors(HTMLParser):
    """Ids and link targets of one HTML page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.ids.add(values["id"] or "")
        link = values.get("href") if tag in ("a", "link") else values.get("src")
        if link:
            self.links.append(link)


@pytest.fixture(scope="session")
def html(site: Path) -> dict[str, str]:
    """Address of each built page → its HTML."""
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")
    }


def pages() -> Iterator[Page]:
    guide = ours()
    yield from read_pages(ROOT, guide.context)[0]


def test_every_page_of_the_plan_is_built(site: Path) -> None:
    for page_id in page_ids(ROOT):
        address = "" if page_id == "accueil" else page_id + "/"
        assert (site / address / "index.html").is_file(), page_id


def test_every_page_is_in_the_navigation() -> None:
    listed = [source for part in nav.load(ROOT).parts for source in part.pages]
    assert sorted(listed) == sorted(page_ids(ROOT).values())


def test_every_internal_link_and_anchor_resolves(site: Path, html: dict[str, str]) -> None:
    parsed = {path: Anchors(text) for path, text in html.items()}
    broken = []
    for path, page in parsed.items():
        if path == "404.html":  # its links are absolute, for whatever address was missing
            continue
        for link in page.links:
            if re.match(r"(?:https?:|mailto:|tel:|data:|javascript:)", link):
                continue
            target, fragment = urldefrag(unquote(link))
            file = (site / path).parent / target if target else site / path
            file = file / "index.html" if file.is_dir() else file
            if not file.is_file():
                broken.append((path, link))
                continue
            name = file.resolve().relative_to(site.resolve()).as_posix()
            if (
                fragment
                and name in parsed
                and fragment not in parsed[name].ids
                and not fragment.startswith("__")
            ):
                broken.append((path, link))
    assert broken == []


def test_no_marker_insert_or_reference_is_left(html: dict[str, str]) -> None:
    for path, text in html.items():
        body = re.sub(r"<code.*?</code>|<pre.*?</pre>", "", text, flags=re.DOTALL)
        assert "<!-- guide:" not in text, path
        assert not re.search(r"\{(fact|law|contact):", body), path
        assert not re.search(r"\]\[[a-z0-9-]+\]", body), path


def test_ids_are_unique_on_each_page(html: dict[str, str]) -> None:
    for path, text in html.items():
        ids = re.findall(r"<[a-z][^>]*? id=\"([^\"]+)\"", text)
        assert [each for each in set(ids) if ids.count(each) > 1] == [], path


def test_titles_and_descriptions_are_unique(html: dict[str, str]) -> None:
    for pattern in (r"<title>(.*?)</title>", r'<meta name="description" content="(.*?)"'):
        found = [
            match[1]
            for path, text in html.items()
            if path != "404.html" and (match := re.search(pattern, text))
        ]
        assert len(found) == len(set(found)) == len(html) - 1


def test_each_page_ends_with_its_sources_and_a_way_to_report(html: dict[str, str]) -> None:
    """While nobody can be reached, no page offers to write: a link to « pas encore décidé » is worse than none."""
    offered = '<a href="[^"]*a-propos/contribuer/#signaler">Signaler une erreur'
    reachable = ours().site.reachable
    for page in pages():
        text = html[f"{page.address}index.html"]
        assert bool(re.search(offered, text.partition('class="g-foot"')[2])) == reachable, page.src
        assert ('class="g-foot"' in text) == page.meta.foot, page.src


def test_the_emergency_page_is_small_and_complete_in_itself(html: dict[str, str]) -> None:
    text = html["urgence/index.html"]
    assert len(text.encode()) < 50_000
    for imperative in ours().incident.imperatives:
        assert imperative.text.split(",")[0] in text.replace("\u00a0", " ")


def test_urgence_is_in_the_header_of_every_page(html: dict[str, str]) -> None:
    for path, text in html.items():
        if path == EMERGENCY:  # nothing else is in it
            continue
        header = text[text.index("<header") : text.index("<main")]
        base = "https://site.example/" + path.removesuffix("index.html")
        targets = {urljoin(base, link) for link in re.findall(r'href="([^"]+)"', header)}
        assert any(target.endswith("/urgence/") for target in targets), path


def test_the_site_makes_no_third_party_request(html: dict[str, str]) -> None:
    for path, text in html.items():
        loaded = re.findall(
            r"<(?:script|img|iframe|source|link rel=\"stylesheet\")[^>]+(?:src|href)=\"(https?://[^\"]+)",
            text,
        )
        assert loaded == [], path


def test_open_data_is_whole_and_safe_in_a_spreadsheet(site: Path) -> None:
    guide = ours()
    resources = json.loads((site / "donnees/resources.json").read_text(encoding="utf-8"))
    assert [row["id"] for row in resources["resources"]] == list(guide.resources)
    assert resources["licence"].startswith("Licence Ouverte")
    for name in ("resources", "measures"):
        text = (site / f"donnees/{name}.csv").read_text(encoding="utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=";"))
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


def test_the_feed_is_valid_atom_with_stable_ids(site: Path) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.parse(site / "flux.xml").getroot()
    assert feed.tag == atom + "feed"
    ids = [entry.findtext(atom + "id") for entry in feed.findall(atom + "entry")]
    assert len(ids) == len(ours().changes)
    for element in (feed, *feed.findall(atom + "entry")):
        assert element.findtext(atom + "title")
        assert element.findtext(atom + "updated")


def test_version_json_carries_the_one_day_of_the_build(site: Path) -> None:
    assert json.loads((site / "version.json").read_text()) == {
        "version": ours().site.version,
        "date": DATE,
        "offline_until": "2027-05-24",
    }


def test_structured_data_is_json(html: dict[str, str]) -> None:
    kinds = set()
    for text in html.values():
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL):
            kinds.add(json.loads(block)["@type"])
    assert {"WebSite", "HowTo", "DefinedTermSet"} <= kinds


def test_a_fact_past_its_day_is_flagged_on_its_pages_and_the_build_goes_on(project: Path) -> None:
    expire(project)
    done = run_guide("site", root=project)
    assert done.returncode == 0, done.stderr
    assert "cnil-delai" in done.stderr
    assert "À relire" in (project / "site/urgence/decider/index.html").read_text(encoding="utf-8")


def test_the_sources_page_lists_what_to_confirm_first(html: dict[str, str]) -> None:
    text = html["a-propos/sources/index.html"].replace("\u00a0", " ")
    first = text[text.index("À confirmer d’abord") : text.index('<ul class="g-list g-lines')]
    assert ours().facts["cnil-delai"].statement.split("72")[0] in first


def test_the_state_of_the_links_comes_from_the_report(tmp_path: Path) -> None:
    addresses = [each.link for each in ours().resources.values() if each.link]
    day = "2026-11-23T04:00:00+00:00"

    def entry(url: str, verdict: str, message: str) -> dict[str, object]:
        fixed = {
            "reason": "x",
            "confirmed": verdict == "broken",
            "status": 200,
            "final_url": url,
            "redirects": [],
        }
        return {
            "url": url,
            "verdict": verdict,
            "message": message,
            "checked_on": day,
            "attempts": 1,
            "places": [],
            **fixed,
        }

    links = [entry(url, "ok", "Lien valide.") for url in addresses]
    links[0] = entry(addresses[0], "blocked", "Site fermé aux robots.")
    links[5] = entry(addresses[5], "broken", "Page absente.")
    report = tmp_path / "report.json"
    report.write_text(
        json.dumps({"schema": 1, "started": day, "finished": day, "summary": {}, "links": links})
    )
    staged = prepare(ROOT, Asked(DAY, link_report=report, draft=True)).staged
    assert staged
    text = staged.pages["ressources/etat-des-liens.md"].replace("\u00a0", " ")
    assert "1 à vérifier à la main, 1 mort." in text
    assert text.index("Page absente.") < text.index("Site fermé aux robots.")
    assert "Lien contrôlé le" in staged.pages["ressources/index.md"].replace("\u00a0", " ")


def test_a_link_report_that_cannot_be_read_is_one_sentence(tmp_path: Path, said: Said) -> None:
    (tmp_path / "report.json").write_text("{")
    with pytest.raises(GuideError) as refused:
        options_of(ours(), Asked(DAY, link_report=tmp_path / "report.json"))
    said(refused.value)


def test_a_page_at_the_address_of_a_generated_file_is_refused(project: Path, said: Said) -> None:
    (project / "docs/flux.xml").write_text("<x/>")
    with pytest.raises(GuideError) as refused:
        check(project)
    assert [each.place.file for each in said(refused.value)] == ["docs/flux.xml"]


def test_no_line_of_a_template_can_break_before_its_punctuation() -> None:
    """French puts a no-break space before : ; ? ! and inside « »; templates are typed by hand."""
    for path in sorted((ROOT / "hooks/guide/page/templates").glob("*.j2")):
        text = re.sub(r"\{[{%#].*?[}%#]\}|<[^>]*>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"\S [:;?!»](?:\s|$)|« ", text), path.name
