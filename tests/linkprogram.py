"""Runs the real command as a process of its own, with the fault server's names in place of the DNS.

Called as a script, it is that process: `python linkprogram.py ROOT ARGUMENTS…`.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HOOKS = Path(__file__).resolve().parents[1] / "hooks"


@dataclass(slots=True)
class Outcome:
    """What a process left: exit code, texts, the JSON report when one was written, peak memory in megabytes."""

    code: int
    out: str
    err: str
    report: dict[str, Any] = field(default_factory=dict)

    def link(self, url: str) -> dict[str, Any]:
        return next(link for link in self.report["links"] if link["url"] == url)

    def verdicts(self) -> dict[str, str]:
        return {link["url"]: link["verdict"] for link in self.report.get("links", [])}

    @property
    def words(self) -> str:
        """What was said beside the report."""
        return self.err.rpartition("peak memory:")[0]

    @property
    def peak_memory(self) -> int:
        return int(self.err.rpartition("peak memory:")[2].split()[0])


def command(root: Path, *arguments: str) -> list[str]:
    return [sys.executable, __file__, str(root), *arguments]


def run(root: Path, *arguments: str, environment: dict[str, str] | None = None) -> Outcome:
    """`links ARGUMENTS` for the project `root`, with a JSON report unless it is a merge."""
    target = root / "rapport.json"
    target.unlink(missing_ok=True)
    extra = [] if "--json" in arguments or "--help" in arguments else ["--json", str(target)]
    clean = {name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}
    done = subprocess.run(
        command(root, *arguments, *extra), capture_output=True, encoding="utf-8", timeout=170,
        env=clean | {"PYTHONUTF8": "1", **(environment or {})}, cwd=root, check=False,
    )  # fmt: skip
    report = json.loads(target.read_text("utf-8")) if target.is_file() else {}
    return Outcome(done.returncode, done.stdout, done.stderr, report)


def _main() -> int:
    sys.path[:0] = [str(HOOKS), str(Path(__file__).parent)]
    from faultserver.truth import NAMES

    real = socket.getaddrinfo

    def lookup(host: Any, port: Any, *rest: Any, **named: Any) -> list[Any]:
        answer = NAMES.get(host)
        if isinstance(answer, tuple):
            return [found for address in answer for found in real(address, port, *rest, **named)]
        if (
            answer is None
            and str(host).replace(".", "").replace(":", "").isalnum()
            and str(host)[-1:].isdigit()
        ):
            return real(host, port, *rest, **named)  # an address, not a name
        if answer == "SILENCE":
            time.sleep(600)  # longer than any test may last: the program must not wait for its threads
        name = answer or "EAI_NONAME"  # the real DNS is never asked
        raise socket.gaierror(getattr(socket, name), name)

    socket.getaddrinfo = lookup  # type: ignore[assignment]
    from guide.links.cli import main

    code = main(sys.argv[2:], Path(sys.argv[1]))
    print("peak memory:", _peak_memory(), file=sys.stderr)
    return code


def _peak_memory() -> int:
    """Megabytes. Not `ru_maxrss` where Linux tells better: it starts with the memory of the parent process."""
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text("utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    sys.exit(_main())
