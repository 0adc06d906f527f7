"""What a built site holds for the search: the text of its pages, its index and its program."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from guide.search.index import ASSIGNED


def article(path: Path) -> str:
    """The text of a built page without what surrounds it."""
    html = path.read_text(encoding="utf-8")
    start = html.index("<article")
    return html[html.index(">", start) + 1 : html.rindex("</article>")]


def index_file(site: Path) -> Path:
    (found,) = (site / "search").glob("index.*.min.js")
    return found


def program_file(site: Path) -> Path:
    (found,) = (site / "search").glob("search.*.min.js")
    return found


def index(site: Path) -> dict[str, Any]:
    """The index that the real site serves."""
    text = index_file(site).read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text.removeprefix(ASSIGNED).rstrip().removesuffix(";"))
    return content


def locations(content: dict[str, Any]) -> list[str]:
    """Addresses of the sections, in order."""
    return [
        page["a"] + (f"#{section[0]}" if section[0] else "")
        for page in content["pages"]
        for section in page["n"]
    ]


def plain(html: str) -> str:
    """A quotation as the index writes it."""
    return (
        re.sub(r"</?mark>", "", html)
        .replace("&nbsp;", "\xa0")
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
    )
