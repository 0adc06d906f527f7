"""How an ordinary Markdown table becomes readable on a phone: a class, and each cell's column name."""

from __future__ import annotations

import re
from html import escape, unescape

_TABLE = re.compile(r"<table(?P<attributes>[^>]*)>(?P<body>.*?)</table>", re.S)
_HEADING = re.compile(r'<h[1-6][^>]*\bid="(?P<id>[^"]+)"')
_HEAD = re.compile(r"<thead.*?</thead>", re.S)
_ROW = re.compile(r"<tr\b[^>]*>.*?</tr>", re.S)
_CELL = re.compile(r"<(?P<tag>t[hd])\b(?P<attributes>[^>]*)>(?P<content>.*?)(?=</t[hd]>)", re.S)
_ALIGN = re.compile(
    r'\s(?:align="(?P<old>left|center|right)"|style="text-align: (?P<css>left|center|right);?")'
)


def label_tables(html: str) -> str:
    """The page with class `g-table` on tables without a class or with one of ours, and `data-label` on their cells.

    The obsolete `align` of Markdown columns becomes a class. A table of somebody else (highlighted code, for
    instance) is left alone; a table without a head row gets no labels. A table without a caption is named by the
    heading above it.
    """
    return _TABLE.sub(lambda match: _scroll(_named(_label(match), match)), html)


def _named(table: str, match: re.Match[str]) -> str:
    headings = [*_HEADING.finditer(match.string, 0, match.start())]
    if not headings or "<caption" in table or not re.match(r'<table[^>]* class="[^"]*\bg-table\b', table):
        return table
    return table.replace("<table", f'<table aria-labelledby="{headings[-1]["id"]}"', 1)


def _scroll(table: str) -> str:
    # A form to write on stays a table, however narrow the screen: it scrolls, with the keyboard too.
    if not re.match(r'<table[^>]* class="[^"]*\bg-(?:log|keep)\b', table):
        return table
    return f'<div class="g-scroll" tabindex="0" role="region" aria-label="Tableau, à faire défiler">{table}</div>'


def _label(match: re.Match[str]) -> str:
    attributes, body = match["attributes"], match["body"]
    if "class=" not in attributes:
        attributes += ' class="g-table"'
    elif not re.search(r'class="(?:[^"]* )?g-', attributes):
        return match[0]
    elif not re.search(r'[" ]g-table[" ]', attributes):
        attributes = attributes.replace('class="', 'class="g-table ', 1)
    body = _ALIGN.sub(lambda found: f' class="g-{found["old"] or found["css"]}"', body)
    head = _HEAD.search(body)
    if head is None:
        return f"<table{attributes}>{body}</table>"
    names = [_plain(cell["content"]) for cell in _CELL.finditer(head[0])]
    scoped = re.sub(r"<th(?![^>]*scope=)(?=[\s>])", '<th scope="col"', head[0])
    rows = _ROW.sub(lambda row: _label_row(row[0], names), body[head.end() :])
    return f"<table{attributes}>{body[: head.start()]}{scoped}{rows}</table>"


def _label_row(row: str, names: list[str]) -> str:
    # Cells are counted, not spanned: a row with colspan keeps what labels it has.
    if "colspan=" in row or "rowspan=" in row:
        return row
    column = iter(names)

    def cell(found: re.Match[str]) -> str:
        name = next(column, "")
        if not name or "data-label=" in found["attributes"]:
            return found[0]
        label = f' data-label="{escape(name)}"'
        return f"<{found['tag']}{found['attributes']}{label}>{found['content']}"

    return _CELL.sub(cell, row)


def _plain(fragment: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", fragment)).strip()
