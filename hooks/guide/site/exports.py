"""Files beside the pages: open data (JSON, CSV), the Atom feed, version.json."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from typing import Any

from guide.data import palette
from guide.data.guide import Guide
from guide.data.model.checklist import Measure
from guide.data.model.resources import Resource
from guide.page.offline_copy import offline_until
from guide.page.view import Options, View
from guide.source import tree
from guide.text import french, verbatim
from guide.text.address import join

LICENCE = "Licence Ouverte 2.0 (Etalab)"
NAMES = ("assets/css/names.css", "assets/js/names.js")
"""The guide's own words for the style sheet and the scripts; mkdocs.yml loads both on every page."""
DRAWN = "assets/css/drawn.css"
MADE = (*NAMES, DRAWN)
"""The colours of drawings, from the palette by which they are checked; mkdocs.yml loads it on every page."""


def files(guide: Guide, options: Options, titles: Mapping[str, str]) -> dict[str, bytes]:
    """Address → content of every exported file."""
    view = View(guide, options, tree.HOME, titles)
    resources = [_resource(view, each) for each in guide.resources.values()]
    measures = [_measure(view, each) for each in guide.measures.values()]
    return {
        "donnees/resources.json": _json(guide, options, "resources", resources),
        "donnees/resources.csv": _csv(resources),
        "donnees/measures.json": _json(guide, options, "measures", measures),
        "donnees/measures.csv": _csv(measures),
        "flux.xml": _feed(view, titles),
        DRAWN: palette.rules().encode(),
        **dict(zip(NAMES, (_names_css(guide), _names_js(guide)), strict=True)),
        "version.json": _dump(
            {
                "version": guide.site.version,
                "date": options.today.isoformat(),
                "offline_until": offline_until(guide, options).isoformat(),
            }
        ),
    }


def _names_css(guide: Guide) -> bytes:
    """The name of the guide that the header shows where its whole name has no room."""
    return f":root{{--g-short-name:{_css(guide.site.phone_name or guide.site.short_name)}}}\n".encode()


def _css(text: str) -> str:
    """A CSS string: what could end it, or a style sheet, or begin a comment, is written by its code."""
    return '"' + re.sub(r'["\\<>/\n]', lambda found: f"\\{ord(found[0]):x} ", text) + '"'


def _names_js(guide: Guide) -> bytes:
    """What scripts say of this guide: where a search without result leads."""
    themes = [[topic.label, tree.address(topic.page)] for topic in guide.taxonomy.topics if topic.home]
    names = {"entries": [["Urgence : je suis attaqué", tree.address(guide.pages.emergency)], *themes]}
    text = json.dumps(names, ensure_ascii=False).replace("/", "\\/")
    return f"window.guide.names = {text};\n".encode()


def _resource(view: View, resource: Resource) -> dict[str, Any]:
    state = view.link_state(resource)
    return {
        "id": resource.id,
        "title": resource.title,
        "publisher": view.guide.publisher(resource).name,
        "url": resource.link,
        "kind": resource.kind,
        "topic": resource.topic,
        "lang": resource.lang,
        "published": resource.published,
        "description": view.text(resource.description),
        "status": resource.status,
        "audience": list(resource.audience),
        "link_verdict": state.verdict if state else None,
        "link_checked_on": state.checked_on.isoformat() if state else None,
    }


def _measure(view: View, measure: Measure) -> dict[str, Any]:
    return {
        "id": measure.id,
        "label": view.text(measure.label),
        "why": view.text(measure.why),
        "how": [view.text(step) for step in measure.how],
        "proof": view.text(measure.proof),
        "topic": measure.topic,
        "group": measure.group,
        "roles": list(measure.roles),
        "frequency": measure.frequency,
        "effort": measure.effort,
        "cost": measure.cost,
        "priority": measure.priority,
        "sources": list(measure.sources),
        "adaptation": measure.adaptation,
        "former_ids": list(measure.former_ids),
    }


def _dump(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _json(guide: Guide, options: Options, name: str, rows: Sequence[Mapping[str, Any]]) -> bytes:
    return _dump(
        {
            "guide": guide.site.name,
            "version": guide.site.version,
            "date": options.today.isoformat(),
            "licence": LICENCE,
            name: list(rows),
        }
    )


def _csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Semicolons and a byte-order mark: what a French spreadsheet opens without questions."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(rows[0] if rows else ())
    for row in rows:
        writer.writerow([_cell(value) for value in row.values()])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    text = " | ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return verbatim.cell(text)


def _feed(view: View, titles: Mapping[str, str]) -> bytes:
    """Atom (RFC 4287): one entry a change, newest first, with ids that never move."""
    base, guide = join(view.options.site_url), view.guide
    newest = sorted(guide.changes, key=lambda change: change.on, reverse=True)
    feed = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "fr"})

    def add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
        child = ET.SubElement(parent, tag, attributes)
        child.text = french.typeset(text) or None
        return child

    add(feed, "title", guide.site.name)
    add(feed, "id", base)
    add(feed, "link", rel="alternate", type="text/html", href=base)
    add(feed, "link", rel="self", href=join(base, "flux.xml"))
    add(feed, "updated", f"{(newest[0].on if newest else view.today).isoformat()}T00:00:00Z")
    add(add(feed, "author"), "name", guide.site.publisher or guide.site.name)
    for change in newest:
        address = join(base, tree.address(change.page))
        entry = add(feed, "entry")
        add(entry, "title", titles[change.page])
        # Its own words tell it from another change of that page on that day, whatever is added before or after.
        mark = hashlib.sha256(change.text.encode()).hexdigest()[:8]
        add(entry, "id", f"{address}#{change.on.isoformat()}-{mark}")
        add(entry, "link", rel="alternate", type="text/html", href=address)
        add(entry, "updated", f"{change.on.isoformat()}T00:00:00Z")
        add(entry, "summary", view.text(change.text))
    ET.indent(feed, " ")
    text: str = ET.tostring(feed, encoding="unicode")
    return ('<?xml version="1.0" encoding="utf-8"?>\n' + text + "\n").encode()
