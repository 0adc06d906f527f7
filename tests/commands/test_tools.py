"""What `test` does: which tests it runs, and what it brings on a machine where programs are missing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from guide.commands import testing, tools
from messages import Said
from support import ROOT, run_guide

# Writes down what it is asked; installs the programs, or downloads a package, where it is told to.
APT = """#!/bin/sh
PATH=/usr/bin:/bin
echo "$@" >> {folder}/asked
case "$*" in
  *update*) ;;
  *--download-only*) cp {folder}/*.deb {archives}/ ;;
  *) for name in {names}; do printf '#!/bin/sh\\n' > {folder}/$name; chmod +x {folder}/$name; done ;;
esac
"""


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any of the programs, an ordinary user; its PATH is the returned folder."""
    folder = tmp_path / "machine"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("GUIDE_CHROMIUM", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(tools, "SYSTEM", (str(folder),))
    monkeypatch.setattr(tools, "own_browser", lambda: None)
    monkeypatch.setattr(tools, "brought", lambda folder, root: False)
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project where nothing was unpacked yet, with what npm would bring."""
    for folder in tools.BROUGHT.values():
        (tmp_path / "projet" / folder).mkdir(parents=True)
        (tmp_path / "projet" / folder / "package-lock.json").write_text("{}", encoding="utf-8")
    return tmp_path / "projet"


def put_apt(folder: Path, root: Path, names: str = "") -> None:
    """An apt-get that brings these programs, and a package that holds a server with its library."""
    apt = folder / "apt-get"
    apt.write_text(
        APT.format(folder=folder, archives=root / ".cache/apt/archives", names=names), encoding="utf-8"
    )
    apt.chmod(0o755)


def put_package(folder: Path, name: str, place: str = "usr/sbin") -> None:
    """A Debian package with the program at this place, which says where it looks for libraries."""
    content = folder / "content"
    for path, text in {
        "DEBIAN/control": f"Package: {name}\nVersion: 1\nArchitecture: all\nMaintainer: x\nDescription: x\n",
        "DEBIAN/postinst": f"#!/bin/sh\ntouch {folder}/started\n",
        f"{place}/{name}": '#!/bin/sh\necho "$LD_LIBRARY_PATH"\n',
        "usr/lib/somewhere/libx.so.1": "",
    }.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(text, encoding="utf-8")
        (content / path).chmod(0o755)
    build = [
        str(shutil.which("dpkg-deb", path="/usr/bin")),
        "--build",
        str(content),
        str(folder / f"{name}.deb"),
    ]
    subprocess.run(build, check=True, capture_output=True, env={"PATH": "/usr/bin:/bin"})
    (folder / "dpkg").symlink_to("/usr/bin/dpkg")


def test_what_is_missing_is_one_sentence(
    bare: Path, root: Path, capsys: pytest.CaptureFixture[str], said: Said
) -> None:
    """Its names, how to get it, and the explicit ways out; no test runs."""
    assert testing.test([], root) == 1
    said(capsys.readouterr().err)


def test_only_what_is_wanted_is_asked_for(bare: Path, root: Path) -> None:
    """A way out is a way out."""
    assert testing.prepare([], root) is None
    assert "Java" not in (testing.prepare(["browser", "servers"], root) or "")


def test_servers_are_unpacked_beside_the_project_and_never_started(
    bare: Path, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], said: Said
) -> None:
    """Without the rights of an administrator, without a line in the system; what is downloaded is said first."""
    put_apt(bare, root)
    put_package(bare, "nginx")
    monkeypatch.setenv("PATH", f"{bare}:/usr/bin:/bin")
    nginx = tools.TOOLS["servers"][0]
    assert tools.find(nginx, root) is None
    tools.install([nginx], root)
    said(capsys.readouterr().err)
    found = tools.find(nginx, root)
    assert found == str(root / ".cache/tools/bin/nginx")
    told = subprocess.run([found], capture_output=True, text=True, check=True).stdout.strip()
    assert told == str(root / ".cache/tools/usr/lib/somewhere")
    assert not (bare / "started").exists(), "the package's own script has run"
    assert [path.name for path in (root / ".cache").iterdir()] == ["tools"]
    for asked in (bare / "asked").read_text(encoding="utf-8").splitlines():
        assert f"Dir::State::lists={root}/.cache/apt/lists" in asked
        assert f"Dir::Cache={root}/.cache/apt" in asked


def test_what_an_interruption_left_is_fetched_again(
    bare: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program counts once its launcher stands, and that comes last."""
    put_apt(bare, root)
    put_package(bare, "nginx")
    monkeypatch.setenv("PATH", f"{bare}:/usr/bin:/bin")
    monkeypatch.setattr(tools, "_launcher", lambda *given: (_ for _ in ()).throw(KeyboardInterrupt))
    nginx = tools.TOOLS["servers"][0]
    with pytest.raises(KeyboardInterrupt):
        tools.install([nginx], root)
    assert tools.find(nginx, root) is None
    monkeypatch.undo()
    monkeypatch.setattr(tools, "SYSTEM", (str(bare),))
    monkeypatch.setenv("PATH", f"{bare}:/usr/bin:/bin")
    tools.install([nginx], root)
    assert tools.find(nginx, root) == str(root / ".cache/tools/bin/nginx")


@pytest.mark.parametrize("known", [True, False])
def test_a_browser_with_windows_is_used_where_apt_has_no_lighter_one(
    bare: Path, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], known: bool
) -> None:
    """The one without windows is unpacked beside, the one of the system left alone; it is asked for once."""
    put_apt(bare, root)
    light = "chromium-headless-shell"
    put_package(bare, light, "usr/lib/chromium")
    for name, says in (("chromium", 0), ("apt-cache", 0 if known else 100)):
        (bare / name).write_text(f"#!/bin/sh\nexit {says}\n", encoding="utf-8")
        (bare / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{bare}:/usr/bin:/bin" if known else str(bare))
    assert testing.prepare(["browser"], root) is None
    wanted = root / ".cache/tools/bin" / light if known else bare / "chromium"
    assert tools.find(tools.CHROMIUM, root) == str(wanted)
    assert capsys.readouterr().err.count("Déballé dans .cache/tools") == known
    if known:
        (asked,) = [
            line for line in (bare / "asked").read_text(encoding="utf-8").splitlines() if light in line
        ]
        assert asked.endswith(f"--no-install-recommends {light} chromium-common")
    assert testing.prepare(["browser"], root) is None
    assert capsys.readouterr().err == ""


def test_root_gets_the_rest_from_apt(bare: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The packages of what is missing, and no more."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    put_apt(bare, root, "java npm")
    assert testing.prepare(["validity"], root) is None
    assert (bare / "asked").read_text(encoding="utf-8").splitlines() == [
        "-qq update", "-qq install -y --no-install-recommends default-jre-headless npm",
    ]  # fmt: skip


def test_when_apt_fails_the_sentence_remains(
    bare: Path, root: Path, monkeypatch: pytest.MonkeyPatch, said: Said
) -> None:
    """It brought one of two."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    put_apt(bare, root, "npm")
    said(testing.prepare(["validity"], root) or "")


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        (["links"], ["tests/links"]),
        (["tests/links/test_guard.py", "-x"], ["tests/links/test_guard.py", "-x"]),
        (["house", "review", "-k", "links"], ["tests/house", "tests/review", "-k", "links"]),
        (["links/test_guard.py::test_x"], ["tests/links/test_guard.py::test_x"]),
        (
            ["links", "--without-scripts"],
            ["worksteal", "tests/links"],
        ),  # no marker of a test: pytest would refuse it
    ],
)
def test_a_room_or_a_path_runs_alone(
    given: list[str], asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the checks of the code, and without asking for programs that its tests do not need."""
    steps: list[list[str]] = []
    wanted: list[str] = []
    monkeypatch.setattr(testing.subprocess, "call", lambda step, **_: steps.append(step) or 0)
    monkeypatch.setattr(testing, "prepare", lambda markers, root: wanted.extend(markers))
    assert testing.test(given, ROOT) == 0
    (step,) = steps
    assert step[step.index("pytest") + 1 :][-len(asked) :] == asked
    assert wanted == []


def test_a_room_that_does_not_exist_is_one_sentence(capsys: pytest.CaptureFixture[str], said: Said) -> None:
    """With the one that was meant."""
    assert testing.test(["linkz"], ROOT) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    said(told)


@pytest.mark.parametrize("folder", tools.BROUGHT.values(), ids=str)
def test_what_npm_brings_is_renewed_when_its_lock_changes(folder: Path, tmp_path: Path) -> None:
    """An older one would judge by older rules."""
    place = tmp_path / folder
    (place / "node_modules").mkdir(parents=True)
    lock = json.loads((ROOT / folder / "package-lock.json").read_text(encoding="utf-8"))
    for name in ("package-lock.json", "node_modules/.package-lock.json"):
        (place / name).write_text(json.dumps(lock), encoding="utf-8")
    packages = [name for name, each in lock["packages"].items() if name and not each.get("optional")]
    for file in ("node_modules/.package-lock.json",):
        lock["packages"].pop("")
        (place / file).write_text(json.dumps(lock), encoding="utf-8")
    assert tools.brought(folder, tmp_path)
    lock["packages"][packages[0]]["integrity"] = "sha512-autre"
    (place / "package-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    assert not tools.brought(folder, tmp_path)


@pytest.mark.parametrize("folder", tools.BROUGHT.values(), ids=str)
def test_the_locks_of_npm_name_no_registry_and_are_verified(folder: Path) -> None:
    """Any registry may serve it: the hash decides."""
    text = (ROOT / folder / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in text
    assert all("integrity" in each for name, each in json.loads(text)["packages"].items() if name)


def test_doctor_shows_every_tool() -> None:
    """Found or missing, by name."""
    told = run_guide("doctor").stdout
    for name in ("Chromium", "nginx", "Apache", "rsync", "Poppler", "Java", "npm", "vnu", "types", "readers"):
        assert told.count(f"\n{name} ") == 1, name
