"""Sheets made of blocks: those written in `sheets.yml`, the incident log and the paper kit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from guide.data.guide import Guide
from guide.data.model.incident import Table
from guide.data.model.sheets import Block, PrintedSheet
from guide.page.view import Options
from guide.paper import printed_drawings
from guide.paper.paper_view import PaperView, shown
from guide.paper.typesetting import Job
from guide.text import french

PROOF = "ÉPREUVE – ne pas afficher"
Parts = Iterator[dict[str, Any]]


def advice(guide: Guide) -> str:
    """What stands beside a counsel of ours until somebody of the profession has validated it."""
    return f"Conseil des auteurs, non validé par {guide.site.words.peer}."


def job(
    guide: Guide, options: Options, sheet: PrintedSheet, parts: Callable[[PaperView, PrintedSheet], Parts]
) -> Job:
    """The sheet as a document of the blocks that `parts` gives."""
    view = PaperView(guide, options)
    data = {
        **frame(guide, options, sheet),
        "lead": view.text(sheet.lead) if sheet.lead else None,
        "paper": sheet.format,
        "sections": _sections(parts(view, sheet), sheet.landscape),
    }
    return Job("document.typ", data, options.today)


def frame(guide: Guide, options: Options, sheet: PrintedSheet) -> dict[str, Any]:
    """Title, author, date and foot line that every sheet carries."""
    name = f"{guide.site.short_name} ({shown(guide.site.url)})" if guide.site.url else guide.site.short_name
    edition = f"{name}, version {guide.site.version}, {french.day(options.today)}"
    return {
        "title": french.typeset(sheet.title),
        "author": guide.site.publisher or guide.site.name,
        "date": options.today.isoformat(),
        "keywords": [guide.site.words.place, "sécurité informatique"],
        "footer": edition if guide.site.url else f"{edition}. {PROOF}",
    }


def _sections(parts: Parts, landscape: bool) -> list[dict[str, Any]]:
    """The blocks cut where a page begins, each section with its orientation; questions are numbered throughout."""
    sections: list[dict[str, Any]] = [{"landscape": landscape, "blocks": []}]
    questions = 1
    for part in parts:
        if part["kind"] == "page":
            sections.append({"landscape": part.get("landscape", landscape), "blocks": []})
            continue
        if part["kind"] == "ask":
            part["first"] = questions
            questions += len(part["items"])
        sections[-1]["blocks"].append(part)
    return sections


def written(view: PaperView, sheet: PrintedSheet) -> Parts:
    """What sheets.yml writes."""
    for block in sheet.blocks:
        yield from _block(view, block)


def _block(view: PaperView, block: Block) -> Parts:
    if block.heading is not None:
        yield {"kind": "heading", "text": view.text(block.heading)}
    elif block.text is not None:
        yield {"kind": "text", "text": view.text(block.text)}
    elif block.steps_of is not None:
        yield {"kind": "checks", "items": _texts(view, view.guide.measures[block.steps_of].how)}
    elif block.table is not None:
        grid = block.table
        yield _table(view, grid.columns, grid.shares, first=grid.lines, empty=grid.rows)
    elif block.new_page:
        yield {"kind": "page"}
    elif block.drawings is not None:
        yield _drawn(view, block.drawings)
    else:
        for kind in ("items", "checks", "fields", "ask"):
            if (texts := getattr(block, kind)) is not None:
                yield {"kind": kind, "items": _texts(view, texts), "columns": 1}


def log(view: PaperView, sheet: PrintedSheet) -> Parts:
    """The journal of an incident."""
    log = view.guide.incident.log
    columns, widths = _texts(view, log.columns), log.shares
    fact = min(3, len(columns) - 1)  # the column « Fait constaté » already says what to write
    rows = [
        [view.text(line) if index == fact else "" for index in range(len(columns))]
        for line in log.first_lines
    ]
    for number, row in enumerate(rows, 1):
        row[0] = str(number)
    table = {"kind": "table", "columns": columns, "widths": widths}
    yield {"kind": "items", "items": _texts(view, log.instructions), "columns": 2}
    yield {
        "kind": "fields",
        "items": _texts(
            view, (_first_up(view.guide.site.words.place), "Incident constaté le, à (heure exacte)")
        ),
    }
    yield {**table, "rows": rows, "empty": None, "height": 10}
    yield {"kind": "page"}
    yield {**table, "rows": [], "empty": None, "height": 10}


def paper_day(view: PaperView, sheet: PrintedSheet) -> Parts:
    kit = view.guide.incident.paper_day
    yield {"kind": "heading", "text": "À préparer aujourd’hui"}
    yield {"kind": "checks", "items": _texts(view, kit.prepare)}
    yield {"kind": "heading", "text": "Que dire au téléphone"}
    yield {"kind": "script", "items": [view.text(f"« {line} »") for line in kit.phone_script]}
    if kit.pending:
        yield {"kind": "note", "text": view.text(advice(view.guide))}
    yield {"kind": "page", "landscape": True}
    yield from _sheet_table(view, kit.appointments)
    yield {"kind": "page"}
    yield {"kind": "heading", "text": view.text(kit.act_sheet.title)}
    yield {"kind": "fields", "items": _texts(view, kit.act_sheet.columns)}
    yield {"kind": "heading", "text": view.text(f"À redemander à chaque {view.guide.site.words.client}")}
    yield {"kind": "checks", "items": _texts(view, kit.ask_again)}
    yield {"kind": "page", "landscape": True}
    yield from _sheet_table(view, kit.re_entry)
    yield from _attack(view)


def may_i(view: PaperView, sheet: PrintedSheet) -> Parts:
    """« Puis-je … ? » for the wall: the question, the answer, how in one line."""
    asked = view.guide.questions.values()
    rows = [_texts(view, (each.question, each.said, each.answer)) for each in asked]
    yield {
        "kind": "table",
        "columns": _texts(view, ("La question", "Réponse", "En une ligne")),
        "widths": (9, 3, 11),
        "rows": rows,
        "empty": 0,
        "height": 15,
        "bold": 1,
        "size": 12,
    }


def _attack(view: PaperView) -> Parts:
    """A page for the day when the breakdown is an attack: the gestures with their pictograms, and where to unplug."""
    incident = view.guide.incident
    if not incident.drawings:
        return
    yield {"kind": "page", "landscape": False}
    yield {"kind": "heading", "text": "Si c’est une attaque"}
    yield {
        "kind": "gestures",
        "items": [
            {
                "text": view.text(each.text),
                "detail": view.text(each.detail),
                "svg": printed_drawings.one(view, each.pictogram)["svg"] if each.pictogram else "",
            }
            for each in incident.imperatives
        ],
    }
    yield {"kind": "heading", "text": "Où débrancher"}
    yield _drawn(view, incident.drawings)


def _drawn(view: PaperView, names: Iterable[str]) -> dict[str, Any]:
    pictures = [view.guide.pictures[name] for name in names]
    return {
        "kind": "drawings",
        "items": [
            {
                **printed_drawings.one(view, each.id),
                "beside": _texts(view, each.said.beside)
                + ([view.text(advice(view.guide))] if each.said.pending else []),
            }
            for each in pictures
        ],
    }


def _sheet_table(view: PaperView, table: Table) -> Parts:
    yield {"kind": "heading", "text": view.text(table.title)}
    yield _table(view, table.columns, table.shares)


def _table(
    view: PaperView,
    columns: tuple[str, ...],
    widths: tuple[int, ...],
    first: tuple[str, ...] = (),
    empty: int | None = None,
) -> dict[str, Any]:
    rows = [[view.text(line), *[""] * (len(columns) - 1)] for line in first]
    return {
        "kind": "table",
        "columns": _texts(view, columns),
        "widths": widths,
        "rows": rows,
        "empty": empty,
        "height": 9,
    }


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]


def _texts(view: PaperView, texts: Iterable[str]) -> list[str]:
    return [view.text(text) for text in texts]
