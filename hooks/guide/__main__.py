"""`python -m guide COMMAND`: what scripts/guide runs once the environment is ready."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from guide.problems import GuideError, did_you_mean

ROOT = Path(__file__).resolve().parents[2]

# Where each command is: a command pays at its start for its own modules only (a link check builds no booklet).
COMMANDS: Mapping[str, str] = {
    "serve": "guide.commands.build:serve",
    "release": "guide.commands.release:release",
    "site": "guide.commands.build:site",
    "offline": "guide.commands.offline:offline",
    "stage": "guide.commands.build:stage_command",
    "check": "guide.commands.check:check_command",
    "new": "guide.commands.new:new",
    "review": "guide.commands.review:review",
    "schema": "guide.commands.inspect:schema",
    "doctor": "guide.commands.inspect:doctor",
    "readability": "guide.commands.inspect:readability_command",
    "links": "guide.linkcheck.cli:main",
    "test": "guide.commands.testing:test",
    "init": "guide.commands.init:init",
}


def _load(place: str) -> Callable[[list[str], Path], int]:
    module, _, name = place.partition(":")
    command: Callable[[list[str], Path], int] = getattr(import_module(module), name)
    return command


def main(arguments: list[str]) -> int:
    """Runs one command; an unknown one is answered with the closest known, problems of the sources with their list."""
    name = arguments[0] if arguments else ""
    place = COMMANDS.get(name)
    if place is None:
        advice = did_you_mean(name, COMMANDS, "commandes : " + ", ".join(COMMANDS))
        print(f"Commande inconnue : « {name} » — {advice}", file=sys.stderr)
        return 2
    try:
        return _load(place)(arguments[1:], ROOT)
    except GuideError as error:
        print(error.summary(), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrompu.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
