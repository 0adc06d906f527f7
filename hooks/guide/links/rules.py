"""The settings an editor may change: `data/link-rules.yml` (delays, hosts, canaries, phrases, ignore rules)."""

from __future__ import annotations

import datetime as dt
import fnmatch
import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from guide.source.yaml_source import KeyPath, Source, read_yaml
from guide.text.problems import Code, GuideError, did_you_mean

FILE = "data/link-rules.yml"


class RulesError(GuideError):
    """`link-rules.yml` is wrong: raised by `load_rules` with every problem, shown as it is, exit code 2."""


@dataclass(frozen=True, slots=True)
class HostRule:
    """What is special about one host; None keeps the general setting."""

    delay: float | None = None
    per_host: int | None = None
    timeout: float | None = None
    soft_404: tuple[str, ...] = ()
    bot_wall: bool = False
    http_only: bool = False


@dataclass(frozen=True, slots=True)
class IgnoreRule:
    """`url` is an address, `*` standing for anything; the rule lapses after `until`."""

    url: str
    reason: str
    until: dt.date
    by: str
    line: int

    def matches(self, url: str) -> bool:
        return fnmatch.fnmatchcase(url, re.sub(r"[\[\]?]", lambda m: f"[{m[0]}]", self.url))

    def expired(self, today: dt.date) -> bool:
        return today > self.until


@dataclass(frozen=True, slots=True)
class Rules:
    """Defaults are those of the program when the file is absent (`--from` in another repository)."""

    delay: float = 1.0
    jitter: float = 0.3
    per_host: int = 2
    concurrency: int = 64
    timeout: float = 10.0
    retries: int = 2
    budget: float = 1500.0
    fresh_days: int = 7
    hand_days: int = 180
    broken_after_runs: int = 3
    broken_after_days: int = 7
    look_bytes: int = 1_000_000
    canaries_alive: tuple[str, ...] = ()
    canaries_dead: tuple[str, ...] = ()
    soft_titles: tuple[str, ...] = ()
    soft_texts: tuple[str, ...] = ()
    parked: tuple[str, ...] = ()
    skip_keys: tuple[str, ...] = ("formerly",)
    hosts: Mapping[str, HostRule] = field(default_factory=dict)
    ignore: tuple[IgnoreRule, ...] = ()

    def host(self, name: str) -> HostRule:
        return self.hosts.get(name, _NOTHING)


_NOTHING = HostRule()
# Each number and the least it may be; where that is a whole number, so is the setting.
_NUMBERS: Mapping[str, int | float] = {
    "delay": 0.0,
    "jitter": 0.0,
    "per_host": 1,
    "concurrency": 1,
    "timeout": 0.1,
    "retries": 0,
    "budget": 1.0,
    "fresh_days": 0,
    "hand_days": 0,
    "broken_after_runs": 1,
    "broken_after_days": 0,
    "look_bytes": 1,
}
_MOST = 1_000_000_000
_SECTIONS = ("canaries", "soft_404", "parked", "skip_keys", "hosts", "ignore")
_HOST_FIELDS = ("delay", "per_host", "timeout", "soft_404", "bot_wall", "http_only")
_IGNORE_FIELDS = ("url", "reason", "until", "by")


def load_rules(root: Path) -> Rules:
    """The rules of the project `root`, or the defaults without the file. Raises RulesError."""
    own = Path(__file__).parent
    settings = _Reader(read_yaml(own / "default-rules.yml", own)).settings()
    path = root / FILE
    if os.path.lexists(path):
        settings |= _Reader(read_yaml(path, root)).settings()
    return Rules(**settings)


class _Reader:
    """Takes the settings out of one file, and notes what is wrong at its line."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def settings(self) -> dict[str, Any]:
        """Fields of `Rules` that the file sets; raises RulesError with every problem of the file."""
        found: dict[str, Any] = {}
        for key, value in self._fields((), self.source.value, (*_NUMBERS, *_SECTIONS)).items():
            path: KeyPath = (key,)
            if key in _NUMBERS:
                found[key] = self._number(path, value, _NUMBERS[key])
            elif key == "canaries":
                lists = self._fields(path, value, ("alive", "dead"))
                found |= {
                    f"canaries_{name}": self._texts((*path, name), lists.get(name))
                    for name in ("alive", "dead")
                }
            elif key == "soft_404":
                lists = self._fields(path, value, ("titles", "texts"))
                found |= {
                    f"soft_{name}": self._patterns((*path, name), lists.get(name))
                    for name in ("titles", "texts")
                }
            elif key == "parked":
                found[key] = self._patterns(path, value)
            elif key == "skip_keys":
                found[key] = self._texts(path, value)
            elif key == "hosts":
                hosts = self._fields(path, value, None)
                found[key] = {name: self._host((*path, name), rule) for name, rule in hosts.items()}
            else:
                items = self._list(path, value)
                found[key] = tuple(
                    rule for i, item in enumerate(items) if (rule := self._ignore((*path, i), item))
                )
        if self.source.problems:
            raise RulesError(self.source.problems)
        return found

    def _wrong(self, path: KeyPath, what: str, remedy: str, found: object = "") -> None:
        shown = "" if isinstance(found, (list, dict)) else str(found)
        self.source.report(Code.WRONG_VALUE, path, what, remedy, shown)

    def _fields(self, path: KeyPath, value: Any, known: tuple[str, ...] | None) -> dict[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            self._wrong(path, "des réglages « nom: valeur » sont attendus", "écrivez-en un par ligne", value)
            return {}
        for key in value:
            if known is not None and key not in known:
                advice = did_you_mean(key, known, "réglages admis : " + ", ".join(known))
                self._wrong((*path, key), f"réglage inconnu « {key} »", advice)
        return {key: each for key, each in value.items() if known is None or key in known}

    def _number(self, path: KeyPath, value: Any, least: float) -> float:
        whole = isinstance(least, int)
        try:
            number = int(str(value)) if whole else float(str(value))
        except ValueError:
            number = math.nan
        if isinstance(value, bool) or not least <= number <= _MOST:
            kind = "nombre entier" if whole else "nombre"
            self._wrong(path, f"un {kind} est attendu, {least:g} au moins", "écrivez-le en chiffres", value)
        return number

    def _flag(self, path: KeyPath, value: Any) -> bool:
        if not isinstance(value, bool):
            self._wrong(path, "true ou false est attendu", "écrivez true ou false, sans guillemets", value)
        return value is True

    def _list(self, path: KeyPath, value: Any) -> list[Any]:
        if value is not None and not isinstance(value, list):
            self._wrong(
                path, "une liste est attendue", "écrivez un élément par ligne, précédé de « - »", value
            )
        return value if isinstance(value, list) else []

    def _texts(self, path: KeyPath, value: Any) -> tuple[str, ...]:
        items = self._list(path, value)
        for rank, item in enumerate(items):
            if not isinstance(item, str):
                self._wrong((*path, rank), "un texte est attendu", "mettez la valeur entre guillemets", item)
        return tuple(item for item in items if isinstance(item, str))

    def _patterns(self, path: KeyPath, value: Any) -> tuple[str, ...]:
        texts = self._texts(path, value)
        for rank, text in enumerate(texts):
            try:
                re.compile(text)
            except (re.error, OverflowError, RecursionError):
                self._wrong(
                    (*path, rank), "expression incorrecte", "vérifiez parenthèses et barres « \\ »", text
                )
        return texts

    def _host(self, path: KeyPath, value: Any) -> HostRule:
        given = self._fields(path, value, _HOST_FIELDS)
        read: dict[str, Any] = {}
        for key, each in given.items():
            if key in _NUMBERS:
                read[key] = self._number((*path, key), each, _NUMBERS[key])
            elif key == "soft_404":
                read[key] = self._patterns((*path, key), each)
            else:
                read[key] = self._flag((*path, key), each)
        return HostRule(**read)

    def _ignore(self, path: KeyPath, value: Any) -> IgnoreRule | None:
        rule = self._fields(path, value, _IGNORE_FIELDS)
        if missing := [key for key in _IGNORE_FIELDS if not rule.get(key)]:
            what = f"règle d’exception sans {', '.join(missing)}"
            self._wrong(path, what, "les quatre sont obligatoires : url, reason, until, by")
            return None
        try:
            until = dt.date.fromisoformat(str(rule["until"]))
        except ValueError:
            self._wrong((*path, "until"), "date illisible", "écrivez année-mois-jour", rule["until"])
            return None
        line = self.source.place(path).line
        return IgnoreRule(str(rule["url"]), str(rule["reason"]), until, str(rule["by"]), line)


# The C loader is five times faster; both read the same documents.
SAFE_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
