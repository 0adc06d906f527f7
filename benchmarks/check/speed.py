"""How long `check` takes beside a commit: with one file changed, with none, and with nothing kept. Medians, alternated.

.venv/bin/python benchmarks/check/speed.py 748b94f [--runs 5]

Both commits (this tree's last one and the other) are cloned and run with this Python.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
# What an editor does → file, and what is replaced in it; « {} » is another text at each run.
EDITS = {
    "a page": ("docs/audit.md", r"\Z", "\nUn mot de plus, {}.\n"),
    "a fact": ("data/facts.yml", r"(?m)^  statement: >-\n {4}\S+", r"\g<0> donc {}"),
    "a resource": ("data/resources.yml", r"(?m)^  description: >-\n {4}\S+", r"\g<0> donc {}"),
    "a title of the menu": ("mkdocs.yml", r"(?m)^nav:\n(?:.*\n)*?  - [^:\n]+(?=:)", r"\g<0> {}"),
    "nothing": ("docs/audit.md", r"\Z", ""),
}


def clone(commit: str, folder: Path) -> Path:
    """The project as it was committed."""
    subprocess.run(["git", "clone", "-q", "--shared", str(ROOT), str(folder)], check=True)
    subprocess.run(["git", "-C", str(folder), "checkout", "-q", "--detach", commit], check=True)
    return folder


def check(root: Path) -> tuple[float, float]:
    """Seconds of wall time and of processor; a refusal stops the benchmark."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    variables = {**os.environ, "PYTHONPATH": str(root / "hooks")}
    done = subprocess.run(
        [sys.executable, "-m", "guide", "check"],
        cwd=root,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{root}: {done.stdout}{done.stderr}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def edited(root: Path, edit: str, run: int) -> tuple[float, float]:
    """One check of a tree in which one file is changed for the time of it."""
    file, pattern, words = EDITS[edit]
    path = root / file
    before = path.read_text(encoding="utf-8")
    path.write_text(re.sub(pattern, words.format("a" * (run + 1)), before, count=1), encoding="utf-8")
    try:
        return check(root)
    finally:
        path.write_text(before, encoding="utf-8")


def cold(root: Path) -> tuple[float, float]:
    """One check without any kept result."""
    shutil.rmtree(root / ".cache", ignore_errors=True)
    return check(root)


def main() -> None:
    """Prints a line for each case: wall time and processor of the commit, of this tree, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commit")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="guide-check-") as folder:
        roots = [clone(options.commit, Path(folder) / "old"), clone("HEAD", Path(folder) / "new")]
        for root in roots * 2:
            check(root)
        for case in (*EDITS, "cold"):
            seen: list[list[tuple[float, float]]] = [[], []]
            for run in range(options.runs):
                for found, root in zip(seen, roots, strict=True):
                    found.append(cold(root) if case == "cold" else edited(root, case, run))
            (old_wall, old_cpu), (new_wall, new_cpu) = (
                [statistics.median(each[kind] for each in found) for kind in (0, 1)] for found in seen
            )
            print(
                f"{case:20} wall {old_wall:.2f} → {new_wall:.2f} s ({new_wall / old_wall:.2f}), "
                f"processor {old_cpu:.2f} → {new_cpu:.2f} s ({new_cpu / old_cpu:.2f})",
                flush=True,
            )


if __name__ == "__main__":
    main()
