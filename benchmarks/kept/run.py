"""Two hundred random edits: is a site made with kept results the same bytes as a cold one? Exit code 1 and the edits if not.

PYTHONPATH=hooks:tests .venv/bin/python benchmarks/kept/run.py --edits 200 --seed 1
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Copies the guide and its program, then runs itself with the program of the copy, whose templates are edited too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--copy", type=Path, help="set by the program itself")
    options = parser.parse_args()
    if options.copy:
        return compare(options.copy, options.edits, options.seed)
    from onetruth import project

    with tempfile.TemporaryDirectory(prefix="guide-kept-") as folder:
        root = Path(folder) / "guide"
        root.mkdir()
        project(root)
        tests = Path(__file__).parents[2] / "tests"
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(root / "hooks"), str(tests)))}
        return subprocess.call(
            [sys.executable, __file__, *sys.argv[1:], "--copy", str(root)], env=environment
        )


def compare(root: Path, edits: int, seed: int) -> int:
    """Prints a line for each edit, then the count."""
    from keptedits import differences

    wrong = stopped = 0
    for number, path, found in differences(root, root.parent, edits, seed):
        stopped += found is None
        wrong += bool(found)
        seen = "stopped alike" if found is None else ", ".join(found[:5]) or "the same"
        print(f"seed {number}, {path}: {seen}", flush=True)
    print(
        f"{edits} edits: {edits - stopped - wrong} sites the same, {stopped} stopped alike, {wrong} differences"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
