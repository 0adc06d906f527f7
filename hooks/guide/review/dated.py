"""What must be read again, and when: every dated entry of the guide, the latest review first."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from guide.data.guide import Guide
from guide.source.yaml_source import KeyPath
from guide.text import french
from guide.text.problems import Place

WITHIN = 60
ISSUE_LIMIT = 60_000  # characters; GitHub refuses an issue over 65,536


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of dated entry: the word people use, its file, where its list is, and the field that says the thing."""

    name: str
    label: str
    file: str
    base: KeyPath
    sentence: str


FAMILIES = (
    Family("fact", "fait", "facts", (), "statement"),
    Family("law", "texte de droit", "legal", (), "rule"),
    Family("contact", "contact", "contacts", (), "what_for"),
    Family("offer", "offre de formation", "training", ("offers",), "name"),
    Family("resource", "ressource", "resources", (), "title"),
)


@dataclass(frozen=True, slots=True)
class DatedEntry:
    """One entry, where it stands and what to open to check it."""

    family: Family
    entry: Any
    path: KeyPath
    place: Place
    urgent: bool

    @property
    def sentence(self) -> str:
        return str(getattr(self.entry, self.family.sentence))

    def days_left(self, today: dt.date) -> int:
        """Days until the review; negative when it is late."""
        return int((self.entry.review_by - today).days)

    def to_open(self, guide: Guide) -> list[tuple[str, str | None]]:
        """Title and address (None where nobody knows it) of what says so."""
        if self.family.name == "resource":
            ids = [self.entry.id]
        elif self.family.name in ("law", "contact"):
            ids = [self.entry.resource] if self.entry.resource else []
        else:
            ids = list(self.entry.sources)
        return [(guide.resources[each].title, guide.resources[each].url) for each in ids]


def dated(guide: Guide, emergency: Iterable[tuple[str, str]]) -> list[DatedEntry]:
    """Every dated entry, the soonest review first. `emergency` holds the (family, id) of what Urgence states."""
    urgent = set(emergency)
    lists: Mapping[str, Iterable[Any]] = {
        "fact": guide.facts.values(),
        "law": guide.laws.values(),
        "contact": guide.contacts.values(),
        "offer": guide.training.offers,
        "resource": guide.resources.values(),
    }
    found = [
        DatedEntry(
            family, entry, path, guide.sources[family.file].place(path), (family.name, entry.id) in urgent
        )
        for family in FAMILIES
        for index, entry in enumerate(lists[family.name])
        for path in ((*family.base, index),)
    ]
    return sorted(
        found, key=lambda each: (each.entry.review_by, not each.urgent, each.family.name, each.entry.id)
    )


def due(entries: Iterable[DatedEntry], today: dt.date, days: int) -> list[DatedEntry]:
    """Those late or to review within some days."""
    return [each for each in entries if each.days_left(today) <= days]


def countdown(days: int) -> str:
    """« en retard de 3 jours », « aujourd’hui », « dans 12 jours »."""
    if days < 0:
        return f"en retard de {french.plural(-days, 'jour')}"
    return "aujourd’hui" if days == 0 else f"dans {french.plural(days, 'jour')}"


def summary(entries: list[DatedEntry], today: dt.date, days: int) -> str:
    """How many are late and how many are coming, in one sentence."""
    late = sum(1 for each in entries if each.days_left(today) < 0)
    coming = f"{len(entries) - late or 'rien'} à relire dans les {days}{french.NBSP}jours"
    return f"{late or 'rien'} en retard de relecture, {coming}."


def as_text(guide: Guide, entries: list[DatedEntry], today: dt.date, days: int) -> str:
    """The list for a terminal."""
    lines = [f"Au {french.day(today)} : {summary(entries, today, days)}"]
    for each in entries:
        urgent = " · URGENCE" if each.urgent else ""
        lines += [
            "",
            f"{each.entry.id} ({each.family.label}{urgent}) — {countdown(each.days_left(today))}, "
            f"avant le {french.day(each.entry.review_by)}",
            f"  {each.place.file}:{each.place.line}",
            f"  {each.sentence}",
            *(f"  ouvrir : {url or title + ' (adresse non établie)'}" for title, url in each.to_open(guide)),
        ]
    if entries:
        lines += ["", f"Après lecture : ./scripts/guide review {entries[0].entry.id}"]
    return "\n".join(lines) + "\n"


def as_markdown(guide: Guide, entries: list[DatedEntry], today: dt.date, days: int) -> str:
    """The weekly issue."""
    text = f"Au {french.day(today)} : {summary(entries, today, days)}\n\n"
    for rank, each in enumerate(entries):
        item = _item(guide, each, today)
        if len(text) + len(item) > ISSUE_LIMIT:
            text += f"- et {len(entries) - rank} de plus : `./scripts/guide review`\n"
            break
        text += item
    return text + "\nOuvrir la source, lire le passage, puis lancer `./scripts/guide review IDENTIFIANT`.\n"


def _item(guide: Guide, each: DatedEntry, today: dt.date) -> str:
    urgent = ", **Urgence**" if each.urgent else ""
    lines = [
        f"- [ ] **{each.entry.id}** ({each.family.label}{urgent}) : {countdown(each.days_left(today))}, "
        f"avant le {french.day(each.entry.review_by)}. `{each.place.file}:{each.place.line}`",
        f"  {_plain(each.sentence)}",
    ]
    for title, url in each.to_open(guide):
        lines.append(f"  - {_plain(title)} : {f'<{url}>' if url else 'adresse non établie'}")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Text that Markdown shows as it is, mentions of people and issues included."""
    return re.sub(r"([\\`*_{}\[\]()<>#+!|~@&])", lambda found: f"&#{ord(found[1])};", text)


def as_json(guide: Guide, entries: list[DatedEntry], today: dt.date, days: int) -> str:
    """The same list for a program."""
    rows = [
        {
            "kind": each.family.name,
            "id": each.entry.id,
            "file": each.place.file,
            "line": each.place.line,
            "sentence": each.sentence,
            "urgent": each.urgent,
            "review_by": each.entry.review_by.isoformat(),
            "days_left": each.days_left(today),
            "open": [{"title": title, "url": url} for title, url in each.to_open(guide)],
        }
        for each in entries
    ]
    content = {"date": today.isoformat(), "days": days, "entries": rows}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def named(entries: Iterable[DatedEntry], name: str) -> Iterator[DatedEntry]:
    """The entries an id means; `fact:cnil-delai` says which kind."""
    family, colon, rest = name.partition(":")
    for each in entries:
        if each.entry.id == (rest if colon else name) and (not colon or each.family.name == family):
            yield each
