"""Our checker and lychee, side by side, on the same addresses, politeness set aside on both.

    python benchmarks/links/speed.py --lychee /path/to/lychee [--rounds 3]

Prints wall time, CPU time (user + system) and peak memory of each, the median of the rounds, and the ratios. Each scene
is given as a flat list and as Markdown; lychee reads the same links in Markdown. Memory is the greatest sum of what all
processes hold of their own and share (Pss), sampled in a round that is not timed. Our bytecode is kept, as on any machine
where the program ran once. Run by hand: no test measures time.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SCENES = {
    "2000 links, 50 hosts, 100 ms": (2_000, 50, 100, 100),
    "10000 links, 500 hosts, 0-20 ms": (10_000, 500, 0, 20),
}


ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
    "PYTHONPATH": str(ROOT / "hooks")
}


class Measured(NamedTuple):
    """Seconds of wall and of processor, megabytes (0 where it was not looked at)."""

    wall: float
    cpu: float
    memory: float


def measure(command: list[str], folder: Path, memory: bool = False) -> Measured:
    """One run. With `memory` its processes are looked at every 10 ms, which makes its times worthless."""
    began = time.perf_counter()
    peak = 0.0
    with (folder / "sortie.txt").open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=out, stderr=out)
        while memory and os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            peak = max(peak, sum(map(proportional, family(process.pid))) / 1024)
            time.sleep(0.01)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, (folder / "sortie.txt").read_text()[-2_000:]
    return Measured(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, peak)


def family(pid: int) -> list[int]:
    """The process and its children."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *map(int, children)]


def proportional(pid: int) -> int:
    """Kilobytes held by a process, what it shares with others counted in part."""
    try:
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
    except OSError:  # it has ended
        return 0
    return int(found[1]) if found else 0


def commands(lychee: str, source: str) -> dict[str, list[str]]:
    ours = [
        sys.executable,
        "-c",
        "import sys, pathlib; from guide.links.cli import main; sys.exit(main(sys.argv[1:], pathlib.Path.cwd()))",
        "--from",
        source,
        "--json",
        "nous.json",
        "--history",
        "none",
        "--allow-private",
        "127.0.0.0/8",
        "--delay",
        "0",
        "--per-host",
        "128",
        "--concurrency",
        "128",
        "--no-progress",
    ]
    theirs = [
        lychee,
        "--max-concurrency",
        "128",
        "--host-concurrency",
        "128",
        "--host-request-interval",
        "0ms",
        "--no-progress",
        "--format",
        "json",
        "--output",
        "eux.json",
        "--timeout",
        "10",
        "liens.md",
    ]
    return {"ours": ours, "lychee": theirs}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def scene(name: str, lychee: str, rounds: int) -> None:
    links, hosts, low, high = SCENES[name]
    port = free_port()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        urls = [
            f"http://127.1.{h // 250}.{h % 250 + 1}:{port}/page/{n}"
            for n in range(links)
            for h in [n % hosts]
        ]
        (folder / "liens.txt").write_text("\n".join(urls))
        (folder / "liens.md").write_text("\n".join(f"<{url}>" for url in urls))
        server = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("server.py"), str(port), str(low), str(high)],
            stdout=subprocess.PIPE,
        )
        try:
            assert server.stdout is not None
            server.stdout.readline()
            runs = {
                "list": commands(lychee, "liens.txt")["ours"],
                "Markdown": commands(lychee, "liens.md")["ours"],
                "lychee": commands(lychee, "")["lychee"],
            }
            found: dict[str, list[Measured]] = {who: [] for who in runs}
            measure(runs["list"], folder)  # its bytecode is written
            for _ in range(rounds):
                for who, command in runs.items():
                    found[who].append(measure(command, folder))
            memory = {who: measure(command, folder, memory=True).memory for who, command in runs.items()}
            report = json.loads((folder / "nous.json").read_text())
            assert report["summary"]["ok"] == links, report["summary"]
            theirs = json.loads((folder / "eux.json").read_text())
            assert theirs["successful"] == links, {
                key: value for key, value in theirs.items() if isinstance(value, int)
            }
        finally:
            server.terminate()
            server.wait()
    print(f"\n{name} (median of {rounds})")
    middle = {
        who: Measured(
            statistics.median(one.wall for one in some),
            statistics.median(one.cpu for one in some),
            memory[who],
        )
        for who, some in found.items()
    }
    for who, (wall, cpu, held) in middle.items():
        ratios = [ours / theirs for ours, theirs in zip(middle[who], middle["lychee"], strict=True)]
        print(
            f"  {who:8} wall {wall:5.2f} s  CPU {cpu:5.2f} s  memory {held:5.1f} MB   "
            "ratios {:.2f}  {:.2f}  {:.2f}".format(*ratios)
        )


def warm(links: int = 2_000) -> None:
    """A second run over fresh answers: nothing is asked."""
    port = free_port()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "liens.txt").write_text(
            "\n".join(f"http://127.1.0.{n % 50 + 1}:{port}/page/{n}" for n in range(links))
        )
        command = commands("", "liens.txt")["ours"]
        command[command.index("none")] = "memoire.jsonl"
        server = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("server.py"), str(port), "0", "0"],
            stdout=subprocess.PIPE,
        )
        assert server.stdout is not None
        server.stdout.readline()
        measure(command, folder)
        server.terminate()
        server.wait()  # with the server gone, a request would fail
        wall, cpu, _ = measure(command, folder)
        report = json.loads((folder / "nous.json").read_text())
        assert report["summary"]["ok"] == links, report["summary"]
        asked = sum(link["attempts"] for link in report["links"])
        print(f"\nwarm memory, {links} fresh links: wall {wall:.2f} s, CPU {cpu:.2f} s, {asked} requests")


if __name__ == "__main__":
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--lychee", required=True)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    version = subprocess.run(
        [chosen.lychee, "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()
    print(
        f"{time.strftime('%Y-%m-%d')}  Python {platform.python_version()}  {version}  {os.cpu_count()} processors"
    )
    for title in SCENES:
        scene(title, chosen.lychee, chosen.rounds)
    warm()
