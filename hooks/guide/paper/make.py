"""Paper: every sheet of the guide as a tagged PDF with a preview, from the same data as the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass
from functools import partial
from pathlib import Path

from guide.data.guide import Guide
from guide.data.model.sheets import PrintedSheet
from guide.page.sheet import Sheet
from guide.page.view import Options
from guide.paper import (
    assessment_sheet,
    book,
    measure_sheets,
    paper_view,
    poster,
    sections,
    store,
    typesetting,
)
from guide.paper.book import Pages
from guide.paper.store import Made
from guide.paper.typesetting import Job
from guide.source import rows
from guide.source.kept import NOTHING, Kept
from guide.text.problems import Code, GuideError, Problem

_HANDS = 2  # sheets set at once


@dataclass(frozen=True, slots=True)
class Content:
    """A kind of sheet: its document; what must hold of it before it is set; what is laid over the finished PDF.

    `check` returns the document as it fits its page, or raises GuideError. Without `job` the content is the whole
    site, set once its pages are known.
    """

    name: str
    job: Callable[[Guide, Options, PrintedSheet], Job] | None
    check: Callable[[Guide, PrintedSheet, Job], Job] | None = None
    finish: Callable[[bytes, Job], bytes] | None = None


def _form(pdf: bytes, job: Job) -> bytes:
    from guide.paper import form_fields  # slow to load, and the form is mostly kept from before

    return form_fields.with_fields(pdf, typesetting.query_all(job, "field"))


KEPT = Path(".cache/printing")
"""Where the sheets of one build wait for the next, under the root."""
WHOLE = "guide"
"""The content that holds every page: made for a release and for a copy, never at an edit."""

# What `content` may be in sheets.yml.
CONTENTS = (
    Content("blocks", partial(sections.job, parts=sections.written)),
    Content("poster", partial(poster.job, parts=(poster.CARD,)), poster.fitting),
    Content("poster-wall", partial(poster.job, parts=(poster.WALL,)), poster.fitting),
    Content("poster-both", partial(poster.job, parts=(poster.WALL, poster.CARD)), poster.fitting),
    Content("poster-form", partial(poster.job, parts=(poster.CARD,), form=True), poster.fitting, _form),
    Content("checklist", measure_sheets.checklist_job, measure_sheets.fitted),
    Content("assessment", assessment_sheet.job),
    Content("role", measure_sheets.role_job),
    Content("log", partial(sections.job, parts=sections.log)),
    Content("paper-day", partial(sections.job, parts=sections.paper_day)),
    Content("questions", partial(sections.job, parts=sections.may_i)),
    Content("booklet", None),
    Content("guide", None),
)


def contents() -> dict[str, Content]:
    """Name → content. Raises GuideError when two rows share a name."""
    if problems := list(rows.twice(__name__, (each.name for each in CONTENTS))):
        raise GuideError(problems)
    return {each.name: each for each in CONTENTS}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A sheet to set: `name` says all that it will be made from."""

    guide: Guide
    sheet: PrintedSheet
    content: Content
    job: Job
    name: str

    def fitted(self) -> tuple[Job, int]:
        """The document as it fits its pages, and their number. Raises GuideError."""
        paper_view.refuse_hidden(self.guide, self.job.strings())
        job = self.content.check(self.guide, self.sheet, self.job) if self.content.check else self.job
        pages: int = typesetting.query(job, "pages")
        if pages > self.sheet.pages:
            raise GuideError([_too_long(self.guide, self.sheet, pages)])
        return job, pages

    def made(self) -> Made:
        """The finished file. Raises GuideError."""
        job, pages = self.fitted()
        pdf = typesetting.pdf(job)
        if self.content.finish:
            pdf = self.content.finish(pdf, job)
        return Made(pdf, pages, *typesetting.preview(job))


def _wanted(guide: Guide, options: Options) -> list[_Wanted]:
    """All sheets but the booklet, in the order of `sheets.yml`. Raises GuideError."""
    if problems := list(_same_paths(guide)):
        raise GuideError(problems)
    tools, hidden = store.workshop(), paper_view.hidden_numbers(guide).pattern
    wanted = []
    for sheet in guide.sheets.values():
        content = contents()[sheet.content]
        if content.job is not None:
            job = content.job(guide, options, sheet)
            name = store.key(tools, job, sheet.content, str(sheet.pages), hidden)
            wanted.append(_Wanted(guide, sheet, content, job, name))
    return wanted


def check(guide: Guide, options: Options, kept: Kept) -> None:
    """Lays out the sheets without making them, those apart that are known to fit.

    Raises GuideError when one does not fit its pages, or would print a contact that may not be printed.
    """
    with ThreadPoolExecutor(_HANDS) as pool:  # typst lets others work
        list(pool.map(lambda each: kept.get(each.name, lambda: each.fitted()[1]), _wanted(guide, options)))


def sheets(guide: Guide, options: Options, cache: Path) -> list[Sheet]:
    """All sheets but the booklet, in the order of `sheets.yml`, kept in `cache` from one build to the next.

    Raises GuideError as `check` does.
    """
    wanted = _wanted(guide, options)
    with ThreadPoolExecutor(_HANDS) as pool:
        made = list(pool.map(lambda each: store.get(cache, each.name, each.made), wanted))
    store.sweep(cache, (each.name for each in wanted))
    return [Sheet.of(each.sheet, *astuple(file)) for each, file in zip(wanted, made, strict=True)]


def booklets(
    guide: Guide,
    options: Options,
    cache: Path,
    written: Callable[[bool], Pages],
    pages: Callable[[bool], Pages],
    names: Kept = NOTHING,
    *,
    kept: bool = False,
) -> list[Sheet]:
    """The booklet and the whole guide, where `sheets.yml` asks for them; the second only in a `complete` build.

    `pages` renders for paper all the pages of the guide (True), or those that say they are printed; `written` is all that
    these are made from, and costs less: `names` knows which booklet it has given.

    With `kept`, the booklet of an earlier build will do: while somebody edits pages, it would be set again at
    every change.
    """
    done = []
    for sheet in guide.sheets.values():
        if contents()[sheet.content].job is not None or (sheet.content == WHOLE and not options.complete):
            continue
        folder = cache / sheet.content
        name = store.latest(folder) if kept else None
        if name is None:
            sources = _key(guide, options, sheet, written)
            name = names.get(sources, partial(_key, guide, options, sheet, pages))
        made = store.get(folder, name, partial(_bound, guide, options, sheet, pages))
        if made.pages > sheet.pages:
            raise GuideError([_too_long(guide, sheet, made.pages)])
        done.append(Sheet.of(sheet, *astuple(made)))
        store.sweep(folder, [name])
    return done


def _key(guide: Guide, options: Options, sheet: PrintedSheet, pages: Callable[[bool], Pages]) -> str:
    return book.key(guide, options, sheet, store.workshop(), pages(sheet.content == WHOLE))


def _bound(guide: Guide, options: Options, sheet: PrintedSheet, pages: Callable[[bool], Pages]) -> Made:
    return book.make(guide, options, sheet, pages(sheet.content == WHOLE))


def files(made: Iterable[Sheet]) -> dict[str, bytes]:
    """Address → content of every PDF and preview."""
    return {
        path: content
        for sheet in made
        for path, content in ((sheet.path, sheet.pdf), (sheet.preview_path, sheet.preview))
    }


def _too_long(guide: Guide, sheet: PrintedSheet, pages: int) -> Problem:
    place = guide.place("sheets", list(guide.sheets).index(sheet.id), "pages")
    return Problem(
        place,
        Code.LENGTH,
        f"la feuille « {sheet.title} » fait {pages} pages pour {sheet.pages} prévue(s)",
        "raccourcissez ses textes, ou changez « pages »",
        sheet.id,
    )


def _same_paths(guide: Guide) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for index, sheet in enumerate(guide.sheets.values()):
        if sheet.path in seen:
            yield Problem(
                guide.place("sheets", index, "path"),
                Code.DUPLICATE,
                f"adresse déjà prise par « {seen[sheet.path]} »",
                "donnez un autre nom de fichier",
                sheet.path,
            )
        seen[sheet.path] = sheet.id
