"""Odd files, odd places, odd surroundings: one French sentence each."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from guide.commands.swap import misplaced, refusal
from guide.site.checked import check
from guide.text.problems import GuideError
from messages import Said
from mutations import copy_sources, printable
from support import ROOT, environment


def link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def text(content: str) -> Callable[[Path], None]:
    return lambda path: path.write_text(content)


def big(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100_000_000)


PAGE = "---\ntitle: Essai\ndescription: Une page d’essai.\n---\n# Essai\n\nTexte.\n"
CASES: tuple[tuple[str | bytes, Callable[[Path], None]], ...] = (
    ("docs/page.md", link("/etc/passwd")),
    ("docs/images", link("/etc")),
    ("docs/assets-2", link(".")),
    ("docs/boucle.md", link("boucle.md")),
    ("docs/rien.md", link("absent.md")),
    ("data/facts.yml", link("/etc/passwd")),
    ("data/facts.yml", link("/dev/zero")),
    ("data/facts.yml", os.mkfifo),
    ("data/facts.yml", Path.mkdir),
    ("data/link-rules.yml", os.mkfifo),
    ("docs/tube.md", os.mkfifo),
    ("docs/tube.bin", os.mkfifo),
    ("docs/dossier.md", Path.mkdir),
    ("mkdocs.yml", os.mkfifo),
    ("mkdocs.yml", lambda path: path.write_bytes(b"\xff")),
    ("mkdocs.yml", text("a: [\n")),
    ("data/facts.yml", big),
    ("docs/grosse.md", big),
    ("docs/utf16.md", lambda path: path.write_bytes(PAGE.encode("utf-16"))),
    ("docs/latin1.md", lambda path: path.write_bytes(PAGE.encode("cp1252"))),
    ("data/facts.yml", lambda path: path.write_bytes(b"- id: a\n  value: \x00\n")),
    ("docs/nul.md", text(PAGE + "\x00\x1b[31m\n")),
    ("docs/a\nb.md", text(PAGE)),
    (b"docs/\xff\xfe.md", text(PAGE)),
    ("docs/\x1b[31m.md", text(PAGE)),
    ("docs/ma page.md", text(PAGE)),
    ("docs/-page.md", text(PAGE)),
    ("docs/README.md", text(PAGE)),
    (f"docs/{'a' * 200}.md", text(PAGE)),
    ("docs/Sauvegardes.md", text(PAGE)),
    ("docs/accueil.md", text(PAGE)),
    ("docs/checklist.md", text(PAGE)),
    ("docs/404.html", text("x")),
    ("docs/lien.md", text(PAGE + "[x](java\tscript&#58;alert) [y](java&#115;cript:x)\n")),
    ("docs/geste.md", text(PAGE + "<img src=x onerror=alert(1)>\n")),
)  # fmt: skip


@pytest.fixture(scope="module")
def sources(new_small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small guide: it is read as ours is, in a third of the time."""
    return Path(shutil.copytree(new_small, tmp_path_factory.mktemp("odd") / "guide"))


@pytest.mark.parametrize(("name", "make"), CASES, ids=[ascii(case[0])[:30] for case in CASES])
def test_an_odd_file_is_one_sentence(
    sources: Path, said: Said, name: str | bytes, make: Callable[[Path], None]
) -> None:
    path = sources / os.fsdecode(name)
    before = path.read_bytes() if path.is_file() else None
    path.unlink(missing_ok=True)
    make(path)
    try:
        with pytest.raises(GuideError) as refused:
            check(sources)
    finally:
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        if before is not None:
            path.write_bytes(before)
    said(refused.value)
    assert printable(refused.value.summary().split("\n"))


@pytest.mark.parametrize(
    "place", ["/", ".", "..", "docs", "docs/x", "data", "hooks/x", ".git/x", "mkdocs.yml"]
)
def test_nothing_is_written_over_the_sources(place: str) -> None:
    assert misplaced(ROOT / place, ROOT)


def test_a_link_to_the_sources_is_followed_before_it_is_refused(tmp_path: Path, said: Said) -> None:
    (tmp_path / "site").symlink_to(ROOT / "docs")
    said(str(refusal(tmp_path / "site", ROOT)))
    (tmp_path / "boucle").symlink_to("boucle")
    said(str(refusal(tmp_path / "boucle", ROOT)))


def run(*arguments: str, cwd: Path = ROOT, **variables: str) -> subprocess.CompletedProcess[bytes]:
    kept = {
        key: value
        for key, value in environment().items()
        if key not in ("HOME", "LANG", "LC_ALL", "PYTHONUTF8")
    }
    command = [sys.executable, "-m", "guide", *arguments]
    return subprocess.run(command, cwd=cwd, env={**kept, **variables}, capture_output=True, check=False)


def test_commands_speak_french_without_home_language_or_terminal(said: Said) -> None:
    done = run("check", LC_ALL="C", TERM="dumb", COLUMNS="40", TZ="Pacific/Kiritimati")
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().startswith("Tout est en ordre")
    refused = run("check", "absent\x1b[31m.yml", LC_ALL="POSIX")
    assert refused.returncode == 2
    said(refused.stderr.decode())
    assert b"\x1b" not in refused.stderr


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "guide", "schema", "--check"],
        cwd=ROOT,
        env=environment(),
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert b"Traceback" not in done.stderr and b"BrokenPipe" not in done.stderr


def test_a_folder_with_spaces_and_accents_is_as_good_as_another(tmp_path: Path) -> None:
    root = tmp_path / "Guide d’été (n° 1) %20 #"
    root.mkdir()
    copy_sources(root)
    assert len(check(root).pages) > 50
