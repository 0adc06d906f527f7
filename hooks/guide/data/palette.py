"""The colours of drawings: a class for each token, so that a drawing is dark, in forced colours or on paper by itself.

An attribute holds the light value, which typst prints; a class lets the style sheet override it on screen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

TOKENS = Path("docs") / "assets" / "css" / "tokens.css"

# Class → the property it gives and the token it takes.
PALETTE: Mapping[str, tuple[str, str]] = {
    "dr": ("stroke", "ink"),
    "dr-t": ("fill", "ink"),
    "dr-u": ("fill", "ink-2"),
    "dr-f": ("fill", "surface"),
    "dr-g": ("stroke", "surface"),
    "dr-s": ("fill", "accent-soft"),
    "dr-a": ("stroke", "accent"),
    "dr-k": ("fill", "accent"),
    "dr-o": ("stroke", "on-accent"),
    "dr-p": ("fill", "on-accent"),
    "dr-r": ("stroke", "urgent-ink"),
    "dr-b": ("fill", "urgent"),
    "dr-w": ("fill", "on-urgent"),
    "dr-l": ("stroke", "line-strong"),
}

# What every drawing starts from; the same as `vector.ROOT`, which is for whoever has no style sheet.
LINES = ".dr{fill:none;stroke-width:2;stroke-linecap:round;stroke-linejoin:round;font-size:15px}"

# Drawings keep two colours where the reader has chosen two: what is filled is told by its edge, a badge by its inversion.
FORCED = (
    "@media (forced-colors:active){"
    ".dr,.dr-r,.dr-a,.dr-l{stroke:CanvasText}.dr-t,.dr-u{fill:CanvasText}.dr-f,.dr-s{fill:Canvas}"
    ".dr-k,.dr-b{fill:CanvasText}.dr-o,.dr-g{stroke:Canvas}.dr-p,.dr-w{fill:Canvas;forced-color-adjust:none}}"
)

_BLOCK = re.compile(r"(?P<selector>[^{}]+)\{(?P<body>[^{}]*--c-page:[^{}]*)\}")
_SAID = re.compile(r' (?:fill|stroke)="#[0-9a-fA-F]{3,6}"')
_COLOUR = re.compile(r"--c-(?P<name>[\w-]+)\s*:\s*(?P<value>#[0-9a-fA-F]{3,6})\b")


def schemes(root: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Token → colour in light, then in dark, as the guide's style sheet writes them; both empty without that sheet."""
    path = root / TOKENS
    sheet = path.read_text(encoding="utf-8") if path.is_file() else ""
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for block in _BLOCK.finditer(sheet):
        target = dark if "slate" in block["selector"] else light
        for found in _COLOUR.finditer(block["body"]):
            target.setdefault(found["name"], found["value"].lower())  # paper comes last, and is light already
    return light, dark


def rules() -> str:
    """The style sheet of every drawing: each class takes its token, whatever the scheme."""
    each = "".join(f".{name}{{{kind}:var(--c-{token})}}" for name, (kind, token) in PALETTE.items())
    return f"{LINES}{each}{FORCED}\n"


def alone(root: Path) -> str:
    """The same for a page without the guide's style sheets: with the tokens, light and dark as the device prefers."""
    used = dict.fromkeys(token for _, token in PALETTE.values())
    light, dark = (
        ";".join(f"--c-{token}:{colours[token]}" for token in used if token in colours)
        for colours in schemes(root)
    )
    return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}{rules()}"


def by_class(body: str) -> str:
    """The same shapes for a page with `rules()`: a checked colour is its class's, and need not be said twice."""
    return _SAID.sub("", body)


def expected(names: str, light: Mapping[str, str]) -> dict[str, str]:
    """Property → colour that these classes give in light."""
    return {
        PALETTE[name][0]: light[PALETTE[name][1]]
        for name in names.split()
        if name in PALETTE and PALETTE[name][1] in light
    }


def same(one: str, other: str) -> bool:
    """Whether two colours are one: `#FFF` is `#ffffff`."""
    return _long(one) == _long(other)


def _long(colour: str) -> str:
    colour = colour.lower()
    return "#" + "".join(c * 2 for c in colour[1:]) if re.fullmatch(r"#[0-9a-f]{3}", colour) else colour
