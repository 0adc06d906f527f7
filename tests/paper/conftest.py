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
from shared import Once
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


def set_once(once: Once, name: str, guide: Guide, options: Options) -> Path:
    """Where the sheets of a guide are kept, set by one worker for all."""

    def make(folder: Path) -> None:
        sheets(guide, options, folder)

    return once(name, make)


@pytest.fixture(scope="session")
def kept(once: Once, guide: Guide, options: Options) -> Path:
    """Where the sheets of the guide as it is now are kept."""
    return set_once(once, "sheets-as-they-are", guide, options)


@pytest.fixture(scope="session")
def proofs(guide: Guide, options: Options, kept: Path) -> Mapping[str, Sheet]:
    """Every sheet of the guide as it is now, without an address."""
    return {sheet.id: sheet for sheet in sheets(guide, options, kept)}


@pytest.fixture(scope="session")
def made(once: Once, published: Guide, options: Options) -> Mapping[str, Sheet]:
    """Every sheet of the guide with an address."""
    return {
        sheet.id: sheet for sheet in sheets(published, options, set_once(once, "sheets", published, options))
    }


@pytest.fixture
def cache(proofs: Mapping[str, Sheet], kept: Path, tmp_path: Path) -> Path:
    """A copy of what the first build kept: a test makes again only what it changes."""
    return Path(shutil.copytree(kept, tmp_path / "cache"))


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Nothing kept."""
    return tmp_path / "empty"
