"""Options that several commands share, with their help in French."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from guide.site.build_options import today


def iso_day(text: str) -> dt.date:
    """A day written AAAA-MM-JJ."""
    return dt.date.fromisoformat(text)


def add_date(parser: argparse.ArgumentParser) -> None:
    """--date."""
    parser.add_argument(
        "--date",
        type=iso_day,
        metavar="AAAA-MM-JJ",
        help="jour retenu (par défaut aujourd’hui, heure de Paris)",
    )


def add_build_options(parser: argparse.ArgumentParser) -> None:
    """--date and --link-report."""
    add_date(parser)
    parser.add_argument(
        "--link-report",
        type=Path,
        metavar="FICHIER",
        help="dernier rapport des liens (JSON), pour afficher « lien vérifié le … »",
    )


def build_environment(arguments: argparse.Namespace, environment: dict[str, str]) -> dict[str, str]:
    """The environment of a build, with what the options ask for."""
    environment["NO_MKDOCS_2_WARNING"] = "1"  # the theme's notice is known: the way out is `stage`
    if arguments.date:
        environment["GUIDE_DATE"] = arguments.date.isoformat()
    # MkDocs dates the sitemap by the clock unless told otherwise: one build has one day.
    noon = dt.datetime.combine(today(environment), dt.time(12), tzinfo=dt.UTC)
    environment["SOURCE_DATE_EPOCH"] = str(int(noon.timestamp()))
    if arguments.link_report:
        environment["GUIDE_LINK_REPORT"] = str(arguments.link_report.resolve())
    return environment
