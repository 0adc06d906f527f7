"""`python -m guide COMMAND`: what scripts/guide runs once the environment is ready."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from guide.commands import build, inspect, release, testing
from guide.linkcheck import cli as links
from guide.problems import GuideError, did_you_mean

ROOT = Path(__file__).resolve().parents[2]

COMMANDS: Mapping[str, Callable[[list[str], Path], int]] = {
    "serve": build.serve,
    "release": release.release,
    "site": build.site,
    "stage": build.stage_command,
    "check": inspect.check_command,
    "schema": inspect.schema,
    "doctor": inspect.doctor,
    "readability": inspect.readability_command,
    "links": links.main,
    "test": testing.test,
}


def main(arguments: list[str]) -> int:
    """Runs one command; an unknown one is answered with the closest known, problems of the sources with their list."""
    name = arguments[0] if arguments else ""
    command = COMMANDS.get(name)
    if command is None:
        advice = did_you_mean(name, COMMANDS, "commandes : " + ", ".join(COMMANDS))
        print(f"Commande inconnue : « {name} » — {advice}", file=sys.stderr)
        return 2
    try:
        return command(arguments[1:], ROOT)
    except GuideError as error:
        print(error.summary(), file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
