"""Our checker and lychee, side by side, on the same addresses, politeness set aside on both.

    python benchmarks/links/speed.py --lychee /path/to/lychee [--rounds 3]

Prints wall time, CPU time (user + system) and peak memory of each, the median of the rounds, and the ratios.
Run by hand: no test measures time.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCENES = {
    "2000 links, 50 hosts, 100 ms": (2_000, 50, 100, 100),
    "10000 links, 500 hosts, 0-20 ms": (10_000, 500, 0, 20),
}


def measure(command: list[str], folder: Path) -> tuple[float, float, float, int]:
    """Wall seconds, CPU seconds, peak megabytes, exit code."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "hooks")}
    began = time.perf_counter()
    with (folder / "sortie.txt").open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=out)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode


def commands(lychee: str, folder: Path) -> dict[str, list[str]]:
    ours = [
        sys.executable,
        "-c",
        "import sys, pathlib; from guide.links.cli import main; sys.exit(main(sys.argv[1:], pathlib.Path.cwd()))",
        "--from",
        "liens.txt",
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
            found: dict[str, list[tuple[float, float, float, int]]] = {"ours": [], "lychee": []}
            for _ in range(rounds):
                for who, command in commands(lychee, folder).items():
                    found[who].append(measure(command, folder))
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
        who: [statistics.median(one[n] for one in runs) for n in range(3)] for who, runs in found.items()
    }
    for who, (wall, cpu, memory) in middle.items():
        print(f"  {who:7} wall {wall:6.2f} s   CPU {cpu:6.2f} s   memory {memory:6.1f} MB")
    ratios = [ours / theirs for ours, theirs in zip(middle["ours"], middle["lychee"], strict=True)]
    print("  ratio   wall {:.2f}   CPU {:.2f}   memory {:.2f}".format(*ratios))


def warm(links: int = 2_000) -> None:
    """A second run over fresh answers: nothing is asked."""
    port = free_port()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "liens.txt").write_text(
            "\n".join(f"http://127.1.0.{n % 50 + 1}:{port}/page/{n}" for n in range(links))
        )
        command = commands("", folder)["ours"]
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
        wall, cpu, memory, code = measure(command, folder)
        report = json.loads((folder / "nous.json").read_text())
        assert code == 0 and report["summary"]["ok"] == links, report["summary"]
        asked = sum(link["attempts"] for link in report["links"])
        print(
            f"\nwarm memory, {links} fresh links: wall {wall:.2f} s, CPU {cpu:.2f} s, {memory:.0f} MB, {asked} requests"
        )


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
