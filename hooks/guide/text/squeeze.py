"""Our own scripts and style sheets without what only their editors read."""

from __future__ import annotations

import re


def script(source: str) -> str:
    """The script without comments, indentation or blank lines (no string or pattern of ours holds any of the three)."""
    bare = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    bare = re.sub(r"(^|\s)// .*$", "", bare, flags=re.MULTILINE)
    return "\n".join(line.strip() for line in bare.splitlines() if line.strip())


def sheet(source: str) -> str:
    """The style sheet without comments, indentation or line ends (strings hold none of the three here)."""
    bare = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    return "".join(line.strip() for line in bare.splitlines())
