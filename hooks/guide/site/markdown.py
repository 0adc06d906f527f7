"""What Markdown becomes in our pages: HTML instead of XHTML, tables for phones and voices; finished HTML passes by."""

from __future__ import annotations

import itertools
import re
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from guide.source.html_tree import TOKEN, VOID

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class LabelledTables(Treeprocessor):
    """A plain table gets class `g-table`, the name of the heading above it, and each cell the name of its column.

    The obsolete `align` of a column becomes a class. (Tables written in HTML bring all that themselves.)
    """

    def run(self, root: Element) -> None:
        heading: str | None = None
        for element in root.iter():
            if element.tag in _HEADINGS:
                heading = element.get("id") or heading
            elif element.tag == "table" and "class" not in element.attrib:
                self._label(element, heading)

    @staticmethod
    def _label(table: Element, heading: str | None) -> None:
        table.set("class", "g-table")
        if heading:
            table.set("aria-labelledby", heading)
        names = [" ".join("".join(cell.itertext()).split()) for cell in table.iter("th")]
        for row in table.iter("tr"):
            for name, cell in zip(names, row, strict=False):
                if align := cell.attrib.pop("align", None):
                    cell.set("class", f"g-{align}")
                if cell.tag == "th":
                    cell.set("scope", "col")
                elif name:
                    cell.set("data-label", name)


_ID = re.compile(r"\s(id=\"[^\"]*\")")
_IDS = "<i data-ids>"


class FinishedHtml(Preprocessor):
    """Sets aside, before the two passes of a slow parser, each run of lines that is whole HTML: nine tenths of a page.

    Left in its place is its mark, and its ids for whoever checks the links to them (`ForgottenIds` takes them away).
    """

    def run(self, lines: list[str]) -> list[str]:
        found: list[str] = []
        for blank, group in itertools.groupby(lines, key=lambda line: not line.strip()):
            run = list(group)
            block = "\n".join(run)
            if blank or not self._finished(run[0], block):
                found += run
                continue
            ids = "".join(f"<i {each}>" for each in _ID.findall(block))
            found += [self.md.htmlStash.store(block), "", _IDS + ids, ""]
        return found

    def _finished(self, first: str, block: str) -> bool:
        """Whether these lines are elements that all end there, and hold no Markdown."""
        start = TOKEN.match(first) if first.startswith("<") else None
        if (
            start is None
            or not start["tag"]
            or not self.md.is_block_level(start["tag"])
            or " markdown" in block
        ):
            return False
        open_: list[str] = []
        end = 0
        for token in TOKEN.finditer(block):
            tag = (token["tag"] or "").lower()
            if not open_ and block[end : token.start()].strip():
                return False  # text beside the elements is Markdown
            end = token.end()
            if token["end"]:
                if not open_ or open_.pop() != tag:
                    return False
            elif tag and not token["empty"] and tag not in VOID:
                open_.append(tag)
        return not open_ and not block[end:].strip()


class ForgottenIds(Preprocessor):
    """Takes away the ids that `FinishedHtml` left, once MkDocs has read them."""

    def run(self, lines: list[str]) -> list[str]:
        return [line for line in lines if not line.startswith(_IDS)]


class OurMarkdown(Extension):
    """The extension that `hooks/web.py` adds to those of mkdocs.yml."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Markdown's own name
        self._md = md
        md.registerExtension(self)
        # Spaces are tidied (30) before; MkDocs looks for ids (21) between; Markdown looks for HTML (20) after.
        md.preprocessors.register(FinishedHtml(md), "guide-finished", 22)
        md.preprocessors.register(ForgottenIds(md), "guide-ids", 20.5)
        # After the inline patterns (20), which write the cells, and the headings' ids (5).
        md.treeprocessors.register(LabelledTables(md), "guide-tables", 3)

    def reset(self) -> None:
        """Called once Markdown has set its own form, XHTML, which MkDocs does not let one choose."""
        self._md.set_output_format("html")
