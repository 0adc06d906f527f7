"""Random edits of an editor, for the one question: does `check` refuse exactly what `site` refuses?

`site` begins with the very check of `check`, so what it refuses is refused there with the same places. The question
left is whether a build can still fail once `check` is content: edits that it accepts pile up, then the site is built.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from guide.site.checked import check
from guide.text.problems import GuideError
from mutations import copy_sources, mutate
from support import DATE, copy_into, environment

LINKS = (
    "[x](audit.md)", "[x](audit.md#seul)", "[x](audit.md#absent)", "[x](/audit/)", "[x](audit/)", "[x](audti.md)", "[x](#absent)",
    "[x](./audit.md)", "[x](urgence/)", "[x](urgence/index.md#agir)", "[x](checklist/index.md#phishing)", "[x](donnees/x.csv)",
    "![x](assets/images/verifier.webp)", "![](assets/images/verifier.webp)", "![x](absent.webp)", "<kbd>x</kbd>", "<video></video>",
    "<div>x</div>", "<div>x", "- a\n- b", "1) a\n2) b", "| a | b |\n| --- | --- |\n| c | d |", "> x", "## Titre {: #neuf }", "###### x",
    "<details><summary>x</summary>y</details>", "<br>", "a<br>b", "<table><tr><td>x</td></tr></table>", "\t- x", "🦷", "é★", "<sub>2</sub>",
    "!!! note \"x\"\n    y", "terme\n: sens", "<https://x>", "x[^1]", "***x***", "`x`", "```\nx\n```", "***", "<hr>", "<span>x</span>",
)  # fmt: skip


def project(root: Path) -> list[Path]:
    """A copy of the project with its program; the files that an editor may change."""
    files = copy_sources(root)
    copy_into(root, "hooks")
    return [*files, root / "mkdocs.yml"]


def edit(path: Path, random: Random) -> None:
    """One change that somebody could make: of a link, an anchor, a heading, the menu, or of anything."""
    text = path.read_text(encoding="utf-8")
    choice = random.randrange(6)
    if path.suffix == ".md" and choice < 3:
        lines = text.split("\n")
        lines[random.randrange(6, len(lines)) : 0] = ["", random.choice(LINKS), ""]
        text = "\n".join(lines)
    elif path.suffix == ".md" and choice == 3:
        text = _once(r"(?<=#)[a-z-]+(?=[ )}])", lambda found: found + "x", text, random)
    elif path.suffix == ".md" and choice == 4:
        text = _once(r"\w+(?=\.md[#)])", lambda found: found[:-1], text, random)
    elif path.name == "mkdocs.yml" and choice < 4:
        text = _once(
            r"^ .*\n",
            lambda line: random.choice(("", line * 2, line.replace(": ", ":"), "\t" + line)),
            text,
            random,
        )
    else:
        mutate(path, random, 1)
        return
    path.write_text(text, encoding="utf-8")


def _once(pattern: str, change: object, text: str, random: Random) -> str:
    found = list(re.finditer(pattern, text, re.MULTILINE))
    if not found:
        return text
    match = random.choice(found)
    assert callable(change)
    return text[: match.start()] + change(match[0]) + text[match.end() :]


def accepted(root: Path, files: list[Path], seeds: Iterable[int]) -> Iterator[tuple[int, Path, bytes]]:
    """The edits that `check` accepts on top of one another (seed, file, content before); the others are undone."""
    for seed in seeds:
        random = Random(seed)
        path = random.choice((random.choice(files), random.choice(files), root / "mkdocs.yml"))
        before = path.read_bytes()
        edit(path, random)
        try:
            check(root)
        except GuideError as error:
            assert all((root / each.place.file).exists() and each.remedy for each in error.problems), seed
            assert not any(
                ".py" in each.sentence or "Traceback" in each.sentence for each in error.problems
            ), seed
            path.write_bytes(before)
        else:
            yield seed, path, before


def refusal(root: Path) -> str:
    """What the real build says when it refuses; empty when it builds."""
    command = [
        sys.executable,
        "-m",
        "guide",
        "site",
        "--output",
        str(root / "out"),
        "--date",
        DATE,
        "--draft",
    ]
    variables = {**environment(), "PYTHONPATH": str(root / "hooks")}
    done = subprocess.run(command, cwd=root, env=variables, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr or "?"
