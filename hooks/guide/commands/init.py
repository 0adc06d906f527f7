"""init: an empty guide for another profession, from the program of this one."""

from __future__ import annotations

import datetime as dt
import json
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from string import Template

from pydantic import BaseModel

from guide.commands.carried import (
    STARTER,
    complete,
    copy,
    manuals,
    program_files,
    settings_of,
    update,
    write_down,
)
from guide.data.model.context import Context
from guide.data.model.taxonomy import Site, Words
from guide.edit import asking, change, fields
from guide.edit.asking import RefusedError
from guide.site.build_options import today
from guide.site.checked import check
from guide.source import nav
from guide.source.disk import write_text
from guide.text.arguments import FrenchParser

# Starter files in which $words stand for the answers; those of `data/` and the settings are YAML.
FILLED = ("README.md", "A-FAIRE.md", "data/site.yml", "data/changes.yml")
PARTS = ("docs", "README.md", "A-FAIRE.md")

DESCRIPTION = "Protéger l’informatique, réagir à une attaque, trouver la bonne source."
QUESTIONS = (
    ("name", "Nom du guide", "Guide du numérique et de la sécurité informatique", Site),
    (
        "structure",
        "Lieu d’exercice, avec son article (l’étude, la pharmacie)",
        "la structure",
        Words,
    ),
    ("client", "Personne reçue, sans article (client, élève)", "usager", Words),
    (
        "peer",
        "Qui peut valider un conseil, avec son article (un notaire)",
        "une personne du métier",
        Words,
    ),
)

NEXT = """\
Un guide vide est écrit dans {folder}. Ensuite :
  1. cd {folder}
  2. ./scripts/guide serve     (le guide dans votre navigateur ; la première fois installe le nécessaire)
  3. ./scripts/guide test      (tous les contrôles)
  4. ouvrir A-FAIRE.md : ce que la profession doit décider et écrire, dans l’ordre
"""


def init(arguments: list[str], root: Path) -> int:
    """Writes the new guide into an empty or new folder, checks it and says what comes next; 2 for a bad request."""
    parser = FrenchParser(
        "init",
        "Commence un guide vide pour une autre profession : il se construit, s’imprime et se teste aussitôt.",
        "Ce qui n’est pas donné en option est demandé, ou prend une valeur neutre quand personne n’est au clavier.",
    )
    parser.add_argument("folder", type=Path, metavar="DOSSIER", help="dossier vide ou nouveau")
    parser.add_argument(
        "--update",
        action="store_true",
        help="met à jour le programme du guide de ce dossier ; docs/, data/ et son identité restent",
    )
    for name, question, *_ in QUESTIONS:
        parser.add_argument(f"--{name}", metavar="MOTS", help=question[0].lower() + question[1:])
    options = parser.parse_args(arguments)
    folder: Path = options.folder
    if options.update:
        return update(root, folder)
    if problem := _refusal(folder, root):
        print(problem, file=sys.stderr)
        return 2
    return change.attempt(lambda: _begin(root, folder, vars(options)))


def _begin(root: Path, folder: Path, given: Mapping[str, str | None]) -> int:
    """Asks for what is not `given`; a guide is written once all is known. Raises AbandonedError."""
    answers: dict[str, str] = {}
    for name, question, default, model in QUESTIONS:

        def take(answer: str, model: type[BaseModel] = model, name: str = name) -> str:
            return " ".join(str(fields.accept(model, name, answer, Context())).split())

        try:
            if given[name] is None and sys.stdin.isatty():
                answers[name] = asking.ask(question, take, default=default)
            else:
                answers[name] = take(default if given[name] is None else str(given[name]))
        except RefusedError as refusal:
            print(f"--{name} : {refusal}", file=sys.stderr)
            return 2
    _write(root, folder, answers, today())
    check(folder.resolve())
    print(NEXT.format(folder=shlex.quote(str(folder))), end="")
    return 0


def _refusal(folder: Path, root: Path) -> str:
    """Why nothing may be written there, or nothing."""
    target = folder.resolve()
    if target == root or target.is_relative_to(root):
        return f"{folder} : ce dossier est dans le guide actuel — donnez un dossier hors de lui."
    if target.exists() and not target.is_dir():
        return f"{folder} : ce n’est pas un dossier — donnez un dossier vide ou nouveau."
    if target.exists() and any(target.iterdir()):
        return f"{folder} : ce dossier n’est pas vide — donnez un dossier vide ou nouveau."
    return ""


def _write(root: Path, folder: Path, answers: dict[str, str], day: dt.date) -> None:
    for name, source in program_files(root).items():
        copy(source, folder / name)
    for name in PARTS:
        part = STARTER / name
        for source in sorted(part.rglob("*")) if part.is_dir() else [part]:
            if source.is_file():
                copy(source, folder / source.relative_to(STARTER))
    complete(folder)
    values = {**answers, "today": day.isoformat(), "version": f"{day.year}.1"}
    for name in FILLED:
        path = folder / name
        given = values if path.suffix == ".md" else {key: _quoted(value) for key, value in values.items()}
        path.write_text(Template(path.read_text(encoding="utf-8")).safe_substitute(given), encoding="utf-8")
    settings = nav.load(root)
    listed = "".join(
        line
        for line in settings.blocks()["nav"].splitlines(True)
        if any(line.rstrip().endswith(f" {name}") for name in manuals(root))
    )
    own = {
        "site_name": f"site_name: {_quoted(answers['name'])}\n",
        "site_description": f"site_description: {DESCRIPTION}\n",
        "nav": (STARTER / "nav.yml").read_text(encoding="utf-8").replace("      - $manuals\n", listed),
    }
    write_text(folder / nav.FILE, settings_of(settings, own))
    write_text(folder / "CHANGELOG.md", "# Changes\n\n## Unreleased\n\n- Started.\n")
    write_down(root, folder)


def _quoted(value: str) -> str:
    """A YAML double-quoted scalar, which JSON strings are."""
    return json.dumps(value, ensure_ascii=False)
