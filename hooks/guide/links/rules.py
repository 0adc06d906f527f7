"""The settings of a run: the program's own, then those of `data/link-rules.yml` where a project has one."""

from __future__ import annotations

import datetime as dt
import fnmatch
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guide.links import phrases, verdict
from guide.links.addresses import AddressError, host_of, parse
from guide.text.problems import Code, GuideError, Place, Problem

if TYPE_CHECKING:  # what checks the links of others loads no reader of YAML
    from guide.data.model.link_rules import LinkRules
    from guide.source.yaml_source import KeyPath, Source

FILE = "data/link-rules.yml"


@dataclass(frozen=True, slots=True)
class HostRule:
    """What is special about one host; None keeps the general setting."""

    delay: float | None = None
    per_host: int | None = None
    timeout: float | None = None
    soft_404: tuple[str, ...] = ()
    dead_statuses: tuple[int, ...] = ()
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
    soft_titles: tuple[str, ...] = phrases.SOFT_TITLES
    soft_texts: tuple[str, ...] = phrases.SOFT_TEXTS
    parked: tuple[str, ...] = phrases.PARKED
    default_pages: tuple[str, ...] = phrases.DEFAULT_PAGES
    maintenance: tuple[str, ...] = phrases.MAINTENANCE
    errors_titles: tuple[str, ...] = phrases.ERRORS_TITLES
    errors_texts: tuple[str, ...] = phrases.ERRORS_TEXTS
    skip_keys: tuple[str, ...] = ("formerly", "other_urls")
    hosts: Mapping[str, HostRule] = field(default_factory=dict)
    ignore: tuple[IgnoreRule, ...] = ()
    announcing: tuple[str, ...] = field(init=False)  # all that a title may announce: most announce nothing

    def __post_init__(self) -> None:
        titles = (
            self.soft_titles,
            self.default_pages,
            self.maintenance,
            self.errors_titles,
            self.errors_texts,
        )
        object.__setattr__(self, "announcing", tuple(pattern for some in titles for pattern in some))

    def host(self, name: str) -> HostRule:
        return self.hosts.get(name, _NOTHING)

    def delay_of(self, host: str) -> float:
        """Seconds between two requests to a host."""
        own = self.host(host).delay
        return self.delay if own is None else own


_NOTHING = HostRule()


def load_rules(root: Path) -> Rules:
    """The rules of the project `root`, or the defaults without the file. Raises GuideError with every problem, those of
    the table of verdicts too: whoever checks links begins here."""
    if said := [*verdict.contradictions()]:
        place = Place(verdict.FILE)
        raise GuideError(Problem(place, Code.DUPLICATE, why, "corrigez l’une des deux") for why in said)
    hosts = {name: HostRule(soft_404=phrases_of) for name, phrases_of in phrases.HOSTS.items()}
    settings: dict[str, Any] = {"hosts": hosts}
    path = root / FILE
    if os.path.lexists(path):
        settings |= _settings(path, root)
        settings["hosts"] = hosts | settings["hosts"]
    return Rules(**settings)


def _settings(path: Path, root: Path) -> dict[str, Any]:
    """What a project's file sets, checked by its model."""
    from guide.data.guide import validate
    from guide.data.model.context import Context
    from guide.data.model.link_rules import LinkRules
    from guide.source.yaml_source import read_yaml

    source = read_yaml(path, root)
    source.value = {} if source.value is None and not source.problems else source.value
    problems = list(source.problems)
    model = validate(source, (), LinkRules, Context(), problems)
    if not problems:
        problems += _contradictions(model, source)
    if problems:
        raise GuideError(problems)
    found = _flat(model.model_dump(exclude_none=True, exclude={"hosts", "ignore"}, exclude_unset=True))
    if model.hosts is not None:
        found["hosts"] = {name: HostRule(**rule.model_dump()) for name, rule in model.hosts.items()}
    found["ignore"] = tuple(
        IgnoreRule(**each.model_dump(), line=source.place(("ignore", index)).line)
        for index, each in enumerate(model.ignore)
    )
    return found


def _contradictions(model: LinkRules, source: Source) -> Iterator[Problem]:
    """Rows that another one denies, and names that no address will ever have."""

    def problem(path: KeyPath, what: str, remedy: str, found: str) -> Problem:
        return Problem(source.place(path), Code.DUPLICATE, what, remedy, found)

    witnesses: dict[str, str] = {}
    for state in ("alive", "dead"):
        for rank, url in enumerate(getattr(model.canaries, state, ())):
            path = ("canaries", state, rank)
            try:
                request = parse(url).request
            except AddressError as error:
                yield problem(path, f"lien témoin mal écrit : {error}", "corrigez l’adresse", url)
                continue
            if witnesses.setdefault(request, state) != state:
                yield problem(
                    path, "lien témoin à la fois vivant et mort", "gardez-le dans une seule liste", url
                )
    for name in model.hosts or ():
        if not name or name not in {
            host_of(f"https://{name}/"),
            host_of(f"https://[{name}]/"),
        }:  # the second: IPv6
            host = host_of(name if "://" in name else f"https://{name}/")
            remedy = f"écrivez {host}" if host else "écrivez le nom seul, comme www.exemple.fr"
            yield problem(("hosts", name), "aucune adresse n’a ce nom de site", remedy, name)
    urls = [rule.url for rule in model.ignore]
    for rank, url in enumerate(urls):
        if url in urls[:rank]:
            yield problem(
                ("ignore", rank, "url"), "deux exceptions pour la même adresse", "gardez-en une", url
            )


def _flat(sections: dict[str, Any]) -> dict[str, Any]:
    """`canaries: {alive: …}` as `canaries_alive`; lists as tuples."""
    flat: dict[str, Any] = {}
    for name, value in sections.items():
        if isinstance(value, dict):
            flat |= {f"{name.removesuffix('_404')}_{key}": tuple(items) for key, items in value.items()}
        else:
            flat[name] = tuple(value) if isinstance(value, list) else value
    return flat


def expired_rules(rules: Rules, today: dt.date) -> list[tuple[str, str]]:
    """Place and sentence of each exception that has run out."""
    return [
        (
            f"{FILE}:{rule.line}",
            f"l’exception pour {rule.url} a expiré le {rule.until.isoformat()} — la retirer, ou la "
            "renouveler avec une nouvelle date.",
        )
        for rule in rules.ignore
        if rule.expired(today)
    ]


def unused_rules(rules: Rules, used: set[IgnoreRule]) -> list[str]:
    return [
        f"{FILE}:{rule.line} : l’exception pour {rule.url} n’a servi à rien — la retirer."
        for rule in rules.ignore
        if rule not in used
    ]
