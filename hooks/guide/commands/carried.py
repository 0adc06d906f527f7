"""The program that a guide made by `init` carries: which files, written down, and brought up to date by `init --update`."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from guide.data.guide import LISTS
from guide.site.checked import check
from guide.source import nav
from guide.source.disk import write_text
from guide.source.git import GitError, git
from guide.source.tree import page_ids
from guide.source.yaml_source import read_yaml
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


def update(root: Path, folder: Path) -> int:
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
    before, program = record["files"], program_files(root)
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
            copy(source, target)
    added = complete(folder)
    settings = nav.load(folder)
    own = {name: text for name, text in settings.blocks().items() if name in OWN_SETTINGS}
    write_text(folder / nav.FILE, settings_of(nav.load(root), own))
    version = write_down(root, folder)
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


def complete(folder: Path) -> list[str]:
    """Gives a guide the files of data that it lacks, as a new one has them: an example, or an empty list; their names."""
    added = []
    for name in sorted(
        {*(each.name for each in (STARTER / "data").iterdir()), *(f"{file}.yml" for file in LISTS)}
    ):
        example, target = STARTER / "data" / name, folder / "data" / name
        if target.exists():
            continue
        if example.exists():
            copy(example, target)
        else:
            write_text(target, "[]\n")
        added.append(name)
    return added


def write_down(root: Path, folder: Path) -> str:
    """Writes down what a guide carries; the version. That of a guide is its program's, not its own commit."""
    carried = root / RECORD
    if carried.exists():
        version = json.loads(carried.read_text(encoding="utf-8"))["version"]
    else:
        try:
            version = git(root, "describe", "--always", "--tags", "--dirty").strip()
        except GitError:
            version = "inconnue"
    files = {name: _digest(folder / name) for name in program_files(root)}
    write_text(folder / RECORD, json.dumps({"version": version, "files": files}, indent=1) + "\n")
    return str(version)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def program_files(root: Path) -> dict[str, Path]:
    """Every file of the program, by its place in a guide; what the starter has of its own is none of it."""
    patterns = [*PROGRAM, *(f"docs/{name}" for name in manuals(root))]
    patterns += [f"tests/{line}" for line in (STARTER / "tests.txt").read_text(encoding="utf-8").splitlines()
                 if line and not line.startswith("#")]  # fmt: skip
    found = {}
    for source in (source for pattern in patterns for source in sorted(root.glob(pattern))):
        for path in sorted(source.rglob("*")) if source.is_dir() else [source]:
            name = path.relative_to(root)
            if path.is_file() and not LEFT_OUT & set(name.parts) and not (STARTER / name).exists():
                found[name.as_posix()] = path
    return found


def manuals(root: Path) -> list[str]:
    """Sources of the pages about the program itself: they go along, with their lines of the navigation.

    What is wrong in that list, `check` says.
    """
    named, sources = read_yaml(root / "data/pages.yml", root).value, page_ids(root)
    listed = named.get("manuals") if isinstance(named, dict) else None
    pages = (str(page).strip("/") for page in (listed if isinstance(listed, list) else ()))
    return [sources[page] for page in pages if page in sources]


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)


def settings_of(program: nav.Settings, own: Mapping[str, str]) -> str:
    """The settings of the program under the name and with the navigation of a guide."""
    blocks = program.blocks()
    blocks = {name: own.get(name, text) for name, text in {**blocks, **own}.items()}
    return "".join(text if text.endswith("\n") else text + "\n" for text in blocks.values())
