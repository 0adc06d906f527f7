"""Options that several commands share, with their help in French."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from guide.site.asked import Asked, today


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


def add_site(parser: argparse.ArgumentParser, root: Path) -> None:
    """--output: the folder of a whole site."""
    parser.add_argument(
        "--output",
        type=Path,
        default=root / "site",
        metavar="DOSSIER",
        help="dossier à écrire (par défaut : site/)",
    )


def add_build_options(parser: argparse.ArgumentParser) -> None:
    """--date, --link-report and --draft, which `asked` reads."""
    add_date(parser)
    parser.add_argument(
        "--link-report",
        type=Path,
        metavar="FICHIER",
        help="dernier rapport des liens (JSON), pour afficher « lien contrôlé le … »",
    )
    parser.add_argument(
        "--draft", action="store_true", help="reprend le dernier livret fait au lieu de le refaire"
    )


def asked(options: argparse.Namespace) -> Asked:
    """What the options of `add_build_options` ask of a build."""
    report: Path | None = options.link_report
    return Asked(options.date or today(), report.resolve() if report else None, options.draft)
