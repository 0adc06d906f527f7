"""`python -m guide COMMAND`: what scripts/guide runs once the environment is ready."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from guide.source.disk import sentence
from guide.text.problems import GuideError, did_you_mean, visible

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
    "links": "guide.links.cli:main",
    "test": "guide.commands.testing:test",
    "init": "guide.commands.init:init",
}


def _load(place: str) -> Callable[[list[str], Path], int]:
    module, _, name = place.partition(":")
    command: Callable[[list[str], Path], int] = getattr(import_module(module), name)
    return command


def main(arguments: list[str]) -> int:
    """Runs one command; an unknown one is answered with the closest known, problems of the sources with their list."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without our letters must not stop a command
            stream.reconfigure(errors="replace")
    name = arguments[0] if arguments else ""
    place = COMMANDS.get(name)
    if place is None:
        advice = did_you_mean(name, COMMANDS, "commandes : " + ", ".join(COMMANDS))
        print(f"Commande inconnue : « {name} » — {advice}", file=sys.stderr)
        return 2
    try:
        code = _load(place)(arguments[1:], ROOT)
        print(end="", flush=True)  # here, where a reader that went away is known; not at the very end
        return code
    except GuideError as error:
        print(error.summary(), file=sys.stderr)
        return 1
    except BrokenPipeError:  # « | head » has read enough; what is left to print goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("Interrompu.", file=sys.stderr)
        return 130
    except OSError as error:
        if (refused := sentence(error)) is None:
            raise
        print(visible(refused), file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
