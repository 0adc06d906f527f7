"""Compares the guide's site with the same sources built by another generator. Exit code 1 when something is lost.

    python tests/parity.py SITE OTHER_SITE

Pages, titles, headings, tables, words, and every internal link and image, resolved and followed. What the theme
puts around the article is not compared.
"""

from __future__ import annotations

import argparse
import posixpath
import re
import sys
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

_ARTICLE = re.compile(r'<article class="md-content__inner[^>]*>(.*?)</article>', re.DOTALL)
# The printed line at the end of an article and the button of the ZIP are written by our own adapters, which another
# generator does not run.
_OURS = re.compile(r'<p class="g-printfoot">.*?</p>|<p data-zip>.*?</p>|<script.*?</script>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def article(page: Path) -> str:
    """The article of a built page, without what only our adapters add."""
    found = _ARTICLE.search(page.read_text(encoding="utf-8"))
    if found is None:
        raise SystemExit(f"{page}: no article — is it a page of this theme?")
    return _OURS.sub("", found[1])


def title(page: Path) -> list[str]:
    """The title of the window."""
    return [unescape(each) for each in re.findall(r"<title>(.*?)</title>", page.read_text(encoding="utf-8"))]


def headings(page: Path) -> list[str]:
    """Headings in order, as text."""
    found = re.findall(r"<h[1-6][^>]*>(.*?)</h[1-6]>", article(page), re.DOTALL)
    return [" ".join(unescape(_TAG.sub("", each)).split()) for each in found]


def ids(page: Path) -> list[str]:
    """Anchors of the article, in order."""
    return re.findall(r'\bid="([^"]+)"', article(page))


def tables(page: Path) -> list[str]:
    """First row of each table."""
    return [
        " ".join(unescape(_TAG.sub(" ", row)).split())
        for row in re.findall(r"<table.*?</tr>", article(page), re.DOTALL)
    ]


def words(page: Path) -> list[str]:
    """Words in order. Highlighted code is cut elsewhere by each highlighter: its words are compared joined."""
    text = re.sub(
        r"<pre.*?</pre>",
        lambda code: " " + re.sub(r"\s+", "", _TAG.sub("", code[0])) + " ",
        article(page),
        flags=re.DOTALL,
    )
    return unescape(_TAG.sub(" ", text)).split()


def links(page: Path, site: Path) -> list[str]:
    """Where internal links and images lead, from the root of the site, sorted."""
    base = page.relative_to(site).parent.as_posix()
    found = [unquote(unescape(each)) for each in re.findall(r'(?:href|src)="([^"]*)"', article(page))]
    return sorted(_resolved(each, base) for each in found if not urlsplit(each).scheme)


def _resolved(link: str, base: str) -> str:
    path, hash_, anchor = link.partition("#")
    full = posixpath.normpath(posixpath.join(base, path)) if path else base
    return ("" if full == "." else full) + hash_ + anchor


def dead(page: Path, site: Path) -> list[str]:
    """Internal links that lead to no file, or to an anchor that its page does not have."""
    wrong = []
    for link in links(page, site):
        path, _, anchor = link.partition("#")
        target = site / path
        target = target / "index.html" if target.is_dir() else target
        if not target.is_file() or (anchor and f'id="{anchor}"' not in target.read_text(encoding="utf-8")):
            wrong.append(link)
    return wrong


def differences(ours: Path, theirs: Path) -> Iterator[str]:
    """One line for each difference, page by page; nothing when the two sites say the same."""
    mine, others = ({path.relative_to(site) for path in site.rglob("index.html")} for site in (ours, theirs))
    yield from (f"{page}: absent" for page in sorted(mine - others))
    yield from (f"{page}: not in the guide" for page in sorted(others - mine))
    looks: dict[str, Callable[[Path, Path], list[str]]] = {
        "title": lambda page, _: title(page),
        "headings": lambda page, _: headings(page),
        "tables": lambda page, _: tables(page),
        "words": lambda page, _: words(page),
        "links": links,
    }
    for page in sorted(mine & others):
        for name, look in looks.items():
            here, there = look(ours / page, ours), look(theirs / page, theirs)
            if here != there:
                lost = [each for each in here if each not in there][:3]
                new = [each for each in there if each not in here][:3]
                yield f"{page}: {name}: lost {lost}, new {new}"
        yield from (f"{page}: dead link: {link}" for link in dead(theirs / page, theirs))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path)
    parser.add_argument("other", type=Path)
    options = parser.parse_args()
    found = list(differences(options.site, options.other))
    print("\n".join(found[:50]))
    pages = list(options.site.rglob("index.html"))
    count = sum(len(links(page, options.site)) for page in pages)
    print(f"{len(pages)} pages, {count} internal links and images, {len(found)} differences")
    return 1 if found or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
