"""Links invented or missed in real Markdown, against a CommonMark parser of other people.

    uv pip install markdown-it-py==4.3.0 mdit-py-plugins==0.7.0
    PYTHONPATH=hooks python benchmarks/links/reading.py FOLDER … [--limit 1000]

Reads the Markdown files under the folders (documentation that packages bring along), renders each with markdown-it
(tables, footnotes, definition lists, front matter) and takes `href` and `src` of what it renders. Addresses that stand
by themselves are set aside on both sides: CommonMark does not link them.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

from guide.links.bare import addresses
from guide.links.prose import scan_markdown


class _Rendered(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.urls += [value or "" for name, value in attrs if (tag, name) in {("a", "href"), ("img", "src")}]


def plain(url: str) -> str:
    """As both sides write it: renderers encode what the source leaves as it is."""
    return unquote(url).replace(" ", "").lower()


def main() -> int:
    """Prints the count of files, links, invented and missed ones, with their files."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--limit", type=int, default=1000)
    options = parser.parse_args()
    other = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    other.validateLink = lambda url: True  # type: ignore[method-assign]
    for plugin in (footnote_plugin, deflist_plugin, front_matter_plugin):
        other.use(plugin)
    files = sorted(path for folder in options.folders for path in folder.rglob("*.md") if path.is_file())
    step = max(1, len(files) // options.limit)
    counts: Counter[str] = Counter()
    for path in files[::step][: options.limit]:
        text = path.read_bytes().decode("utf-8", "replace")
        rendered = _Rendered()
        rendered.feed(other.render(text))
        theirs = {
            plain(url) for url in rendered.urls if url.lower().startswith(("http:", "https:", "mailto:"))
        }
        ours = {
            plain(one.url)
            for one in scan_markdown(text)
            if one.url.lower().startswith(("http:", "https:", "mailto:"))
        }
        bare = {plain(url) for url, _ in addresses(text)}
        counts["files"] += 1
        counts["links"] += len(theirs)
        for kind, urls in (("invented", ours - theirs - bare), ("missed", theirs - ours)):
            counts[kind] += len(urls)
            for url in sorted(urls)[:3]:
                print(f"{kind}: {path}: {url[:120]}")
    print(dict(counts))
    return 1 if counts["invented"] + counts["missed"] else 0


if __name__ == "__main__":
    sys.exit(main())
