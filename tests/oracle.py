"""Compares what this tree builds with what a commit built, on one fixed day; prints every difference.

    PYTHONPATH=hooks:tests python tests/oracle.py COMMIT [--queries] [--date AAAA-MM-JJ]

Pages: text, tables, headings, links and ids of the article (tests/parity.py). Everything else that is no part of the
theme (PDF, CSV, JSON, feed, calendars, texts): byte for byte. `--queries`: the answers of both search boxes, in a
browser, to the four query files. Exit code 1 when anything differs.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import io
import os
import subprocess
import sys
import tarfile
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import parity
from support import CHROMIUM_FLAGS, ROOT

DATE = "2026-11-28"
# What carries the theme's own files or the build's own weight, and is judged by other tests.
_THEME = (
    ".html",
    ".js",
    ".css",
    ".gz",
    ".zip",
    ".conf",
    ".map",
    "_headers",
    ".htaccess",
    "search_index.json",
)


def build(tree: Path, target: Path, day: str) -> Path:
    """The site of a tree, built by its own command with this interpreter."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(tree / "hooks"),
        "PYTHONUTF8": "1",
        "NO_MKDOCS_2_WARNING": "1",
    }
    command = [sys.executable, "-m", "guide", "site", "--date", day, "--output", str(target)]
    subprocess.run(command, cwd=tree, env=environment, check=True, stdout=subprocess.DEVNULL)
    return target


def extract(commit: str, target: Path) -> Path:
    """The files of a commit."""
    packed = subprocess.run(
        ["git", "-C", str(ROOT), "archive", commit], check=True, capture_output=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(target, filter="data")
    return target


def differences(before: Path, after: Path) -> Iterator[str]:
    """One line for each difference between two sites."""
    yield from parity.differences(before, after)
    for page in sorted(before.rglob("index.html")):
        other = after / page.relative_to(before)
        if other.exists() and (lost := set(parity.ids(page)) ^ set(parity.ids(other))):
            yield f"{page.relative_to(before)}: ids: {sorted(lost)[:5]}"
    old, new = (
        {path.relative_to(site) for path in site.rglob("*") if path.is_file()} for site in (before, after)
    )
    for path in sorted(old | new):
        if path.name.endswith(_THEME):
            continue
        if path not in new or path not in old:
            yield f"{path}: {'gone' if path in old else 'new'}"
        elif (before / path).read_bytes() != (after / path).read_bytes():
            yield f"{path}: other bytes"


def answers(site: Path) -> dict[str, list[str]]:
    """Query → pages, from the search box of a site served on loopback."""
    from playwright.sync_api import sync_playwright

    from searchbox import SearchBox, queries

    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(site))

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM_FLAGS)
        box = SearchBox(browser.new_page(), f"http://127.0.0.1:{server.server_port}/")
        files = ("queries", "queries-fresh", "queries-more", "queries-blind")
        found = box.answers([query.text for name in files for query in queries(name)])
        browser.close()
    server.shutdown()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("commit")
    parser.add_argument("--queries", action="store_true")
    parser.add_argument("--date", default=DATE)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        before = build(extract(options.commit, work / "tree"), work / "before", options.date)
        after = build(ROOT, work / "after", options.date)
        found = list(differences(before, after))
        if options.queries:
            old, new = answers(before), answers(after)
            found += [
                f"query « {text} »: {old[text]} → {new.get(text)}"
                for text in old
                if old[text] != new.get(text)
            ]
    print("\n".join(found) or "nothing differs")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
