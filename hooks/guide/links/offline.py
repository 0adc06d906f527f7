"""What can be said of the links without any network: every build of the site does it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from guide.links.addresses import AddressError, mistyped_scheme, parse
from guide.links.collect import Link, collect_project
from guide.links.known import Catalogue, load_catalogue
from guide.links.rules import FILE, Rules, expired_rules, load_rules
from guide.source.kept import Cache
from guide.source.yaml_source import Source
from guide.text.problems import GuideError, visible
from guide.text.reach import mail_problem, phone_problem


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
    problems = [
        OfflineProblem(FILE, message, error=False, dated=True) for message in expired_rules(rules, today)
    ]
    found = collect_project(root, rules.skip_keys, built=False, kept=cache.of("links"), sources=sources)
    for link in found.links:
        problems += _syntax(link)
        if not link.former:
            problems += _plain_http(link, rules)
            problems += _raw(link)
    return problems + _duplicates(catalogue)


def _syntax(link: Link) -> list[OfflineProblem]:
    scheme = link.url.partition(":")[0].lower()
    problem = None
    if scheme == "mailto":
        problem = mail_problem(link.url)
    elif scheme == "tel":
        problem = phone_problem(link.url)
    elif scheme in {"http", "https"}:
        try:
            parse(link.url)
        except AddressError as error:
            problem = str(error)
    elif meant := mistyped_scheme(scheme):
        problem = f"« {scheme}: » est mal écrit, sans doute pour « {meant}: »"
    message = f"{problem} (« {link.url} ») — corriger l’adresse."
    return [OfflineProblem(str(place), message) for place in link.places] if problem else []


def _plain_http(link: Link, rules: Rules) -> list[OfflineProblem]:
    host = link.url.partition("://")[2].partition("/")[0].lower()
    if not link.url.lower().startswith("http://") or rules.host(host).http_only:
        return []
    message = f"« {link.url} » n’est pas chiffrée — écrire https://, ou noter « http_only: true » pour {host} dans {FILE}."
    return [OfflineProblem(str(place), message, error=False) for place in link.places]


def _raw(link: Link) -> list[OfflineProblem]:
    if not link.url.lower().startswith(("http://", "https://")):
        return []
    return [
        OfflineProblem(
            str(place),
            f"adresse « {link.url} » écrite dans la page — la ranger dans data/resources.yml et "
            "la citer par son identifiant.",
            error=False,
        )
        for place in link.places
        if place.file.startswith("docs/")
    ]


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
