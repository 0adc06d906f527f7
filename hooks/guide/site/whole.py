"""The data read in full: their models, and what else may be wrong in them. Slow to load; `known_data` asks where it must."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from guide.data.guide import EVERY_KIND, OTHER_IDS, Guide, Reading, contradictions, read_data
from guide.data.model.named_pages import ANCHORS, HOLDS
from guide.links.addresses import AddressError, parse
from guide.links.rules import load_rules
from guide.page import blocks
from guide.page.blocks import MARKERS
from guide.paper import glyphs, make
from guide.paper.book import BRIEF
from guide.site.pages import people
from guide.source.kept import Cache, Kept, name
from guide.source.yaml_source import Source, strings
from guide.text.problems import Code, GuideError, Problem

RESOURCES = "data/resources.yml"
# Files whose business it is to say how a service is reached.
REACHED = ("contacts", "site", "accessibility", "exceptions")


def own() -> dict[str, Any]:
    """What the program brings, as JSON has it: its markers and their arguments, the files it adds."""
    from guide.site import exports  # slow to load, and this is asked once a program

    arguments = {
        name: {
            key: [each.kind, each.many, each.required, each.allowed] for key, each in marker.arguments.items()
        }
        for name, marker in MARKERS.items()
    }
    return {"markers": arguments, "made": exports.MADE}


def refuse_contradictions() -> None:
    """Raises GuideError for what rows of the program's tables say against each other."""
    known = {*OTHER_IDS, *(each.id for each in EVERY_KIND)}
    if problems := [*contradictions(), *blocks.contradictions(known)]:
        raise GuideError(problems)


def read(root: Path, cache: Cache, *, fine: bool) -> tuple[Reading, list[Problem]]:
    """The data and all that is wrong in them; where they are known to be `fine` beside their models, that is not asked.

    Raises GuideError where the program's own tables contradict each other.
    """
    refuse_contradictions()
    reading = read_data(root, make.contents(), cache.of("yaml"))
    problems = list(reading.problems)
    if not fine:
        known = {each.place for each in problems}
        problems += _addresses(root, reading.sources)
        for file, source in reading.sources.items():
            problems += (each for each in _texts(file, source, cache.of("texts")) if each.place not in known)
    return reading, problems


def _texts(file: str, source: Source, kept: Kept) -> list[Problem]:
    """What no model looks for in the texts of a file: whom they reach, and what the font of the sheets cannot draw."""
    wanted = name(file, source.text)
    if kept.find(wanted) is not None:
        return []
    texts = list(strings(source.value))
    places = ((partial(source.place, path), text) for path, text in texts)
    problems = [*glyphs.problems(source, texts), *(people(places) if file not in REACHED else ())]
    if not problems:
        kept.put(wanted, True)
    return problems


def summary(guide: Guide) -> dict[str, Any]:
    """What a check of the pages wants of the data beside their ids, as JSON has it."""
    sheets = guide.sheets.values()
    return {
        "named": [
            [name, page, marker] for name, marker in HOLDS.items() if (page := getattr(guide.pages, name))
        ],
        "anchors": [[name, getattr(guide.pages, name), anchor] for name, anchor in ANCHORS.items()],
        "groups": [[group.id, group.page] for group in guide.taxonomy.groups],
        "sheets": [sheet.path for sheet in sheets if sheet.content != make.WHOLE],
        "booklet": next((index for index, sheet in enumerate(sheets) if sheet.content == BRIEF), None),
        "counted": f"{len(guide.resources)} ressources, {len(guide.facts)} faits, {len(guide.measures)} mesures, "
        f"{len(guide.glossary)} mots",
    }


def _addresses(root: Path, sources: Mapping[str, Source]) -> Iterator[Problem]:
    """What the link check would refuse without any network: rules that cannot be read, addresses that cannot be asked for."""
    try:
        rules = load_rules(root)
    except GuideError as error:
        yield from error.problems
        return
    first: dict[str, str] = {}
    for source in sources.values():
        for path, text in strings(source.value):
            if not text.lower().startswith(("http://", "https://")):
                continue
            try:
                address = parse(text)
            except AddressError as error:
                yield Problem(
                    source.place(path),
                    Code.ADDRESS,
                    str(error).rstrip("."),
                    "recopiez l’adresse du navigateur",
                    text,
                )
                continue
            if (
                address.scheme == "http"
                and not set(path) & set(rules.skip_keys)
                and not rules.host(address.host).http_only
            ):
                remedy = f"écrivez https://, ou notez « http_only: true » pour {address.host} dans data/link-rules.yml"
                yield Problem(
                    source.place(path), Code.ADDRESS, "adresse qui n’est pas chiffrée", remedy, text
                )
            own = source.file == RESOURCES and path[-1] == "url"
            if own and first.setdefault(address.key, text) != text:
                yield Problem(
                    source.place(path),
                    Code.DUPLICATE,
                    "adresse déjà enregistrée",
                    "gardez une seule ressource",
                    text,
                )
