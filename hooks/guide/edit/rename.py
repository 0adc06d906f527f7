"""Gives an entry or a page another name wherever it stands: data, pages, menu, tests. The old name is kept where it leads on."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from guide.data.guide import EVERY_KIND, KINDS, Guide
from guide.data.kinds import Kind
from guide.data.shape import shape
from guide.edit import change
from guide.edit.block import read, values
from guide.edit.change import Edit
from guide.page.blocks import MARKERS
from guide.page.document import CODE, Page
from guide.page.markers import Use
from guide.source import nav
from guide.source.yaml_source import KeyPath

# Kinds that keep their former names, under which readers, other sites and ticked boxes may still know them.
RENAMED: Mapping[str, Kind] = {
    kind.id: kind for kind in EVERY_KIND if "former_ids" in kind.model.model_fields
}
_TESTS = (".py", ".yml", ".js", ".txt")
_LINK = re.compile(r"(?<=\]\()(?P<path>[^()\s#:]+\.md)(?=[#)\s])")


def references(
    model: type[BaseModel], entry: Mapping[str, Any], path: KeyPath
) -> Iterator[tuple[KeyPath, str]]:
    """Path and kind of every id that an entry refers to, as its model says."""
    for name, info in model.model_fields.items():
        of, value = shape(info), entry.get(name)
        listed = (
            [((*path, name, rank), each) for rank, each in enumerate(value)]
            if isinstance(value, list)
            else []
        )
        for place, each in listed or [((*path, name), value)]:
            if of.kind and isinstance(each, str):
                yield place, of.kind
            elif of.model and isinstance(each, dict):
                yield from references(of.model, each, place)


class Renaming:
    """The files as they will be. `kind` is one of RENAMED, or « page » (names are then addresses such as `mesures/reseau`)."""

    def __init__(self, root: Path, guide: Guide, kind: str, old: str, new: str) -> None:
        self.root, self.guide, self.kind, self.old, self.new = root, guide, kind, old, new
        self.before: dict[str, str] = {}
        self.after: dict[str, str] = {}

    def edits(self) -> list[Edit]:
        """What has changed, file by file."""
        return [
            Edit(file, self.before[file], text, 1, 1)
            for file, text in self.after.items()
            if text != self.before[file]
        ]

    def text(self, file: str) -> str:
        if file not in self.after:
            self.before[file] = self.after[file] = change.load_text(self.root, file)
        return self.after[file]

    def data(self) -> None:
        """Ids in the data, and inserts in their texts; the entry itself keeps its former name."""
        for kind in KINDS.values():
            self._ids(kind)
            self.after[kind.path] = self._inserts(self.text(kind.path))
        if own := RENAMED.get(self.kind):
            index = list(getattr(self.guide, own.field)).index(self.old)
            entry = values(self.text(own.path))[index]
            former = [*entry.get("former_ids", []), self.old]
            fields = {"id": self.new, "former_ids": former}
            self.after[own.path] = change.set_fields(
                own.path, self.text(own.path), (index,), fields, list(entry)[1]
            ).after

    def _ids(self, kind: Kind) -> None:
        text = self.text(kind.path)
        source = read(text)
        entries = list(enumerate(source.value)) if kind.many else [(None, source.value)]
        lines = text.split("\n")
        for index, entry in entries:
            path: KeyPath = () if index is None else (index,)
            for place, cited in references(kind.model, entry, path):
                value: Any = source.value
                for step in place:
                    value = value[step]
                if cited == self.kind and value.strip("/") == self.old:
                    row, column = source.marks[place]
                    lines[row] = lines[row][:column] + self._token().sub(
                        self.new, lines[row][column:], count=1
                    )
        if self.kind == "page":
            lines = [
                line.replace(f"docs/{self.src(self.old)}", f"docs/{self.src(self.new)}") for line in lines
            ]
        self.after[kind.path] = "\n".join(lines)

    def _token(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w-]){re.escape(self.old)}(?![\w-])")

    def _inserts(self, text: str) -> str:
        return text.replace(f"{{{self.kind}:{self.old}}}", f"{{{self.kind}:{self.new}}}")

    def pages(self, pages: tuple[Page, ...], uses: Mapping[str, tuple[Use, ...]]) -> None:
        """References, inserts, markers and anchors in the pages."""
        for page in pages:
            file = f"docs/{page.src}"
            text = self.text(file)
            start = len(text) - len(page.body) if text.endswith(page.body) else 0
            head, body = text[:start], text[start:]
            for use in reversed(uses[page.id]):
                body = body[: use.start] + self._marker(use, body[use.start : use.end]) + body[use.end :]
            body = CODE.sub(lambda match: self.distinct(match[0]), self._inserts(body))
            if self.kind == "resource":
                body = re.sub(rf"\]\[{self.old}\]", f"][{self.new}]", body)
                body = re.sub(rf"(?<!\])\[{self.old}\]\[\]", f"[{self.old}][{self.new}]", body)
            own = re.search(rf"\{{:? *#{self.old}[ }}]", body)
            if self.kind != "page" and not own:
                body = re.sub(rf"(?<=#)(fait-)?{self.old}(?=\))", rf"\g<1>{self.new}", body)
            self.after[file] = head + body

    def _marker(self, use: Use, text: str) -> str:
        for name, argument in MARKERS[use.name].arguments.items():
            if argument.kind == self.kind and name in use.arguments:
                values = use.arguments[name].split(",") if argument.many else [use.arguments[name]]
                renamed = ",".join(self.new if each == self.old else each for each in values)
                text = text.replace(f"{name}={use.arguments[name]}", f"{name}={renamed}")
        return text

    def src(self, page_id: str) -> str:
        """The source of a page, under docs/; a page beside others in a folder of its own stays there."""
        if (self.root / "docs" / self.old / "index.md").is_file():
            return f"{page_id}/index.md"
        return f"{page_id}.md"

    def move(self, pages: tuple[Page, ...]) -> None:
        """A page: links that lead to it, its own links, the menu; its front matter keeps its former address."""
        old, new = self.src(self.old), self.src(self.new)
        for page in pages:
            file = f"docs/{page.src}"
            here = posixpath.dirname(page.src)
            then = posixpath.dirname(new if page.src == old else page.src)

            def moved(match: re.Match[str], here: str = here, then: str = then) -> str:
                target = posixpath.normpath(posixpath.join(here, match["path"]))
                if target != old and here == then:
                    return match[0]
                return posixpath.relpath(new if target == old else target, then or ".")

            self.after[file] = _LINK.sub(moved, self.text(file))
        file = f"docs/{old}"
        former = re.search(r"^former: \[(.*)\]$", self.text(file).partition("\n---")[0], re.MULTILINE)
        if former:
            self.after[file] = self.text(file).replace(former[0], f"former: [{former[1]}, {self.old}]", 1)
        else:
            self.after[file] = re.sub(
                r"^(title: [^\n]*\n(?:  [^\n]*\n)*)",
                rf"\g<1>former: [{self.old}]\n",
                self.text(file),
                count=1,
                flags=re.MULTILINE,
            )
        lines = self.text(nav.FILE).split("\n")
        found = re.compile(rf"(?<![\w/-]){re.escape(old)}(?=\s*$)")
        self.after[nav.FILE] = "\n".join(found.sub(new, line) for line in lines)

    def distinct(self, text: str) -> str:
        """The name where no model says what it is, if it cannot be taken for a word: with a hyphen, or a file's name."""
        word = self.src(self.old) if self.kind == "page" else self.old
        if "-" not in word and not word.endswith(".md"):
            return text
        by = self.src(self.new) if self.kind == "page" else self.new
        return re.sub(rf"(?<![\w-]){re.escape(word)}(?![\w-])", by, text)

    def tests(self) -> None:
        """Names in the tests."""
        for path in sorted((self.root / "tests").rglob("*")):
            if path.suffix in _TESTS and path.is_file():
                file = path.relative_to(self.root).as_posix()
                self.after[file] = self.distinct(self.text(file))


def whole(renaming: Renaming, pages: tuple[Page, ...], uses: Mapping[str, tuple[Use, ...]]) -> list[Edit]:
    """Every change of one renaming."""
    renaming.data()
    renaming.pages(pages, uses)
    if renaming.kind == "page":
        renaming.move(pages)
    renaming.tests()
    return renaming.edits()
