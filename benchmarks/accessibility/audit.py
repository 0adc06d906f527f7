"""axe-core on every page and every state, in both schemes and at three widths: the product of which tests run a part.

Run by hand: `PYTHONPATH=hooks:tests python benchmarks/accessibility/audit.py SITE [--axe FILE] [--quick]`, where SITE is
the folder that `scripts/guide site` wrote and FILE another `axe.min.js` than the locked one. Says where it is on stderr,
prints a Markdown table, and exits with 1 when a rule is broken.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import itertools
import os
import shutil
import sys
import threading
import time
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from support import CHROMIUM_FLAGS
from webaudit import SCRIPT, faults, measured, walk
from webstates import NO_TABS, STATES, TEMPLATES, State, open_folds, open_menu, search
from websupport import pages_of

SCHEMES, WIDTHS = ("light", "dark"), (1280, 390, 320)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


def states_of(site: Path, width: int, quick: bool) -> list[State]:
    """Every page as it opens and unfolded, the search and the menu on each kind of page, and every tool in use."""
    pages = TEMPLATES.values() if quick else pages_of(site)
    states = [
        State(f"{path or 'accueil'} {name}", path, put)
        for path in pages
        for name, put in (("", lambda page: None), ("déplié", open_folds))
    ]
    for name, path in TEMPLATES.items():
        states.append(State(f"{name}, recherche", path, search("rançon")))
        if width < NO_TABS:
            states.append(State(f"{name}, menu", path, open_menu))
    return [*states, *STATES]


def audit(
    browser: Browser, url: str, site: Path, window: tuple[str, int], axe: Axe, quick: bool
) -> tuple[str, list[str]]:
    """One row of the table and the faults of one window."""
    scheme, width = window
    started, wrong, stops = time.monotonic(), [], 0
    states = states_of(site, width, quick)
    for rank, state in enumerate(states, 1):
        context = browser.new_context(
            locale="fr-FR",
            reduced_motion="reduce",
            color_scheme=scheme,
            viewport={"width": width, "height": 800},
        )
        page = context.new_page()
        page.add_init_script(path=SCRIPT)
        page.goto(url + state.path)
        state.put(page)
        found_here = faults(page, axe)
        if not state.name.endswith(", recherche"):  # what is under the list of results is not in reach
            found_here += measured(page, "small")
        if state.put is open_folds:
            page.reload()
            found = walk(page)
            stops += found["count"]
            found_here += found["wrong"]
        context.close()
        for fault in found_here:
            wrong.append(f"{state.name}: {fault}")
            print(f"\n{wrong[-1]}", file=sys.stderr)
        print(f"\r{scheme} {width} px : {rank}/{len(states)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    row = f"| {scheme} | {width} | {len(states)} | {stops} | {len(wrong)} | {time.monotonic() - started:.0f} s |"
    return row, [f"{scheme}, {width} px, {each}" for each in wrong]


def main() -> int:
    """Audits every window in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("--axe", type=Path, help="another axe.min.js")
    parser.add_argument("--quick", action="store_true", help="one page of each kind")
    options = parser.parse_args()
    axe = Axe.from_file(options.axe) if options.axe else Axe()
    handler = functools.partial(_Quiet, directory=str(options.site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    print(
        "| scheme | width | pages and states | Tab stops | faults | time |\n| --- | --- | --- | --- | --- | --- |"
    )
    wrong: list[str] = []
    with sync_playwright() as playwright:
        path = os.environ.get("GUIDE_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        for window in itertools.product(SCHEMES, WIDTHS):
            row, found = audit(browser, url, options.site, window, axe, options.quick)
            print(row, flush=True)
            wrong += found
        browser.close()
    server.shutdown()
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
