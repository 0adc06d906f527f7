"""Text of the data put where something else than text is read: Markdown, a spreadsheet, a theme without escaping.

Entities rather than backslashes: every Markdown reader and every HTML reader gives the same character back.
"""

from __future__ import annotations

import re

_MARKUP = re.compile(
    r"[\\`*_{}\[\]<>&#|~^=$\"]|(?<=:)/(?=/)|^[-+:!?]|(?<=^\d)[.)]|(?<=^\d\d)[.)]|(?<=^\d{3})[.)]|(?<=^\d{4})[.)]"
)
_IN_HTML = re.compile(r"[\\`*_{}\[\]|~^=$]")
_HEADING = re.compile(r"(#{2,3} )(.*?)( \{: #[\w-]+ \})?")
# A cell that a spreadsheet would run as a formula starts with one of these, spaces set aside (OWASP, « CSV injection »).
_FORMULA = re.compile(r"[\s\u00a0]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def markdown(text: str) -> str:
    """`text` as itself in the middle of Markdown, or at the start of a line of it."""
    return _MARKUP.sub(_entity, text)


def heading(line: str) -> str:
    """A Markdown heading whose words are HTML already: nothing in them is Markdown, its id stays."""
    match = _HEADING.fullmatch(line)
    return match[1] + _IN_HTML.sub(_entity, match[2]) + (match[3] or "") if match else line


def unescaped(text: str) -> str:
    """`text` for a theme that writes it into HTML as it stands."""
    return re.sub(r"[<>&\"]", _entity, text)


def cell(text: str) -> str:
    """`text` that no spreadsheet runs as a formula."""
    return "'" + text if _FORMULA.match(text) else text


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"
