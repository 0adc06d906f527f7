"""A whole run: plan, ask, judge, remember, report. No printing here."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from guide.links.addresses import parse
from guide.links.collect import Link
from guide.links.known import Catalogue, user_agent
from guide.links.options import LinkOptions
from guide.links.plan import Errand, Plan
from guide.links.remember import History, Observation
from guide.links.report import Report, Result, now
from guide.links.rules import Rules
from guide.links.show import Progress
from guide.links.verdict import Judgement, Reason, Verdict, judge

if TYPE_CHECKING:
    from guide.links.ask import Seen

_ENOUGH = 20  # addresses that fail besides every witness before the network is said to be absent


class LinkRun:
    """One run over a plan. `show` is told how far it is, after each resource."""

    def __init__(
        self,
        plan: Plan,
        history: History,
        rules: Rules,
        catalogue: Catalogue,
        options: LinkOptions,
        show: Progress | None = None,
    ) -> None:
        self._plan, self._history, self._catalogue, self._show = plan, history, catalogue, show
        self.rules, self.options, self.agent = rules, options, user_agent(catalogue.contact)
        self._started = now()
        self._results: dict[str, Result] = {}
        self._pending: list[tuple[Errand, Seen]] = []  # judged once the network is known to exist
        self._online = bool(options.allow_private)
        self._canaries: dict[str, Judgement] = {}
        self._problems = self._done = self._total = self._requests = self._witnesses = 0
        self._cut_short = self._no_network = False
        self._before: dict[str, str] = {}
        self._failures: list[str] = []
        self.stop: Callable[[], None] = lambda: None

    def run(self) -> Report:
        """Settle what needs no network, reuse what is fresh, ask for the rest."""
        for link, judgement in self._plan.settled:
            if judgement.verdict.lasting:
                self._judged(link, link.url, judgement)
            else:
                self._add(link, judgement)
        jobs = [job for job in self._plan.jobs.values() if not self._reuse(job)]
        if jobs:
            from guide.links.ask import ask

            gc.freeze()  # what is loaded stays, and most of what comes leaves by itself:
            gc.set_threshold(100_000, 20, 20)  # looking at it again and again costs a tenth of the time
            canaries = self._canary_jobs(jobs)
            self._total, self._witnesses = len(jobs), len(canaries)
            stopped = ask([*canaries, *jobs], self)
            self._cut_short = stopped and not self._no_network
            self._conclude()
        return self._report()

    def _reuse(self, job: Errand) -> bool:
        found: list[tuple[Link, Observation]] = []
        for link, address in job.links:
            observation = self._history.fresh(address.key, self._started, self.rules.fresh_days)
            if observation is None:
                return False
            found.append((link, observation))
        for link, seen in found:
            self._add(link, Judgement(Verdict.OK, Reason.FOUND, seen.message), True, seen)
        return True

    def _canary_jobs(self, jobs: list[Errand]) -> list[Errand]:
        """None with private networks allowed, nor where no public address is asked."""
        from guide.links.guard import Guard

        guard = Guard()
        if self.options.allow_private or all(guard.is_refused(job.address.host) for job in jobs):
            return []
        witnesses = (*self.rules.canaries_alive, *self.rules.canaries_dead)
        return [Errand(parse(url), canary=True) for url in witnesses]

    def failed(self, sentence: str) -> None:
        """Something of the run itself went wrong."""
        self._failures.append(sentence)

    def seen(self, job: Errand, seen: Seen) -> None:
        """What one journey brought back."""
        self._requests += seen.requests
        if not job.canary:
            self._done += 1
        if seen.status is not None and not self._online:
            self._online = True
            for earlier in self._pending:
                self._judge(*earlier)
            self._pending.clear()
        if self._online or not seen.judgements[0].reason.ours:
            self._judge(job, seen)
        else:
            self._pending.append((job, seen))
            witnesses = sum(waiting.canary for waiting, _ in self._pending)
            if self._witnesses and witnesses == self._witnesses and len(self._pending) >= witnesses + _ENOUGH:
                self._no_network = True  # no need to ask every site politely for nothing
                self.stop()
        if self._show and not job.canary:
            self._show(self._done, self._total, self._problems)

    def _conclude(self) -> None:
        """Without a single answer, failures say nothing of the sites."""
        self._no_network = self._no_network or (
            bool(self._pending) and not self._online and not self._cut_short
        )
        for job, seen in self._pending:
            if not self._no_network:
                self._judge(job, seen)
                continue
            for link, _ in job.links:
                self._add(link, judge(Reason.NO_NETWORK))
        self._pending.clear()

    def _judge(self, job: Errand, seen: Seen) -> None:
        if job.canary:
            self._canaries[job.address.request] = seen.judgements[0]
            return
        for (link, address), judgement in zip(job.links, seen.judgements, strict=True):
            self._judged(link, address.key, judgement, seen)

    def _judged(self, link: Link, key: str, judgement: Judgement, seen: Seen | None = None) -> None:
        former = self._history.last(key)
        if judgement.reason is Reason.INTERNAL:
            self._failures.append(f"{link.url} : {judgement.message}")
        now = dt.datetime.now(self._started.tzinfo)
        judgement, confirmed, observed = self._history.judged(key, judgement, now, self.rules, seen)
        judgement, confirmed = self._with_visit(link.url, judgement, confirmed)
        if judgement.verdict.level in {"error", "warning"}:
            self._problems += 1
        if former and former.verdict != judgement.verdict:
            self._before[link.url] = former.verdict
        if judgement.verdict is Verdict.BROKEN and observed.since and observed.runs > 1:
            judgement = judgement.adding(f"Constaté pour la première fois le {observed.since}.")
        self._add(link, judgement, confirmed, observed, seen.attempts if seen else 0)

    def _with_visit(self, url: str, judgement: Judgement, confirmed: bool) -> tuple[Judgement, bool]:
        """A blocked link that a person has opened is confirmed, until the visit is too old."""
        resource = self._catalogue.by_url.get(url)
        if judgement.verdict is not Verdict.BLOCKED or resource is None or resource.by_hand is None:
            return judgement, confirmed
        day, who = resource.by_hand
        if (self._started.date() - day).days <= self.rules.hand_days:
            return judgement.adding(
                f"Ouvert à la main le {day.isoformat()} par {who or 'un rédacteur'}."
            ), True
        return judgement.adding(
            f"La dernière visite à la main date du {day.isoformat()} : la refaire."
        ), False

    def _add(
        self,
        link: Link,
        judgement: Judgement,
        confirmed: bool = False,
        observed: Observation | None = None,
        attempts: int = 0,
    ) -> None:
        self._results[link.url] = Result(
            link.url,
            judgement.verdict,
            judgement.reason.value,
            judgement.message,
            confirmed,
            observed.status if observed else None,
            observed.final if observed else None,
            tuple((status, url) for status, url in observed.hops) if observed else (),
            observed.on if observed else None,
            attempts,
            tuple(link.places),
        )

    def _report(self) -> Report:
        late = judge(Reason.NO_NETWORK if self._no_network else Reason.OUT_OF_BUDGET)
        for job in self._plan.jobs.values():
            for link, _ in job.links:
                if link.url not in self._results:
                    self._cut_short = not self._no_network
                    self._add(link, late)
        report = Report(
            self._started.isoformat(timespec="seconds"),
            now().isoformat(timespec="seconds"),
            sorted(self._results.values(), key=lambda link: (link.places[0], link.url)),
            notes=list(self._history.notes),
            failures=self._failures,
            no_network=self._no_network,
            requests=self._requests,
            cut_short=self._cut_short,
            before=self._before,
        )
        if report.complete:
            report.failures += canary_failures(self.rules, self._canaries)
        return report


def canary_failures(rules: Rules, seen: Mapping[str, Judgement]) -> list[str]:
    """Why the run proves nothing: a dead witness found alive, or no living witness found alive."""
    if not seen:
        return []
    failures = []
    alive = [seen.get(parse(url).request) for url in rules.canaries_alive]
    if alive and all(one is None or not one.verdict.fine for one in alive):
        failures.append("Aucun lien témoin, que l’on sait vivant, n’a été jugé valide : rapport sans valeur.")
    for url in rules.canaries_dead:
        found = seen.get(parse(url).request)
        if found is not None and found.verdict is not Verdict.BROKEN:
            failures.append(f"Le lien témoin mort {url} est jugé « {found.verdict} » : rapport sans valeur.")
    return failures
