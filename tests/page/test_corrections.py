"""Proposing a correction without git, and reading what to repair in the page itself."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest

from guide.links.collect import collect_project
from guide.page.corrections import editor
from guide.text.problems import Place
from messages import Said
from support import environment, here, run_guide

LINK = re.compile(r'<a class="g-correct" href="([^"]*)">Proposer une correction')


def decide(small: Path, **values: str) -> None:
    """Writes values into data/site.yml."""
    path = small / "data/site.yml"
    text = path.read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"{name}: null", f"{name}: {value}")
    path.write_text(text, encoding="utf-8")


def staged(small: Path, page: str) -> str:
    """A page as `stage` writes it."""
    folder = small.parent / "staged"
    shutil.rmtree(folder, ignore_errors=True)
    done = run_guide("stage", str(folder), root=small)
    assert done.returncode == 0, done.stderr
    return (folder / page).read_text(encoding="utf-8")


def test_a_repository_opens_its_editor_at_the_line_of_the_page_the_fact_and_the_resource(
    small: Path,
) -> None:
    decide(small, repository="https://forge.example/ordre/guide")
    page = staged(small, "sauvegardes.md")
    assert LINK.findall(page)[-1].startswith(
        "https://forge.example/ordre/guide/edit/main/docs/sauvegardes.md#L"
    )
    for page, file, entry in (
        ("a-propos/sources.md", "facts", r'<li id="fait-([\w-]+)".*?</li>'),
        ("ressources/index.md", "resources", r'<li id="([\w-]+)".*?</li>'),
    ):
        text = (small.parent / "staged" / page).read_text(encoding="utf-8")
        lines = (small / f"data/{file}.yml").read_text(encoding="utf-8").splitlines()
        entries = list(re.finditer(entry, text, re.DOTALL))
        assert entries
        for found in entries:
            (address,) = LINK.findall(found[0])
            line = int(address.rpartition("#L")[2])
            assert lines[line - 1] == f"- id: {found[1]}"


def test_without_repository_a_letter_is_begun_with_what_finds_the_place_again(small: Path) -> None:
    decide(small, contact_email="contact@guide.example")
    text = staged(small, "ressources/index.md")
    address = urlsplit(unescape(LINK.findall(text)[0]))
    assert (address.scheme, address.path) == ("mailto", "contact@guide.example")
    first = re.search(r'<li id="([\w-]+)"', text)
    assert first
    body = parse_qs(address.query)["body"][0]
    assert f"Élément : {first[1]}\r\n" in body
    assert f"Adresse : https://guide.example/ressources/#{first[1]}\r\n" in body
    assert "Version : 2026.1\r\n" in body


def test_while_nobody_is_named_no_link_leads_nowhere(small: Path) -> None:
    assert not LINK.search(staged(small, "ressources/index.md"))


@pytest.mark.parametrize(
    ("repository", "address"),
    [
        ("https://github.com/o/g", "https://github.com/o/g/edit/main/docs/a%20b.md#L7"),
        ("https://gitlab.com/o/g/", "https://gitlab.com/o/g/-/edit/main/docs/a%20b.md#L7"),
        ("https://codeberg.org/o/g", "https://codeberg.org/o/g/_edit/main/docs/a%20b.md#L7"),
    ],
)
def test_each_forge_has_its_editor(repository: str, address: str) -> None:
    assert editor(repository, Place("docs/a b.md", 7)) == address


def test_the_link_check_does_not_visit_these_links(project: Path) -> None:
    decide(project, repository="https://forge.example/ordre/guide", contact_email="contact@guide.example")
    (project / "site").mkdir()
    page = '<a href="{}">x</a>'
    addresses = (
        "https://forge.example/ordre/guide/edit/main/docs/audit.md#L1",
        "mailto:contact@guide.example?subject=x",
    )
    kept = "https://forge.example/ordre/guide/wiki"
    (project / "site/a.html").write_text(
        "".join(page.format(each) for each in (*addresses, kept)), encoding="utf-8"
    )
    found = {link.url for link in collect_project(project, ()).links}
    assert not found & set(addresses)
    assert kept in found


def test_a_link_to_a_page_that_does_not_exist_is_found_without_building(project: Path, said: Said) -> None:
    with (project / "docs/audit.md").open("a", encoding="utf-8") as page:
        page.write("\nVoir [le réseau](mesure/reseau.md).\n")
    done = run_guide("check", root=project)
    assert done.returncode == 1
    lines = (project / "docs/audit.md").read_text(encoding="utf-8").count("\n")
    assert f"docs/audit.md:{lines}:18: " in done.stderr
    said(done.stderr)


def test_an_anchor_that_does_not_exist_is_found_at_its_line(project: Path, said: Said) -> None:
    with (project / "docs/audit.md").open("a", encoding="utf-8") as page:
        page.write("\nVoir [la messagerie](messagerie.md#nulle-part).\n")
    done = run_guide("stage", str(project.parent / "staged"), root=project)
    assert done.returncode == 1
    lines = (project / "docs/audit.md").read_text(encoding="utf-8").count("\n")
    assert f"docs/audit.md:{lines}:" in done.stderr
    said(done.stderr)


@pytest.fixture
def served(small: Path, tmp_path: Path) -> Iterator[Callable[[str, str], str]]:
    """Starts `serve` on a small guide; the function waits until a page shows a text, and returns the page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    facts = small / "data/facts.yml"
    facts.write_text(
        facts.read_text(encoding="utf-8").replace("confidence: high", "confidence: sure", 1), encoding="utf-8"
    )
    command = here("serve", "--port", str(port))
    variables = {**environment(), "TMPDIR": str(tmp_path)}
    process = subprocess.Popen(
        command,
        cwd=small,
        env=variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )

    def until(path: str, text: str) -> str:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            assert process.poll() is None, "serve stopped"
            try:
                with urlopen(f"http://127.0.0.1:{port}/{path}", timeout=30) as answer:
                    page = answer.read().decode()
            except OSError:  # not listening yet
                page = ""
            if text in page:
                return page
            time.sleep(0.3)
        pytest.fail(f"« {text} » never came")

    yield until
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(timeout=30)


def test_serve_shows_in_the_page_what_to_repair_and_the_page_again_once_repaired(
    small: Path, served: Callable[[str, str], str]
) -> None:
    """Wrong from the start, then right, then wrong again: the pages never hang."""
    facts = small / "data/facts.yml"
    first = served("sauvegardes/", "1 problème à corriger")
    assert "Le guide ne peut pas encore être construit" in first
    assert re.search(r"<code>data/facts\.yml:\d+:\d+</code>.*<strong>Valeurs admises : ", first)
    right = facts.read_text(encoding="utf-8").replace("confidence: sure", "confidence: high")
    facts.write_text(right, encoding="utf-8")
    page = served("sauvegardes/", "Un ordinateur se remplace")
    assert "g-repair" not in page
    facts.write_text(right.replace("confidence: high", "confidence: <b>", 1), encoding="utf-8")
    page = served("sauvegardes/", "1 problème à corriger")
    assert "Un ordinateur se remplace" in page, "the last good page is kept"
    assert "<b>" not in page[page.index("g-repair") : page.index("</details>")]
    facts.write_text(right, encoding="utf-8")
    settings = small / "mkdocs.yml"
    there = settings.read_text(encoding="utf-8")
    settings.unlink()  # as an editor that saves in two steps: nobody may lose sight of it
    assert "mkdocs.yml:1:1" in served("sauvegardes/", "fichier absent")
    settings.write_text(
        there.replace("Sauvegardes: sauvegardes.md", "Essai: sauvegardes.md"), encoding="utf-8"
    )
    page = served("sauvegardes/", ">Essai<")
    assert "g-repair" not in page
    address = re.search(r'data-index="(?:\.\./)*([^"]+)"', page)
    assert address
    assert served(address[1], "guide.searchIndex=").startswith("guide.searchIndex={")
