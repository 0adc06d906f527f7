"""What can be said of the links without any network: every build of the site does it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from guide.links.addresses import DEFAULT_PORTS, AddressError, malformed, parse
from guide.links.collect import Link, collect_project
from guide.links.known import Catalogue, load_catalogue
from guide.links.report import LinkPlace
from guide.links.rules import FILE, Rules, expired_rules, load_rules
from guide.source.kept import Cache
from guide.source.yaml_source import Source
from guide.text.problems import GuideError, visible


@dataclass(frozen=True, slots=True)
class OfflineProblem:
    """`error` stops the build; the others are warnings, and `dated` ones come with the days. `str()` gives « file:line: … »."""

    place: str
    message: str
    error: bool = True
    dated: bool = False

    def __str__(self) -> str:
        return visible(f"{self.place}: {self.message}")


def check_offline(
    root: Path, today: dt.date, cache: Cache | None = None, sources: Mapping[str, Source] | None = None
) -> list[OfflineProblem]:
    """Syntax, http, duplicates, raw addresses in pages, expired exceptions. Built pages are not read.

    `sources` are the files of data, by name, where they were read before.
    """
    cache, sources = cache or Cache(None), sources or {}
    try:
        rules = load_rules(root)
        catalogue = load_catalogue(root, sources)
    except GuideError as error:
        return [OfflineProblem(str(each.place), each.sentence) for each in error.problems]
    problems = [OfflineProblem(*expired, error=False, dated=True) for expired in expired_rules(rules, today)]
    found = collect_project(root, rules.skip_keys, built=False, kept=cache.of("links"), sources=sources)
    for link in found.links:
        for message, stops, places in _faults(link, rules):
            problems += (OfflineProblem(str(place), message, stops) for place in places)
    return problems + _duplicates(catalogue)


def _faults(link: Link, rules: Rules) -> Iterator[tuple[str, bool, list[LinkPlace]]]:
    """What is wrong with a link, whether it must stop the build, and at which of its places."""
    url = link.url
    if wrong := malformed(url):
        yield f"{wrong} (« {url} ») — corriger l’adresse.", True, link.places
        return
    scheme = url.partition(":")[0].lower()
    if link.former or scheme not in DEFAULT_PORTS:
        return
    if scheme == "http" and not rules.host(host := parse(url).host).http_only:
        remedy = f"écrire https://, ou noter « http_only: true » pour {host} dans {FILE}."
        yield f"« {url} » n’est pas chiffrée — {remedy}", False, link.places
    remedy = "la ranger dans data/resources.yml et la citer par son identifiant."
    pages = [place for place in link.places if place.file.startswith("docs/")]
    yield f"adresse « {url} » écrite dans la page — {remedy}", False, pages


def _duplicates(catalogue: Catalogue) -> list[OfflineProblem]:
    """The same address under two ids: one of the two will be forgotten at the next move."""
    by_address: dict[str, list[str]] = defaultdict(list)
    for resource in catalogue.resources:
        try:
            by_address[parse(resource.url).key].append(resource.id)
        except AddressError:
            continue
    return [
        OfflineProblem(
            "data/resources.yml",
            f"même adresse {address} sous les identifiants {', '.join(ids)} — n’en "
            "garder qu’un (former_ids pour les autres).",
            error=False,
        )
        for address, ids in by_address.items()
        if len(ids) > 1
    ]
