"""Our search against Material's default and Pagefind, on the same pages and the same queries, in the same browser.

Run by hand: `PYTHONPATH=hooks:tests python benchmarks/search/compare.py SITE [--pagefind PYTHON]`, where SITE is the
folder that `scripts/guide site` wrote and PYTHON an interpreter that has `pagefind[bin]`. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import material
from playwright.sync_api import Page, sync_playwright

from searchbox import FIELD, LISTEN, SearchBox, queries, score
from support import CHROMIUM_FLAGS, ROOT

MODULE = "assets/javascripts/lunr/min/lunr.fr.min.js"
SETS = {
    "tuning": queries("queries", "tuning"),
    "aside": queries("queries", "aside"),
    "fresh": queries("queries-fresh"),
    "blind tuning": queries("queries-blind", "tuning"),
    "blind aside": queries("queries-blind", "aside"),
}

# From the keyup to the results in the page, as the reader's own key would do it.
KEY = """() => { const start = performance.now(), field = document.querySelector('[data-md-component=search-query]');
  field.dispatchEvent(new KeyboardEvent('keyup', {bubbles: true, key: 'End'}));
  return window.answered.then(() => performance.now() - start); }"""
SET = """(text) => { document.querySelector('[data-md-component=search-query]').value = text; }"""

# A page of results as Pagefind's own interface asks for it: the first ten, with their excerpts.
PAGEFIND = """async (text) => { const start = performance.now(), found = await window.pagefind.search(text);
  const pages = (await Promise.all(found.results.slice(0, 10).map((each) => each.data()))).map((each) => each.url);
  return {pages, time: performance.now() - start}; }"""


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


def default(site: Path, folder: Path) -> Path:
    """The same pages with Material's own French search: its module, its index, its word separator."""
    root = folder / "source"
    for name in ("docs", "data", "hooks"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("hooks/search.py, ", "")
    settings = re.sub(r"- search: \{lang: fr.*\}", "- search: {lang: fr}", settings)
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    variables = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(["mkdocs", "build", "-q", "-d", str(folder / "site")], cwd=root, env=variables, check=True)
    shutil.copy(Path(material.__file__).parent / "templates" / MODULE, folder / "site" / MODULE)
    return folder / "site"


def brotli(paths: list[Path]) -> float:
    """Weight in kB as a server with brotli sends it (Node has the encoder)."""
    script = (
        "const {brotliCompressSync: c, constants: k} = require('zlib'); let sum = 0;"
        "for (const f of process.argv.slice(1)) sum += c(require('fs').readFileSync(f), {params: {[k.BROTLI_PARAM_LGWIN]: 24}}).length;"
        "console.log(sum)"
    )
    done = subprocess.run(
        ["node", "-e", script, *map(str, paths)], capture_output=True, text=True, check=True
    )
    return int(done.stdout) / 1000


def report(name: str, ask: Callable[[str], tuple[list[str], float]], weight: str) -> None:
    """One line of the table."""
    cells, times = [], []
    for asked in SETS.values():
        answers = {}
        for query in asked:
            answers[query.text], time = ask(query.text)
            times.append(time)
        found = score(asked, answers)
        nothing = sum(1 for query in asked if not answers[query.text])
        cells.append(f"{found.hit:.1%} / {found.mrr:.3f} / {nothing}")
    slow = statistics.quantiles(times, n=20)[-1]
    print(
        f"| {name} | {' | '.join(cells)} | {statistics.median(times):.0f} ms, {slow:.0f} ms | {weight} |",
        flush=True,
    )


def material_box(page: Page, address: str) -> Callable[[str], tuple[list[str], float]]:
    """Asks the search box of the theme."""
    box = SearchBox(page, address)

    def ask(text: str) -> tuple[list[str], float]:
        page.locator(FIELD).focus()
        page.evaluate(SET, text)
        page.evaluate(LISTEN)
        time = page.evaluate(KEY)
        offered = page.locator(".md-search-result__meta").inner_text() == "Aucun document trouvé"
        return ([] if offered else [box.relative(each) for each in page.evaluate(ADDRESSES)]), time

    return ask


ADDRESSES = (
    "() => [...document.querySelectorAll('.md-search-result__item > a:first-child')].map((link) => link.href)"
)


def pagefind_box(page: Page, address: str) -> Callable[[str], tuple[list[str], float]]:
    """Asks Pagefind's own programming interface."""
    page.goto(address + "bench.html")
    page.evaluate(
        "async () => { window.pagefind = await import('/pagefind/pagefind.js'); await window.pagefind.init(); }"
    )

    def ask(text: str) -> tuple[list[str], float]:
        answer = page.evaluate(PAGEFIND, text)
        return [url.removeprefix("/").replace("index.html", "") for url in answer["pages"]], answer["time"]

    return ask


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("site", type=Path)
    parser.add_argument("--pagefind", metavar="PYTHON")
    options = parser.parse_args()
    print(f"| search | {' | '.join(SETS)} | key to results: median, 95 % | index, brotli |")
    print(f"| --- |{' --- |' * len(SETS)} --- | --- |")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = os.environ.get("GUIDE_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        plain = default(options.site, Path(folder))
        for name, site in (("Material, default", plain), ("this guide", options.site)):
            index = site / "search/search_index.json"
            weight = f"{brotli([index]):.0f} kB, {len(json.loads(index.read_text())['docs'])} entries"
            with serving(site) as address:
                report(
                    name,
                    material_box(browser.new_page(), address),
                    f"{weight}, module {brotli([site / MODULE]):.0f} kB",
                )
        if options.pagefind:
            subprocess.run(
                [options.pagefind, "-m", "pagefind", "--site", str(plain), "--root-selector", "article.md-content__inner",
                 "--exclude-selectors", ".g-foot", "--force-language", "fr"], check=True, capture_output=True,
            )  # fmt: skip
            (plain / "bench.html").write_text("<!doctype html><title>Pagefind</title>", encoding="utf-8")
            parts = [
                each
                for each in (plain / "pagefind").rglob("*")
                if each.suffix in (".pf_index", ".pf_fragment", ".pf_meta")
            ]
            total = sum(each.stat().st_size for each in parts) / 1000  # already compressed by Pagefind
            with serving(plain) as address:
                report(
                    "Pagefind",
                    pagefind_box(browser.new_page(), address),
                    f"{total:.0f} kB, fetched in pieces",
                )
        browser.close()


if __name__ == "__main__":
    main()
