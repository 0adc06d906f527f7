"""readability, schema, doctor: what an editor or a maintainer asks before building."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import shutil
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from guide.commands.common import add_build_options, build_environment
from guide.commands.tools import NPM_FOLDERS, TOOLS, find, npm_ready
from guide.data.guide import LISTS, MAPPINGS
from guide.page import readability
from guide.site.build_options import options_from_environment
from guide.site.stage import check, stage
from guide.text.arguments import FrenchParser
from guide.text.problems import GuideError

SCHEMAS = Path(".vscode") / "schemas"


def readability_command(arguments: list[str], root: Path) -> int:
    """Prints the figures of each page, the hardest first, and what exceeds the writing rules."""
    parser = FrenchParser(
        "readability", "Mesure la lisibilité des pages : mots, phrases, indice de Kandel-Moles."
    )
    add_build_options(parser)
    options = parser.parse_args(arguments)
    checked = check(root)
    staged = stage(
        checked, options_from_environment(checked.guide, build_environment(options, dict(os.environ)))
    )
    rows = [(page.id, readability.measure(staged.pages[page.src])) for page in checked.pages]
    print(f"{'page':<42}{'mots':>6}{'moyenne':>9}{'plus longue':>13}{'indice':>8}")
    for name, figures in sorted(rows, key=lambda row: row[1].index):
        print(
            f"{name:<42}{figures.words:>6}{figures.mean_sentence:>9.1f}{figures.longest_words:>13}{figures.index:>8.0f}"
        )
        for warning in readability.warnings(name, figures):
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

    lists = {
        name: {
            "type": "array",
            "items": {"$ref": f"#/$defs/{model.__name__}"},
            "$defs": {**(schema := of(model)).pop("$defs", {}), model.__name__: schema},
        }
        for name, model in LISTS.items()
    }
    return {**lists, **{name: of(model) for name, model in MAPPINGS.items()}}


def schema(arguments: list[str], root: Path) -> int:
    """Writes the schemas that complete the data files in VS Code."""
    parser = FrenchParser(
        "schema", "Écrit les schémas JSON de data/ pour la complétion dans l’éditeur (VS Code)."
    )
    parser.add_argument(
        "--check", action="store_true", help="n’écrit rien ; échoue si un schéma n’est pas à jour"
    )
    options = parser.parse_args(arguments)
    stale = []
    for name, content in schemas().items():
        path = root / SCHEMAS / f"{name}.json"
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not options.check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    if options.check and stale:
        print("Schémas à refaire (./scripts/guide schema) : " + ", ".join(stale), file=sys.stderr)
        return 1
    print(
        f"{len(schemas())} schémas dans {SCHEMAS}, {len(stale)} {'à refaire' if options.check else 'récrits'}."
    )
    return 0


def doctor(arguments: list[str], root: Path) -> int:
    """Says what is installed and what is missing for each command."""
    FrenchParser("doctor", "Dit ce qui est installé et ce qui manque.").parse_args(arguments)
    print(f"Python      {platform.python_version()} ({platform.system()})")
    for name in ("mkdocs", "mkdocs-material", "pydantic", "typst", "aiohttp"):
        print(f"{name:<12}{importlib.metadata.version(name)}")
    installed = {dist.name.lower() for dist in importlib.metadata.distributions()}
    print(
        "Tests       "
        + ("installés" if "pytest" in installed else "absents (installés par ./scripts/guide test)")
    )
    for tool in dict.fromkeys(tool for tools in TOOLS.values() for tool in tools):
        print(f"{tool.name:<12}{find(tool) or 'absent (nécessaire aux tests seulement)'}")
    for marker, folder in NPM_FOLDERS.items():
        state = "installé" if npm_ready(root, marker) else "absent (installé par ./scripts/guide test)"
        print(f"{folder.name:<12}{state}")
    print("uv          " + (shutil.which("uv") or "absent (pip est utilisé)"))
    try:
        check(root)
    except GuideError as error:
        print(f"Données     {len(error.problems)} problème(s) : ./scripts/guide check")
        return 1
    print("Données     en ordre")
    return 0
