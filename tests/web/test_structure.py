"""What the HTML of every page says to those who do not see it: titles, headings, landmarks, links, tables, fields, language."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement
from playwright.sync_api import Page

from support import ours
from websupport import Visit, pages_of

GUIDE = ours()


def document(site: Path, path: str) -> HtmlElement:
    """A built page."""
    return html.document_fromstring(
        (site / (path if path.endswith(".html") else path + "index.html")).read_bytes()
    )


def said(element: HtmlElement) -> str:
    """What a screen reader says of a link: its label, else its text."""
    return " ".join((element.get("aria-label") or element.text_content()).split()).casefold()


def ids(page: HtmlElement) -> set[str]:
    """Every id of a page."""
    return set(page.xpath("//@id"))


def faults(page: HtmlElement) -> Iterator[str]:
    """What is wrong in the structure of one page."""
    if page.get("lang") != "fr":
        yield "langue absente"
    if len(page.xpath("//h1")) != 1:
        yield "pas exactement un titre principal"
    levels = [
        int(heading.tag[1])
        for heading in page.xpath("//article//*[self::h1 or self::h2 or self::h3 or self::h4]")
    ]
    yield from (f"titre de niveau {b} après {a}" for a, b in itertools.pairwise(levels) if b > a + 1)
    yield from (
        f"titre vide : {heading.get('id')}"
        for heading in page.xpath("//h1|//h2|//h3|//h4")
        if not said(heading)
    )
    for name in ("main", "header", "footer"):
        if len(page.xpath(f"//body//{name}[not(ancestor::article)]")) != 1:
            yield f"pas exactement une zone <{name}>"
    names = Counter(
        said(nav) if nav.get("aria-label") else "" for nav in page.xpath("//nav[not(ancestor::nav)]")
    )
    yield from (
        f"zones de navigation du même nom : {name!r}"
        for name, count in names.items()
        if count > 1 or not name
    )
    goes: dict[str, set[str]] = defaultdict(set)
    for link in page.xpath("//article//a[@href]"):
        if not said(link):
            yield f"lien sans texte : {link.get('href')}"
        goes[said(link)].add(link.get("href"))
    yield from (
        f"un texte, plusieurs liens : {text!r} {sorted(to)}" for text, to in goes.items() if len(to) > 1
    )
    known = ids(page)
    for table in page.xpath("//article//table"):
        if not (table.xpath("caption") or table.get("aria-label") or table.get("aria-labelledby") in known):
            yield "tableau sans nom"
        if not table.xpath(".//th") or table.xpath(".//th[not(@scope)]"):
            yield "tableau sans en-têtes, ou en-tête sans portée"
    for image in page.xpath("//img[not(@alt)]"):
        yield f"image sans texte : {image.get('src')}"


def test_every_page_is_well_structured(site: Path) -> None:
    """Language, one title, headings in order, named landmarks, links that say where they go, named tables."""
    wrong = [f"{path}: {fault}" for path in pages_of(site) for fault in faults(document(site, path))]
    assert wrong == []


def test_every_page_has_its_own_title(site: Path) -> None:
    """In the window and in the page; the first words are those of the page."""
    pages = {path: document(site, path) for path in pages_of(site)}
    for query in ("string(//title)", "string(//h1)"):
        found = Counter(" ".join(page.xpath(query).split()) for page in pages.values())
        assert [title for title, count in found.items() if count > 1 or not title] == []


def test_foreign_documents_and_words_say_their_language(site: Path) -> None:
    """A link to a document in English carries hreflang on every page; English words of the lexicon carry lang."""
    foreign = {
        resource.link: resource.lang
        for resource in GUIDE.resources.values()
        if resource.lang != "fr" and resource.link
    }
    seen = 0
    for path in pages_of(site):
        for link in document(site, path).xpath("//article//a[@href]"):
            if link.get("href") in foreign:
                seen += 1
                assert link.get("hreflang") == foreign[link.get("href")], path
    assert seen > 1
    marked = {
        " ".join(span.text_content().split())
        for span in document(site, "lexique/").xpath("//summary//span[@lang='en']")
    }
    assert marked == {term.english for term in GUIDE.glossary.values() if term.english}
    assert {"phishing", "Time-based one-time password"} <= marked


NAMELESS = """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
  .filter((e) => e.checkVisibility() && !e.closest('.g-search, [hidden]') && !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || [...(e.labels ?? [])].some((l) => l.textContent.trim())))
  .map((e) => e.outerHTML.slice(0, 120))"""


@pytest.mark.browser
def test_every_field_has_a_label_and_every_answer_is_announced(
    visit: Callable[..., Visit], real_url: str
) -> None:
    """On the pages with tools; what a tool replies stands in a live region."""
    page: Page = visit(real_url).page
    tools = (
        "checklist/",
        "urgence/decider/",
        "urgence/journal/",
        "ressources/",
        "entrainement/quiz/",
        "checklist/afficher/",
        "checklist/calendrier/",
        "mesures/prestataires/",
    )
    for path in tools:
        page.goto(real_url + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        assert page.evaluate(NAMELESS) == [], path
        if path != "checklist/afficher/":
            assert page.locator("article [role=status]").count() >= 1, path
