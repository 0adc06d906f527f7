"""One build: the same pages by our command and by plain MkDocs, what is said meanwhile, and the preview of `serve`."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from guide.site.build_options import Asked
from guide.text.stages import Stages
from support import ROOT, environment, here

DAY = Asked(dt.date(2026, 11, 24), draft=True)


def files(site: Path) -> dict[str, bytes]:
    """Every file of a site."""
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def test_plain_mkdocs_writes_the_same_bytes_as_our_command(site: Path, tmp_path: Path) -> None:
    """The hooks alone make the site: nothing is left to the command but where it goes."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    ours, plain = files(site), files(tmp_path / "site")
    assert sorted(ours) == sorted(plain)
    assert [path for path in ours if ours[path] != plain[path]] == []


def test_no_variable_carries_an_argument() -> None:
    """What a command asks for is a value; the variable left names a program of the machine."""
    found = {
        name
        for path in (ROOT / "hooks").rglob("*.py")
        for name in re.findall(r"GUIDE_[A-Z_]+", path.read_text(encoding="utf-8"))
    }
    assert found <= {"GUIDE_CHROMIUM"}


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_in_a_log_each_stage_is_a_line_with_its_seconds() -> None:
    out = io.StringIO()
    stages = Stages(out)
    stages.begin("pages")
    stages.begin("recherche")
    stages.end()
    assert re.fullmatch(r" +0,0 s pages\n +0,0 s recherche\n", out.getvalue())


def test_on_a_terminal_one_line_moves_and_goes() -> None:
    out = _Terminal()
    stages = Stages(out)
    stages.begin("pages")
    stages.end()
    assert "pages…" in out.getvalue()
    assert "\n" not in out.getvalue()
    assert out.getvalue().endswith("\r\x1b[K")


@pytest.fixture(scope="module")
def small(new_small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small guide: what is shown over its pages is shown over any."""
    return Path(shutil.copytree(new_small, tmp_path_factory.mktemp("previewed") / "guide"))


@pytest.fixture(scope="module")
def preview(small: Path) -> Iterator[object]:
    """Its preview, built once; a test leaves it as it was."""
    from preview import Preview

    (small.parent / "served").mkdir()
    shown = Preview(small, DAY, small.parent / "served")
    shown.build()
    yield shown


BROKEN = {
    "mkdocs.yml": ("mkdocs.yml", lambda text: text + "  - : [\n", "mkdocs.yml:"),
    "réglage": (
        "mkdocs.yml",
        lambda text: text.replace("site_name:", "site_nom:"),
        "le générateur du site refuse ce réglage",
    ),
    "page": (
        "docs/sauvegardes.md",
        lambda text: text.replace("title:", "titre:", 1),
        "docs/sauvegardes.md:2:1",
    ),
    "modèle": ("hooks/theme/partials/path.html", lambda text: text + "{{ a.b }}", "path.html"),
    "données": ("data/facts.yml", lambda text: "- id: 1\n" + text, "data/facts.yml:1"),
}


def test_whatever_is_wrong_is_shown_over_the_last_good_pages(preview, small: Path) -> None:
    """Sources, settings, templates: the page says where and what; corrected, it is as before. Nothing is raised."""
    page = preview.site / "sauvegardes/index.html"
    good = page.read_text(encoding="utf-8")
    assert "g-repair" not in good
    for name, (file, spoil, said) in BROKEN.items():
        path = small / file
        text = path.read_text(encoding="utf-8")
        path.write_text(spoil(text), encoding="utf-8")
        preview.build()
        shown = page.read_text(encoding="utf-8")
        assert said in shown and "g-repair" in shown, name
        assert shown.endswith(good[-500:]), name
        path.write_text(text, encoding="utf-8")
    preview.build()
    assert page.read_text(encoding="utf-8") == good


def test_the_preview_makes_the_zip_when_it_is_asked_for(preview) -> None:
    target = preview.site / "a-propos/copie-hors-ligne/guide.zip"
    assert not target.exists()
    preview.ask("a-propos/copie-hors-ligne/guide.zip")
    assert target.stat().st_size > 100_000


@pytest.mark.browser
def test_a_saved_page_shows_itself_in_the_browser(small: Path, tmp_path: Path, browser: Browser) -> None:
    """The generator's own script does it: no policy of the published pages may stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = here("serve", "--port", str(port), "--draft")
    variables = {**environment(), "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, cwd=small, env=variables, stdout=subprocess.PIPE, text=True) as serving:
        try:
            assert serving.stdout and "127.0.0.1" in serving.stdout.readline()
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{port}/sauvegardes/")
            path = small / "docs/sauvegardes.md"
            path.write_text(
                path.read_text(encoding="utf-8") + "\nUne phrase tout juste écrite.\n", encoding="utf-8"
            )
            page.get_by_text("Une phrase tout juste écrite.").wait_for(timeout=60_000)
            page.close()
        finally:
            serving.terminate()
