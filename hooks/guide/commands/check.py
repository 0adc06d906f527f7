"""check: every problem of the data and the pages, and the dates that moved alone."""

from __future__ import annotations

import difflib
import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from guide.review.git_dates import dates_alone
from guide.site import known_data
from guide.site.asked import Asked, today
from guide.site.checked import check, unused_pictures
from guide.site.known_data import Known
from guide.source.git import GitError
from guide.source.kept import Cache, name
from guide.text.arguments import FrenchParser
from guide.text.problems import Code, GuideError, Place, Problem, visible


def check_command(arguments: list[str], root: Path) -> int:
    """Validates data and pages; with a file, shows that file's problems only. What will soon be late is said, not refused."""
    parser = FrenchParser(
        "check",
        "Vérifie les données et les pages.",
        "Exemples : ./scripts/guide check\n           ./scripts/guide check resources",
    )
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FICHIER",
        help="ne montrer que les problèmes de ces fichiers ; un nom court suffit (resources, audit.md)",
    )
    parser.add_argument(
        "--since",
        default="HEAD",
        metavar="VERSION",
        help="version de git à laquelle comparer les dates de relecture (par défaut : la dernière enregistrée)",
    )
    options = parser.parse_args(arguments)
    started = time.monotonic()
    try:
        wanted = {named_file(name, root) for name in options.files}
    except UnknownFileError as refusal:
        print(visible(str(refusal)), file=sys.stderr)
        return 2
    problems: list[Problem] = []
    words = ""
    notes: list[Problem] = []
    cache = Cache(root)
    data = known_data.read(root, cache)
    printed = _printed(data, cache)
    try:
        checked = check(root, cache)
        words = f"{len(checked.pages)} pages, {data.said['counted']}"
        notes += unused_pictures(root, checked.pages)
    except GuideError as error:
        problems += error.problems
    try:
        notes += printed()
    except GuideError as error:
        problems += error.problems
    if problems:
        notes = []
    else:
        cache.forget()
    try:
        problems += dates_alone(root, options.since)
    except GitError as reason:
        print(f"Dates de relecture non comparées : {reason}.", file=sys.stderr)
        if options.since != "HEAD":
            return 2
    for note in notes:
        if not wanted or note.place.file in wanted:
            print(f"À savoir : {note}", file=sys.stderr)
    mine = [problem for problem in problems if not wanted or problem.place.file in wanted]
    if mine:
        print(GuideError(mine).summary(), file=sys.stderr)
        return 1
    if problems:
        from guide.text import french

        others = french.plural(len(problems), "problème")
        print(f"{', '.join(sorted(wanted))} : rien à corriger (d’autres fichiers ont {others}).")
        return 0
    elapsed = f"({time.monotonic() - started:.2f} s)"
    print(f"Tout est en ordre : {words} {elapsed}.")
    return 0


def _printed(data: Known, cache: Cache) -> Callable[[], list[Problem]]:
    """Begins to lay the sheets out as a build of today will, while the pages are looked at.

    What is returned waits for the end, says what the guide will soon owe, and raises GuideError where a sheet cannot be made.
    Nothing is done where the data are wrong, or known to be fine on this day.
    """
    kept, wanted = cache.of("printed"), name(data.made_from, str(today()))
    if data.problems:
        return list
    if (found := kept.find(wanted)) is not None:
        return lambda: [_remark(each) for each in found]
    from concurrent.futures import ThreadPoolExecutor  # slow to load, as the rest

    from guide.paper import make
    from guide.review.owed import remarks
    from guide.site.build_options import options_of

    guide = data.guide

    def made() -> list[dict[str, Any]]:
        make.check(guide, options_of(guide, Asked(today())), cache.of("sheets"))
        return [asdict(each) for each in remarks(guide, today())]

    begun = ThreadPoolExecutor(1).submit(kept.get, wanted, made)
    return lambda: [_remark(each) for each in begun.result()]


def _remark(plain: Mapping[str, Any]) -> Problem:
    return Problem(**{**plain, "place": Place(**plain["place"]), "code": Code(plain["code"])})


class UnknownFileError(Exception):
    """A name means no file that can be checked, or several; its text says so in French."""


def named_file(name: str, root: Path) -> str:
    """The data file or page that somebody means by its path, its name, or its name without ending.

    Raises UnknownFileError with the closest name.
    """
    files = [path.relative_to(root).as_posix() for path in sorted((root / "data").glob("*.yml"))]
    files += [path.relative_to(root).as_posix() for path in sorted((root / "docs").rglob("*.md"))]
    path = Path(os.path.realpath(name))
    exact = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
    for close in (
        [exact] if exact in files else [],
        [file for file in files if f"/{file}".endswith(f"/{name}")],
        [file for file in files if Path(file).stem == name],
    ):
        if len(close) == 1:
            return close[0]
        if close:
            raise UnknownFileError(
                f"{name} : plusieurs fichiers portent ce nom — précisez : {', '.join(close)}"
            )
    if path.is_file():
        raise UnknownFileError(
            f"{name} : « check » vérifie les fichiers .yml de data/ et les pages .md de docs/"
        )
    known = {key: file for file in files for key in (Path(file).stem, Path(file).name, file)}
    match = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    advice = (
        f"vouliez-vous dire « {known[match[0]]} » ?"
        if match
        else "les données sont dans data/, les pages dans docs/"
    )
    raise UnknownFileError(f"{name} : ce fichier n’existe pas dans le guide — {advice}")
