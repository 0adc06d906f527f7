"""argparse in French."""

from __future__ import annotations

import argparse


class FrenchParser(argparse.ArgumentParser):
    """argparse with its own few words in French."""

    def __init__(self, name: str, description: str, epilog: str = "") -> None:
        super().__init__(
            prog=f"./scripts/guide {name}",
            description=description,
            epilog=epilog,
            add_help=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        self._optionals.title = "options"
        self._positionals.title = "arguments"
        self.add_argument("-h", "--help", action="help", help="affiche cette aide")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "usage :", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "usage :", 1)

    def error(self, message: str) -> None:  # type: ignore[override]
        for english, french in _WORDS:
            message = message.replace(english, french)
        self.exit(2, f"{message} — voir {self.prog} --help\n")


_WORDS = (
    ("unrecognized arguments:", "option inconnue :"),
    (
        "one of the arguments GENRE --undo is required",
        "dites ce qu’il faut ajouter, par exemple resource",
    ),
    ("not allowed with argument", "ne va pas avec"),
    ("the following arguments are required:", "il manque :"),
    ("expected one argument", "une valeur est attendue"),
    ("argument ", "option "),
    ("invalid choice:", "valeur inconnue :"),
    ("choose from", "valeurs admises :"),
    ("invalid int value:", "nombre entier attendu :"),
    ("invalid iso_day value:", "date illisible, écrivez AAAA-MM-JJ :"),
)
