"""The bill of materials of a release: what builds the site and what of others reaches its readers.

CycloneDX 1.6 (ECMA-424), reproducible: the day is the build's, the serial number follows from the commit and the lock.
The hashes of every wheel are in the lock itself, whose digest is written here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.metadata
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from guide.data.model.taxonomy import Site

# What the guide ships of others: name, licence (SPDX). THIRD-PARTY.md says where each one is.
SHIPPED = (
    ("Atkinson Hyperlegible Next", "OFL-1.1"),
    ("Guide Formulaire", "OFL-1.1"),
)

_LOCKED = re.compile(r"^(?P<name>[a-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)", re.MULTILINE)


def bill(root: Path, site: Site, commit: str, day: dt.date) -> str:
    """The bill of the guide at `root` as JSON text. `commit` is the full hash of what is published."""
    lock = (root / "requirements.txt").read_bytes()
    digest = hashlib.sha256(lock).hexdigest()
    guide = Component(name=site.name, version=site.version, type=ComponentType.APPLICATION, bom_ref="guide")
    guide.properties.add(Property(name="guide:commit", value=commit))
    guide.properties.add(Property(name="guide:requirements.txt:sha256", value=digest))
    bom = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_OID, f"{commit} {digest} {day}"))
    midnight = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
    bom.metadata = BomMetaData(timestamp=midnight, component=guide)
    parts = [*_packages(lock.decode()), *_shipped()]
    bom.components.update(parts)
    bom.register_dependency(guide, parts)
    text: str = JsonV1Dot6(bom).output_as_string(indent=1)
    return text + "\n"


def _packages(lock: str) -> Iterator[Component]:
    """Every locked package; the licence of those that this machine does not install stays unsaid."""
    for name, version in sorted(set(_LOCKED.findall(lock))):
        yield Component(
            name=name,
            version=version,
            purl=PackageURL("pypi", None, name, version),
            bom_ref=f"{name}@{version}",
            licenses=[LicenseFactory().make_from_string(text) for text in (licence(name),) if text],
        )


def _shipped() -> Iterator[Component]:
    for name, spdx in SHIPPED:
        yield Component(name=name, bom_ref=name, licenses=[LicenseFactory().make_from_string(spdx)])


def licence(package: str) -> str | None:
    """What an installed package says of its licence: its SPDX expression, else its words, else its classifiers."""
    try:
        found = importlib.metadata.metadata(package)
    except importlib.metadata.PackageNotFoundError:  # locked for another system
        return None
    expression, short = (
        (found.get_all(name) or [""])[0].strip() for name in ("License-Expression", "License")
    )
    if short == "UNKNOWN" or "\n" in short:  # some put the whole text there
        short = ""
    classifiers = [
        each.rpartition(" :: ")[2]
        for each in found.get_all("Classifier") or []
        if each.startswith("License :: ")
    ]
    return expression or short or " / ".join(classifiers) or None
