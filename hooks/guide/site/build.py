"""One build of the site: what was asked, what the sources give, and the pages as the templates made them.

The adapters hand it from event to event (in `config.extra`, under KEY); nothing of a build outlives it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guide.data.guide import Guide
from guide.links.offline import OfflineProblem, check_offline
from guide.page.view import Addresses
from guide.site.build_options import UNSET_URL, Asked, options_of, today
from guide.site.checked import check
from guide.site.stage import Staged, stage
from guide.source.kept import Cache
from guide.text.problems import GuideError
from guide.text.stages import Stages

KEY = "guide_build"
DATES = logging.getLogger("guide.dates")
"""Not under « mkdocs »: a day that passes must never make `--strict` refuse a correction."""


@dataclass(slots=True)
class Build:
    """`guide`, `staged` and `site_url` (a reserved one until it is decided) are None where there is nothing but pages (a site
    that uses our templates alone).

    `link_warnings` stop nothing, but a strict build; `pages` holds each finished
    page (UTF-8), under its path in the site, from the moment it is made. In a `preview`, what weighs waits until it is asked for:
    `later` holds what makes each file.
    `cache` holds what earlier builds have made of the same sources; `said` the warnings that were shown. `alone`: nothing
    but the guide has a hand in it, no plugin, hook or folder of templates from elsewhere: what MkDocs has made use of is then
    let go of.
    """

    root: Path
    asked: Asked
    stages: Stages
    guide: Guide | None = None
    staged: Staged | None = None
    preview: bool = False
    link_warnings: list[OfflineProblem] = field(default_factory=list)
    pages: dict[str, bytes] = field(default_factory=dict)
    cache: Cache = field(default_factory=lambda: Cache(None))
    said: list[str] = field(default_factory=list)
    alone: bool = True
    later: dict[str, Callable[[], str]] = field(default_factory=dict)
    site_url: str | None = None

    @staticmethod
    def of(extra: Mapping[str, Any]) -> Build:
        """The build under way, from the settings that the adapters share."""
        build: Build = extra[KEY]
        return build


def prepare(
    root: Path,
    asked: Asked | None = None,
    *,
    addresses: Addresses = Addresses.FOLDERS,
    stages: Stages | None = None,
    preview: bool = False,
    kept: bool = True,
    memory: dict[str, tuple[str, Any]] | None = None,
) -> Build:
    """Validates the sources and renders them: everything that can fail fails here, before anything is written.

    Raises GuideError with all that is wrong. Without `kept`, no earlier result is trusted, nor this one kept. `memory` is
    that of a process that builds again and again.
    """
    asked, stages = asked or Asked(today()), stages or Stages(silent=True)
    stages.begin("vérification des données et des pages")
    cache = Cache(root if kept else None, memory)
    checked = check(root, cache)
    links = check_offline(root, asked.today, cache, checked.guide.sources)
    if errors := [problem for problem in links if problem.error]:
        raise LinkProblemsError(errors)
    options = options_of(checked.guide, asked, addresses)
    staged = stage(checked, options, stages.begin, cache)
    url = checked.guide.site.url or UNSET_URL
    return Build(root, asked, stages, checked.guide, staged, preview, links, cache=cache, site_url=url)


class LinkProblemsError(GuideError):
    """Addresses that cannot work, found without network. Raised by `prepare`."""

    def __init__(self, problems: list[OfflineProblem]) -> None:
        super().__init__([])
        self._sentences = [str(problem) for problem in problems]

    def lines(self) -> list[str]:
        return self._sentences
