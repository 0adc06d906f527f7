"""How time, memory and size grow with the guide, beside bare MkDocs. Run by hand; figures and plot go to README.md.

    .venv/bin/python benchmarks/scale/grow.py [--pages 10 100 1000] [--resources 100 10000] [--plot curve.svg]

Each size is a synthetic guide: what `init` writes, grown with numbered pages and resources. « bare » is MkDocs with
the same theme on the same staged pages, without our hooks. Seconds are of processor (user and system), so that a busy
machine changes little; memory is the largest resident set of one process.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INHERITED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT = {**INHERITED, "SOURCE_DATE_EPOCH": "1795521600", "NO_MKDOCS_2_WARNING": "1"}
MEASURE = "import resource, subprocess, sys; code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); used = resource.getrusage(resource.RUSAGE_CHILDREN); print(used.ru_maxrss, used.ru_utime + used.ru_stime, code)"


@dataclass(frozen=True)
class Run:
    """One build: seconds of processor, megabytes of memory, megabytes and number of files written."""

    seconds: float
    memory: float
    size: float
    files: int


def grow(folder: Path, pages: int, resources: int) -> Path:
    """A new guide with at least that many pages and resources; its folder."""
    project = folder / f"guide-{pages}-{resources}"
    guide("init", str(project), root=ROOT)
    data = project / "data/resources.yml"
    text = data.read_text(encoding="utf-8")
    entries = re.findall(r"^- id: .*?(?=^- id: |\Z)", text, re.DOTALL | re.MULTILINE)
    model = next(entry for entry in entries if re.search(r"^  url: https", entry, re.MULTILINE))
    for number in range(resources - len(entries)):
        copy = re.sub(r"^- id: .*$", f"- id: copie-{number}", model, flags=re.MULTILINE)
        copy = re.sub(r"^(  url: )(\S+)$", rf"\1\2?copie={number}", copy, flags=re.MULTILINE)
        text += re.sub(r"^(  title: )(.*)$", rf"\1Document numéro {number}", copy, flags=re.MULTILINE)
    data.write_text(text, encoding="utf-8")
    body = (project / "docs/sauvegardes.md").read_text(encoding="utf-8")
    names = []
    for number in range(pages - len(list((project / "docs").rglob("*.md")))):
        # A page of another theme than the one that shows the measures: markers are used once.
        page = re.sub(r"^title: .*$", f"title: Page numéro {number}", body, count=1, flags=re.MULTILINE)
        page = re.sub(r"^<!-- guide:measures.*-->$\n|^printed: true\n", "", page, flags=re.MULTILINE)
        (project / f"docs/page-{number}.md").write_text(page, encoding="utf-8")
        names.append(f"          - page-{number}.md\n")
    settings = project / "mkdocs.yml"
    if names:
        lines = settings.read_text(encoding="utf-8")
        nested = "      - Toutes:\n" + "".join(names)
        settings.write_text(
            re.sub(r"^  - Thèmes:\n", f"  - Thèmes:\n{nested}", lines, flags=re.MULTILINE), encoding="utf-8"
        )
    return project


def guide(*arguments: str, root: Path) -> None:
    """Runs a command of the guide; its own words on failure."""
    command = [sys.executable, "-m", "guide", *arguments]
    environment = {**ENVIRONMENT, "PYTHONPATH": str(root / "hooks")}
    done = subprocess.run(
        command,
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(arguments)}: {done.stdout}{done.stderr}")


def bare_settings(staged: Path) -> None:
    """Takes our templates out of the settings of a staged folder: the theme's own, with the default search, are left."""
    path = staged / "mkdocs.yml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(("  custom_dir:", "plugins: []"))]
    path.write_text("".join(kept), encoding="utf-8")


def build(project: Path, target: Path, hooks: Path | None) -> Run:
    """One build, by our command or by plain MkDocs, measured from outside."""
    bare = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(target)]
    command = [sys.executable, "-m", "guide", "site", "--output", str(target)] if hooks else bare
    environment = {**ENVIRONMENT, **({"PYTHONPATH": str(hooks)} if hooks else {})}
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *command],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    memory, seconds, code = done.stdout.split()
    if code != "0":
        sys.exit(f"{project}: the build failed ({code})")
    files = [path for path in target.rglob("*") if path.is_file()]
    return Run(
        float(seconds), int(memory) / 1024, sum(path.stat().st_size for path in files) / 1e6, len(files)
    )


def measure(sizes: Sequence[tuple[int, int]]) -> Iterator[dict[str, object]]:
    """Both builds of each size, smallest first."""
    with tempfile.TemporaryDirectory() as name:
        for pages, resources in sizes:
            folder = Path(name) / f"{pages}-{resources}"
            folder.mkdir()
            project = grow(folder, pages, resources)
            build(
                project, folder / "ours", project / "hooks"
            )  # sets the PDFs, which are kept for the next builds
            shutil.rmtree(project / ".cache" / "kept")
            ours = build(project, folder / "ours", project / "hooks")
            with (project / "docs/lexique.md").open("a", encoding="utf-8") as page:
                page.write("\nUne ligne de plus.\n")
            kept = build(project, folder / "ours", project / "hooks")
            guide("stage", str(folder / "staged"), "--mkdocs", root=project)
            bare_settings(folder / "staged")
            bare = build(folder / "staged", folder / "bare", None)
            pages = len(
                list((project / "docs").rglob("*.md"))
            )  # what `init` writes is the smallest guide there is
            row = {
                "pages": pages,
                "resources": resources,
                "ours": vars(ours),
                "kept": vars(kept),
                "bare": vars(bare),
            }
            print(
                f"{pages:>5} pages {resources:>6} resources: ours {ours.seconds:.1f} s {ours.memory:.0f} MB {ours.size:.1f} MB in {ours.files} files; "
                f"bare {bare.seconds:.1f} s {bare.memory:.0f} MB {bare.size:.1f} MB; ratio {ours.seconds / bare.seconds:.2f}; "
                f"one page changed {kept.seconds:.1f} s {kept.memory:.0f} MB, ratio {kept.seconds / bare.seconds:.2f}",
                flush=True,
            )
            yield row


def plot(rows: Sequence[dict[str, object]], target: Path) -> None:
    """Seconds of processor and memory against pages, as an SVG without script or font (matplotlib, installed by hand)."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    plt.rcParams.update({"svg.fonttype": "path", "svg.hashsalt": "guide"})
    figure, axes = plt.subplots(1, 2, figsize=(9, 3.4))
    for axis, key, label in ((axes[0], "seconds", "seconds"), (axes[1], "memory", "memory, MB")):
        for resources in sorted({row["resources"] for row in rows}):
            mine = [row for row in rows if row["resources"] == resources]
            for kind, style in (("ours", "o-"), ("bare", "s--")):
                axis.plot(
                    [row["pages"] for row in mine],
                    [row[kind][key] for row in mine],
                    style,
                    label=f"{kind}, {resources:,} resources",
                )
        axis.set(xscale="log", yscale="log", xlabel="pages", ylabel=label)
        axis.set_xticks(sorted({row["pages"] for row in rows}))
        for direction in (axis.xaxis, axis.yaxis):
            direction.set_major_formatter("{x:g}")
            direction.set_minor_formatter("")
        axis.grid(alpha=0.3)
    axes[0].legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(target, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--resources", type=int, nargs="+", default=[100, 10000])
    parser.add_argument("--json", type=Path, help="where to keep the figures")
    parser.add_argument("--plot", type=Path, help="where to draw the curve (needs matplotlib)")
    options = parser.parse_args()
    sizes = [(pages, resources) for resources in options.resources for pages in options.pages]
    rows = list(measure(sizes))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    if options.plot:
        plot(rows, options.plot)


if __name__ == "__main__":
    main()
