"""Counts the Python of hooks/ and scripts/: lines of code without docstrings, comments and blank lines; modules.

    python benchmarks/size.py [FOLDER]

Count after `ruff format`: one style, one measure.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from pathlib import Path

SILENT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}


def code_lines(text: str) -> int:
    """How many lines hold a token that is neither a comment nor part of a docstring."""
    documented = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(getattr(first.value, "value", None), str):
                documented.update(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    held: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in SILENT:
            held.update(range(token.start[0], token.end[0] + 1))
    return len(held - documented)


def python_files(root: Path) -> list[Path]:
    """The program: every module of hooks/, every script of scripts/."""
    scripts = [path for path in (root / "scripts").iterdir() if path.suffix == ".py" or path.name == "guide"]
    return sorted([*(root / "hooks").rglob("*.py"), *scripts])


def main(root: Path) -> None:
    """Prints the counts of the whole and of each room."""
    rooms: dict[str, list[int]] = {}
    for path in python_files(root):
        parts = path.relative_to(root).parts[:-1]
        rooms.setdefault("/".join(parts[:3]), []).append(code_lines(path.read_text(encoding="utf-8")))
    for room, counts in sorted(rooms.items()):
        print(f"{room:32} {sum(counts):6} lines {len(counts):4} files")
    every = [count for counts in rooms.values() for count in counts]
    print(f"{'together':32} {sum(every):6} lines {len(every):4} files")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
