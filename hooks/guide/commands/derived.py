"""schema: what follows from the tables of the program, for editors and for VS Code."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from guide.commands.table import COMMANDS, Command, load
from guide.data.guide import EVERY_KIND, KINDS, LISTS, MAPPINGS, OTHER_IDS
from guide.data.shape import shape
from guide.edit import fields
from guide.links import verdict
from guide.page.blocks import MARKERS
from guide.page.markers import Argument
from guide.page.meta import PageMeta
from guide.paper.make import contents
from guide.site import whole
from guide.source.disk import write_text
from guide.text.arguments import FrenchParser
from guide.text.french import first_up

SCHEMAS, SETTINGS = ".vscode/schemas", ".vscode/settings.json"


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


def _options(command: Command) -> str:
    """The options of a command, as its help names them."""
    said = io.StringIO()
    if command.place:
        with redirect_stdout(said), suppress(SystemExit):
            load(command)(["--help"], Path())
    found = re.findall(r"^ +(?:-\w, )?(--[a-z-]+)", said.getvalue(), re.MULTILINE)
    return ", ".join(f"`{each}`" for each in dict.fromkeys(found) if each != "--help") or "aucune"


def _table(heads: str, rows: Iterable[str]) -> str:
    """A table in Markdown; `heads` and `rows` are cells with « | » between them."""
    lines = (heads, " | ".join(["---"] * len(heads.split(" | "))), *rows)
    return "".join(f"| {line} |\n" for line in lines)


def _manual() -> str:
    rows = (
        f"`./scripts/guide {each.name}` | {first_up(each.summary)}. | {_options(each)}" for each in COMMANDS
    )
    return _table("Commande | Ce qu’elle fait | Options", rows)


def _readme() -> str:
    rows = (f"`./scripts/guide {f'{each.name} {each.argument}'.strip()}` | {each.about}" for each in COMMANDS)
    return _table("command | what you get", rows)


def _kinds() -> str:
    rows = (f"`./scripts/guide new {kind.id}` | {kind.noun} | `{kind.path}`" for kind in KINDS.values())
    return _table("Commande | Ajoute | Dans", rows)


def _markers() -> str:
    rows = (
        f"`{each.name}` | {each.summary}. | {' ; '.join(_argument(*pair) for pair in each.arguments.items())}"
        for each in MARKERS.values()
    )
    return _table("Marqueur | Ce qu’il montre | Arguments", rows)


def _argument(name: str, argument: Argument) -> str:
    """« `ids` (identifiants : ressource) », « `how`, facultatif (`folded`) »."""
    names = {
        **{kind: words for kind, (words, _) in OTHER_IDS.items()},
        **{each.id: each.name for each in EVERY_KIND},
    }
    values = [f"`{each}`" for each in argument.allowed]
    said = ", ".join(values) if len(values) < _MANY else f"de {values[0]} à {values[-1]}"
    if argument.kind:
        said = f"{'identifiants' if argument.many else 'identifiant'} : {names[argument.kind]}"
    return f"`{name}`{'' if argument.required else ', facultatif'}{f' ({said})' if said else ''}"


def _fields(
    model: type[BaseModel], inside: str, seen: set[type[BaseModel]]
) -> Iterator[tuple[str, str, bool]]:
    """Every field of a model and of those in it, each model once: its path, what is said of it, whether it is shared."""
    for name, info in model.model_fields.items():
        of = shape(info)
        said = info.description or ""
        values = [str(each) for each in (contents() if of.kind == "content" else of.choices)]
        parts = [said.replace("<", "&lt;"), fields.limits(model, name)]
        if not all(each in said for each in values):
            parts.append("Valeurs : " + ", ".join(f"`{each}`" for each in values))
        text = " ".join(each if each.endswith("…") else f"{each}." for each in parts if each)
        yield inside + name, text, name in ("id", "former_ids") or name not in model.__annotations__
        if of.model is not None and of.model not in seen:
            seen.add(of.model)
            yield from _fields(of.model, f"{inside}{name}.", seen)


def _data() -> str:
    """A table of fields for each file of data, after one of the fields that several share."""
    shared: dict[str, str] = {}
    parts = []
    for kind in KINDS.values():
        found = list(_fields(kind.model, "", {kind.model}))
        shared |= {
            path.rpartition(".")[2]: f"`{path.rpartition('.')[2]}` | {said}"
            for path, said, both in found
            if both
        }
        rows = (f"`{path}` | {said}" for path, said, both in found if not both)
        parts.append(f"### {kind.file}.yml : {kind.noun}\n\n" + _table(_FIELDS, rows))
    head = "### Champs que l’on retrouve partout\n\n" + _table(_FIELDS, shared.values())
    return "\n".join([head, *parts])


def _verdicts() -> str:
    return verdict.table() + "\n"


def _front_matter() -> str:
    return _table(_FIELDS, (f"`{path}` | {said}" for path, said, _ in _fields(PageMeta, "", set())))


_MANY = 9  # values of an argument from which only the first and the last are named
_FIELDS = "Champ | Ce qu’il contient"
# Documents that hold a table, between two remarks of its name.
_TABLES = {
    ("README.md", "commands"): _readme,
    ("hooks/MAINTENIR.md", "commands"): _manual,
    ("hooks/MAINTENIR.md", "kinds"): _kinds,
    ("hooks/MAINTENIR.md", "front matter"): _front_matter,
    ("hooks/MAINTENIR.md", "markers"): _markers,
    ("hooks/MAINTENIR.md", "data"): _data,
    ("hooks/MAINTENIR.md", "verdicts"): _verdicts,
}


def derived(root: Path) -> dict[str, str]:
    """Path → text of all that follows from the tables of the program: schemas, settings of VS Code, tables of README and manual.

    Raises GuideError where rows contradict each other.
    """
    whole.refuse_contradictions()

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
            texts[name] = head + opening + table() + closing + tail if closing else text
    return texts


def schema(arguments: list[str], root: Path) -> int:
    """Writes what follows from the tables."""
    parser = FrenchParser(
        "schema",
        "Récrit ce qui suit des tables du programme : schémas JSON de data/ pour VS Code, tableaux du README et du manuel.",
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
