"""readability, schema, doctor: what an editor or a maintainer asks before building."""

from __future__ import annotations

import importlib.metadata
import io
import json
import platform
import re
import shutil
import sys
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from guide.commands.common import add_build_options, asked
from guide.commands.table import COMMANDS, Command, load
from guide.commands.tools import BROUGHT, TOOLS, brought, find
from guide.data.guide import KINDS, LISTS, MAPPINGS
from guide.page import readability
from guide.page.meta import InSearch, PageMeta
from guide.paper.make import contents
from guide.site.build_options import options_of
from guide.site.checked import check
from guide.site.stage import stage
from guide.source.disk import write_text
from guide.text.arguments import FrenchParser
from guide.text.problems import GuideError

SCHEMAS, SETTINGS = ".vscode/schemas", ".vscode/settings.json"


def readability_command(arguments: list[str], root: Path) -> int:
    """Prints the figures of each page, the hardest first, and what exceeds the writing rules."""
    parser = FrenchParser(
        "readability", "Mesure la lisibilité des pages : mots, phrases, indice de Kandel-Moles."
    )
    add_build_options(parser)
    options = parser.parse_args(arguments)
    checked = check(root)
    staged = stage(checked, options_of(checked.guide, asked(options)))
    rows = [(page, readability.measure(staged.pages[page.src])) for page in checked.pages]
    print(f"{'page':<42}{'mots':>6}{'moyenne':>9}{'plus longue':>13}{'indice':>8}")
    for page, figures in sorted(rows, key=lambda row: row[1].index):
        print(
            f"{page.id:<42}{figures.words:>6}{figures.mean_sentence:>9.1f}{figures.longest_words:>13}{figures.index:>8.0f}"
        )
        for warning in readability.warnings(figures, page.meta.list):
            print(f"    {warning}")
    return 0


def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema of each data file, with French descriptions, by file name."""

    def of(model: type[BaseModel]) -> dict[str, Any]:
        schema = model.model_json_schema()
        for each in (schema, *schema.get("$defs", {}).values()):
            # Class docstrings are English, for the code's readers; fields carry the French ones.
            each.pop("description", None)
            each.pop("title", None)
            for field in each.get("properties", {}).values():
                field.pop("title", None)
        return schema

    lists: dict[str, dict[str, Any]] = {
        name: {
            "type": "array",
            "items": {"$ref": f"#/$defs/{model.__name__}"},
            "$defs": {**(schema := of(model)).pop("$defs", {}), model.__name__: schema},
        }
        for name, model in LISTS.items()
    }
    lists["sheets"]["$defs"]["PrintedSheet"]["properties"]["content"]["enum"] = list(contents())
    return {**lists, **{name: of(model) for name, model in MAPPINGS.items()}}


def _options(command: Command, root: Path) -> str:
    """The options of a command, as its help names them."""
    said = io.StringIO()
    if command.place:
        with redirect_stdout(said), suppress(SystemExit):
            load(command)(["--help"], root)
    found = re.findall(r"^ +(?:-\w, )?(--[a-z-]+)", said.getvalue(), re.MULTILINE)
    return ", ".join(f"`{each}`" for each in dict.fromkeys(found) if each != "--help") or "aucune"


def _manual(root: Path) -> str:
    rows = (
        f"| `./scripts/guide {each.name}` | {each.summary[0].upper()}{each.summary[1:]}. | {_options(each, root)} |\n"
        for each in COMMANDS
    )
    return "| Commande | Ce qu’elle fait | Options |\n| --- | --- | --- |\n" + "".join(rows)


def _readme(root: Path) -> str:
    rows = (
        f"| `./scripts/guide {f'{each.name} {each.argument}'.strip()}` | {each.about} |\n"
        for each in COMMANDS
    )
    return "| command | what you get |\n| --- | --- |\n" + "".join(rows)


def _kinds(root: Path) -> str:
    rows = (f"| `./scripts/guide new {kind.id}` | {kind.noun} | `{kind.path}` |\n" for kind in KINDS.values())
    return "| Commande | Ajoute | Dans |\n| --- | --- | --- |\n" + "".join(rows)


def _front_matter(root: Path) -> str:
    fields = {
        **PageMeta.model_fields,
        **{f"search: {{{name}}}": info for name, info in InSearch.model_fields.items()},
    }
    rows = (f"| `{name}` | {info.description}. |\n" for name, info in fields.items())
    return "| Champ | Ce qu’il contient |\n| --- | --- |\n" + "".join(rows)


# Documents that hold a table, between two remarks of its name.
_TABLES = {
    ("README.md", "commands"): _readme,
    ("hooks/MAINTENIR.md", "commands"): _manual,
    ("hooks/MAINTENIR.md", "kinds"): _kinds,
    ("hooks/MAINTENIR.md", "front matter"): _front_matter,
}


def derived(root: Path) -> dict[str, str]:
    """Path → text of all that follows from the tables of the program: schemas, settings of VS Code, lists of commands."""

    def dump(content: object) -> str:
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

    texts = {f"{SCHEMAS}/{name}.json": dump(content) for name, content in schemas().items()}
    settings = json.loads((root / SETTINGS).read_text(encoding="utf-8"))
    settings["yaml.schemas"] = {f"{SCHEMAS}/{name}.json": f"data/{name}.yml" for name in sorted(schemas())}
    texts[SETTINGS] = json.dumps(settings, ensure_ascii=False, indent=2) + "\n"
    for (name, mark), table in _TABLES.items():
        if (root / name).exists():
            text = texts.get(name) or (root / name).read_text(encoding="utf-8")
            head, opening, rest = text.partition(f"<!-- {mark} -->\n\n")
            _, closing, tail = rest.partition(f"\n<!-- end of {mark} -->")
            texts[name] = head + opening + table(root) + closing + tail if closing else text
    return texts


def schema(arguments: list[str], root: Path) -> int:
    """Writes what follows from the tables."""
    parser = FrenchParser(
        "schema",
        "Récrit ce qui suit des tables du programme : schémas JSON de data/ pour VS Code, listes de commandes.",
    )
    parser.add_argument(
        "--check", action="store_true", help="n’écrit rien ; échoue si un fichier n’est pas à jour"
    )
    options = parser.parse_args(arguments)
    texts = derived(root)
    stale = [
        name
        for name, text in texts.items()
        if not (root / name).exists() or (root / name).read_text(encoding="utf-8") != text
    ]
    if options.check and stale:
        print("À refaire (./scripts/guide schema) : " + ", ".join(stale), file=sys.stderr)
        return 1
    for name in stale:
        write_text(root / name, texts[name])
    print(f"{len(texts)} fichiers suivent les tables, {len(stale)} récrits.")
    return 0


def doctor(arguments: list[str], root: Path) -> int:
    """Says what is installed and what is missing for each command."""
    FrenchParser("doctor", "Dit ce qui est installé et ce qui manque.").parse_args(arguments)
    print(f"Python      {platform.python_version()} ({platform.system()})")
    for name in ("mkdocs", "mkdocs-material", "pydantic", "typst", "httptools"):
        print(f"{name:<12}{importlib.metadata.version(name)}")
    installed = {dist.name.lower() for dist in importlib.metadata.distributions()}
    print(
        "Tests       "
        + ("installés" if "pytest" in installed else "absents (installés par ./scripts/guide test)")
    )
    for tool in dict.fromkeys(tool for tools in TOOLS.values() for tool in tools):
        print(f"{tool.name:<12}{find(tool, root) or 'absent (nécessaire aux tests seulement)'}")
    for folder in BROUGHT.values():
        said = "installé" if brought(folder, root) else "absent (installé par ./scripts/guide test)"
        print(f"{folder.name:<12}{said}")
    print("uv          " + (shutil.which("uv") or "absent (pip est utilisé)"))
    try:
        check(root)
    except GuideError as error:
        print(f"Données     {len(error.problems)} problème(s) : ./scripts/guide check")
        return 1
    print("Données     en ordre")
    return 0
