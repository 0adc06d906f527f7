"""init: an empty guide for another profession, from the program of this one; later, that program brought up to date."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shlex
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from string import Template

from pydantic import BaseModel

from guide.data.guide import LISTS
from guide.data.model.context import Context
from guide.data.model.taxonomy import Site, Words
from guide.edit import asking, change, fields
from guide.edit.asking import RefusedError
from guide.site.build_options import today
from guide.site.checked import check
from guide.source import nav
from guide.source.disk import write_text
from guide.source.git import GitError, git
from guide.source.tree import page_ids
from guide.source.yaml_source import read_yaml
from guide.text.arguments import FrenchParser
from guide.text.problems import GuideError

STARTER = Path(__file__).resolve().parent.parent / "starter"

# What a new guide takes from this one: the program and its papers. Never a text, a fact or a picture of this guide.
PROGRAM = (
    ".ci", ".container", ".github/*.md", ".github/*.yml", ".github/ISSUE_TEMPLATE", ".github/workflows",
    ".gitattributes", ".gitignore", ".gitlab-ci.yml", ".vscode", "CONTRIBUTING.md", "LICENSE", "LICENSE-CONTENT",
    "SECURITY.md", "THIRD-PARTY.md", "docs/assets", "hooks",
    "pyproject.toml", "requirements*.in", "requirements*.txt", "scripts",
)  # fmt: skip
LEFT_OUT = {"__pycache__", ".cache"}
# What a guide records of the program it carries: its version, and what each of its files was.
RECORD = ".guide-program.json"
# Fields of mkdocs.yml that say which guide it is; all the others are the program's.
OWN_SETTINGS = ("site_name", "site_description", "site_url", "copyright", "nav")
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
        return _update(root, folder)
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
    for name, source in _program(root).items():
        _copy(source, folder / name)
    for name in PARTS:
        part = STARTER / name
        for source in sorted(part.rglob("*")) if part.is_dir() else [part]:
            if source.is_file():
                _copy(source, folder / source.relative_to(STARTER))
    _complete(folder)
    values = {**answers, "today": day.isoformat(), "version": f"{day.year}.1"}
    for name in FILLED:
        path = folder / name
        given = values if path.suffix == ".md" else {key: _quoted(value) for key, value in values.items()}
        path.write_text(Template(path.read_text(encoding="utf-8")).safe_substitute(given), encoding="utf-8")
    settings = nav.load(root)
    listed = "".join(
        line
        for line in settings.blocks()["nav"].splitlines(True)
        if any(line.rstrip().endswith(f" {name}") for name in _manuals(root))
    )
    own = {
        "site_name": f"site_name: {_quoted(answers['name'])}\n",
        "site_description": f"site_description: {DESCRIPTION}\n",
        "nav": (STARTER / "nav.yml").read_text(encoding="utf-8").replace("      - $manuals\n", listed),
    }
    write_text(folder / nav.FILE, _settings(settings, own))
    write_text(folder / "CHANGELOG.md", "# Changes\n\n## Unreleased\n\n- Started.\n")
    _record(root, folder)


def _complete(folder: Path) -> list[str]:
    """Gives a guide the files of data that it lacks, as a new one has them: an example, or an empty list; their names."""
    added = []
    for name in sorted(
        {*(each.name for each in (STARTER / "data").iterdir()), *(f"{file}.yml" for file in LISTS)}
    ):
        example, target = STARTER / "data" / name, folder / "data" / name
        if target.exists():
            continue
        if example.exists():
            _copy(example, target)
        else:
            write_text(target, "[]\n")
        added.append(name)
    return added


def _update(root: Path, folder: Path) -> int:
    """Brings the program of a guide up to date, and says what is left to an editor."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        if git(folder, "status", "--porcelain").strip():
            raise GitError("des modifications n’y sont pas enregistrées dans git")
    except (FileNotFoundError, NotADirectoryError):
        print(
            f"{folder} : ce dossier n’est pas un guide fait par « init » ({RECORD} n’y est pas).",
            file=sys.stderr,
        )
        return 2
    except (GitError, ValueError) as reason:
        remedy = "enregistrez ou annulez, puis recommencez : git doit pouvoir tout rendre"
        print(f"{folder} : {reason} — {remedy}.", file=sys.stderr)
        return 2
    before, program = record["files"], _program(root)
    kept, replaced = [], []
    for name in sorted({*before, *program}):
        target, source = folder / name, program.get(name)
        now = _digest(target) if target.is_file() else ""
        if source is not None and now == _digest(source):
            continue
        if (
            now != before.get(name, "") and now
        ):  # changed by hand, or there before the program had such a file
            if name.startswith("docs/"):
                kept.append(name)
                continue
            replaced.append(name)
        if source is None:
            target.unlink(missing_ok=True)
        else:
            _copy(source, target)
    added = _complete(folder)
    settings = nav.load(folder)
    own = {name: text for name, text in settings.blocks().items() if name in OWN_SETTINGS}
    write_text(folder / nav.FILE, _settings(nav.load(root), own))
    version = _record(root, folder)
    print(f"Le programme de {folder} passe de la version {record['version']} à la version {version}.")
    if replaced:
        print(
            f"Remplacés, alors qu’ils avaient été changés à la main (git garde l’ancien texte) : {', '.join(replaced)}."
        )
    if kept:
        print(
            f"Laissés tels quels, car changés à la main ; à comparer avec ceux du programme : {', '.join(kept)}."
        )
    if added:
        print(
            f"Ajoutés, avec ce que porte un guide neuf ; à relire : {', '.join(f'data/{name}' for name in added)}."
        )
    try:
        check(folder.resolve())
    except GuideError as error:
        print(f"À changer à la main, avant de construire :\n{error.summary()}")
        return 1
    print("Rien d’autre à changer. Relire avec « git diff », puis ./scripts/guide test.")
    return 0


def _record(root: Path, folder: Path) -> str:
    """Writes down what a guide carries; the version. That of a guide is its program's, not its own commit."""
    carried = root / RECORD
    if carried.exists():
        version = json.loads(carried.read_text(encoding="utf-8"))["version"]
    else:
        try:
            version = git(root, "describe", "--always", "--tags", "--dirty").strip()
        except GitError:
            version = "inconnue"
    files = {name: _digest(folder / name) for name in _program(root)}
    write_text(folder / RECORD, json.dumps({"version": version, "files": files}, indent=1) + "\n")
    return str(version)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _program(root: Path) -> dict[str, Path]:
    """Every file of the program, by its place in a guide; what the starter has of its own is none of it."""
    patterns = [*PROGRAM, *(f"docs/{name}" for name in _manuals(root))]
    patterns += [f"tests/{line}" for line in (STARTER / "tests.txt").read_text(encoding="utf-8").splitlines()
                 if line and not line.startswith("#")]  # fmt: skip
    found = {}
    for source in (source for pattern in patterns for source in sorted(root.glob(pattern))):
        for path in sorted(source.rglob("*")) if source.is_dir() else [source]:
            name = path.relative_to(root)
            if path.is_file() and not LEFT_OUT & set(name.parts) and not (STARTER / name).exists():
                found[name.as_posix()] = path
    return found


def _manuals(root: Path) -> list[str]:
    """Sources of the pages about the program itself: they go along, with their lines of the navigation.

    What is wrong in that list, `check` says.
    """
    named, sources = read_yaml(root / "data/pages.yml", root).value, page_ids(root)
    listed = named.get("manuals") if isinstance(named, dict) else None
    pages = (str(page).strip("/") for page in (listed if isinstance(listed, list) else ()))
    return [sources[page] for page in pages if page in sources]


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)


def _settings(program: nav.Settings, own: Mapping[str, str]) -> str:
    """The settings of the program under the name and with the navigation of a guide."""
    blocks = program.blocks()
    blocks = {name: own.get(name, text) for name, text in {**blocks, **own}.items()}
    return "".join(text if text.endswith("\n") else text + "\n" for text in blocks.values())


def _quoted(value: str) -> str:
    """A YAML double-quoted scalar, which JSON strings are."""
    return json.dumps(value, ensure_ascii=False)
