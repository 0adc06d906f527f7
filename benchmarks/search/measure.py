"""The search of a built site, typed into its box: how well and how fast it answers, and what it weighs.

Run by hand: `PYTHONPATH=hooks:tests .venv/bin/python benchmarks/search/measure.py SITE`, where SITE is the folder that
`scripts/guide site` wrote. Prints Markdown.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import os
import shutil
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli
from playwright.sync_api import Page, sync_playwright

from searchbox import SearchBox, queries, score
from searchsite import index_file, program_file
from support import CHROMIUM_FLAGS

SETS = {
    "frozen": queries("queries-frozen"),
    "emergencies": queries("emergencies"),
    "tuning": queries("queries", "tuning"),
    "aside": queries("queries", "aside"),
    "fresh": queries("queries-fresh"),
    "blind tuning": queries("queries-blind", "tuning"),
    "blind aside": queries("queries-blind", "aside"),
}

# Every key of every text, from the event to the results laid out, in milliseconds.
KEYS = """(texts) => texts.flatMap((text) => [...text].map((_, key) => {
  const field = document.getElementById('search-words'), start = performance.now();
  field.value = text.slice(0, key + 1);
  field.dispatchEvent(new Event('input', {bubbles: true}));
  document.querySelector('.g-search__found').getBoundingClientRect();
  return performance.now() - start;
}))"""
WHOLE = KEYS.replace("[...text].map((_, key)", "[0].map(()").replace("text.slice(0, key + 1)", "text")

# Texts that nobody types, and that must not hold the page.
ODD = {
    "200,000 letters a": "a" * 200_000,
    "3,000 times « mot de passe »": "mot de passe " * 3000,
    "8,000 words of noise": "zqxj kvwz " * 4000,
    "six misspelt words, again and again": "hamessonnaje ransongicielle servveur pirattage sovegarde orrdinateur "
    * 300,
    "other scripts": "攻撃 サイバー взлом 🔒 " * 2000,
}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """Loopback address of a folder."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def kilobytes(path: Path) -> float:
    return len(brotli.compress(path.read_bytes())) / 1000


def report(page: Page, address: str, site: Path) -> None:
    """Prints the tables."""
    box = SearchBox(page, address)
    print(
        "| set | queries | right first | within three | mean reciprocal rank |\n| --- | --- | --- | --- | --- |"
    )
    for name, asked in SETS.items():
        found = score(asked, box.answers([query.text for query in asked]))
        print(f"| {name} | {len(asked)} | {found.first:.1%} | {found.hit:.1%} | {found.mrr:.3f} |")
    every = [query.text for asked in SETS.values() for query in asked][
        ::4
    ]  # a quarter of the texts, every key of each
    times = page.evaluate(KEYS, every)
    median, slow = statistics.median(times), statistics.quantiles(times, n=100)[94]
    print(
        f"\nKey to results, {len(times)} keys: median {median:.1f} ms, 95 % {slow:.1f} ms, longest {max(times):.0f} ms."
    )
    for name, text in ODD.items():
        (time,) = page.evaluate(WHOLE, [text])
        print(f"{name}: {time:.0f} ms.")
    print(
        f"Program {kilobytes(program_file(site)):.1f} kB, index {kilobytes(index_file(site)):.1f} kB, brotli."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    options = parser.parse_args()
    with sync_playwright() as playwright, serving(options.site) as address:
        path = os.environ.get("GUIDE_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        report(browser.new_page(viewport={"width": 1366, "height": 900}), address, options.site)
        browser.close()


if __name__ == "__main__":
    main()
