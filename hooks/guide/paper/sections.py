"""Sheets made of blocks: those written in `sheets.yml`, the incident log and the paper kit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from guide.data.guide import Guide
from guide.data.model.incident import Billing, HandLine, PaperDay, Table
from guide.data.model.sheets import Block, PrintedSheet
from guide.page.chosen import edition
from guide.page.view import Options
from guide.paper import printed_drawings
from guide.paper.paper_view import PaperView
from guide.paper.typesetting import Job
from guide.text import french
from guide.text.address import shown

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
    return {
        "title": french.typeset(sheet.title),
        "author": guide.site.publisher or guide.site.name,
        "date": options.today.isoformat(),
        "keywords": [guide.site.words.place, "sécurité informatique"],
        "footer": f"{name}, version {guide.site.version}, {french.day(options.today)}",
        "edition": [french.typeset(line) for line in edition(guide)],
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
    """The journal of an incident: every cell is empty; what to write first stands small and grey in its cell."""
    log = view.guide.incident.log
    columns, widths = _texts(view, log.columns), log.shares
    fact = min(3, len(columns) - 1)  # the column « Fait constaté »
    rows = [[str(number), *("" for _ in columns[1:])] for number in range(1, len(log.first_lines) + 1)]
    table = {"kind": "table", "columns": columns, "widths": widths, "empty": None, "height": 9}
    own = view.guide.incident.poster.blanks[0].label
    place = french.first_up(view.guide.site.words.place)
    yield {"kind": "items", "items": _texts(view, log.instructions), "columns": 2}
    latest = [f"{clock.short}, au plus tard le, à" for clock in view.guide.incident.clocks]
    yield {"kind": "fields", "items": _texts(view, (place, "Incident constaté le, à", own, *latest))}
    yield {**table, "rows": rows, "hints": _texts(view, log.first_lines), "hinted": fact}
    yield {"kind": "page"}
    yield {**table, "rows": []}


def paper_day(view: PaperView, sheet: PrintedSheet) -> Parts:
    """The kit: the order of the day and the telephone, the sheets to write on, an attack; last, what is prepared."""
    kit = view.guide.incident.paper_day
    if view.guide.incident.drawings:
        attack = "Une attaque, et non une panne ? Commencez par la page « Si c’est une attaque »."
        yield {"kind": "text", "text": view.text(attack)}
    yield {"kind": "heading", "text": "Ce matin, dans l’ordre"}
    yield {"kind": "steps", "items": _texts(view, kit.morning)}
    yield {"kind": "heading", "text": "Que dire au téléphone"}
    yield {"kind": "script", "items": [view.text(f"« {line} »") for line in kit.phone_script]}
    yield {"kind": "heading", "text": "Nos numéros (à remplir)"}
    blanks = view.guide.incident.poster.blanks
    yield {"kind": "written", "items": [{"label": view.text(each.label), "lines": 1} for each in blanks]}
    yield {"kind": "page", "landscape": True}
    yield from _sheet_table(view, kit.appointments)
    yield {"kind": "page"}
    yield from _act_sheet(view, kit)
    if kit.billing:
        yield {"kind": "page"}
        yield from _billing(view, kit.billing)
    yield {"kind": "page", "landscape": True}
    yield from _sheet_table(view, kit.re_entry)
    yield from _attack(view)
    yield {"kind": "page", "landscape": False}
    yield {"kind": "heading", "text": "À préparer un jour calme"}
    yield {"kind": "checks", "items": _texts(view, kit.prepare)}
    if kit.pending:
        yield {"kind": "note", "text": view.text(advice(view.guide))}


def _act_sheet(view: PaperView, kit: PaperDay) -> Parts:
    """A page a person: who, the questions with « oui », « non » and a line each, what was done, who signs."""
    act = kit.act_sheet
    yield _numbered(view, act.title)
    asked = [{"label": text, "lines": 1} for text in _texts(view, kit.ask_first)]
    yield {"kind": "written", "items": _written(view, act.start) + asked}
    yield {"kind": "answers", "items": _texts(view, kit.ask_again), "words": ["oui", "non"]}
    yield {"kind": "written", "items": _written(view, act.care)}
    yield {"kind": "signatures", "items": _texts(view, act.signatures)}


def _billing(view: PaperView, billing: Billing) -> Parts:
    yield {"kind": "heading", "text": view.text("Facturer sans logiciel")}
    yield {"kind": "text", "text": view.text(billing.lead)}
    yield {
        "kind": "table",
        "columns": _texts(view, billing.heads),
        "widths": (5, 9),
        "rows": [_texts(view, (each.label, each.text)) for each in billing.cases],
        "empty": 0,
        "height": 11,
        "bold": 0,
        "size": 11,
    }
    yield {
        "kind": "points",
        "items": [_texts(view, (each.label, each.text)) for each in (*billing.rules, *billing.more)],
    }
    yield {"kind": "heading", "text": view.text(billing.owed.title)}
    yield _table(view, billing.owed.columns, billing.owed.shares)


def _numbered(view: PaperView, title: str) -> dict[str, Any]:
    """The heading of a sheet that is used many times: the number that it is filed and entered again under."""
    return {"kind": "heading", "text": view.text(title), "number": view.text("Feuille n°")}


def _written(view: PaperView, items: Iterable[HandLine]) -> list[dict[str, Any]]:
    return [{"label": view.text(each.label), "lines": each.lines} for each in items]


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
    yield _numbered(view, table.title)
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


def _texts(view: PaperView, texts: Iterable[str]) -> list[str]:
    return [view.text(text) for text in texts]
