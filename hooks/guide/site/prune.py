"""Which files of the theme the built site never loads, and their removal."""

from __future__ import annotations

import json
from pathlib import Path

LUNR = Path("assets/javascripts/lunr")
DEFAULT_FAVICON = Path("assets/images/favicon.png")


def prune(site: Path) -> list[str]:
    """Delete source maps, search languages that the index does not use, and the theme's icon if no page shows it.

    Returns the deleted paths, relative to `site`, sorted. A module that replaces one of the theme's keeps its place.
    """
    doomed = set(site.rglob("*.map"))
    doomed |= {path for path in (site / LUNR).rglob("*") if path.is_file()} - _lunr_kept(site)
    icon = site / DEFAULT_FAVICON
    if icon.exists() and not any(
        icon.name in page.read_text(encoding="utf-8") for page in site.rglob("*.html")
    ):
        doomed.add(icon)
    for path in doomed:
        path.unlink()
    for folder in sorted((site / "assets").rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    return sorted(path.relative_to(site).as_posix() for path in doomed)


def _lunr_kept(site: Path) -> set[Path]:
    index = site / "search" / "search_index.json"
    if not index.exists():
        return set()
    config = json.loads(index.read_text(encoding="utf-8")).get("config", {})
    languages = [language for language in config.get("lang", ["en"]) if language != "en"]
    # The names that Material's search worker loads, see its `setupSearchLanguages`.
    names = {f"lunr.{language}.min.js" for language in languages}
    names |= {"lunr.stemmer.support.min.js"} if languages else set()
    names |= {"lunr.multi.min.js"} if len(config.get("lang", [])) > 1 else set()
    kept = {site / LUNR / "min" / name for name in names}
    kept |= {site / LUNR / "tinyseg.js"} if {"ja", "jp"} & set(languages) else set()
    return kept | ({site / LUNR / "wordcut.js"} if {"th", "hi"} & set(languages) else set())
