"""From a saved page to the page served: `serve` beside bare `mkdocs serve` of the staged folder. Run by hand.

.venv/bin/python benchmarks/serve/run.py [--pages 300] [--runs 5]

Both servers run at once, and only one page at a time is saved, in turn. Wall seconds until the new words are served, and
seconds of processor of that server. Without `--pages` the real guide.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parents[1] / "scale")]
import build  # noqa: E402
import grow  # noqa: E402

_PATIENCE = 60  # seconds


class Served:
    """A server and the page of it that is edited."""

    def __init__(self, command: Callable[[int], list[str]], cwd: Path, page: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.page, self.text, self.count = page, page.read_text(encoding="utf-8"), 0
        self.address = f"http://127.0.0.1:{port}/{page.stem}/"
        environment = {**build.ENVIRONMENT, "PYTHONPATH": str(cwd / "hooks")}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command(port), cwd=cwd, env=environment, **quiet)  # type: ignore[call-overload]
        self._wait("")

    def save(self) -> tuple[float, float]:
        """Saves the page once more: seconds until it is served, and of processor."""
        self.count += 1
        words = f"essai{self.count}fin"
        time.sleep(1)  # what a browser asks for after a change is over
        started, spent = time.monotonic(), self._spent()
        self.page.write_text(f"{self.text}\n{words}\n", encoding="utf-8")
        self._wait(words)
        took = time.monotonic() - started
        time.sleep(0.5)
        return took, self._spent() - spent

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()
        self.page.write_text(self.text, encoding="utf-8")

    def _wait(self, words: str) -> None:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(self.address, timeout=_PATIENCE) as answer:
                    if words in answer.read().decode():
                        return
            except (urllib.error.URLError, ConnectionError):
                pass
            time.sleep(0.02)
        sys.exit(f"{self.address}: « {words} » was never served")

    def _spent(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return sum(int(each) for each in fields[11:15]) / os.sysconf("SC_CLK_TCK")


def compare(project: Path, folder: Path, page: str, runs: int) -> None:
    """Prints the medians of both and of their ratios."""
    staged = folder / "staged"
    grow.guide("stage", str(staged), "--mkdocs", root=project)
    build.bare_settings(staged)
    ours = Served(
        lambda port: [sys.executable, "-m", "guide", "serve", "--port", str(port)],
        project,
        project / "docs" / page,
    )
    bare = Served(
        lambda port: [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"],
        staged,
        staged / "docs" / page,
    )
    try:
        ours.save()
        bare.save()
        pairs = [(ours.save(), bare.save()) for _ in range(runs)]
    finally:
        ours.stop()
        bare.stop()
    for index, what in enumerate(("save to served", "processor")):
        mine, theirs = ([pair[side][index] for pair in pairs] for side in (0, 1))
        ratio = statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
        print(
            f"{what}: ours {statistics.median(mine):.2f} s, bare {statistics.median(theirs):.2f} s, ratio {ratio:.2f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.pages:
            project, page = grow.grow(folder, options.pages, 100), "page-0.md"
        else:
            project, page = folder / "project", "lexique.md"
            project.mkdir()
            build.copy_project(project)
        compare(project, folder, page, options.runs)


if __name__ == "__main__":
    main()
