"""The commands of the page « Publier », run as they are written: a new version, the real Apache, and the way back."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

import manual
from serversupport import program, serving, system_of
from support import ROOT

pytestmark = pytest.mark.servers

# Takes the place of the way to the host: the command runs on this machine, in the host's home folder.
SSH = """#!/bin/sh
while [ "${1%serveur}" = "$1" ]; do shift; done # rsync says « -l compte serveur »
shift
cd "$HOST_HOME" && exec sh -c "$*"
"""


@pytest.fixture
def host(tmp_path: Path) -> Path:
    """The home folder of the account, with `ssh` leading to it."""
    (tmp_path / "bin").mkdir()
    ssh = tmp_path / "bin/ssh"
    ssh.write_text(SSH, encoding="utf-8")
    ssh.chmod(0o755)
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def run(script: str, folder: Path, host: Path) -> None:
    """Runs commands as a webmaster would type them in `folder`."""
    path = f"{host.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "HOST_HOME": str(host)}
    done = subprocess.run(
        ["sh", "-eu", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_version_is_published_and_the_one_before_comes_back(site: Path, host: Path, tmp_path: Path) -> None:
    project = tmp_path / "projet"
    project.mkdir()
    (project / "site").symlink_to(site)
    send, back = manual.blocks("Chez un hébergeur ordinaire", "sh")
    for number in ("1", "2"):
        run(
            "git init -q . 2> /dev/null; git -c user.name=x -c user.email=x@example.org commit -q --allow-empty -m "
            + number,
            project,
            host,
        )
        run(send, project, host)
        versions = sorted(path.name for path in (host / "guide/versions").iterdir())
        assert len(versions) == int(number)
        current = (host / "guide/courant").readlink().name
        assert current in versions
        if number == "1":
            first = current
    assert current != first
    with serving("apache2", host / "guide/courant") as server:
        answer = server.ask("/urgence/")
        assert answer.status == 200
        assert answer.body == (site / "urgence/index.html").read_bytes()
        assert "default-src 'none'" in (answer.one("Content-Security-Policy") or "")
    setting = back.replace("VERSION_D_AVANT", first)
    assert setting != back
    run("HOTE=compte@serveur\n" + setting, project, host)
    assert (host / "guide/courant").readlink().name == first
    assert sorted(path.name for path in (host / "guide/versions").iterdir()) == versions, (
        "nothing was deleted"
    )


def test_the_settings_of_the_container_are_accepted_by_the_real_nginx(site: Path, tmp_path: Path) -> None:
    """The image itself is not built here: only its settings are tried, on the built site."""
    settings = (
        (ROOT / ".container/nginx.conf")
        .read_text(encoding="utf-8")
        .replace("/usr/share/nginx/guide", str(site))
    )
    (tmp_path / "site.conf").write_text(settings, encoding="utf-8")
    whole = f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{ include {system_of('nginx')}/etc/nginx/mime.types; include {tmp_path}/site.conf; }}\n"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    command = [program("nginx"), "-t", "-e", "stderr", "-c", str(tmp_path / "nginx.conf")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
