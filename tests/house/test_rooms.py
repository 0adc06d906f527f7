"""The house keeps its order: rooms import downwards only, modules go in no circle, names say one thing."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from guide.data.guide import KINDS
from guide.page.blocks import MARKERS
from guide.paper.make import CONTENTS
from guide.source.tree import HOME, page_ids
from support import ROOT

GUIDE = ROOT / "hooks" / "guide"
# From the ground up: a room imports from itself and from what stands before it. `paper`, `search` and `edit` do not
# know each other.
ORDER = (
    "text",
    "source",
    "data",
    "review",
    "links",
    "page",
    "paper",
    "search",
    "edit",
    "site",
    "commands",
    "",
)
APART = {("search", "paper"), ("edit", "paper"), ("edit", "search")}


def modules() -> dict[str, Path]:
    """Dotted name under `guide` → file."""
    found = {}
    for path in sorted(GUIDE.rglob("*.py")):
        parts = path.relative_to(GUIDE).with_suffix("").parts
        if parts[0] != "starter":
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(path: Path, name: str, known: dict[str, Path]) -> Iterator[str]:
    """Modules of the guide that a module imports, at its top or inside a function."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom):
            continue
        if node.level:
            base = package
            for _ in range(node.level - 1):
                base = base.rpartition(".")[0]
            origin = ".".join(filter(None, (base, node.module)))
        elif (node.module or "").split(".")[0] == "guide":
            origin = (node.module or "").removeprefix("guide").removeprefix(".")
        else:
            continue
        for alias in node.names:
            full = f"{origin}.{alias.name}" if origin else alias.name
            yield full if full in known else origin


def room(name: str) -> str:
    return name.partition(".")[0] if name.partition(".")[0] in ORDER else ""


def test_no_arrow_runs_up() -> None:
    known = modules()
    wrong = [
        f"{name} → {target}"
        for name, path in known.items()
        for target in imports(path, name, known)
        if ORDER.index(room(target)) > ORDER.index(room(name)) or (room(name), room(target)) in APART
    ]
    assert wrong == []


def test_paper_and_the_web_leave_each_other_alone() -> None:
    """Sheets take what is chosen from the data; they know no block and no template of the site, nor the reverse."""
    known = modules()
    wrong = [
        f"{name} → {target}"
        for name, path in known.items()
        for target in imports(path, name, known)
        if (room(name) == "paper" and target.startswith("page.blocks"))
        or (name.startswith("page.") and room(target) == "paper")
    ]
    assert wrong == []


def test_modules_go_in_no_circle() -> None:
    known = modules()
    arrows = {name: set(imports(path, name, known)) - {name} for name, path in known.items()}
    done: set[str] = set()

    def walk(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, f"circle: {' → '.join((*path[path.index(name) :], name))}"
        if name not in done:
            for target in arrows.get(name, ()):
                walk(target, (*path, name))
            done.add(name)

    for name in arrows:
        walk(name, ())


def test_every_room_says_its_question() -> None:
    rooms = [path for path in GUIDE.iterdir() if path.is_dir() and path.name in ORDER]
    assert {path.name for path in rooms} == set(ORDER) - {""}
    for path in rooms:
        text = (path / "__init__.py").read_text(encoding="utf-8")
        assert (ast.get_docstring(ast.parse(text)) or "").strip(), path.name


def test_a_name_means_one_thing() -> None:
    """No two modules and no two public classes share a name; a command may be called like what it does."""
    known = modules()
    names = Counter(name.rpartition(".")[2] for name in known if room(name) != "commands" and name)
    assert [name for name, count in names.items() if count > 1] == []
    classes = Counter(
        node.name
        for path in known.values()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, count in classes.items() if count > 1] == []


def test_few_modules_stand_outside_the_rooms() -> None:
    assert sorted(path.name for path in GUIDE.glob("*.py")) == ["__init__.py", "__main__.py"]


README = (ROOT / "hooks/README.md").read_text(encoding="utf-8")


def defined(name: str, folder: Path) -> bool:
    """Whether `x.y` is what module or package `x` in a folder defines, `x` such a module, or a file or folder beside it."""
    whole = folder.joinpath(*name.split("."))
    if (folder / name).exists() or whole.is_dir() or whole.with_suffix(".py").exists():
        return True
    path = whole.parent / "__init__.py" if whole.parent.is_dir() else whole.parent.with_suffix(".py")
    wanted = re.compile(rf"^(?:async def |def |class |    def |){whole.name}\b", re.MULTILINE)
    return "." in name and path.is_file() and wanted.search(path.read_text(encoding="utf-8")) is not None


def test_the_map_names_what_there_is() -> None:
    rows = re.findall(r"^\| `(\w+)/` \| .* \| (.*) \|$", README, re.MULTILINE)
    assert [name for name, _ in rows] == [name for name in ORDER if name]
    wrong = [
        f"{folder}: {name}"
        for folder, cell in rows
        for name in re.findall(r"`([\w./-]+)`", cell)
        if not defined(name, GUIDE / folder) and name != "mkdocs.yml"
    ]
    assert wrong == []


def test_the_rest_of_the_map_names_what_there_is() -> None:
    """Files, and names with a dot: module and what it holds. MkDocs' own `config.extra` apart."""
    folders = (ROOT, ROOT / "hooks", GUIDE, *(GUIDE / name for name in ORDER))
    said = re.findall(r"`([\w./-]*\w[./]\w[\w./-]*)`", README.partition("\n## The order")[2])
    wrong = {name for name in said if not any(defined(name, each) for each in folders)}
    assert wrong - {"config.extra"} == set()


def test_the_program_knows_no_page_by_its_address() -> None:
    """Which page is for what stands in `data/pages.yml`; only words that are a kind of data or a block too are let pass."""
    words = {kind.file for kind in KINDS.values()} | set(MARKERS) | {each.name for each in CONTENTS}
    pages = {*page_ids(ROOT), *page_ids(GUIDE / "starter")} - {HOME}
    sections = {f"{parent}/" for page in pages for parent in PurePosixPath(page).parents} - {"./"}
    texts = {
        f"{path.relative_to(ROOT)}:{node.lineno}": node.value
        for path in (ROOT / "hooks").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for path in (*(GUIDE / "page/templates").glob("*.j2"), *(ROOT / "hooks/theme").rglob("*.html")):
        found = re.findall(r"""["']([^"'\s]+)["']""", path.read_text(encoding="utf-8"))
        texts |= {f"{path.relative_to(ROOT)}:{number}": text for number, text in enumerate(found)}
    named = {
        place: text
        for place, text in texts.items()
        if (bare := text.partition("#")[0]) in sections
        or (
            (page := bare.strip("/").removesuffix(".md").removesuffix("/index")) in pages
            and (bare != page or page not in words)
        )
    }
    assert named == {}
