"""The settings an editor may change: `data/link-rules.yml` (delays, hosts, canaries, phrases, ignore rules)."""

from __future__ import annotations

import datetime as dt
import fnmatch
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FILE = "data/link-rules.yml"


class RulesError(Exception):
    """`link-rules.yml` is wrong: raised by `load_rules`, shown as it is, exit code 2."""


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
_NUMBERS = {
    "delay": float,
    "jitter": float,
    "per_host": int,
    "concurrency": int,
    "timeout": float,
    "retries": int,
    "budget": float,
    "fresh_days": int,
    "hand_days": int,
    "broken_after_runs": int,
    "broken_after_days": int,
    "look_bytes": int,
}


def load_rules(root: Path) -> Rules:
    """The rules of the project `root`, or the defaults without the file. Raises RulesError."""
    path = root / FILE
    defaults = _read(Path(__file__).with_name("default-rules.yml"))
    if not path.is_file():
        return _rules(defaults, "default-rules.yml")
    return _rules({**defaults, **_read(path)}, FILE)


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text("utf-8")
        node = yaml.compose(text, Loader=SAFE_LOADER)
        data = yaml.load(text, Loader=SAFE_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RulesError(f"{FILE} : ce fichier n’est pas du YAML lisible ({error}).") from None
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise RulesError(f"{FILE} : il faut des réglages « nom: valeur » au premier niveau.")
    data["__lines__"] = _ignore_lines(node)
    return data


# The C loader is five times faster; both read the same documents.
SAFE_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _ignore_lines(node: Any) -> list[int]:
    for key, value in getattr(node, "value", []):
        if key.value == "ignore" and isinstance(value, yaml.SequenceNode):
            return [item.start_mark.line + 1 for item in value.value]
    return []


def _rules(data: dict[str, Any], name: str) -> Rules:
    lines = data.pop("__lines__", [])
    known = {*_NUMBERS, "canaries", "soft_404", "parked", "skip_keys", "hosts", "ignore"}
    for key in data:
        if key not in known:
            raise RulesError(f"{name} : réglage inconnu « {key} » ; attendu : {', '.join(sorted(known))}.")
    try:
        numbers = {key: kind(data[key]) for key, kind in _NUMBERS.items() if key in data}
        canaries, soft = data.get("canaries") or {}, data.get("soft_404") or {}
        return Rules(
            **numbers,
            canaries_alive=tuple(canaries.get("alive") or ()),
            canaries_dead=tuple(canaries.get("dead") or ()),
            soft_titles=_patterns(soft.get("titles"), name),
            soft_texts=_patterns(soft.get("texts"), name),
            parked=_patterns(data.get("parked"), name),
            skip_keys=tuple(data.get("skip_keys") or ()),
            hosts={host: _host(rule or {}, name) for host, rule in (data.get("hosts") or {}).items()},
            ignore=tuple(
                _ignore(rule, line, name) for rule, line in zip(data.get("ignore") or (), lines, strict=False)
            ),
        )
    except (TypeError, ValueError, AttributeError) as error:
        raise RulesError(f"{name} : valeur incorrecte ({error}).") from None


def _patterns(values: Any, name: str) -> tuple[str, ...]:
    for value in values or ():
        try:
            re.compile(value)
        except re.error as error:
            raise RulesError(f"{name} : expression « {value} » incorrecte ({error}).") from None
    return tuple(values or ())


def _host(rule: dict[str, Any], name: str) -> HostRule:
    fields = {key: value for key, value in rule.items() if key != "soft_404"}
    return HostRule(**fields, soft_404=_patterns(rule.get("soft_404"), name))


def _ignore(rule: Any, line: int, name: str) -> IgnoreRule:
    missing = [
        key for key in ("url", "reason", "until", "by") if not (isinstance(rule, dict) and rule.get(key))
    ]
    if missing:
        raise RulesError(
            f"{name}:{line} : règle d’exception sans {', '.join(missing)} ; les quatre sont obligatoires."
        )
    until = rule["until"]
    day = until if isinstance(until, dt.date) else dt.date.fromisoformat(str(until))
    return IgnoreRule(str(rule["url"]), str(rule["reason"]), day, str(rule["by"]), line)
