"""`python -m guide COMMAND`: what scripts/guide runs once the environment is ready."""

from __future__ import annotations

import gc
import io
import os
import sys
from contextlib import suppress
from pathlib import Path

from guide.commands.table import known, load
from guide.source.disk import sentence
from guide.text.problems import GuideError, did_you_mean, visible

os.environ.setdefault(
    "PYDANTIC_DISABLE_PLUGINS", "__all__"
)  # it would look for some in every package, at each start
ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Runs one command; an unknown one is answered with the closest known, problems of the sources with their list."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without our letters must not stop a command
            stream.reconfigure(errors="replace")
    name = arguments[0] if arguments else ""
    try:
        commands = known()
        if name not in commands:
            advice = did_you_mean(name, commands, "commandes : " + ", ".join(commands))
            print(f"Commande inconnue : « {name} » — {advice}", file=sys.stderr)
            return 2
        if not commands[name].place:
            print(f"« {name} » se lance par ./scripts/guide {name}.", file=sys.stderr)
            return 2
        code = load(commands[name])(arguments[1:], root)
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
    except Exception as error:
        if (said := _sentence(error)) is None:
            raise
        print(visible(said), file=sys.stderr)
        return 1


def _sentence(error: Exception) -> str | None:
    """What the disk refuses, or a template gets wrong, in French; None for a fault of the program."""
    if type(error).__module__.partition(".")[0] == "jinja2":
        from guide.text.template_faults import fault  # whoever renders nothing need not load it

        return fault(error)
    return sentence(error) if isinstance(error, OSError) else None


if __name__ == "__main__":
    # A command ends soon: rubbish is looked for less often, and nothing is taken down piece by piece at the end.
    gc.set_threshold(200_000, 20, 50)
    exit_code = main(sys.argv[1:])
    for each in (sys.stdout, sys.stderr):
        with suppress(BrokenPipeError):
            each.flush()
    os._exit(exit_code)
