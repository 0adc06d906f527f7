"""The links that stand on lines changed since a Git revision."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from pathlib import Path

from guide.links.collect import Link
from guide.links.options import UsageError

_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@")


def only_changed(links: list[Link], root: Path, revision: str) -> list[Link]:
    """The links with a place on a changed or new line. Built pages do not count: their sources do."""
    lines = changed_lines(root, revision)
    kept = []
    for link in links:
        places = [place for place in link.places if place.line in lines.get(place.file, ())]
        if places:
            kept.append(Link(link.url, places, link.former))
    return kept


def changed_lines(root: Path, revision: str) -> dict[str, set[int]]:
    """By file, the numbers of the lines that `revision` had not. Raises UsageError when git cannot tell."""
    if revision.startswith("-"):
        raise UsageError(f"--changed-since : « {revision} » n’est pas une révision")
    diff = _git(root, "diff", "--unified=0", "--no-color", "--no-ext-diff", "--relative", revision, "--", ".")
    lines: dict[str, set[int]] = defaultdict(set)
    file = ""
    for line in diff.splitlines():
        if line.startswith("+++ "):
            file = line[6:].rstrip("\t") if line.startswith("+++ b/") else ""
        elif found := _HUNK.match(line):
            first, count = int(found[1]), int(found[2] or 1)
            lines[file].update(range(first, first + count))
    for name in _git(root, "ls-files", "--others", "--exclude-standard").splitlines():
        path = root / name
        if path.is_file():
            lines[name].update(range(1, len(path.read_bytes().splitlines()) + 1))
    return lines


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-c", "core.quotePath=false", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", errors="replace")
    except FileNotFoundError:
        raise UsageError("--changed-since demande git, qui n’est pas installé") from None
    except subprocess.CalledProcessError as error:
        raise UsageError(
            f"--changed-since : git ne connaît pas cette révision ({error.stderr.strip()})"
        ) from None
    return done.stdout
