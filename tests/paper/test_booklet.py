"""The whole guide in one PDF: nothing of any page lost, links that lead somewhere, addresses in notes; and the booklet, in short."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
import page
import pikepdf
import pytest

from guide.data.guide import Guide
from guide.links.status import LinkReport, LinkStatus
from guide.links.verdict import Verdict
from guide.page.compose import compose
from guide.page.document import Page
from guide.page.view import Options
from guide.paper import book, make, store, typesetting
from guide.paper.brief import Shortened
from guide.paper.html_blocks import Converter
from guide.paper.make import Sheet, sheets
from guide.paper.paper_view import ON_SCREEN_ONLY, BookletView, PaperView, hidden_numbers
from guide.paper.store import Made
from guide.site.checked import Checked, check
from guide.source import nav
from guide.source.html_tree import UnknownMarkupError, parse, parse_strictly, words
from guide.source.kept import Kept
from guide.text.problems import GuideError
from messages import Said
from pdftext import elements, open_pdf
from support import ROOT

URL = "https://numerique.cabinet.example/"


@pytest.fixture(scope="module")
def checked() -> Checked:
    return check(ROOT)


def staged(
    guide: Guide,
    checked: Checked,
    options: Options,
    made: Mapping[str, Sheet],
    kind: type[PaperView],
    taken: Callable[[Page], bool],
) -> dict[str, str]:
    """The pages that are taken, as staged for paper."""
    options = dataclasses.replace(options, sheets=tuple(made.values()))
    titles = {each.id: each.meta.title for each in checked.pages}
    return {
        each.src: compose(each, checked.uses[each.id], kind(guide, options, each.id, titles)).text
        for each in checked.pages
        if taken(each)
    }


@pytest.fixture(scope="module")
def pages(published: Guide, checked: Checked, options: Options, made: Mapping[str, Sheet]) -> dict[str, str]:
    """Every page, for the whole guide."""
    return staged(published, checked, options, made, PaperView, lambda page: page.meta.booklet != "none")


@pytest.fixture(scope="module")
def booklet(published: Guide, options: Options, pages: dict[str, str]) -> Made:
    return book.make(published, options, published.sheets["guide-complet"], pages)


@pytest.fixture(scope="module")
def brief_pages(
    published: Guide, checked: Checked, options: Options, made: Mapping[str, Sheet]
) -> dict[str, str]:
    """The pages that the booklet prints."""
    return staged(published, checked, options, made, BookletView, lambda page: page.meta.printed)


@pytest.fixture(scope="module")
def brief(published: Guide, options: Options, brief_pages: dict[str, str]) -> Made:
    return book.make(published, options, published.sheets["livret"], brief_pages)


@pytest.fixture(scope="module")
def text(booklet: Made) -> str:
    return squeezed(elements(booklet.pdf, "Document")[0])


class Words(HTMLParser):
    """The words of a page that paper must show, text node by text node."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.skipping: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self.skipping:
            self.skipping += [tag] if tag == self.skipping[0] else []
        elif (
            tag in ("script", "svg", "nav")
            or "hidden" in given
            or not {"g-vh", "g-initial"}.isdisjoint((given.get("class") or "").split())
        ):
            self.skipping.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.skipping and tag == self.skipping[0]:
            self.skipping.pop()

    def handle_data(self, data: str) -> None:
        if not self.skipping and data.strip():
            self.found.append(data)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text.replace("\u00a0", ""))


def html(source: str) -> str:
    names, settings = nav.extensions(nav.load(ROOT))
    return markdown.markdown(
        re.sub(r"\A---\n.*?\n---\n", "", source, flags=re.DOTALL),
        extensions=names,
        extension_configs=settings,
    )


def test_it_conforms_to_pdf_ua_1_and_opens_on_its_title(booklet: Made, published: Guide) -> None:
    report = page.validate_pdf_bytes(booklet.pdf, profile="ua1")
    assert report.is_compliant and not report.failures
    with open_pdf(booklet.pdf) as pdf:
        assert str(pdf.docinfo.Title) == published.site.name
        assert len(pdf.pages) == booklet.pages > 40


def test_every_word_of_every_page_is_in_it(pages: dict[str, str], text: str, published: Guide) -> None:
    missing = []
    for src, source in pages.items():
        reader = Words()
        # The words explained before a page are those of the lexicon, with which the booklet ends.
        source = re.sub(r'<details class="g-more g-words">.*?</details>', "", source, flags=re.DOTALL)
        reader.feed(hidden_numbers(published).sub(ON_SCREEN_ONLY, html(source)))
        assert reader.found
        missing += [(src, words) for words in reader.found if squeezed(words) not in text]
    assert missing == []


def test_its_contents_name_every_page_in_the_order_of_the_site(booklet: Made, pages: dict[str, str]) -> None:
    with open_pdf(booklet.pdf) as pdf, pdf.open_outline() as outline:
        titles = [squeezed(item.title) for part in outline.root for item in part.children]
    expected = [
        squeezed(re.search(r"^# (.+?)(?: \{.*\})?$", source, re.MULTILINE)[1]) for source in pages.values()
    ]  # type: ignore[index]
    assert sorted(titles) == sorted(re.sub(r"[*_]", "", title) for title in expected)
    assert titles[0] == squeezed(re.search(r"^# (.+)$", pages["urgence/index.md"], re.MULTILINE)[1])  # type: ignore[index]
    assert titles[-1] == "Lexique"


def test_every_internal_link_leads_to_a_page_of_the_booklet(booklet: Made) -> None:
    inside = outside = 0
    with open_pdf(booklet.pdf) as pdf:
        numbers = {each.obj.objgen for each in pdf.pages}
        names = {str(key): value for key, value in _destinations(pdf)}
        for each in pdf.pages:
            for link in each.obj.get("/Annots", []):
                if "/URI" in link.get("/A", {}):
                    outside += 1
                    continue
                target = link.get("/Dest", link.get("/A", {}).get("/D"))
                target = names.get(str(target), target)
                place = target if isinstance(target, pikepdf.Array) else target.D
                assert place[0].objgen in numbers
                inside += 1
    assert inside > 300 and outside > 100


def _destinations(pdf: pikepdf.Pdf) -> list[tuple[object, pikepdf.Object]]:
    if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names:
        return list(pikepdf.NameTree(pdf.Root.Names.Dests).items())
    return list(pdf.Root.get("/Dests", {}).items())


def test_no_number_that_may_not_be_printed_is_in_it(text: str, published: Guide) -> None:
    shown = re.sub(r"[.-]", "", text)
    for contact in published.contacts.values():
        if contact.phone and not (contact.paper and contact.confidence == "high"):
            for number in re.split(r" ou | ; ", contact.phone):
                assert squeezed(number) not in shown, contact.id
    assert squeezed("numéro à lire sur le site") in text


def test_a_note_gives_the_address_and_the_day_its_link_was_checked(
    published: Guide, options: Options, pages: dict[str, str], tmp_path: Path
) -> None:
    url = published.resources["17cyber"].link
    assert url
    status = LinkStatus(Verdict.OK, "La page répond.", dt.date(2026, 11, 20))
    report = LinkReport(checked_on=dt.date(2026, 11, 20), by_url={url: status})
    citing = {src: source for src, source in pages.items() if url in source}
    parts = book._parts(published, dataclasses.replace(options, links=report), citing)
    notes = set(_notes(parts))
    assert "17cyber.gouv.fr, lien contrôlé le 20\u00a0novembre\u00a02026" in notes
    assert "17cyber.gouv.fr" in set(_notes(book._parts(published, options, citing)))


def _notes(parts: list[dict[str, Any]]) -> list[str]:
    blocks = [node for part in parts for chapter in part["chapters"] for node in chapter]
    return [note for node in blocks if node["k"] == "notes" for note in node["c"]]


@pytest.mark.parametrize(
    "fragment",
    [
        "<p><marquee>x</marquee></p>",
        "<video></video>",
        "<p>a<b>b</p></b>",
        "<ul><p>x</p></ul>",
    ],
)
def test_a_tag_that_it_cannot_print_is_an_error(fragment: str) -> None:
    with pytest.raises(UnknownMarkupError):
        Converter(lambda page, href, in_foot: None).blocks("audit", parse_strictly(fragment))


@pytest.mark.parametrize("drawn", [None, {"k": "img", "alt": "une radio"}])
def test_a_picture_is_drawn_or_left_to_the_screen(drawn: dict[str, Any] | None) -> None:
    nodes = Converter(lambda page, href, in_foot: None, lambda page, src, alt: drawn).blocks(
        "audit", parse('<p>Voici <img alt="une radio" src="x.webp"></p>')
    )
    assert nodes == [{"k": "p", "c": ["Voici ", drawn] if drawn else ["Voici"]}]


def test_an_unknown_tag_names_its_page(published: Guide, options: Options, said: Said) -> None:
    broken = {"audit.md": "# Audit\n\n<canvas>x</canvas>\n"}
    with pytest.raises(GuideError) as raised:
        book._parts(published, options, broken)
    (problem,) = said(raised.value)
    assert problem.place.file == "docs/audit.md"


def test_a_link_that_leads_nowhere_is_an_error(published: Guide, options: Options) -> None:
    broken = {"audit.md": "# Audit\n\n[plus loin](#nulle-part)\n"}
    with pytest.raises(GuideError) as raised:
        book._parts(published, options, broken)
    (problem,) = raised.value.problems
    assert problem.found == "audit#nulle-part"


def test_words_are_never_lost_between_blocks() -> None:
    nodes = Converter(lambda page, href, in_foot: None).blocks(
        "audit", parse("<div>un<p>deux</p>trois<ul><li>quatre<p>cinq</p>six</li></ul></div>")
    )
    assert nodes == [
        {"k": "p", "c": ["un"]}, {"k": "p", "c": ["deux"]}, {"k": "p", "c": ["trois"]},
        {"k": "list", "c": [[{"k": "p", "c": ["quatre"]}, {"k": "p", "c": ["cinq"]}, {"k": "p", "c": ["six"]}]]},
    ]  # fmt: skip


def test_a_page_outside_the_navigation_is_printed_at_the_end() -> None:
    parts = book._ordered(ROOT, {"perdue.md": None, "ressources/index.md": "last", "lexique.md": "last"})
    assert parts[-1].pages == ("perdue.md", "ressources/index.md", "lexique.md")


def test_its_name_in_the_cache_changes_with_the_day_and_the_data(published: Guide, options: Options) -> None:
    sheet, tools, pages = published.sheets["livret"], store.workshop(), {"index.md": "# Un"}
    first = book.key(published, options, sheet, tools, pages)
    assert first == book.key(published, options, sheet, tools, pages)
    later = dataclasses.replace(options, today=dt.date(2026, 11, 25))
    site = published.site.model_copy(update={"version": "2026.2"})
    others = [
        book.key(published, later, sheet, tools, pages),
        book.key(dataclasses.replace(published, site=site), options, sheet, tools, pages),
        book.key(published, options, sheet, tools, {"index.md": "# Deux"}),
        book.key(published, options, sheet, tools, {"autre.md": "# Un"}),
        book.key(published, options, published.sheets["guide-complet"], tools, pages),
        book.key(dataclasses.replace(published, glossary={}), options, sheet, tools, pages),
    ]
    assert len({first, *others}) == len(others) + 1


def test_a_typst_warning_is_an_error(options: Options) -> None:
    job = typesetting.Job("document.typ", {"title": "x"}, options.today)
    with pytest.raises(typesetting.TypesettingError, match="fonte"):
        typesetting._refuse(job, [type("Warning", (), {"message": "fonte inconnue"})()])


def test_the_same_pages_give_the_same_bytes(
    published: Guide, options: Options, pages: dict[str, str], booklet: Made
) -> None:
    again = book.make(published, options, published.sheets["guide-complet"], pages)
    assert (again.pdf, again.preview) == (booklet.pdf, booklet.preview)


def test_two_sheets_cannot_share_an_address(guide: Guide, options: Options, cache: Path, said: Said) -> None:
    double = guide.sheets["journal"].model_copy(update={"path": guide.sheets["affiche"].path})
    pair = {"affiche": guide.sheets["affiche"], "journal": double}
    with pytest.raises(GuideError) as raised:
        sheets(dataclasses.replace(guide, sheets=pair), options, cache)
    assert [each.place.file for each in said(raised.value)] == ["data/sheets.yml"]


def _written(whole: bool) -> dict[str, str]:
    return {"": f"all that the pages are made from ({whole})"}


def test_an_earlier_booklet_will_do_while_pages_are_edited(
    published: Guide, options: Options, brief: Made, brief_pages: dict[str, str], empty: Path
) -> None:
    (first,) = make.booklets(published, options, empty, _written, lambda whole: brief_pages, kept=True)
    later = dataclasses.replace(options, today=dt.date(2026, 11, 25))

    def again(whole: bool) -> dict[str, str]:
        pytest.fail("made again")

    assert make.booklets(published, later, empty, again, again, kept=True) == [first]
    assert first.pdf == brief.pdf


def test_the_booklet_is_what_one_prints(brief: Made, published: Guide) -> None:
    """At most 48 pages, in the order of a bad morning, for paper: no state of a link, no way on that leads nowhere."""
    report = page.validate_pdf_bytes(brief.pdf, profile="ua1")
    assert report.is_compliant and not report.failures
    assert 20 < brief.pages <= 48
    with open_pdf(brief.pdf) as pdf, pdf.open_outline() as outline:
        titles = [item.title.replace("\u00a0", " ") for part in outline.root for item in part.children]
        parts = [item.title for item in outline.root]
    assert parts == ["Urgence", "Commencer", "Mesures", "Lexique"]
    assert titles[0] == "Je suis attaqué : six gestes" and titles[-1] == "Lexique : l’essentiel"
    text = squeezed(elements(brief.pdf, "Document")[0])
    for absent in ("Lien jamais vérifié", "La fiche à remplir", "Et aussi", "À lire ensuite", "Puis-je"):
        assert squeezed(absent) not in text, absent
    for measure in published.measures.values():
        if measure.group in ("sauvegardes", "reseau"):
            assert squeezed(measure.label) in text and squeezed(measure.proof) in text, measure.id


def test_each_measure_of_the_booklet_says_where_its_sources_are(brief: Made, published: Guide) -> None:
    text = squeezed(elements(brief.pdf, "Document")[0])
    address = URL.removeprefix("https://")
    measures = [each for each in published.measures.values() if each.group == "sauvegardes"]
    assert len(measures) > 3
    for measure in measures:
        assert f"Sources:{address}mesures/sauvegardes/#{measure.id}" in text, measure.id


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<h2>A</h2><p>a</p><h2>B</h2><ul><li><a href='x'>x</a></li></ul>", "Aa"),
        ("<h2>A</h2><h3>B</h3><div class='g-foot'><p>f</p></div>", "f"),
        ("<h2>A</h2><h3>B</h3><p>b</p><h3>C</h3><h2>D</h2><p>d</p>", "ABbDd"),
        ("<h2>A</h2><ul><li><a href='x'>x</a></li><li>écrit</li></ul>", "Axécrit"),
        ("<h1>T</h1><h2>A</h2><script>s</script>", "Ts"),
    ],
)
def test_a_heading_with_nothing_left_under_it_goes_too(html: str, kept: str) -> None:
    assert words(Shortened().page("p", parse(html))) == kept


def test_a_drawing_is_printed_once_and_a_link_says_its_page(
    brief_pages: dict[str, str], published: Guide, options: Options
) -> None:
    parts = book._parts(published, options, brief_pages, brief=True)
    nodes = list(_nodes(parts))
    drawn = [node["id"] for node in nodes if node.get("k") == "drawing"]
    assert sorted(set(drawn)) == sorted(drawn) and "ou-debrancher-box" in drawn
    assert {"page": "urgence"}.items() <= next(
        node for node in nodes if node.get("k") == "a" and "Je suis attaqué" in str(node["c"])
    ).items()


def _nodes(found: Any) -> Iterator[dict[str, Any]]:
    if isinstance(found, dict):
        yield found
        found = list(found.values())
    if isinstance(found, (list, tuple)):
        for each in found:
            yield from _nodes(each)


def test_only_a_release_and_a_copy_hold_the_whole_guide(
    published: Guide, options: Options, empty: Path
) -> None:
    asked: list[bool] = []
    names = Kept(empty / "names")

    def pages(whole: bool) -> dict[str, str]:
        asked.append(whole)
        return {"index.md": "# Un"}

    for complete, ids in ((False, ["livret"]), (True, ["livret", "guide-complet"])):
        wanted = dataclasses.replace(options, complete=complete)
        assert [each.id for each in make.booklets(published, wanted, empty, _written, pages, names)] == ids
    assert asked == [
        False,
        False,
        True,
        True,
    ]  # to name the book, then to make it; not at all where its sources are known
    (empty / "names").write_text("foreign", encoding="utf-8")
    make.booklets(published, wanted, empty, _written, pages, Kept(empty / "names"))
    assert asked[4:] == [False, True]  # a note that is not ours is worked out again; the book is the same


def test_a_booklet_of_no_page_says_what_to_write(project: Path, said: Said) -> None:
    for path in (project / "docs").rglob("*.md"):
        path.write_text(path.read_text(encoding="utf-8").replace("printed: true\n", ""), encoding="utf-8")
    with pytest.raises(GuideError) as raised:
        check(project)
    (problem,) = said(raised.value)
    assert problem.place.file == "data/sheets.yml"
