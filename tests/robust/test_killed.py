"""A build that is killed, starved or doubled leaves a whole site, and the next one tidies up."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from guide.commands import swap
from messages import Said
from support import ROOT, environment, run_guide


def make_site(folder: Path, name: str) -> Path:
    """A small site, as `swap` sees one."""
    folder.mkdir(parents=True)
    for file in ("version.json", "index.html", "urgence.html"):
        (folder / file).write_text(name)
    return folder


def contents(site: Path) -> set[str]:
    return {path.read_text() for path in site.iterdir()}


def start(target: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "guide", "site", "--draft", "--output", str(target)]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def test_a_build_killed_at_any_moment_leaves_the_old_site_and_the_next_one_tidies_up(tmp_path: Path) -> None:
    target = make_site(tmp_path / "site", "ancien")
    for moment in (0.05, 0.5, 1.2):
        process = start(target)
        time.sleep(moment)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert (target / "lexique/index.html").is_file() or contents(target) == {"ancien"}
    process = start(target)
    while not list(tmp_path.glob(".site-*/site/index.html")) and process.poll() is None:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert list(tmp_path.glob(".site-*"))
    done = run_guide("site", "--output", str(target))
    assert done.returncode == 0, done.stderr
    assert (target / "lexique/index.html").is_file()
    assert list(tmp_path.glob(".site-*")) == []


def test_a_kill_between_the_two_renames_is_mended_by_the_next_build(tmp_path: Path) -> None:
    make_site(tmp_path / ".site-site-abcdefgh/old", "ancien")
    make_site(tmp_path / ".site-site-abcdefgh/site", "nouveau")
    make_site(tmp_path / ".site-autre-abcdefgh/old", "autre")
    swap.mend(tmp_path / "site")
    assert contents(tmp_path / "site") == {"ancien"}
    assert [path.name for path in tmp_path.glob(".site-*")] == [".site-autre-abcdefgh"]


SWAPPER = """
import os, shutil, sys
from pathlib import Path
from guide.commands import swap
target = Path(sys.argv[1])
with swap.workshop(target) as folder:
    shutil.copytree(sys.argv[2], folder / "fresh")
    while True:
        shutil.copytree(folder / "fresh", folder / "site", dirs_exist_ok=True)
        swap.swap(folder, target)
        print("x", flush=True)
"""


def test_a_site_stands_at_every_moment_of_the_swap(tmp_path: Path) -> None:
    target = make_site(tmp_path / "site", "ancien")
    make_site(tmp_path / "model", "ancien")
    command = [sys.executable, "-c", SWAPPER, str(target), str(tmp_path / "model")]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline()
        seen = [(target / "version.json").exists() for _ in range(20_000)]
        process.kill()
    assert all(seen)
    assert contents(target) == {"ancien"}


def test_where_the_disk_cannot_exchange_two_renames_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    target = make_site(tmp_path / "site", "ancien")
    with swap.workshop(target) as folder:
        make_site(folder / "site", "nouveau")
        swap.swap(folder, target)
    assert contents(target) == {"nouveau"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_in_use_by_another_build_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "site"
    with swap.workshop(target) as one, swap.workshop(target) as other:
        make_site(one / "site", "premier")
        make_site(other / "site", "second")
        swap.swap(one, target)
        swap.swap(other, target)
    assert contents(target) == {"second"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_full_disk_is_one_sentence_and_keeps_the_old_site(tmp_path: Path, said: Said) -> None:
    target = make_site(tmp_path / "site", "ancien")
    command = [sys.executable, "-m", "guide", "site", "--draft", "--output", str(target)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)),
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    said(done.stderr.splitlines()[-1])
    assert contents(target) == {"ancien"}
