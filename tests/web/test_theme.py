"""Our templates: what each stands for in the theme, what every page says with them, and what a fault in one says."""

from __future__ import annotations

import hashlib
import importlib.metadata
import re
from pathlib import Path

import material
import pytest
from lxml import html as tree

from support import ROOT, run_guide
from websupport import pages_of

THEME = ROOT / "hooks" / "theme"
UPSTREAM = Path(material.__file__).parent / "templates"
REPLACES = dict(
    reversed(line.split()) for line in (THEME / "replaces.sha256").read_text(encoding="utf-8").splitlines()
)


def html(site: Path, page: str = "urgence/rancongiciel/index.html") -> str:
    """A page of a built site."""
    return (site / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", REPLACES)
def test_the_locked_theme_still_is_what_our_templates_replace(name: str) -> None:
    """A template that changes there may say something ours should say: read the change, then write the new sum."""
    found = hashlib.sha256((UPSTREAM / name).read_bytes()).hexdigest()
    assert found == REPLACES[name], f"{name} a changé : le lire, corriger hooks/theme, puis replaces.sha256"


def test_every_template_says_what_it_replaces() -> None:
    """By name and version, that of the lock; what is named is in the list of sums."""
    version = importlib.metadata.version("mkdocs-material")
    for path in THEME.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        if path.name == "first-paint.html":  # a script whose every byte the policy knows
            continue
        head = text[: text.index("#}")]
        assert "Ours alone" in head or f"of mkdocs-material {version}" in head, path
    named = set(
        re.findall(
            r"[\w/-]+\.html",
            " ".join(t.read_text(encoding="utf-8").partition("#}")[0] for t in THEME.rglob("*.html")),
        )
    )
    for name in REPLACES:
        assert name.rpartition("/")[2] in {each.rpartition("/")[2] for each in named} or name.startswith(
            "partials/javascripts/"
        ), name


def test_header_controls_are_buttons(sample: Path) -> None:
    """Menu, search and light / dark switch can be reached with the keyboard; the search says what it opens."""
    header = tree.document_fromstring(html(sample)).find("body/header")
    assert [button.get("aria-label") for button in header.iter("button")] == ["Menu", None, "Rechercher"]
    assert not header.xpath(".//label | .//input")


def test_the_menu_is_the_section_of_the_page(sample: Path) -> None:
    """The sections, and the branch of the page; no page of another section."""
    menu = tree.document_fromstring(html(sample)).get_element_by_id("menu")
    links = [link.text_content() for link in menu.iter("a")]
    assert links == ["Urgence", "Urgence", "Rançongiciel", "Accueil", "Composants", "Outils"]
    assert [link.text_content() for link in menu.xpath(".//a[@aria-current]")] == ["Rançongiciel"]
    assert menu.xpath("ul/li")[0].get("class") == "is-open g-menu__urgent"


def test_every_page_has_a_skip_link_to_its_body(sample: Path) -> None:
    """Also the error page."""
    for path in pages_of(sample):
        page = html(sample, path if path.endswith(".html") else f"{path}index.html")
        assert page.count('<a class="g-skip" href="#__contenu">') == 1
        assert page.count('id="__contenu"') == 1


def test_every_page_ends_on_paper_with_the_emergency_line(sample: Path) -> None:
    """Printed pages say where the emergency page is."""
    for path in sample.rglob("index.html"):
        assert path.read_text(encoding="utf-8").count('<p class="g-printfoot">') == 1
    assert "https://guide.example/urgence/" in html(sample)


def test_the_error_page_is_french_and_leads_out(in_folder: Path) -> None:
    """Links are absolute, under the base path of the site."""
    page = html(in_folder, "404.html")
    assert "Not found" not in page
    assert "<h1>Cette page n’existe pas</h1>" in page
    assert '<a href="/cabinet/urgence/">' in page
    assert "<title>Page introuvable - " in page


def test_no_page_asks_for_the_next_one(sample: Path) -> None:
    """Firefox would fetch it: a request that nobody asked for."""
    for path in sample.rglob("*.html"):
        assert not re.search(r'rel="(?:prev|next|prefetch)"', path.read_text(encoding="utf-8"))


def test_the_foot_says_who_publishes_and_leads_to_what_the_law_asks(site: Path) -> None:
    """On every page: publisher, state of accessibility, legal notice, personal data, plan, offline copy. (A report, once it reaches somebody: test_trust.)"""
    for path in pages_of(site):
        page = tree.document_fromstring(html(site, path if path.endswith(".html") else f"{path}index.html"))
        foot = page.find("body/footer")
        said = foot.text_content()
        assert "Éditeur" in said
        for label in (
            "Accessibilité\u00a0: non conforme",
            "Mentions légales",
            "Données personnelles",
            "Plan du site",
            "Copie hors ligne",
        ):
            assert foot.xpath(f".//a[.='{label}']"), (path, label)


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small guide with the templates of this one, which can be broken."""
    folder = tmp_path_factory.mktemp("small") / "guide"
    words = ("--name", "Guide", "--structure", "l’étude", "--client", "client", "--peer", "un notaire")
    assert run_guide("init", str(folder), *words).returncode == 0
    return folder


@pytest.mark.parametrize(
    ("broken", "file"),
    [
        ("{{ page.title.no_such.thing }}", "hooks/theme/partials/footer.html:3"),
        ("{% if %}", "hooks/theme/partials/footer.html:3"),
        ('{% include "absent.html" %}', "absent.html"),
    ],
)
def test_a_template_that_fails_is_one_sentence(guide: Path, broken: str, file: str) -> None:
    """Its file and its line, no traceback."""
    path = guide / "hooks/theme/partials/footer.html"
    sound = path.read_text(encoding="utf-8")
    lines = sound.splitlines()
    path.write_text("\n".join([*lines[:2], broken, *lines[2:]]), encoding="utf-8")
    try:
        done = run_guide("site", "--output", str(guide / "out"), root=guide)
    finally:
        path.write_text(sound, encoding="utf-8")
    assert done.returncode == 1
    assert file in done.stderr
    assert "Traceback" not in done.stderr
    assert not (guide / "out").exists()
