"""Cost of the guide over bare MkDocs, and of validating data. Run by hand; figures go to benchmarks/README.md.

    .venv/bin/python benchmarks/build.py [--runs 5] [--only real]

How much longer is `scripts/guide site` than `mkdocs build` of the staged folder without our hooks: with nothing kept but
PDFs and compiled templates, after an edit of one page, and when nothing has changed; how long 2,000 entries take to validate.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {
    # As on anybody's machine, Python keeps what it has compiled, of the program as of MkDocs.
    **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    "PYTHONPATH": str(ROOT / "hooks"),
    "SOURCE_DATE_EPOCH": "1795521600",
    "NO_MKDOCS_2_WARNING": "1",
}


def timed(command: list[str], cwd: Path) -> float:
    """Seconds of processor of one run, children included; a failed run stops the benchmark."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**ENVIRONMENT, "PYTHONPATH": str(cwd / "hooks")}
    subprocess.run(
        command, cwd=cwd, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def cold(project: Path) -> None:
    """Nothing is kept of the pages; PDFs and compiled templates are."""
    shutil.rmtree(project / ".cache" / "kept", ignore_errors=True)


def edited(project: Path, page: str) -> None:
    """One more line in a page."""
    path = project / "docs" / page
    path.write_text(path.read_text(encoding="utf-8") + "\nUne ligne de plus.\n", encoding="utf-8")


def versus(
    name: str,
    before: Callable[[], None],
    ours: list[str],
    ours_cwd: Path,
    bare: list[str],
    bare_cwd: Path,
    runs: int,
) -> None:
    """Runs both in turn, after what comes `before` ours, and prints medians and the median of the ratios."""
    pairs = []
    for _ in range(runs):
        before()
        pairs.append((timed(ours, ours_cwd), timed(bare, bare_cwd)))
    ratios = [a / b for a, b in pairs]
    print(
        f"{name}: ours {statistics.median(a for a, _ in pairs):.2f} s, bare {statistics.median(b for _, b in pairs):.2f} s, "
        f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})",
        flush=True,
    )


def copy_project(target: Path) -> None:
    """The project's sources with its cache, without its history or environment."""
    for name in ("docs", "data", "hooks", ".cache"):
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", target)


def grow(project: Path, pages: int, resources: int) -> None:
    """Adds copies until the project has that many pages and resources."""
    text = (project / "data/resources.yml").read_text(encoding="utf-8")
    entry = re.search(r"^- id: .*?(?=^- id: )", text, re.DOTALL | re.MULTILINE)
    assert entry
    added = []
    for number in range(resources - len(re.findall(r"^- id: ", text, re.MULTILINE))):
        copy = re.sub(r"^- id: .*$", f"- id: copie-{number}", entry[0], flags=re.MULTILINE)
        added.append(re.sub(r"^(  url: )(\S+)$", rf"\1\2/copie-{number}", copy, flags=re.MULTILINE))
    (project / "data/resources.yml").write_text(text + "".join(added), encoding="utf-8")
    body = (project / "docs/audit.md").read_text(encoding="utf-8")
    missing = pages - len(list((project / "docs").rglob("*.md")))
    for number in range(max(0, missing)):
        page = re.sub(r"^title: .*$", f"title: Copie {number}", body, count=1, flags=re.MULTILINE)
        (project / f"docs/copie-{number}.md").write_text(page, encoding="utf-8")


def bare_settings(staged: Path) -> None:
    """Takes our templates out of the settings of a staged folder: the theme's own, with the default search, are left."""
    path = staged / "mkdocs.yml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(("  custom_dir:", "plugins: []"))]
    path.write_text("".join(kept), encoding="utf-8")


def compare(project: Path, folder: Path, name: str, runs: int) -> None:
    """`site` of a project against plain MkDocs of its staged folder."""
    staged = folder / "staged"
    stage = [sys.executable, "-m", "guide", "stage", str(staged), "--mkdocs"]
    environment = {**ENVIRONMENT, "PYTHONPATH": str(project / "hooks")}
    subprocess.run(stage, cwd=project, env=environment, check=True, stdout=subprocess.DEVNULL)
    bare_settings(staged)
    ours = [sys.executable, "-m", "guide", "site", "--output", str(folder / "ours")]
    bare = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-d", str(folder / "bare")]
    timed(ours, project)
    timed(bare, staged)
    cases: tuple[tuple[str, Callable[[], None]], ...] = (
        ("cold", lambda: cold(project)),
        ("one page changed", lambda: edited(project, "lexique.md")),
        ("one page of the booklet changed", lambda: edited(project, "urgence/demarches.md")),
        ("nothing changed", lambda: None),
    )
    for case, before in cases:
        versus(f"{name}, {case}", before, ours, project, bare, staged, runs)


def validation(folder: Path) -> None:
    """Seconds to read, validate and cross-check 2,000 entries."""
    project = folder / "large"
    project.mkdir()
    copy_project(project)
    grow(project, 0, 1500)
    code = "import time; from pathlib import Path; from guide.data.guide import load; t=time.perf_counter(); g=load(Path('.')); print(len(g.resources)+len(g.facts)+len(g.laws)+len(g.measures)+len(g.glossary)+len(g.contacts)+len(g.publishers), time.perf_counter()-t)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=project, env=ENVIRONMENT, check=True, capture_output=True, text=True
    )
    entries, seconds = done.stdout.split()
    print(f"validation of {entries} entries: {float(seconds):.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", choices=("real", "validation"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.only != "real":
            validation(folder)
        if options.only != "validation":
            project = folder / "real" / "project"
            project.mkdir(parents=True)
            copy_project(project)
            compare(project, folder / "real", "real guide", options.runs)


if __name__ == "__main__":
    main()
