"""Mutates the guide's real files thousands of times; exit code 1 at the first answer an editor could not use.

    PYTHONPATH=hooks:tests .venv/bin/python benchmarks/fuzz/run.py --files 10000

The files of a failed case are kept in the folder that is named.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random

from mutations import copy_sources, examine, mutate

PER_PROJECT = (
    1,
    4,
    16,
    60,
    60,
)  # one alone reaches the rendering; many together save time: each is answered for


def main() -> int:
    """Runs the cases and prints what became of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--files", type=int, default=10_000, help="mutated data files; pages come on top (10,000)"
    )
    parser.add_argument("--seed", type=int, default=1, help="first case (1)")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-failure"), help="where a failed case is kept")
    parser.add_argument(
        "--go-on", action="store_true", help="count failures instead of stopping at the first"
    )
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="guide-fuzz-") as folder:
        root = Path(folder)
        files = copy_sources(root)
        if examine(root) is None:
            print("the sources are not in order: ./scripts/guide check")
            return 1
        sheets = {path: path.read_bytes() for path in (root / ".cache/printing").rglob("*.*")}
        case = options.seed
        data = [path for path in files if path.suffix == ".yml"]
        while counts["data files"] < options.files:
            random = Random(case)
            pool = random.choice((files, data))
            chosen = random.sample(pool, min(len(pool), random.choice(PER_PROJECT)))
            before = {path: path.read_bytes() for path in chosen}
            for path in chosen:
                mutate(path, random, random.choice((1, 1, 2, 5)))
                counts["data files" if path.suffix == ".yml" else "pages"] += 1
            counts["projects"] += 1
            try:
                counts["refused" if examine(root) is None else "rendered whole"] += 1
            except Exception:
                counts["FAILED"] += 1
                kept = options.keep / str(case)
                for path in chosen:
                    copy = kept / path.relative_to(root)
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, copy)
                trace = traceback.format_exc()
                (kept / "traceback.txt").write_text(trace, encoding="utf-8")
                print(
                    f"\ncase {case}, kept in {kept}: {trace if not options.go_on else trace.splitlines()[-1]}"
                )
                if not options.go_on:
                    return 1
            # A render forgets the sheets that it did not use; without them the next one sets every sheet again.
            lost = {path: content for path, content in sheets.items() if not path.exists()}
            for path, content in (before | lost).items():
                path.write_bytes(content)
            case += 1
            if case % 20 == 0:
                print(
                    f"\r{dict(counts)} {time.monotonic() - started:.0f} s",
                    end="",
                    file=sys.stderr,
                    flush=True,
                )
    print(f"\n{dict(counts)} in {time.monotonic() - started:.0f} s")
    return 1 if counts["FAILED"] else 0


if __name__ == "__main__":
    sys.exit(main())
