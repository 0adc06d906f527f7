"""What a run is given besides its links, and the two judgements that depend on it: visits by hand, canaries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from guide.links.addresses import parse
from guide.links.catalogue import Catalogue
from guide.links.options import Network
from guide.links.rules import Rules
from guide.links.verdict import Judgement, Verdict, judge

Progress = Callable[[int, int, int], None]  # done, total, problems


@dataclass(slots=True)
class Settings:
    """What a run needs besides its links. `progress` is called after each resource."""

    rules: Rules
    catalogue: Catalogue
    allow: tuple[Network, ...] = ()
    ca: str | None = None
    progress: Progress | None = None


def with_visit(
    settings: Settings, today: dt.date, url: str, judgement: Judgement, confirmed: bool
) -> tuple[Judgement, bool]:
    """A blocked link that a person has opened is confirmed, until the visit is too old."""
    resource = settings.catalogue.by_url.get(url)
    if judgement.verdict is not Verdict.BLOCKED or resource is None or resource.by_hand is None:
        return judgement, confirmed
    day, who = resource.by_hand
    recent = (today - day).days <= settings.rules.hand_days
    if recent:
        message = f"{judgement.message} Ouvert à la main le {day.isoformat()} par {who or 'un rédacteur'}."
    else:
        message = f"{judgement.message} La dernière visite à la main date du {day.isoformat()} : la refaire."
    return judge(judgement.verdict, judgement.reason, message), recent


def canary_failures(rules: Rules, seen: Mapping[str, Judgement]) -> list[str]:
    """Why the run proves nothing: a dead witness found alive, or no living witness found alive."""
    if not seen:
        return []
    failures = []
    alive = [seen.get(parse(url).request) for url in rules.canaries_alive]
    if alive and all(one is None or one.verdict not in {Verdict.OK, Verdict.MOVED} for one in alive):
        failures.append("Aucun lien témoin, que l’on sait vivant, n’a été jugé valide : rapport sans valeur.")
    for url in rules.canaries_dead:
        found = seen.get(parse(url).request)
        if found is not None and found.verdict is not Verdict.BROKEN:
            failures.append(f"Le lien témoin mort {url} est jugé « {found.verdict} » : rapport sans valeur.")
    return failures
