"""Times the paper side, each figure in a fresh process: wall seconds, CPU seconds, peak memory, pages, bytes.

    python benchmarks/printing/measure.py [--peer FOLDER]

`--peer` names a virtual environment with mkdocs, mkdocs-material and mkdocs-to-pdf: the same staged pages are
then printed by that plug-in too, and the ratio is shown. Run it on an idle machine.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "hooks"))
DATE = dt.date(2026, 11, 24)
PEER_SETTINGS = """site_name: Guide
theme: {name: material, language: fr, font: false}
plugins:
  - to-pdf: {cover: true, output_path: livret.pdf}
markdown_extensions: [abbr, admonition, attr_list, def_list, md_in_html, tables, toc]
"""


def poster(folder: Path) -> dict[str, int]:
    """The A4 sheet with its measurement, from the data, nothing kept."""
    from guide.data.guide import load
    from guide.page.view import Options
    from guide.paper import poster as maker
    from guide.paper import typesetting

    guide = load(ROOT)
    started = time.perf_counter(), time.process_time()
    job = maker.job(guide, Options(DATE), guide.sheets["affiche"])
    maker.check_fit(guide, job)
    return _report(started, typesetting.pdf(job), 1)


def sheets(folder: Path) -> dict[str, int]:
    """Every sheet but the booklet, with previews, nothing kept."""
    from guide.data.guide import load
    from guide.page.view import Options
    from guide.paper.make import sheets as make

    guide = load(ROOT)
    started = time.perf_counter(), time.process_time()
    made = make(guide, Options(DATE), folder)
    return _report(started, b"".join(sheet.pdf for sheet in made), sum(sheet.pages for sheet in made))


def warm(folder: Path) -> dict[str, int]:
    """The same when everything is kept from a first build."""
    sheets(folder)
    return sheets(folder)


def booklet_40(folder: Path) -> dict[str, int]:
    """The chapters of Urgence, about forty pages, from their Markdown; links to other chapters left out."""
    import markdown

    from guide.paper import book, typesetting
    from guide.paper.html_blocks import Converter
    from guide.source import nav
    from guide.source.html_tree import parse_strictly

    guide, options, pages = _pages()
    names, settings = nav.extensions(nav.load(ROOT))
    started = time.perf_counter(), time.process_time()
    converter = Converter(lambda page, href, in_foot: None)
    renderer = markdown.Markdown(extensions=names, extension_configs=settings)
    chapters = [
        converter.blocks(src.removesuffix(".md"), parse_strictly(renderer.reset().convert(text.split("---\n", 2)[2])))
        for src, text in pages.items() if src.startswith("urgence/")
    ]  # fmt: skip
    cover = book._cover(guide, options, guide.sheets["livret"])
    data = {**cover, "parts": [{"title": "Urgence", "chapters": chapters, "apart": True}]}
    pdf, count = book._compact(typesetting.pdf(typesetting.Job("booklet.typ", data, DATE)))
    return _report(started, pdf, count)


def booklet(folder: Path) -> dict[str, int]:
    """The whole guide in one PDF, from the pages' Markdown, with its preview."""
    from guide.paper import book

    guide, options, pages = _pages()
    started = time.perf_counter(), time.process_time()
    made = book.make(guide, options, guide.sheets["guide-complet"], pages)
    return _report(started, made.pdf, made.pages)


def _pages() -> tuple[Any, Any, dict[str, str]]:
    from guide.page.compose import compose
    from guide.page.view import Options
    from guide.paper.paper_view import PaperView
    from guide.site import stage

    checked, options = stage.check(ROOT), Options(DATE)
    titles = {page.id: page.meta.title for page in checked.pages}
    return checked.guide, options, {
        page.src: compose(page, checked.uses[page.id], PaperView(checked.guide, options, page.id, titles)).text
        for page in checked.pages
    }  # fmt: skip


def _report(started: tuple[float, float], pdf: bytes, pages: int) -> dict[str, int]:
    return {
        "wall_ms": round((time.perf_counter() - started[0]) * 1000),
        "cpu_ms": round((time.process_time() - started[1]) * 1000),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "pages": pages,
        "kb": len(pdf) // 1024,
    }


FIGURES = {each.__name__: each for each in (poster, sheets, warm, booklet_40, booklet)}


def peer(environment: Path) -> dict[str, int]:
    """The same staged pages printed by mkdocs-to-pdf."""
    pages = _pages()[2]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "mkdocs.yml").write_text(PEER_SETTINGS)
        for src, text in pages.items():
            (folder / "docs" / src).parent.mkdir(parents=True, exist_ok=True)
            (folder / "docs" / src).write_text(text)
        started = time.perf_counter(), time.process_time()
        command = [str(environment / "bin" / "mkdocs"), "build", "-q"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        target = folder / "site" / "livret.pdf"
        if not target.exists():
            raise SystemExit(f"mkdocs-to-pdf made no file:\n{done.stderr[-2000:]}")
        figures = _report(started, target.read_bytes(), 0)
    figures["peak_mb"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", type=Path)
    parser.add_argument("--one", choices=FIGURES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(FIGURES[options.one](Path(folder))))
        return
    rows = {}
    for name in FIGURES:
        tries = [
            subprocess.run(
                [sys.executable, __file__, "--one", name], capture_output=True, text=True, check=True
            )
            for _ in range(3)
        ]
        rows[name] = min((json.loads(each.stdout) for each in tries), key=lambda row: row["wall_ms"])
    if options.peer:
        rows["mkdocs-to-pdf"] = peer(options.peer)
    print(f"{'':16}{'wall ms':>9}{'CPU ms':>9}{'peak MB':>9}{'pages':>7}{'kB':>7}")
    for name, row in rows.items():
        print(
            f"{name:16}{row['wall_ms']:>9}{row['cpu_ms']:>9}{row['peak_mb']:>9}{row['pages'] or '':>7}{row['kb']:>7}"
        )
    if options.peer:
        print(
            f"mkdocs-to-pdf takes {rows['mkdocs-to-pdf']['wall_ms'] / rows['booklet']['wall_ms']:.1f} times as long as the booklet"
        )


if __name__ == "__main__":
    main()
