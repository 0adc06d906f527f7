"""A guide ready to be released, and its releases: one of the same commit in the same words is made once for a run.

That two of them are the same bytes is what tests/commands/test_release.py shows.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from shared import Once
from support import ROOT, environment

URL = "https://ordre.example.org/guide"
URGENT = "numéro faux"
"""The reason of the one release that is made in spite of an expired fact."""
DRAFT = "docs/assets/images/brouillon.svg"
ENTRY = """#!{python}
import sys
from pathlib import Path
sys.path[:0] = [{tests!r}, {hooks!r}]
from releases import release
sys.exit(release(Path.cwd(), sys.argv[1:], Path({base!r})))
"""


def decide(project: Path, base: Path) -> Path:
    """Decides the identity of a project and commits it; its `scripts/guide` needs no installation.

    `base` is where this run keeps its releases. A draft that git does not know lies among the pictures.
    """
    identify(project)
    shutil.copy(ROOT / "requirements.txt", project)
    (project / ".gitignore").write_text(
        "/site/\n/public/\n.cache/\n__pycache__/\nbrouillon.svg\n", encoding="utf-8"
    )
    (project / DRAFT).write_text("<svg/>", encoding="utf-8")
    (project / "scripts").mkdir()
    entry = project / "scripts/guide"
    entry.write_text(
        ENTRY.format(
            python=sys.executable, tests=str(ROOT / "tests"), hooks=str(ROOT / "hooks"), base=str(base)
        ),
        encoding="utf-8",
    )
    entry.chmod(0o755)
    commit(project)
    return project


def identify(project: Path) -> None:
    """Writes what the law and readers need before a site is public."""
    path = project / "data/site.yml"
    text = path.read_text(encoding="utf-8")
    for name, value in {
        "url": URL, "publisher": "Éditeur", "publication_director": "Directrice",
        "host": "Hébergeur, 1 rue du Port, 59000 Lille, 03 20 00 00 00", "contact_email": "contact@guide.example.org",
    }.items():  # fmt: skip
        assert f"{name}: null" in text
        text = text.replace(f"{name}: null", f"{name}: {value}")
    path.write_text(text, encoding="utf-8")


def expire(project: Path) -> None:
    """An emergency fact was to be read again before today."""
    path = project / "data/facts.yml"
    text, count = re.subn(
        r"(id: cnil-delai\n(?:  .*\n)*?  review_by: )\"[\d-]+\"",
        r'\1"2026-11-01"',
        path.read_text(encoding="utf-8"),
    )
    assert count == 1
    path.write_text(text, encoding="utf-8")


def commit(project: Path) -> None:
    """Everything, at an hour that is always the same, so that the same files are the same commit."""
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    hour = "2026-11-24T08:00:00Z"
    variables = {**os.environ, "GIT_AUTHOR_DATE": hour, "GIT_COMMITTER_DATE": hour}
    for command in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "état"]):
        subprocess.run(["git", *command], cwd=project, env=variables, check=True)


def release(root: Path, arguments: list[str], base: Path) -> int:
    """The command `release` of a project: made by its own program, or the site that it made before.

    A tree with anything that git has not recorded is always left to the program.
    """
    place = arguments.index("--output") if "--output" in arguments else None
    target = root / (arguments[place + 1] if place is not None else "site")
    words = arguments if place is None else arguments[:place] + arguments[place + 2 :]
    said, head = (
        subprocess.run(["git", *each], cwd=root, capture_output=True, text=True, check=True).stdout.strip()
        for each in (["status", "--porcelain"], ["rev-parse", "HEAD"])
    )
    if said:
        return _program(root, arguments)
    name = re.sub(r"\W+", "-", f"release {head} {' '.join(words)}")

    def make(folder: Path) -> None:
        if code := _program(root, [*words, "--output", str(folder / "site")]):
            raise SystemExit(code)

    made = Once(base)(name, make)
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(made / "site", target, symlinks=True)
    return 0


def _program(root: Path, arguments: list[str]) -> int:
    variables = {**environment(), **os.environ, "PYTHONPATH": str(root / "hooks")}
    return subprocess.call([sys.executable, "-m", "guide", *arguments], cwd=root, env=variables)
