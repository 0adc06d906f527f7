"""What represents the guide elsewhere: icons of a phone's home screen, and the card shown where a link is shared.

All are set by typst from the mark (`docs/assets/images/favicon.svg`) in its own fonts: the same bytes on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from guide.data import palette
from guide.data.guide import Guide
from guide.page.view import Options
from guide.paper import typesetting
from guide.paper.typesetting import Job
from guide.text import french

MARK = "docs/assets/images/favicon.svg"
ICONS: Mapping[str, int] = {
    "assets/images/icon-32.png": 32,
    "assets/images/icon-180.png": 180,  # apple-touch-icon
    "assets/images/icon-192.png": 192,
    "assets/images/icon-512.png": 512,
}
CARD, CARD_SIZE = "assets/images/card.png", (1200, 630)
MANIFEST = "manifest.json"


def files(guide: Guide, options: Options) -> dict[str, bytes]:
    """Address → content of every icon, of the card and of the manifest that names the icons; none without a mark."""
    mark = guide.root / MARK
    light, _ = palette.schemes(guide.root)
    if not mark.is_file() or not {"accent", "page", "ink", "heading"} <= light.keys():
        return {}
    shared: dict[str, Any] = {
        "mark": mark.read_text(encoding="utf-8"),
        "name": french.typeset(guide.site.name),
        "said": french.typeset(guide.site.description),
        "ground": light["accent"],
        "paper": light["page"],
        "ink": light["ink"],
        "heading": light["heading"],
    }

    def drawn(width: int, height: int, *, card: bool) -> bytes:
        job = Job("face.typ", {**shared, "width": width, "height": height, "card": card}, options.today)
        return typesetting.picture(job, 72)

    icons = {path: drawn(side, side, card=False) for path, side in ICONS.items()}
    return {
        **icons,
        CARD: drawn(*CARD_SIZE, card=True),
        MANIFEST: _manifest(guide, light["accent"], light["page"]),
    }


def _manifest(guide: Guide, theme: str, background: str) -> bytes:
    """Names and icons for a home screen; the guide stays a site, with the browser's bar."""
    icons = [
        {"src": path, "sizes": f"{side}x{side}", "type": "image/png", "purpose": "any maskable"}
        for path, side in ICONS.items()
        if side >= 192
    ]
    content = {
        "name": guide.site.name,
        "short_name": guide.site.short_name,
        "lang": "fr",
        "start_url": "./",
        "display": "browser",
        "theme_color": theme,
        "background_color": background,
        "icons": icons,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
