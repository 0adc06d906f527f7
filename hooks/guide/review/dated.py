"""What must be read again, and when: every dated entry of the guide, the latest review first."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from guide.data.guide import EVERY_KIND, Guide
from guide.data.kinds import Kind
from guide.source.yaml_source import KeyPath, Source
from guide.text import french
from guide.text.problems import Place

WITHIN = 60
ISSUE_LIMIT = 60_000  # characters; GitHub refuses an issue over 65,536


FAMILIES = tuple(kind for kind in EVERY_KIND if kind.sentence)
"""The kinds of entries that somebody must read again."""


@dataclass(frozen=True, slots=True)
class DatedEntry:
    """One entry, where it stands and what to open to check it."""

    family: Kind
    entry: Any
    path: KeyPath
    source: Source
    urgent: bool

    @property
    def place(self) -> Place:
        """Where it is written: worked out when somebody asks."""
        return self.source.place(self.path)

    @property
    def sentence(self) -> str:
        return str(getattr(self.entry, self.family.sentence))

    def days_left(self, today: dt.date) -> int:
        """Days until the review; negative when it is late."""
        return int((self.entry.review_by - today).days)

    def to_open(self, guide: Guide) -> list[tuple[str, str | None]]:
        """Title and address (None where nobody knows it) of what says so."""
        own = getattr(self.entry, "resource", self.entry.id)
        ids = getattr(self.entry, "sources", (own,))
        found = [guide.resources[each] for each in ids if each in guide.resources]
        return [(each.title, each.url) for each in found]


def dated(guide: Guide, emergency: Iterable[tuple[str, str]]) -> list[DatedEntry]:
    """Every dated entry, the soonest review first. `emergency` holds the (family, id) of what Urgence states."""
    urgent = set(emergency)
    found = [
        DatedEntry(family, entry, path, guide.sources[family.file], (family.id, entry.id) in urgent)
        for family in FAMILIES
        for index, entry in enumerate(guide.entries(family))
        for path in ((*family.base, index),)
    ]
    return sorted(
        found, key=lambda each: (each.entry.review_by, not each.urgent, each.family.id, each.entry.id)
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
            f"{each.entry.id} ({each.family.name}{urgent}) — {countdown(each.days_left(today))}, "
            f"avant le {french.day(each.entry.review_by)}",
            f"  {each.place.file}:{each.place.line}",
            f"  {each.sentence}",
            *(f"  ouvrir : {url or title + ' (adresse non établie)'}" for title, url in each.to_open(guide)),
        ]
    if entries:
        lines += ["", f"Après lecture : ./scripts/guide review {entries[0].entry.id}"]
    return "\n".join(lines) + "\n"


def signed(guide: Guide) -> Iterator[tuple[DatedEntry, dt.date, str, str]]:
    """Texts, contacts, offers and resources whose source somebody has read: the day, who, and the words; latest first.

    (A fact shows its own proof.)
    """
    found = []
    for each in dated(guide, ()):
        if each.family.id == "resource":
            if (hand := each.entry.checked_by_hand) and hand.words:
                found.append((each, hand.on, hand.by, hand.words))
        elif each.family.id != "fact" and (match := _SIGNED.fullmatch(each.entry.checked_by)):
            found.append((each, each.entry.checked_on, match["who"] + (match["again"] or ""), match["words"]))
    yield from sorted(found, key=lambda row: row[1], reverse=True)


_SIGNED = re.compile(r"(?P<who>.+?) : « (?P<words>.+) »(?P<again> \(.*\))?")


def as_calendar(entries: Iterable[DatedEntry]) -> str:
    """Everything dated, one line each, under the day of its review."""
    lines: list[str] = []
    for review_by, group in groupby(entries, key=lambda each: each.entry.review_by):
        lines += [french.day(review_by), *(_line(each) for each in group), ""]
    return "\n".join(lines)


def by_page(entries: list[DatedEntry], cited: Mapping[str, Collection[tuple[str, str]]]) -> str:
    """The same under each page that relies on it, then what no page uses."""
    lines: list[str] = []
    left = {(each.family.id, each.entry.id) for each in entries}
    for page, ids in [*cited.items(), ("Aucune page", left)]:
        mine = [each for each in entries if (each.family.id, each.entry.id) in ids]
        lines += (
            [page, *(f"{_line(each)}, avant le {french.day(each.entry.review_by)}" for each in mine), ""]
            if mine
            else []
        )
        left -= set(ids) if ids is not left else set()
    return "\n".join(lines)


def _line(each: DatedEntry) -> str:
    return f"  {each.entry.id} ({each.family.name}{' · URGENCE' if each.urgent else ''})"


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
        f"- [ ] **{each.entry.id}** ({each.family.name}{urgent}) : {countdown(each.days_left(today))}, "
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
            "kind": each.family.id,
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
        if each.entry.id == (rest if colon else name) and (not colon or each.family.id == family):
            yield each
