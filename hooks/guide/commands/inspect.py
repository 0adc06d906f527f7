"""readability, doctor: what an editor or a maintainer asks before building."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
from pathlib import Path

from guide.commands.common import add_build_options, asked
from guide.commands.tools import BROUGHT, TOOLS, brought, find
from guide.page import readability
from guide.site.build_options import options_of
from guide.site.checked import check
from guide.site.stage import stage
from guide.text.arguments import FrenchParser
from guide.text.problems import GuideError


def readability_command(arguments: list[str], root: Path) -> int:
    """Prints the figures of each page, the hardest first, and what exceeds the writing rules."""
    parser = FrenchParser(
        "readability", "Mesure la lisibilité des pages : mots, phrases, indice de Kandel-Moles."
    )
    add_build_options(parser)
    options = parser.parse_args(arguments)
    checked = check(root)
    staged = stage(checked, options_of(checked.guide, asked(options)))
    rows = [(page, readability.measure(staged.pages[page.src])) for page in checked.pages]
    print(f"{'page':<42}{'mots':>6}{'moyenne':>9}{'plus longue':>13}{'indice':>8}")
    for page, figures in sorted(rows, key=lambda row: row[1].index):
        print(
            f"{page.id:<42}{figures.words:>6}{figures.mean_sentence:>9.1f}{figures.longest_words:>13}{figures.index:>8.0f}"
        )
        for warning in readability.warnings(figures, page.meta.list):
            print(f"    {warning}")
    return 0


def doctor(arguments: list[str], root: Path) -> int:
    """Says what is installed and what is missing for each command."""
    FrenchParser("doctor", "Dit ce qui est installé et ce qui manque.").parse_args(arguments)
    print(f"Python      {platform.python_version()} ({platform.system()})")
    for name in ("mkdocs", "mkdocs-material", "pydantic", "typst", "httptools"):
        print(f"{name:<12}{importlib.metadata.version(name)}")
    installed = {dist.name.lower() for dist in importlib.metadata.distributions()}
    print(
        "Tests       "
        + ("installés" if "pytest" in installed else "absents (installés par ./scripts/guide test)")
    )
    for tool in dict.fromkeys(tool for tools in TOOLS.values() for tool in tools):
        print(f"{tool.name:<12}{find(tool, root) or 'absent (nécessaire aux tests seulement)'}")
    for folder in BROUGHT.values():
        said = "installé" if brought(folder, root) else "absent (installé par ./scripts/guide test)"
        print(f"{folder.name:<12}{said}")
    print("uv          " + (shutil.which("uv") or "absent (pip est utilisé)"))
    try:
        check(root)
    except GuideError as error:
        print(f"Données     {len(error.problems)} problème(s) : ./scripts/guide check")
        return 1
    print("Données     en ordre")
    return 0
