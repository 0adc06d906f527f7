"""Three hundred random edits: does `site` refuse one that `check` accepts? Exit code 1 and the edits if so.

PYTHONPATH=hooks:tests .venv/bin/python benchmarks/check/run.py --edits 300
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from onetruth import accepted, project, refusal

GROUP = 20


def main() -> int:
    """Runs the edits in groups and builds after each; a group that fails is built again edit by edit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1000)
    options = parser.parse_args()
    passed = wrong = 0
    for start in range(options.seed, options.seed + options.edits, GROUP):
        with tempfile.TemporaryDirectory(prefix="guide-check-") as folder:
            root = Path(folder)
            files = project(root)
            kept = list(accepted(root, files, range(start, min(start + GROUP, options.seed + options.edits))))
            passed += len(kept)
            said = refusal(root) if kept else ""
            while said and kept:  # undo the last edits until it builds: the last one undone is at fault
                seed, path, before = kept.pop()
                path.write_bytes(before)
                again = refusal(root)
                if not again or again != said:
                    wrong += 1
                    print(f"seed {seed}, {path.name}: {said.strip()[-600:]}\n", flush=True)
                said = again
        print(f"{start}: {len(kept)} accepted", file=sys.stderr, flush=True)
    print(f"{options.edits} edits, {passed} accepted by check, {wrong} of these refused by site")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
