"""Which requests a run needs: one for each resource, however many spellings, fragments and places use it."""

from __future__ import annotations

import datetime as dt
import zlib
from dataclasses import dataclass, field

from guide.links.addresses import Address, AddressError, parse
from guide.links.classify import malformed, needs_anchor
from guide.links.collect import Link
from guide.links.rules import IgnoreRule, Rules
from guide.links.verdicts import Judgement, Reason, Verdict, judge
from guide.text.reach import mail_problem, phone_problem


@dataclass(slots=True)
class Job:
    """One resource to ask for and the links that depend on it."""

    address: Address
    links: list[tuple[Link, Address]] = field(default_factory=list)
    canary: bool = False

    @property
    def deep(self) -> bool:
        return any(address.fragment and needs_anchor(address.fragment) for _, address in self.links)


@dataclass(slots=True)
class Plan:
    """`settled` links need no network; `jobs` do. `used` are the ignore rules that served."""

    jobs: dict[str, Job] = field(default_factory=dict)
    settled: list[tuple[Link, Judgement]] = field(default_factory=list)
    used: set[IgnoreRule] = field(default_factory=set)


def make_plan(links: list[Link], rules: Rules, today: dt.date) -> Plan:
    """Sort the links; every one of them ends in `settled` or in a job."""
    plan = Plan()
    for link in links:
        judgement = _without_network(link, rules, today, plan)
        if judgement is not None:
            plan.settled.append((link, judgement))
            continue
        try:
            address = parse(link.url)
        except AddressError as error:
            plan.settled.append((link, malformed(error)))
            continue
        plan.jobs.setdefault(address.request, Job(address)).links.append((link, address))
    return plan


def _without_network(link: Link, rules: Rules, today: dt.date, plan: Plan) -> Judgement | None:
    scheme = link.url.partition(":")[0].lower()
    for rule in rules.ignore:
        if rule.matches(link.url) and not rule.expired(today):
            plan.used.add(rule)
            return judge(
                Verdict.UNCHECKED,
                Reason.IGNORED,
                f"Exception de {rule.by} jusqu’au {rule.until.isoformat()} : {rule.reason}",
            )
    if scheme in {"mailto", "tel"}:
        problem = mail_problem(link.url) if scheme == "mailto" else phone_problem(link.url)
        if problem:
            return judge(Verdict.BROKEN, Reason.MALFORMED, problem)
        if scheme == "mailto":
            return judge(Verdict.UNCHECKED, Reason.MAIL, "Adresse de messagerie bien formée (aucun envoi).")
        return judge(Verdict.UNCHECKED, Reason.PHONE, "Numéro de téléphone bien formé (aucun appel).")
    if scheme not in {"http", "https"}:
        return judge(
            Verdict.UNCHECKED, Reason.OTHER_SCHEME, f"Les adresses « {scheme}: » ne sont pas vérifiées."
        )
    if link.former:
        return judge(Verdict.UNCHECKED, Reason.FORMER_ADDRESS, "Ancienne adresse gardée pour mémoire.")
    return None


def in_shard(link: Link, shard: tuple[int, int] | None) -> bool:
    """Whether this machine of the matrix checks the link. All links of one host go to the same machine."""
    if shard is None:
        return True
    index, total = shard
    try:
        key = parse(link.url).host
    except AddressError:
        key = link.url
    return zlib.crc32(key.encode()) % total == index - 1
