"""The fault server's whole table, through the real command: right, false alarms, misses, memory, forbidden hits.

    python benchmarks/links/faults.py [--processes 3]

A false alarm calls a good link (ok, moved, unchecked) broken or unsafe; a miss calls a broken or unsafe link
good. Settings are the defaults, but for the delay between requests.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))
from faultserver.server import ALLOWED, FaultServer
from linkprogram import run

GOOD, BAD = {"ok", "moved", "unchecked"}, {"broken", "unsafe"}

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary, FaultServer(Path(temporary)) as server:
        root = Path(temporary)
        table = server.urls()
        (root / "liens.txt").write_text("\n".join(url for url, _ in table), "utf-8")
        began = time.perf_counter()
        outcome = run(
            root,
            "--from",
            "liens.txt",
            "--history",
            "none",
            "--delay",
            "0",
            "--allow-private",
            ALLOWED,
            "--ca",
            str(server.authority.ca_file),
            "--no-progress",
            *sys.argv[1:],
        )
        wall = time.perf_counter() - began
        found = outcome.verdicts()
        pairs = [(found[url], wanted) for url, wanted in table]
        print(f"behaviours        {len(pairs)}")
        print(f"right             {sum(one == wanted for one, wanted in pairs)}")
        print(f"false alarms      {sum(one in BAD and wanted in GOOD for one, wanted in pairs)}")
        print(f"misses            {sum(one in GOOD and wanted in BAD for one, wanted in pairs)}")
        print(f"forbidden fetched {len(server.forbidden)}")
        print(f"peak memory       {outcome.peak_memory} MB")
        print(f"whole run         {wall:.0f} s")
