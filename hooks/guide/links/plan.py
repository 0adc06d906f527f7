"""Which requests a run needs: one for each resource, however many spellings, fragments and places use it."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from dataclasses import dataclass, field

from guide.links.addresses import Address, AddressError, host_of, is_known_scheme, malformed, parse
from guide.links.collect import Link
from guide.links.judge import needs_anchor
from guide.links.rules import IgnoreRule, Rules
from guide.links.verdict import Judgement, Reason, judge
from guide.text.reach import is_foreign_number, phone_number

_TEMPLATE = re.compile(
    r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|\$\{[^}]*\}?|\$\(|<%.*?%>|%\([a-z_]+\)s|\{[A-Za-z_][\w.:-]*\}|^[a-z]+://[^/?#]*\$[^/?#]*|"
    r"^[a-z]+://(?:…|\.\.\.|<[^>]*>|\[[^\]:/?#]*[g-zà-ÿ][^\]:/?#]*\])"
)
# Named by programs and never opened: XML namespaces, vocabularies of office documents and of sharing.
_VOCABULARY = re.compile(
    r"https?://(?:www\.w3\.org/(?:1998/Math/MathML|1999/xhtml|1999/xlink|2000/svg|2000/xmlns/?|2001/XMLSchema(?:-instance)?|"
    r"2005/Atom|XML/1998/namespace)$|schemas\.(?:openxmlformats\.org|microsoft\.com)/|ogp\.me/ns#)"
)
_RESERVED = (
    ".example.com",
    ".example.edu",
    ".example.net",
    ".example.org",
)  # for examples: RFC 2606 §3, IANA
_HERE = re.compile(r"https?://(?:[^/?#@]*@)?(?:[\w-]+\.)*localhost\.?(?::\d*)?(?:[/?#]|$)", re.I)


@dataclass(slots=True)
class Errand:
    """One resource to ask for and the links that depend on it."""

    address: Address
    links: list[tuple[Link, Address]] = field(default_factory=list)
    canary: bool = False

    @property
    def addresses(self) -> list[Address]:
        """One for each link, which may differ in their fragments; its own where no link asks for it."""
        return [self.address] if self.canary else [address for _, address in self.links]

    @property
    def deep(self) -> bool:
        return any(address.fragment and needs_anchor(address.fragment) for address in self.addresses)


@dataclass(slots=True)
class Plan:
    """`settled` links need no network; `jobs` do. `used` are the ignore rules that served."""

    jobs: dict[str, Errand] = field(default_factory=dict)
    settled: list[tuple[Link, Judgement]] = field(default_factory=list)
    used: set[IgnoreRule] = field(default_factory=set)


def make_plan(links: list[Link], rules: Rules, today: dt.date, here: bool = False) -> Plan:
    """Sort the links; every one of them ends in `settled` or in a job. `here`: this machine may be asked."""
    plan = Plan()
    for link in links:
        judgement = _without_network(link, rules, today, plan, here)
        if judgement is not None:
            plan.settled.append((link, judgement))
            continue
        try:
            address = parse(link.url)
        except AddressError as error:
            plan.settled.append((link, judge(Reason.MALFORMED, detail=error)))
            continue
        if f".{address.host}".endswith(_RESERVED):
            plan.settled.append((link, judge(Reason.EXAMPLE, where="d’un domaine réservé à cet usage")))
            continue
        plan.jobs.setdefault(address.request, Errand(address)).links.append((link, address))
    return plan


def _without_network(link: Link, rules: Rules, today: dt.date, plan: Plan, here: bool) -> Judgement | None:
    url = link.url
    for rule in rules.ignore:
        if rule.matches(url) and not rule.expired(today):
            plan.used.add(rule)
            return judge(Reason.IGNORED, by=rule.by, until=rule.until.isoformat(), reason=rule.reason)
    if (
        "{" in url or "$" in url or "<" in url or "%(" in url or "://." in url or "…" in url or "://[" in url
    ) and (template := _TEMPLATE.search(url)):
        return judge(Reason.TEMPLATE, detail=template[0])
    scheme = url.partition(":")[0].lower()
    if scheme not in {"http", "https"}:
        return _other_scheme(scheme, url)
    if not here and _HERE.match(url):
        return judge(Reason.EXAMPLE, where="sur la machine du lecteur")
    if _VOCABULARY.match(url):
        return judge(Reason.VOCABULARY)
    if link.former:
        return judge(Reason.FORMER_ADDRESS)
    return None


def _other_scheme(scheme: str, url: str) -> Judgement:
    if scheme == "tel" and is_foreign_number(number := phone_number(url)):
        return judge(Reason.PHONE_ABROAD, number=number)
    if wrong := malformed(url, names=True):
        return judge(Reason.MALFORMED, detail=wrong)
    if scheme in {"mailto", "tel"}:
        return judge(Reason.MAIL if scheme == "mailto" else Reason.PHONE)
    return judge(Reason.OTHER_SCHEME if is_known_scheme(scheme) else Reason.UNKNOWN_SCHEME, scheme=scheme)


def shard_of(link: Link, total: int) -> int:
    """Which machine of a matrix of `total` checks the link, from 1. All links of one host go to the same."""
    return zlib.crc32((host_of(link.url) or link.url).encode()) % total + 1
