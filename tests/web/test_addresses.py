"""Every absolute address of a published guide, followed: on paper, in the feed, in letters, in the file for phones.

The guide is built for real with two spellings of its address, then served at that address on loopback.
"""

from __future__ import annotations

import html
import io
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from guide.page.offline_copy import EMERGENCY, ZIP
from serversupport import Served, program, serving
from support import ROOT, copy_project, environment

pytestmark = pytest.mark.servers

REPOSITORY = "https://forge.example/ordre/guide"
# Written in site.yml, the address that is meant, and where corrections go.
SPELLINGS = {
    "no-slash": ("https://guide.ordre.example", "https://guide.ordre.example/", "contact_email"),
    "folder-slash": ("https://ordre.example/guide/", "https://ordre.example/guide/", "repository"),
}
TEXTS = (".html", ".xml", ".txt", ".json", ".csv", ".ics", ".js", ".conf")


@dataclass(frozen=True)
class Published:
    """A guide with an address: its sources, its site, where it is said to be and where it is served."""

    project: Path
    site: Path
    address: str
    server: Served

    def status(self, address: str) -> int:
        """What the site answers at an absolute address of its own; anything else is a foreign host."""
        assert address.startswith(self.address), address
        parts = urlsplit(address)
        assert parts.netloc == urlsplit(self.address).netloc, address
        return self.server.ask(parts.path).status


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, copied once: what one spelling prints is kept for the next where it is the same."""
    return copy_project(tmp_path_factory.mktemp("addresses"))


@pytest.fixture(scope="module", params=SPELLINGS)
def published(
    request: pytest.FixtureRequest, sources: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Published]:
    written, address, corrections = SPELLINGS[request.param]
    contact = {"repository": REPOSITORY, "contact_email": "contact@ordre.example"}[corrections]
    text = (ROOT / "data/site.yml").read_text(encoding="utf-8")
    for name, value in {
        "url": written, corrections: contact, "publisher": "Ordre", "security_contact": "s@ordre.example",
        "security_expires": "2027-10-01",
    }.items():  # fmt: skip
        text = re.sub(rf"^{name}: .*$", f'{name}: "{value}"', text, flags=re.MULTILINE)
    (sources / "data/site.yml").write_text(text, encoding="utf-8")
    site = tmp_path_factory.mktemp("site") / "site"
    variables = {**environment(), "PYTHONPATH": str(sources / "hooks")}
    command = [sys.executable, "-m", "guide", "site", "--output", str(site)]
    done = subprocess.run(command, cwd=sources, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with serving("nginx", site, urlsplit(address).path) as server:
        yield Published(sources, site, address, server)


def texts(site: Path) -> Iterator[tuple[str, str]]:
    """Name and content of every text of the site, those of the ZIP included."""
    for path in sorted(site.rglob("*")):
        if path.suffix in TEXTS and path.is_file():
            yield path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")
    with zipfile.ZipFile(site / ZIP) as copy:
        for name in copy.namelist():
            if name.endswith(TEXTS):
                yield f"guide.zip/{name}", copy.read(name).decode()


def own(text: str, address: str) -> set[str]:
    """The addresses that begin with the host of the guide, whatever follows it, with or without their scheme."""
    host = re.escape(urlsplit(address).netloc)
    plain = unquote(html.unescape(text)).replace("\\/", "/")
    found = re.findall(rf"(?<![\w@.-])(?:https?://)?{host}[^\s\"'<>«»“”)\]}},;\\|`]*", plain)
    return {re.sub(r"^(?:https?://)?", "https://", each).rstrip(".:") for each in found}


def test_every_address_written_in_the_site_opens(published: Published) -> None:
    met: set[str] = set()
    for name, text in texts(published.site):
        addresses = own(text, published.address)
        if name in ("flux.xml", "sitemap.xml", EMERGENCY, "checklist/afficher/index.html", "security.txt"):
            assert addresses, name
        for each in addresses - met:
            shown = each.rstrip("/") + "/"  # paper and sentences leave out the last slash of the home page
            assert published.status(shown if shown == published.address else each) == 200, (name, each)
        met |= addresses
    assert len(met) > 60
    assert f"{published.address}urgence/" in met


@pytest.fixture(scope="module")
def codes_of() -> dict[bytes, set[str]]:
    """Content of a sheet → what its codes say."""
    return {}


def codes(sheet: Path, folder: Path) -> set[str]:
    """What the codes of a PDF say."""
    command = [program("pdftoppm"), "-gray", "-r", "100", str(sheet), str(folder / "page")]
    subprocess.run(command, check=True, capture_output=True)
    found: set[str] = set()
    for page in sorted(folder.glob("page*.pgm")):
        found |= {code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(page.read_bytes())))}
        page.unlink()
    return found


@pytest.mark.poppler
def test_the_code_of_every_sheet_opens_the_emergency_page(
    published: Published, codes_of: dict[bytes, set[str]], tmp_path: Path
) -> None:
    """Drawn by poppler as a printer would, read by another program; the address in words beside it is the same."""
    read: dict[str, set[str]] = {}
    for sheet in sorted(published.site.rglob("*.pdf")):
        content = sheet.read_bytes()
        if content not in codes_of:  # two spellings of one address print the same sheets
            codes_of[content] = codes(sheet, tmp_path)
        read[sheet.relative_to(published.site).as_posix()] = codes_of[content]
    assert len(read) > 15
    assert read["checklist/afficher/checklist.pdf"] == {f"{published.address}urgence/"}
    for name, found in read.items():
        assert all(published.status(each) == 200 for each in found), (name, found)


def test_every_link_of_every_sheet_opens(published: Published) -> None:
    met: set[str] = set()
    host = urlsplit(published.address).netloc
    for sheet in sorted(published.site.rglob("*.pdf")):
        with pikepdf.open(sheet) as pdf:
            for page in pdf.pages:
                for note in page.get("/Annots", pikepdf.Array()):
                    address = str(note["/A"]["/URI"]) if "/A" in note and "/URI" in note["/A"] else ""
                    if address.startswith("http") and host in address:
                        met.add(address)
    assert met
    for each in met:
        assert published.status(each) == 200, each


def test_the_feed_has_one_address_for_each_thing(published: Published) -> None:
    names = {"a": "http://www.w3.org/2005/Atom"}
    feed = ET.fromstring((published.site / "flux.xml").read_text(encoding="utf-8"))
    links = [link.get("href", "") for link in feed.iterfind(".//a:link", names)]
    assert f"{published.address}flux.xml" in links
    for each in (*links, *(found.text or "" for found in feed.iterfind(".//a:id", names))):
        assert published.status(each) == 200, each


def test_a_proposed_correction_arrives(published: Published) -> None:
    """In the editor of the forge, at a line that exists; in a letter, with an address that opens."""
    links = {
        html.unescape(link)
        for name, text in texts(published.site)
        if name.endswith(".html") and not name.startswith("guide.zip")
        for link in re.findall(r'<a class="?g-correct"? href="?([^"\s>]+)', text)
    }
    assert len(links) > 100
    for link in links:
        parts = urlsplit(link)
        if parts.scheme == "mailto":
            assert parts.path == "contact@ordre.example"
            (body,) = parse_qs(parts.query)["body"]
            (address,) = re.findall(r"^Adresse : (.*?)\r?$", body, re.MULTILINE)
            assert published.status(address) == 200, address
        else:
            assert link.startswith(f"{REPOSITORY}/edit/main/"), link
            file = published.project / unquote(parts.path.partition("/edit/main/")[2])
            assert (
                1
                <= int(parts.fragment.removeprefix("L"))
                <= len(file.read_text(encoding="utf-8").splitlines())
            ), link


def test_search_engines_are_told_the_same(published: Published) -> None:
    for path in published.site.rglob("index.html"):
        text = path.read_text(encoding="utf-8")
        (canonical,) = re.findall(r'<link rel="?canonical"? href="?([^"\s>]+)', text)
        folder = path.parent.relative_to(published.site).as_posix()
        assert canonical == published.address + ("" if folder == "." else f"{folder}/")
        for block in re.findall(r'<script type="?application/ld\+json"?>(.*?)</script>', text):
            assert json.loads(block)["url"] == canonical
