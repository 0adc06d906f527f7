"""The links that stand on lines changed since a Git revision."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from guide.links.collect import Link
from guide.links.options import UsageError
from guide.source.git import GitError, git, require

# Said in full, so that no setting of the person's own git changes what is read.
_MARK = "apres/"
_DIFF = (
    "diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--inter-hunk-context=0", "--relative",
    "--src-prefix=avant/", f"--dst-prefix={_MARK}", "--submodule=short", "--no-renames", "--output-indicator-new=+",
)  # fmt: skip
_ESCAPES = {b"t": b"\t", b"n": b"\n", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}
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
    try:
        require(root, revision)
        difference = git(root, *_DIFF, revision, "--", ".")
        others = git(root, "ls-files", "--others", "--exclude-standard", "-z")
    except GitError as error:
        raise UsageError(f"--changed-since : {error}") from None
    lines: dict[str, set[int]] = defaultdict(set)
    file = ""
    for line in difference.split("\n"):
        if line.startswith("+++ "):
            name = _unquoted(line[4:].rstrip("\t\r"))
            file = name.removeprefix(_MARK) if name.startswith(_MARK) else ""
        elif found := _HUNK.match(line):
            first, count = int(found[1]), int(found[2] or 1)
            lines[file].update(range(first, first + count))
    for name in others.split("\0"):
        path = root / name
        if name and path.is_file():
            lines[name].update(range(1, path.read_bytes().count(b"\n") + 2))
    return lines


def _unquoted(name: str) -> str:
    """A file's name as git writes it: between quotes, as in C, when it holds a quote or a control character."""
    if not name.startswith('"'):
        return name
    raw = re.sub(
        rb"\\([0-7]{3}|.)",
        lambda found: bytes([int(found[1], 8)]) if len(found[1]) == 3 else _ESCAPES.get(found[1], found[1]),
        name[1:-1].encode("utf-8", "surrogateescape"),
    )
    return raw.decode("utf-8", "replace")
