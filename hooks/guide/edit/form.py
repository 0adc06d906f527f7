"""One new entry, asked field by field: every question follows from the model of its kind."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit

from pydantic import BaseModel

from guide.data.crosscheck import same_address
from guide.data.guide import EVERY_KIND, KINDS, Guide
from guide.data.kinds import Kind
from guide.data.shape import Shape, shape
from guide.edit import asking, fields
from guide.edit.asking import RefusedError
from guide.edit.block import read
from guide.review.rhythm import next_review
from guide.text import french
from guide.text.problems import clip

# From which answer an identifier is made: the first of these that there is.
_NAMED_BY = ("short", "question", "label", "term", "title", "statement", "reference", "name", "text")
# What may be said once only, and how it is compared.
_ONCE: Mapping[tuple[str, str], Callable[[str], str]] = {
    ("resource", "url"): same_address,
    ("term", "term"): str,
}
_NEW = "+"
_FEW = 40  # choices of a closed list that are shown at once


@dataclass(slots=True)
class Form:
    """What is known of a new entry. `first` are entries of other kinds that must be added before it."""

    guide: Guide
    kind: Kind
    model: type[BaseModel]
    today: dt.date
    taken: frozenset[str] = frozenset()
    answers: dict[str, Any] = field(default_factory=dict)
    first: list[tuple[Kind, dict[str, Any]]] = field(default_factory=list)
    new_host: tuple[str, str] | None = None  # a publisher, and a site to admit for it

    def names(self) -> list[str]:
        """The fields that are asked: what must be there, and what the model asks by a question; the id comes late."""
        late = {name: rank for rank, name in enumerate((*_HINTS.get(self.kind.id, ()), "id", "review_by"), 1)}
        asked = [name for name in self.order() if _asked(self.model.model_fields[name])]
        return sorted((name for name in asked if name != "checked_on"), key=lambda name: late.get(name, 0))

    def order(self) -> list[str]:
        """The fields as they are written: the model's own, then those it shares with others."""
        return sorted(self.model.model_fields, key=lambda name: name not in self.model.__annotations__)

    def fill(self) -> dict[str, Any]:
        """Asks every question; the entry."""
        names = self.names()
        for rank, name in enumerate(names, 1):
            if name == "access_via" and self.answers.get("url"):
                continue  # only where nobody knows an address
            asking.say(f"\n— {rank} sur {len(names)} —")
            self.ask(name)
        return self.entry()

    def entry(self) -> dict[str, Any]:
        """The answers in the order of the model."""
        return {name: self.answers[name] for name in self.order() if name in self.answers}

    def ask(self, name: str) -> None:
        """Asks one field again or for the first time; a field left out is not written."""
        info = self.model.model_fields[name]
        if "checked_on" in self.model.model_fields:
            self.answers["checked_on"] = self.today
        value = self._answer(name)
        if (value is None or value == []) and not info.is_required():
            self.answers.pop(name, None)
        else:
            self.answers[name] = value
        if name == "publisher" and self.kind.id == "resource":
            self._admit()

    def accept(self, name: str, value: object) -> Any:
        """The value as the data's rules keep it. Raises RefusedError with their sentence."""
        self.guide.context.file = self.kind.path
        kept = fields.accept(self.model, name, value, self.guide.context)
        same = _ONCE.get((self.kind.id, name))
        for each in self.guide.entries(self.kind) if same and kept else ():
            other = getattr(each, name)
            if same and other and same(other) == same(kept):
                raise RefusedError(f"Déjà enregistré, sous l’identifiant « {each.id} ».")
        if name == "id" and kept in self.taken:
            raise RefusedError(f"« {kept} » est déjà pris : choisissez-en un autre.")
        return kept

    def _answer(self, name: str) -> Any:
        info = self.model.model_fields[name]
        of = shape(info)
        question = f"{info.title or name} {'' if (info.title or '').endswith('?') else '?'}".rstrip()
        limit = fields.limits(self.model, name)
        parts = (
            f"{info.description}." if info.description else "",
            f"{limit[0].upper()}{limit[1:]}." if limit else "",
            f"Exemple : {info.examples[0]}" if info.examples else "",
        )
        meaning = "\n".join(filter(None, parts))
        default = self._default(name)
        if default is None and not info.is_required() and isinstance(info.default, str):
            default = info.default
        empty = default or ("" if of.optional or not info.is_required() else None)
        if name == "review_by":
            return ask_review(dt.date.fromisoformat(str(default)), self.today)
        if of.type is bool:
            asking.say(meaning)
            return asking.agree(question)
        if of.kind and not of.choices:
            return self._reference(question, of, meaning, empty, least=min(of.least, 1))
        if of.choices:
            said = cast("Mapping[str, Any]", info.json_schema_extra or {}).get("enumDescriptions", of.choices)
            options = {
                each: each if words == each else f"{each} : {words}"
                for each, words in zip(of.choices, said, strict=True)
            }
            return (
                asking.choose(question, {**options, **({"": "aucun"} if empty == "" else {})}, meaning, empty)
                or None
            )
        if of.model is not None:
            return self._inner(question, of, meaning)
        if of.many and of.type is str:

            def lines(found: object) -> None:
                self.accept(name, found)

            return asking.lines(question, lines, meaning, of.most, of.least)
        return asking.ask(question, lambda answer: self.accept(name, _typed(of, answer)), meaning, empty)

    def _default(self, name: str) -> str | None:
        """What an empty answer stands for, from the answers given before."""
        if name == "id":
            return fields.free(fields.slug(self._named()) or "sans-titre", self.taken)
        if name == "review_by":
            about = " ".join(
                str(self.answers.get(each, "")) for each in (self.kind.sentence, "description", "sources")
            )
            return next_review(
                self.guide.taxonomy.rhythms, about, self.answers.get("topic", ""), self.today
            ).isoformat()
        if shape(self.model.model_fields[name]).type is dt.date:
            return self.today.isoformat()
        hint = _HINTS.get(self.kind.id, {}).get(name)
        return hint(self) if hint else None

    def _named(self) -> str:
        values = [self.answers[name] for name in (*_NAMED_BY, *self.answers) if self.answers.get(name)]
        words = str(
            values[0][0] if values and isinstance(values[0], list | tuple) else values[0] if values else ""
        )
        return f"{self.answers.get('publisher', '')} {words}"

    def _reference(self, question: str, of: Shape, meaning: str, empty: str | None, least: int) -> Any:
        known = labels(self.guide, of.kind)
        if of.kind not in KINDS and len(known) <= _FEW and empty != "":
            if of.many:
                return asking.choose_some(question, known, f"{meaning}\nUn ou plusieurs numéros.")
            return asking.choose(question, known, meaning, empty)
        kind = KINDS.get(of.kind)
        if kind is not None and kind.many:
            known = {**known, _NEW: f"{kind.noun} que le guide ne connaît pas encore"}
            meaning += f"\nTapez des mots de son nom, ou + pour ajouter {kind.noun}."
        if of.many:
            return asking.several(question, known, meaning, least, lambda chosen: self._made(kind, chosen))
        return self._made(kind, asking.pick(question, known, meaning, empty)) or None

    def _made(self, kind: Kind | None, chosen: str) -> str:
        """The id chosen; that of a new entry, asked on the spot, where it is to be added."""
        if chosen != _NEW or kind is None:
            return chosen
        asking.say(f"\nD’abord, {kind.noun}.")
        form = form_of(
            self.guide, kind, self.today, {each["id"] for other, each in self.first if other is kind}
        )
        entry = form.fill()
        self.first += [*form.first, (kind, entry)]
        self.guide.context.ids[kind.id].add(entry["id"])
        asking.say(f"\nRetour : {self.kind.noun}.")
        return str(entry["id"])

    def _inner(self, question: str, of: Shape, meaning: str) -> Any:
        """Entries inside this one."""
        asking.say(meaning)
        found: list[dict[str, Any]] = []
        while len(found) < of.least or asking.agree(
            f"{question} En écrire {'un autre' if found else 'un'} ?", False
        ):
            form = Form(
                self.guide,
                self.kind,
                of.model or BaseModel,
                self.today,
                frozenset(str(each.get("id")) for each in found),
            )
            found.append(form.fill())
            self.first += form.first
            if not of.many:
                return found[0]
        return found if of.many else None

    def _admit(self) -> None:
        """Asks whether the site of the address is one of the publisher's, where the guide does not know it yet."""
        host, chosen = _host(self), self.answers["publisher"]
        self.new_host = None
        own = self.guide.publishers.get(chosen)
        if not host or own is None or host in own.hosts:
            return
        asking.say(f"  Vérifiez que {host} est bien un site de {own.name}.")
        if asking.agree(f"Admettre désormais {host} pour cet éditeur ?"):
            self.new_host = (chosen, host)
        else:
            asking.say("  Alors reprenons l’éditeur.")
            self.ask("publisher")


def form_of(guide: Guide, kind: Kind, today: dt.date, more: set[str] | frozenset[str] = frozenset()) -> Form:
    """The form of a new entry of a list file; `more` are ids taken besides those of the file."""
    entries = guide.entries(kind)
    taken = {
        str(name) for each in entries for name in (getattr(each, "id", ""), *getattr(each, "former_ids", ()))
    }
    return Form(guide, kind, kind.model, today, frozenset(taken | more))


def labels(guide: Guide, kind: str) -> dict[str, str]:
    """id → what people read of each entry of a kind."""
    found = next((each for each in EVERY_KIND if each.id == kind), None)
    if found is None:
        return {each: each for each in sorted(guide.context.ids.get(kind, ()))}
    return {each.id: _words(each) for each in guide.entries(found)}


def _words(entry: BaseModel) -> str:
    """What people read of an entry: its label, else its first two texts."""
    if hasattr(entry, "label"):
        return str(entry.label)
    own = [name for name in type(entry).model_fields if name in type(entry).__annotations__ and name != "id"]
    return clip(" – ".join(value for name in own[:2] if isinstance(value := getattr(entry, name), str)))


def _asked(info: Any) -> bool:
    return info.is_required() or bool(info.title)


def _typed(of: Shape, answer: str) -> Any:
    """An answer as its field wants it: nothing, a number, words, or what YAML reads in it."""
    if not answer:
        return [] if of.many else None
    if of.type in (str, dt.date):
        return answer
    source = read(answer)
    if source.problems:
        raise RefusedError(source.problems[0].sentence)
    return source.value


def _host(form: Form) -> str:
    return urlsplit(form.answers.get("url") or "").hostname or ""


def _publisher(form: Form) -> str | None:
    """The only publisher on whose site the address is."""
    mine = [each.id for each in form.guide.publishers.values() if _host(form) in each.hosts]
    return mine[0] if len(mine) == 1 else None


def _topic(form: Form) -> str | None:
    """The theme of most measures of the same group."""
    near = Counter(
        each.topic for each in form.guide.measures.values() if each.group == form.answers.get("group")
    )
    return near.most_common(1)[0][0] if near else None


# Kind → field → what other answers suggest for it. These are asked after the others, in this order.
_HINTS: Mapping[str, Mapping[str, Callable[[Form], str | None]]] = {
    "resource": {
        "publisher": _publisher,
        "status": lambda form: "actif" if form.answers.get("seen") == "publisher" else "a-verifier",
        "confidence": lambda form: {"publisher": "high", "third-party": "medium"}.get(
            form.answers.get("seen", ""), "low"
        ),
    },
    "measure": {"topic": _topic},
}


def ask_review(proposed: dt.date, today: dt.date) -> dt.date:
    """The day before which somebody must look again: after today, within twelve months."""
    latest = french.add_months(today, 12)

    def take(answer: str) -> dt.date:
        try:
            day = dt.date.fromisoformat(answer)
        except ValueError:
            raise RefusedError("Date illisible : écrivez année-mois-jour, par exemple 2027-05-23.") from None
        if not today < day <= latest:
            raise RefusedError(f"La relecture se place après aujourd’hui et avant le {french.day(latest)}.")
        return day

    return asking.ask(
        "À relire avant le ?",
        take,
        "Jour de la prochaine relecture, douze mois au plus.",
        proposed.isoformat(),
    )
