#!/usr/bin/env python3
"""Makes the pictures of the page « Contribuer » from the real thing: run by hand when what they show has changed.

    PYTHONPATH=hooks:tests .venv/bin/python scripts/pictures.py

The terminal is the real output of the real commands on a broken copy of the project; the page is the one that
`serve` shows. Needs a Chromium (GUIDE_CHROMIUM). Writes docs/assets/images/*.webp.
"""

from __future__ import annotations

import html
import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs/assets/images"
WIDTH = 760
TERMINAL = """<!doctype html><html lang="fr"><meta charset="utf-8"><style>
body{margin:0;padding:18px 22px;background:#fbfaf7;color:#1d2b2a;font:15px/1.5 "DejaVu Sans Mono",monospace;white-space:pre-wrap}
b{color:#0b5a57}</style><body>"""


def broken_copy(folder: Path) -> Path:
    """The project with two slips of an editor: a date and a link."""
    project = folder / "guide"
    project.mkdir()
    for name in ("docs", "data", "hooks"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", project)
    if (ROOT / ".cache").exists():
        shutil.copytree(ROOT / ".cache", project / ".cache")
    identity = ["-c", "user.name=guide", "-c", "user.email=guide@example.org"]
    for command in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "état"]):
        subprocess.run(["git", *command], cwd=project, check=True)
    return project


def slip(project: Path) -> None:
    """Two slips that happen: a date written as people say it, a page that does not exist."""
    facts = project / "data/facts.yml"
    text = facts.read_text(encoding="utf-8")
    start = text.index("review_by:")
    end = text.index("\n", start)
    facts.write_text(f'{text[:start]}review_by: "16 décembre 2026"{text[end:]}', encoding="utf-8")
    page = project / "docs/imprimer.md"
    page.write_text(
        page.read_text(encoding="utf-8") + "\nVoir aussi [les sauvegardes](mesure/sauvegarde.md).\n",
        encoding="utf-8",
    )


def run(project: Path, *arguments: str, typed: str = "") -> str:
    """What a command prints on both outputs."""
    environment = {**os.environ, "PYTHONPATH": str(project / "hooks"), "COLUMNS": "88"}
    command = [sys.executable, "-m", "guide", *arguments]
    done = subprocess.run(
        command, cwd=project, env=environment, input=typed, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def terminal(page: Page, name: str, command: str, output: str) -> None:
    """A picture of a terminal that has just answered."""
    page.set_viewport_size({"width": WIDTH, "height": 100})
    page.set_content(
        f"{TERMINAL}<b>$ ./scripts/guide {html.escape(command)}</b>\n{html.escape(output.strip())}</body></html>"
    )
    keep(name, page.locator("body").screenshot())


def keep(name: str, png: bytes) -> None:
    """Writes a picture of the page, light enough to be in the repository."""
    Image.open(io.BytesIO(png)).convert("RGB").save(PICTURES / f"{name}.webp", quality=80, method=6)
    print(PICTURES / f"{name}.webp", (PICTURES / f"{name}.webp").stat().st_size)


def served(page: Page, project: Path, name: str) -> None:
    """A picture of the page that `serve` shows over the slips."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(project / "hooks")}
    command = [sys.executable, "-m", "guide", "serve", "--port", str(port)]
    process = subprocess.Popen(
        command,
        cwd=project,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait(f"http://127.0.0.1:{port}/imprimer/", "Imprimer")
        slip(project)
        wait(f"http://127.0.0.1:{port}/imprimer/", "problèmes à corriger")
        page.set_viewport_size({"width": WIDTH, "height": 560})
        page.goto(f"http://127.0.0.1:{port}/imprimer/")
        keep(name, page.screenshot())
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def wait(address: str, text: str) -> None:
    """Until the page says `text`; two minutes at most."""
    for _ in range(240):
        try:
            with urlopen(address, timeout=60) as answer:
                if text in answer.read().decode():
                    return
        except OSError:
            pass
        time.sleep(0.5)
    raise SystemExit(f"{address}: « {text} » never came")


def main() -> None:
    path = os.environ.get("GUIDE_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(device_scale_factor=1, locale="fr-FR")
        project = broken_copy(Path(name))
        served(page, project, "erreur-dans-la-page")
        page = browser.new_page()  # without the policy of the page before
        terminal(page, "verifier", "check", run(project, "check"))
        browser.close()


if __name__ == "__main__":
    main()
