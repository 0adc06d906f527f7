"""init: an empty guide for another profession, from the program of this one and a starter content."""

from __future__ import annotations

import datetime as dt
import json
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Template

from pydantic import TypeAdapter, ValidationError

from guide.data.model.taxonomy import Site, Words
from guide.site.build_options import today
from guide.site.checked import check
from guide.text.arguments import FrenchParser
from guide.text.problems import Code, GuideError, Place, Problem

STARTER = Path(__file__).resolve().parent.parent / "starter"

# What a new guide takes from this one: the program and its papers. Never a text, a fact or a picture of this guide.
PROGRAM = (
    ".ci", ".container", ".github/*.md", ".github/*.yml", ".github/ISSUE_TEMPLATE", ".github/workflows",
    ".gitattributes", ".gitignore", ".gitlab-ci.yml", ".vscode", "CONTRIBUTING.md", "LICENSE", "LICENSE-CONTENT",
    "SECURITY.md", "THIRD-PARTY.md", "docs/assets", "hooks",
    "pyproject.toml", "requirements*.in", "requirements*.txt", "scripts",
)  # fmt: skip
# Pages about the program itself: they go along where this guide has them, with their lines of the navigation.
MANUALS = ("a-propos/contribuer.md", "a-propos/publier.md", "a-propos/copie-hors-ligne.md")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", ".cache")
# Starter files in which $words stand for the answers; those of `data/` and the settings are YAML.
FILLED = ("README.md", "A-FAIRE.md", "data/site.yml", "data/changes.yml")
PARTS = ("docs", "data", "README.md", "A-FAIRE.md")

QUESTIONS = (
    ("name", "Nom du guide", "Guide du numérique et de la sécurité informatique", Site, "name"),
    (
        "structure",
        "Lieu d’exercice, avec son article (l’étude, la pharmacie)",
        "la structure",
        Words,
        "structure",
    ),
    ("client", "Personne reçue, sans article (client, élève)", "usager", Words, "client"),
    (
        "peer",
        "Qui peut valider un conseil, avec son article (un notaire)",
        "une personne du métier",
        Words,
        "peer",
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
    for name, question, *_ in QUESTIONS:
        parser.add_argument(f"--{name}", metavar="MOTS", help=question[0].lower() + question[1:])
    options = parser.parse_args(arguments)
    folder: Path = options.folder
    if problem := _refusal(folder, root):
        print(problem, file=sys.stderr)
        return 2
    answers: dict[str, str] = {}
    for name, question, default, model, field in QUESTIONS:
        accepted = _checker(model, field)
        given: str | None = getattr(options, name)
        value = given if given is not None else _asked(question, default, accepted)
        if problem := accepted(value):
            print(f"--{name} : {problem}", file=sys.stderr)
            return 2
        answers[name] = " ".join(value.split())
    try:
        _write(root, folder, answers, today())
    except OSError as error:
        print(
            f"{folder} : l’écriture a échoué ({error.strerror} : {error.filename}) — vérifiez les droits et la place.",
            file=sys.stderr,
        )
        return 1
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


def _checker(model: type[Site] | type[Words], field: str) -> Callable[[str], str]:
    """A function that says what is wrong with an answer, as the data file would."""
    info = model.model_fields[field]
    adapter: TypeAdapter[str] = TypeAdapter(info.rebuild_annotation())

    def wrong(value: str) -> str:
        try:
            adapter.validate_python(value)
        except ValidationError as error:
            context = error.errors()[0].get("ctx", {})
            return f"{context.get('what', error.errors()[0]['msg'])} — {context.get('remedy', 'corrigez')}"
        return ""

    return wrong


def _asked(question: str, default: str, accepted: Callable[[str], str]) -> str:
    """The answer typed by somebody, asked again until it will do; the default when nobody is there."""
    while sys.stdin.isatty():
        answer = input(f"{question} [{default}] : ").strip() or default
        if not (problem := accepted(answer)):
            return answer
        print(problem)
    return default


def _write(root: Path, folder: Path, answers: dict[str, str], day: dt.date) -> None:
    settings = _settings((root / "mkdocs.yml").read_text(encoding="utf-8"), answers["name"])
    for source in _program(root):
        _copy(source, folder / source.relative_to(root))
    for name in PARTS:
        _copy(STARTER / name, folder / name)
    values = {**answers, "today": day.isoformat(), "version": f"{day.year}.1"}
    for name in FILLED:
        path = folder / name
        given = values if path.suffix == ".md" else {key: _quoted(value) for key, value in values.items()}
        path.write_text(Template(path.read_text(encoding="utf-8")).safe_substitute(given), encoding="utf-8")
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (folder / "CHANGELOG.md").write_text("# Changes\n\n## Unreleased\n\n- Started.\n", encoding="utf-8")


def _program(root: Path) -> Iterator[Path]:
    """What exists of the program; where it is copied follows from its place here."""
    for pattern in (*PROGRAM, *(f"docs/{name}" for name in MANUALS)):
        yield from sorted(root.glob(pattern))
    for line in (STARTER / "tests.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield root / "tests" / line


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=LEFT_OUT, dirs_exist_ok=True)
    else:
        shutil.copy(source, target)


def _settings(text: str, name: str) -> str:
    """This guide's settings with another name, a neutral sign and the starter's navigation.

    Raises GuideError when the settings have lost a line that must change.
    """
    manuals = re.findall(rf"^ +- .*\b(?:{'|'.join(map(re.escape, MANUALS))})\n", text, re.MULTILINE)
    navigation = (
        (STARTER / "nav.yml").read_text(encoding="utf-8").replace("      - $manuals\n", "".join(manuals))
    )
    for pattern, replacement in (
        (r"^site_name: .*$", f"site_name: {_quoted(name)}"),
        (r"^site_description: .*$", "site_description: Protéger l’informatique, réagir à une attaque, trouver la bonne source."),
        (r"^(#[^\n]*\n)?nav:\n(?:[ #].*\n)*", navigation),
    ):  # fmt: skip
        text, count = re.subn(pattern, lambda _, new=replacement: new, text, flags=re.MULTILINE)  # type: ignore[misc]
        if count != 1:
            what, remedy = "une ligne que « init » remplace n’y est pas une fois", "rétablissez-la"
            raise GuideError([Problem(Place("mkdocs.yml"), Code.MISSING_FIELD, what, remedy, pattern)])
    return text


def _quoted(value: str) -> str:
    """A YAML double-quoted scalar, which JSON strings are."""
    return json.dumps(value, ensure_ascii=False)
