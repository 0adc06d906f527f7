"""Changes a few lines of a data file and nothing else; a change that the checks refuse is put back."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from guide.edit.asking import AbandonedError
from guide.edit.block import Value, field_lines, inline, read, values
from guide.source.disk import write_text
from guide.source.yaml_source import KeyPath

UNDO = Path(".cache") / "new" / "undo.json"


class UnchangedError(Exception):
    """A file could not be changed safely; nothing was written. Its text says which line to change by hand."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A data file before and after; `first` and `last` are the lines of the new text that differ."""

    file: str
    before: str
    after: str
    first: int
    last: int


def load_text(root: Path, file: str) -> str:
    """The file as it is on disk, byte-order mark and line ends included."""
    return (root / file).read_bytes().decode("utf-8")


def attempt(act: Callable[[], int]) -> int:
    """The exit code of questions and of what follows from them; 1 where the person left, or a file cannot be changed."""
    try:
        return act()
    except (AbandonedError, KeyboardInterrupt):
        print("Abandonné : aucun fichier n’a été modifié.", file=sys.stderr)
    except UnchangedError as error:
        print(error, file=sys.stderr)
    return 1


def show(edit: Edit) -> None:
    """Prints the lines of the new text that differ."""
    lines = edit.after.split("\n")[edit.first - 1 : edit.last]
    print("\n".join("    " + line.rstrip("\r") for line in lines))


def insert(file: str, text: str, block: str, after: int, before_next: bool = False) -> Edit:
    """`block` as a new element behind element `after` of a list file (-1: before the first one).

    With `before_next` it stands right above the next element, below the comment that opens its section.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split("\n")
    starts = _element_lines(text)
    if not starts:
        body = text.replace("[]", "", 1).rstrip() if values(text) == [] else text.rstrip()
        new = (body + end if body else "") + block.replace("\n", end)
        return made(file, text, new, values(block))
    if before_next or after < 0:
        row = starts[after + 1]
    else:
        row = starts[after + 1] if after + 1 < len(starts) else len(lines)
        while not lines[row - 1].strip() or lines[row - 1].startswith("#"):
            row -= 1
    head = "\n".join(lines[:row])
    if row:
        head += "\n" if row < len(lines) else end  # the file's last line may lack its end
    new = head + block.replace("\n", end) + "\n".join(lines[row:])
    old = values(text)
    return made(file, text, new, [*old[: after + 1], *values(block), *old[after + 1 :]])


def _element_lines(text: str) -> list[int]:
    """Index of the line on which each element of a list file begins."""
    source = read(text)
    count = len(source.value) if isinstance(source.value, list) else 0
    return [source.marks[(index,)][0] for index in range(count)]


def set_fields(file: str, text: str, path: KeyPath, fields: Mapping[str, Value], above: str) -> Edit:
    """Gives the mapping at `path` some new values; a field it had not is written above the field `above`.

    Raises UnchangedError for a mapping written on one line.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    node = _node(text, path)
    if node.flow_style:
        line = node.start_mark.line + 1
        raise UnchangedError(f"{file}:{line} : cet élément est écrit sur une ligne, changez-le à la main.")
    places = {key.value: (key, value) for key, value in node.value}
    edits: list[tuple[int, int, str]] = []
    for name, value in fields.items():
        key, old = places.get(name, places[above])
        column = key.start_mark.column
        lines = field_lines(name, value, column)[column:].replace("\n", end)
        start, stop = key.start_mark.index, _end(text, old)
        if name not in places:
            edits.append((start, start, lines + " " * column))
            continue
        beside = text[stop:].partition("\n")[0].strip() and lines.count(end) > 1
        within = text[key.end_mark.index : old.start_mark.index]
        within += "" if isinstance(old, yaml.ScalarNode) else text[old.start_mark.index : stop]
        if beside or " #" in within:
            raise UnchangedError(
                f"{file}:{key.start_mark.line + 1} : une remarque suit « {name} » sur sa ligne, mettez-la au-dessus."
            )
        edits.append((start, stop, lines.removesuffix(end)))
    new = text
    for start, stop, by in sorted(edits, reverse=True):
        new = new[:start] + by + new[stop:]
    expected = values(text)
    entry = expected
    for step in path:
        entry = entry[step]
    entry.update(values("".join(field_lines(name, value, 0) for name, value in fields.items())))
    return made(file, text, new, expected)


def add_item(file: str, text: str, path: KeyPath, item: Value) -> Edit:
    """A text or an entry as the last item of the list at `path`, written as the other items are."""
    node = _node(text, path)
    stop, end = _end(text, node), "\r\n" if "\r\n" in text else "\n"
    if not node.flow_style:
        new = text[:stop] + end + _item(item, node.start_mark.column, end) + text[stop:]
    elif isinstance(item, Mapping) and node.value:
        line = node.start_mark.line + 1
        raise UnchangedError(f"{file}:{line} : cette liste est écrite sur une ligne, changez-la à la main.")
    elif isinstance(item, Mapping):
        new = text[: node.start_mark.index].rstrip() + end + _item(item, 2 * len(path), end) + text[stop:]
    else:
        new = text[: stop - 1] + (", " if node.value else "") + inline(item, flow=True) + text[stop - 1 :]
    expected = values(text)
    entry = expected
    for step in path:
        entry = entry[step]
    entry += values(_item(item, 0, "\n"))
    return made(file, text, new, expected)


def _item(item: Value, column: int, end: str) -> str:
    """One item of a list, without its last line end."""
    body = (
        "".join(field_lines(name, value, column + 2) for name, value in item.items())[column + 2 :]
        if isinstance(item, Mapping)
        else inline(item)
    )
    return " " * column + "- " + body.rstrip("\n").replace("\n", end)


def _node(text: str, path: KeyPath) -> Any:
    # The pure Python loader: its marks count characters of this very text.
    node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    for step in path:
        if isinstance(step, int):
            node = node.value[step]
        else:
            node = next(value for key, value in node.value if key.value == step)
    return node


def _end(text: str, node: Any) -> int:
    """Where the last character of a value stands, without the blank lines and comments below it."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        start: int = node.start_mark.index
        return start + len(text[start : node.end_mark.index].rstrip())
    last = node.value[-1]
    return _end(text, last[1] if isinstance(node, yaml.MappingNode) else last)


def made(file: str, before: str, after: str, expected: Any) -> Edit:
    """A change, once the new text is known to hold exactly the values expected."""
    if values(after) != expected:
        raise UnchangedError(
            f"{file} : la modification ne peut pas être faite sûrement, faites-la à la main."
        )
    old, new = before.split("\n"), after.split("\n")
    top = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    pairs = zip(reversed(old[top:]), reversed(new[top:]), strict=False)
    bottom = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)) - top)
    return Edit(file, before, after, top + 1, len(new) - bottom)


def apply(root: Path, changes: list[Edit], check: Callable[[], object]) -> None:
    """Writes the changes, then runs `check()`; whatever it raises, every file is first put back as it was."""
    begun: list[Edit] = []
    try:
        for change in changes:
            begun.append(change)
            _write(root, change.file, change.after)
        check()
    except BaseException:  # Ctrl+C too
        for change in begun:
            if load_text(root, change.file) != change.before:
                _write(root, change.file, change.before)
        raise


def remember(root: Path, changes: list[Edit]) -> None:
    """Keeps what `undo` needs to take the changes back."""
    record = [{"file": each.file, "before": each.before, "after": each.after} for each in changes]
    write_text(root / UNDO, json.dumps(record, ensure_ascii=False))


def undo(root: Path) -> list[str]:
    """Takes the last remembered changes back; returns the files. Raises UnchangedError when they moved on since."""
    path = root / UNDO
    if not path.exists():
        raise UnchangedError("Il n’y a rien à annuler.")
    record = json.loads(path.read_text(encoding="utf-8"))
    for each in record:
        if load_text(root, each["file"]) != each["after"]:
            raise UnchangedError(
                f"{each['file']} a été modifié depuis : retirez le bloc à la main, ou revenez à la version de git."
            )
    for each in record:
        _write(root, each["file"], each["before"])
    path.unlink()
    return [each["file"] for each in record]


def _write(root: Path, file: str, text: str) -> None:
    """Replaces a file at once, keeping its rights."""
    path = root / file
    temporary = path.with_name(f".{path.name}.new")
    try:
        temporary.write_bytes(text.encode("utf-8"))
        temporary.chmod(path.stat().st_mode)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
