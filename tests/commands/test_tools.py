"""What `test` does on a machine where programs are missing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from guide.commands import testing, tools
from support import ROOT, run_guide

APT = """#!/bin/sh
PATH=/usr/bin:/bin
echo "$@" >> {folder}/asked
{folder}/policy-rc.d; echo "policy $?" >> {folder}/asked
[ "$1" = update ] || for name in {names}; do printf '#!/bin/sh\\n' > {folder}/$name; chmod +x {folder}/$name; done
"""


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any of the programs; its PATH is the returned folder."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("GUIDE_CHROMIUM", raising=False)
    monkeypatch.setattr(tools, "SYSTEM", (str(tmp_path),))
    monkeypatch.setattr(tools, "POLICY", tmp_path / "policy-rc.d")
    monkeypatch.setattr(tools, "own_browser", lambda: None)
    monkeypatch.setattr(tools, "npm_ready", lambda root, marker: False)
    return tmp_path


def put_apt(folder: Path, names: str) -> None:
    """An apt-get that writes down what it is asked, and brings these programs."""
    apt = folder / "apt-get"
    apt.write_text(APT.format(folder=folder, names=names), encoding="utf-8")
    apt.chmod(0o755)


def test_what_is_missing_is_one_sentence(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its names, how to get it, and the explicit ways out; no test runs."""
    assert testing.test(["--no-lint"], ROOT) == 1
    assert capsys.readouterr().err == (
        "Il manque Chromium, nginx, Apache, rsync, Java, npm, poppler ; à installer (Debian : sudo apt install chromium nginx "
        "apache2-bin media-types rsync default-jre-headless npm poppler-utils), "
        "ou lancez « test --without-browser --without-servers --without-validity --without-readers ».\n"
    )


def test_only_what_is_wanted_is_asked_for(bare: Path) -> None:
    """A way out is a way out."""
    assert testing.prepare([], ROOT) is None
    assert "Java" not in (testing.prepare(["browser", "servers"], ROOT) or "")


def test_root_gets_it_from_apt_without_a_service(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The packages of what is missing, while nothing may start; the machine's own rule comes back."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    (bare / "policy-rc.d").write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    put_apt(bare, "nginx apache2 rsync")
    assert testing.prepare(["servers"], ROOT) is None
    assert (bare / "asked").read_text(encoding="utf-8").splitlines() == [
        "update -qq", "policy 101",
        "install -y -qq --no-install-recommends nginx apache2-bin media-types rsync", "policy 101",
    ]  # fmt: skip
    assert (bare / "policy-rc.d").read_text(encoding="utf-8") == "#!/bin/sh\nexit 0\n"


def test_when_apt_fails_the_sentence_remains(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It brought two of three."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    put_apt(bare, "nginx rsync")
    said = testing.prepare(["servers"], ROOT)
    assert said is not None
    assert said.startswith("Il manque Apache ; ")
    assert not (bare / "policy-rc.d").exists()


@pytest.mark.parametrize(("marker", "package"), [("validity", "vnu-jar"), ("readers", "pdfjs-dist")])
def test_what_npm_brought_is_renewed_when_its_lock_changes(tmp_path: Path, marker: str, package: str) -> None:
    """An older one would judge by older rules."""
    folder = tmp_path / tools.NPM_FOLDERS[marker]
    assert not tools.npm_ready(ROOT / "tests" / "core", marker)
    (folder / "node_modules").mkdir(parents=True)
    lock = json.loads((ROOT / tools.NPM_FOLDERS[marker] / "package-lock.json").read_text(encoding="utf-8"))
    for name in ("package-lock.json", "node_modules/.package-lock.json"):
        (folder / name).write_text(json.dumps(lock), encoding="utf-8")
    assert tools.npm_ready(tmp_path, marker)
    lock["packages"][f"node_modules/{package}"]["integrity"] = "sha512-autre"
    (folder / "package-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    assert not tools.npm_ready(tmp_path, marker)


@pytest.mark.parametrize("folder", list(tools.NPM_FOLDERS.values()))
def test_the_locks_of_npm_name_no_registry_and_are_verified(folder: Path) -> None:
    """Any registry may serve them: the hash decides."""
    text = (ROOT / folder / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in text
    assert all("integrity" in each for name, each in json.loads(text)["packages"].items() if name)


def test_doctor_shows_every_tool() -> None:
    """Found or missing, by name."""
    said = run_guide("doctor").stdout
    for name in ("Chromium", "nginx", "Apache", "Java", "npm", "poppler", "vnu", "readers"):
        assert f"\n{name} " in said
