"""Cost of the guide over bare MkDocs, and of validating data. Run by hand; figures go to benchmarks/README.md.

    .venv/bin/python benchmarks/build.py [--runs 5]

Three questions: how much longer is `scripts/guide site` than `mkdocs build` of the staged folder without
our hooks; what share of a build of 100 pages and 500 resources our hooks take; how long 2,000 entries
take to validate.
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
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {
    **os.environ,
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


def versus(name: str, ours: list[str], ours_cwd: Path, bare: list[str], bare_cwd: Path, runs: int) -> None:
    """Runs both in turn after a warm-up and prints medians and the median of the ratios."""
    timed(ours, ours_cwd)
    timed(bare, bare_cwd)
    pairs = [(timed(ours, ours_cwd), timed(bare, bare_cwd)) for _ in range(runs)]
    ratios = [a / b for a, b in pairs]
    print(
        f"{name}: ours {statistics.median(a for a, _ in pairs):.2f} s, bare {statistics.median(b for _, b in pairs):.2f} s, "
        f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
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
    ours = [sys.executable, str(ROOT / "scripts/guide"), "site", "--output", str(folder / "ours")]
    if project != ROOT:
        ours = [sys.executable, "-m", "guide", "site", "--output", str(folder / "ours")]
    bare = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-d", str(folder / "bare")]
    versus(name, ours, project, bare, staged, runs)


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
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        validation(folder)
        (folder / "real").mkdir()
        compare(ROOT, folder / "real", "real guide", runs)
        grown = folder / "grown" / "project"
        grown.mkdir(parents=True)
        copy_project(grown)
        grow(grown, 100, 500)
        compare(grown, folder / "grown", "100 pages, 500 resources", runs)


if __name__ == "__main__":
    main()
