"""The fault server, once for all tests, and shortcuts to run the command against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from faultserver.server import ALLOWED, FaultServer
from linkprogram import Outcome, run


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FaultServer]:
    with FaultServer(tmp_path_factory.mktemp("fautes")) as running:
        yield running


@pytest.fixture
def check(server: FaultServer, tmp_path: Path) -> Callable[..., Outcome]:
    """`check("plain/200", "plain/404", "--option", …)`: behaviours (or whole addresses), then options."""

    def call(*names: str, history: str = "none") -> Outcome:
        urls = [name for name in names if not name.startswith("-")]
        split = next((index for index, name in enumerate(names) if name.startswith("-")), len(names))
        urls, options = list(names[:split]), list(names[split:])
        lines = [url if ":" in url.split("/")[0] else f"{server.bases['http']}/{url}" for url in urls]
        (tmp_path / "liens.txt").write_text("\n".join(lines), "utf-8")
        standard = ["--allow-private", ALLOWED, "--ca", str(server.authority.ca_file), "--no-progress"]
        delay = [] if "--delay" in options else ["--delay", "0"]
        return run(tmp_path, "--from", "liens.txt", "--history", history, *standard, *delay, *options)

    return call


@pytest.fixture
def project(tmp_path: Path, server: FaultServer) -> Path:
    """A tiny guide: three resources of two publishers, a page, no network needed to read it."""
    (tmp_path / "data").mkdir()
    (tmp_path / "docs").mkdir()
    http, other = server.bases["http"], server.bases["other"]
    (tmp_path / "data" / "publishers.yml").write_text(
        "- {id: agence, name: Agence du numérique, short: ADN, hosts: [agence.example.fr]}\n"
        "- {id: autre, name: Autre, short: AUTRE, hosts: []}\n", "utf-8")  # fmt: skip
    (tmp_path / "data" / "resources.yml").write_text(
        "# Les ressources du guide.\n"
        "- id: vivante          # un commentaire\n"
        "  title: Le guide des sauvegardes\n"
        "  publisher: agence\n"
        f"  url: {http}/plain/200\n"
        f"  formerly: {http}/plain/404?ancienne\n"
        "- id: morte\n"
        "  title: La fiche disparue\n"
        "  publisher: agence\n"
        f"  url: {http}/plain/404\n"
        "- id: murée\n"
        "  title: La page murée\n"
        "  publisher: autre\n"
        f'  url: "{other}/walls/403"\n', "utf-8")  # fmt: skip
    (tmp_path / "docs" / "index.md").write_text("# Accueil\n\n[Le site](https://exemple.fr)\n", "utf-8")
    return tmp_path
