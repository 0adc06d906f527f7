"""Checks that look at several entries at once: duplicates, allowed hosts, counts for paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from guide.data.doubled import duplicate_ids, repeated
from guide.data.kinds import Kind
from guide.data.survey import check_survey
from guide.source.yaml_source import Source
from guide.text.problems import Code, Problem

MAX_ROLE_SHEET = 6
POSTER_ITEMS = 4  # at most, in each group


def check_entries(
    kinds: Iterable[Kind], values: Mapping[str, Any], sources: Mapping[str, Source]
) -> list[Problem]:
    """Every problem that no single entry shows by itself; entries that did not validate are None."""
    problems: list[Problem] = []
    for kind in kinds:
        source = sources[kind.file]
        problems += duplicate_ids(source)
        if "former_ids" in kind.model.model_fields:
            problems += _former_ids(values[kind.file], source)
    problems += _resources(values, sources)
    problems += _contacts(values["contacts"], sources["contacts"])
    problems += _checklist(values["checklist"], values["taxonomy"], sources["checklist"])
    problems += check_survey(values["assessment"], sources["assessment"])
    problems += _glossary(values["glossary"], sources["glossary"])
    problems += _exceptions(values["exceptions"], sources["exceptions"])
    problems += _changes(values["changes"], sources["changes"])
    problems += _accessibility(values["accessibility"], sources["accessibility"])
    problems += _identity(values["site"], sources["site"])
    return problems


def _living(entries: list[Any]) -> Iterator[tuple[int, Any]]:
    return ((index, entry) for index, entry in enumerate(entries) if entry is not None)


def same_address(url: str) -> str:
    parts = urlsplit(url)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}#{parts.fragment}"


def _resources(values: Mapping[str, Any], sources: Mapping[str, Source]) -> Iterator[Problem]:
    source = sources["resources"]
    publishers = {entry.id: entry for _, entry in _living(values["publishers"])}
    known = [(index, entry) for index, entry in _living(values["resources"]) if entry.url is not None]
    yield from repeated(
        source,
        (((index, "url"), same_address(entry.url), entry.url) for index, entry in known),
        "adresse déjà enregistrée",
        "gardez une seule ressource, l’autre identifiant va dans former_ids",
    )
    for index, entry in known:
        if entry.access_via:
            yield Problem(
                source.place((index, "access_via")),
                Code.WRONG_VALUE,
                "« access_via » ne sert qu’aux ressources sans adresse",
                "retirez ce champ",
                entry.id,
            )
        publisher = publishers.get(entry.publisher)
        host = urlsplit(entry.url).hostname or ""
        if publisher and host not in publisher.hosts:
            yield Problem(
                source.place((index, "url")),
                Code.ADDRESS,
                f"l’hôte n’est pas un de ceux de « {publisher.short} »",
                "vérifiez l’adresse ; si elle est bonne, ajoutez l’hôte dans data/publishers.yml",
                host,
            )


def _former_ids(entries: list[Any], source: Source) -> Iterator[Problem]:
    present = {entry.id for _, entry in _living(entries)}
    for index, entry in _living(entries):
        for rank, former in enumerate(entry.former_ids):
            if former in present:
                yield Problem(
                    source.place((index, "former_ids", rank)),
                    Code.DUPLICATE,
                    "cet ancien identifiant est encore celui d’une autre entrée",
                    "retirez l’un des deux",
                    former,
                )


def _contacts(entries: list[Any], source: Source) -> Iterator[Problem]:
    for index, entry in _living(entries):
        if entry.paper and entry.confidence != "high":
            yield Problem(
                source.place((index, "paper")),
                Code.PAPER,
                "un contact dont la confiance n’est pas « high » ne s’imprime pas",
                "mettez paper: false, ou faites vérifier le contact",
                entry.id,
            )


def _checklist(entries: list[Any], taxonomy: Any, source: Source) -> Iterator[Problem]:
    starts = (
        ((index, "start"), each.start, str(each.start)) for index, each in _living(entries) if each.start
    )
    yield from repeated(source, starts, "rang déjà donné", "donnez un autre rang de 1 à 6")
    shown = [(index, role) for index, entry in _living(entries) for role in entry.role_sheet]
    for index, role in _beyond(shown, MAX_ROLE_SHEET):
        yield Problem(
            source.place((index, "role_sheet")),
            Code.LENGTH,
            f"la feuille « {role} » porte déjà {MAX_ROLE_SHEET} mesures",
            "retirez-en une",
            entries[index].id,
        )
    posters = [(index, entry.poster.group) for index, entry in _living(entries) if entry.poster]
    for index, group in _beyond(posters, POSTER_ITEMS):
        yield Problem(
            source.place((index, "poster")),
            Code.LENGTH,
            f"le groupe « {group} » de l’affiche porte déjà {POSTER_ITEMS} lignes",
            "retirez « poster » d’une des mesures",
            entries[index].poster.label,
        )
    for index, entry in _living(entries):
        if (entry.validated_by is None) != (entry.validated_on is None):
            yield Problem(
                source.place((index,)),
                Code.MISSING_FIELD,
                "validated_by et validated_on vont ensemble",
                "remplissez les deux, ou aucun",
                entry.id,
            )
    if None in entries or taxonomy is None or source.value is None:
        return
    filled = {name for _, name in posters}
    for group in taxonomy.poster_groups:
        if group.id not in filled:
            yield Problem(
                source.place(),
                Code.LENGTH,
                f"le groupe « {group.id} » de l’affiche n’a aucune ligne",
                "ajoutez « poster » à une mesure, ou retirez le groupe de data/taxonomy.yml",
            )


def _beyond(counted: Iterable[tuple[int, str]], most: int) -> Iterator[tuple[int, str]]:
    """Of each name that entries bear, the first entry beyond so many."""
    times: Counter[str] = Counter()
    for index, name in counted:
        times[name] += 1
        if times[name] == most + 1:
            yield index, name


def _glossary(entries: list[Any], source: Source) -> Iterator[Problem]:
    terms = (((index, "term"), entry.term, entry.term) for index, entry in _living(entries))
    yield from repeated(source, terms, "terme déjà défini", "réunissez les deux définitions")
    for index, entry in _living(entries):
        if entry.english and entry.english not in (entry.expansion or ""):
            yield Problem(
                source.place((index, "english")),
                Code.WORDING,
                "« english » n’est pas dans « expansion »",
                "recopiez-y les mots anglais, tels qu’ils sont écrits",
                entry.english,
            )


# RGAA: « totale » is every criterion, « partielle » at least half of them, and neither exists without an audit.
LEAST_RATE = {"non-conforme": 0, "partielle": 50, "totale": 100}


def _accessibility(declared: Any, source: Source) -> Iterator[Problem]:
    if declared is None:
        return
    if declared.audit is None and declared.state != "non-conforme":
        yield Problem(
            source.place(("state",)),
            Code.WRONG_VALUE,
            "une conformité ne s’annonce pas sans audit",
            "remplissez « audit » (on, by, standard, rate, pages), ou écrivez state: non-conforme",
            declared.state,
        )
    elif declared.audit is not None and declared.audit.rate < LEAST_RATE[declared.state]:
        yield Problem(
            source.place(("audit", "rate")),
            Code.WRONG_VALUE,
            f"ce taux ne permet pas d’annoncer une conformité « {declared.state} », qui en demande {LEAST_RATE[declared.state]}",
            "changez « state » : totale pour tous les critères, partielle pour la moitié au moins, sinon non-conforme",
            str(declared.audit.rate),
        )
    if declared.state == "totale" and declared.failures:
        yield Problem(
            source.place(("failures",)),
            Code.WRONG_VALUE,
            "une conformité « totale » ne laisse aucune non-conformité",
            "retirez celles qui sont corrigées, ou écrivez state: partielle",
            declared.failures[0].what,
        )


def _identity(site: Any, source: Source) -> Iterator[Problem]:
    if site is not None and site.security_contact and site.security_expires is None:
        yield Problem(
            source.place(("security_contact",)),
            Code.MISSING_FIELD,
            "un contact de sécurité ne se publie pas sans échéance",
            'écrivez security_expires, le jour jusqu’auquel l’adresse sera relevée, un an au plus : "2027-11-23"',
            site.security_contact,
        )


def _changes(entries: list[Any], source: Source) -> Iterator[Problem]:
    """A change has no id but its day, its page and its words: twice the same would be one entry of the feed."""
    said = (((index,), (each.on, each.page, each.text), each.text) for index, each in _living(entries))
    return repeated(source, said, "nouveauté déjà écrite", "gardez-en une seule")


def _exceptions(entries: list[Any], source: Source) -> Iterator[Problem]:
    for index, entry in _living(entries):
        if len(entry.reason.split()) < 3:
            yield Problem(
                source.place((index, "reason")),
                Code.WORDING,
                "la raison de l’exception est trop courte",
                "dites en quelques mots pourquoi ce chiffre ne vieillira pas",
                entry.reason,
            )
