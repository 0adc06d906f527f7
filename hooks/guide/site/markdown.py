"""What Markdown becomes in our pages: HTML instead of XHTML, and tables that a phone and a screen reader can read."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

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


class OurMarkdown(Extension):
    """The extension that `hooks/web.py` adds to those of mkdocs.yml."""

    def extendMarkdown(self, md: Markdown) -> None:
        self._md = md
        md.registerExtension(self)
        # After the inline patterns (20), which write the cells, and the headings' ids (5).
        md.treeprocessors.register(LabelledTables(md), "guide-tables", 3)

    def reset(self) -> None:
        """Called once Markdown has set its own form, XHTML, which MkDocs does not let one choose."""
        self._md.set_output_format("html")
