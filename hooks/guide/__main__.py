"""`python -m guide COMMAND`: what scripts/guide runs once the environment is ready."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from guide.commands.table import Command, known
from guide.source.disk import sentence
from guide.text.problems import GuideError, did_you_mean, visible

os.environ.setdefault(
    "PYDANTIC_DISABLE_PLUGINS", "__all__"
)  # it would look for some in every package, at each start
ROOT = Path(__file__).resolve().parents[2]


def _load(command: Command) -> Callable[[list[str], Path], int]:
    module, _, name = command.place.partition(":")
    function: Callable[[list[str], Path], int] = getattr(import_module(module), name)
    return function


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Runs one command; an unknown one is answered with the closest known, problems of the sources with their list."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without our letters must not stop a command
            stream.reconfigure(errors="replace")
    name = arguments[0] if arguments else ""
    try:
        command = known().get(name)
    except ValueError as contradiction:
        print(contradiction, file=sys.stderr)
        return 2
    if command is None or not command.place:
        advice = did_you_mean(name, known(), "commandes : " + ", ".join(known()))
        print(f"Commande inconnue : « {name} » — {advice}", file=sys.stderr)
        return 2
    try:
        code = _load(command)(arguments[1:], root)
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
