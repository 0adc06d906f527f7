"""Shared fixtures: a copy of the project to break, and the real site built once."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from guide.page.offline_copy import ZIP
from guide.site.checked import check
from shared import Once
from support import CHROMIUM_FLAGS, ROOT, Copies, new_guide, run_guide

# A property is tried on a sample that is the same every time; benchmarks/tests/properties.sh tries thousands.
settings.register_profile(
    "sample",
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
settings.register_profile(
    "full", settings.get_profile("sample"), max_examples=5000, derandomize=False, print_blob=True
)
settings.load_profile("sample")


pytest_plugins = ["messages"]  # the sentences of tests, in one file

# The files that take longest, each for another worker to begin with: what is short comes last and is shared out.
LONGEST = (
    "web/test_accessibility.py", "commands/test_release.py", "edit/test_new.py", "web/test_browser.py",
    "data/test_identity.py", "web/test_addresses.py", "web/test_keyboard.py", "web/test_as_printed.py",
    "tools/test_morning.py", "tools/test_checklist.py", "web/test_offline.py", "tools/test_decide.py",
    "robust/test_mutations.py", "tools/test_survey.py", "site/test_kept.py", "paper/test_booklet.py",
    "web/test_weight.py", "site/test_site.py", "links/test_command.py", "web/test_validity.py", "house/test_rows.py",
    "robust/test_injection.py", "tools/test_learning.py", "robust/test_killed.py", "links/test_truth.py",
)  # fmt: skip


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """As many parts as there are workers, each with its share of the long files first; a file stays whole."""
    workers = config.workerinput["workercount"] if hasattr(config, "workerinput") else 1
    files: dict[str, list[pytest.Item]] = {}
    for item in items:
        files.setdefault("/".join(item.path.parts[-2:]), []).append(item)
    parts: list[list[pytest.Item]] = [[] for _ in range(workers)]
    for rank, name in enumerate(name for name in LONGEST if name in files):
        parts[rank % workers] += files.pop(name)
    for tests in files.values():
        min(parts, key=len).extend(tests)
    items[:] = [item for part in parts for item in part]


@pytest.fixture(scope="session")
def copies(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Copies:
    """This worker's copy of the project, taken once what `check` keeps has been kept: else each copy would work it out."""

    def keep(folder: Path) -> None:
        check(ROOT)

    once("checked", keep)
    return Copies(tmp_path_factory.mktemp("copies"))


@pytest.fixture
def project(copies: Copies, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A copy of the whole project that a test may break. It stays where a test fails."""
    failed = request.session.testsfailed
    copies.take(root := tmp_path / "guide")
    yield root
    if request.session.testsfailed == failed:
        copies.give_back(root)


@pytest.fixture(scope="session")
def once(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Makes a folder that the tests of every worker read: see `shared.Once`."""
    base = tmp_path_factory.getbasetemp()
    return Once(base.parent if hasattr(request.config, "workerinput") else base)


@pytest.fixture(scope="session")
def new_small(once: Once) -> Path:
    """A small guide, made by one worker for all: tests copy it."""

    def make(folder: Path) -> None:
        new_guide(folder / "guide")

    return once("small", make) / "guide"


@pytest.fixture
def small(new_small: Path, tmp_path: Path) -> Path:
    """A copy of the small guide, which a test may break: where the size of ours plays no part, it takes a third of the time."""
    return Path(shutil.copytree(new_small, tmp_path / "guide"))


@pytest.fixture(scope="session")
def site(once: Once) -> Path:
    """The real site, built once by the real command on the fixed day."""

    def build(folder: Path) -> None:
        done = run_guide("site", "--output", str(folder / "site"))
        assert done.returncode == 0, done.stdout + done.stderr

    return once("built", build) / "site"


@pytest.fixture(scope="session")
def unpacked(site: Path, once: Once) -> Path:
    """The offline ZIP of the real site, unpacked where addresses are hard: the dated folder at its top."""

    def unpack(folder: Path) -> None:
        with zipfile.ZipFile(site / ZIP) as archive:
            archive.extractall(folder / "Clé USB n° 1, 100 % worker #guide")

    (key,) = once("disque", unpack).iterdir()
    (top,) = key.iterdir()
    return top


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Says nothing: requests are not the tests' output."""


@pytest.fixture(scope="session")
def site_url(site: Path) -> Iterator[str]:
    """Loopback address of the built site, ending with /."""
    handler = functools.partial(_Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium: GUIDE_CHROMIUM, else the system's."""
    path = os.environ.get("GUIDE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield instance
        instance.close()
