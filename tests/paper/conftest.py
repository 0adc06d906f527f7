"""The real guide, its sheets made once, and the one day of these tests."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from guide.data.guide import Guide
from guide.page.view import Options
from guide.paper.make import Sheet, sheets
from support import DATE, ours

URL = "https://numerique.cabinet.example/"


@pytest.fixture(scope="session")
def guide() -> Guide:
    return ours()


@pytest.fixture(scope="session")
def published(guide: Guide) -> Guide:
    """The guide as it will be once its address is decided."""
    return dataclasses.replace(guide, site=guide.site.model_copy(update={"url": URL}))


@pytest.fixture(scope="session")
def options() -> Options:
    return Options(dt.date.fromisoformat(DATE))


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the sheets of the guide as it is now are kept."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="session")
def proofs(guide: Guide, options: Options, kept: Path) -> Mapping[str, Sheet]:
    """Every sheet of the guide as it is now, without an address."""
    return {sheet.id: sheet for sheet in sheets(guide, options, kept)}


@pytest.fixture(scope="session")
def made(published: Guide, options: Options, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Sheet]:
    """Every sheet of the guide with an address."""
    return {sheet.id: sheet for sheet in sheets(published, options, tmp_path_factory.mktemp("made"))}


@pytest.fixture
def cache(proofs: Mapping[str, Sheet], kept: Path, tmp_path: Path) -> Path:
    """A copy of what the first build kept: a test makes again only what it changes."""
    return Path(shutil.copytree(kept, tmp_path / "cache"))


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Nothing kept."""
    return tmp_path / "empty"
