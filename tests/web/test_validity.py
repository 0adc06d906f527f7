"""Every page, style sheet and icon of ours goes through the Nu Html Checker: no error, no warning."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from support import ROOT
from websupport import pages_of

pytestmark = pytest.mark.validity

JAR = ROOT / "tests" / "vnu" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
# A deep stack for its schema; and by default it asks nothing of loopback, to protect those who offer it as a service.
SETTINGS = (
    "-Xss8m", "-XX:TieredStopAtLevel=1",
    "-Dnu.validator.servlet.allow-forbidden-hosts=true", "-Dnu.validator.servlet.allowed-address-type=all",
)  # fmt: skip


def messages(*places: str) -> list[str]:
    """What the checker says of addresses or files, but for the two false alarms below."""
    java = shutil.which("java")
    assert java and JAR.exists(), (
        "Java ou vnu manque : lancez ./scripts/guide test, ou excluez ces tests par --without-validity"
    )
    command = [
        java,
        *SETTINGS,
        "-jar",
        str(JAR),
        "--also-check-css",
        "--also-check-svg",
        "--format",
        "json",
        *places,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    found = [each for each in json.loads(done.stderr)["messages"] if not false_alarm(each)]
    return [
        f"{m.get('url')}:{m.get('lastLine')}: {m['message']} ({m.get('extract', '').strip()})" for m in found
    ]


def false_alarm(message: dict[str, Any]) -> bool:
    """A block of data is not a script, and no policy applies to it (HTML, « prepare the script element »).

    The checker judges it as one. Scripts of the page that the policy would block are still reported.
    And it does not know `::highlight()` yet (CSS Custom Highlight API), by which the words of a search are shown.
    """
    if message["message"] == "CSS: Parse Error." and "ght(guide-found)" in message.get("extract", ""):
        return True
    data = 'type="application/json"', 'type="application/ld+json"'
    return message["message"].startswith("Inline script violates Content Security Policy") and any(
        each in message.get("extract", "") for each in data
    )


def test_every_page_and_every_component_is_valid(
    site: Path, site_url: str, sample: Path, sample_url: str
) -> None:
    """From a server, so that « self » in the policy of each page means something; the sample shows every component."""
    addresses = [site_url + path for path in pages_of(site)] + [
        sample_url + path for path in pages_of(sample)
    ]
    assert messages(*addresses) == []


def test_style_sheets_and_icons_are_valid(site: Path) -> None:
    """What is ours; the theme's own sheets are checked by its authors."""
    assert messages(*map(str, [*site.glob("assets/css/*.css"), *site.rglob("*.svg")])) == []


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    """One fault of each kind; silence would mean that it did not look."""
    page, sheet, icon = (tmp_path / name for name in ("index.html", "x.css", "x.svg"))
    page.write_text(
        '<!doctype html><html lang="fr"><title>x</title><p id="a"><div id="a"></div>', encoding="utf-8"
    )
    sheet.write_text("p{couleur:red}", encoding="utf-8")
    icon.write_text('<svg xmlns="http://www.w3.org/2000/svg"><div/></svg>', encoding="utf-8")
    found = "\n".join(messages(str(page), str(sheet), str(icon)))
    for file, fault in (("index.html", "Duplicate ID"), ("x.css", "couleur"), ("x.svg", "div")):
        assert any(file in line and fault in line for line in found.splitlines()), (file, found)
