"""Theme adaptations: what they change, and that a changed theme stops the build."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guide.site import lazy, needs
from guide.site.theme import ADAPTATIONS, LEFTOVERS, ThemeChangedError, adapt, adapt_not_found


def html(site: Path, page: str = "urgence/rancongiciel/index.html") -> str:
    """A page of a built site."""
    return (site / page).read_text(encoding="utf-8")


def test_the_installed_theme_matches_every_adaptation(raw: Path) -> None:
    """Each pattern is found as often as expected on every page of the raw theme."""
    for path in raw.rglob("index.html"):
        adapt(path.read_text(encoding="utf-8"), str(path))


@pytest.mark.parametrize("adaptation", [a for a in ADAPTATIONS if a.least], ids=lambda a: a.name)
def test_a_theme_that_loses_a_pattern_stops_the_build_and_names_it(raw: Path, adaptation) -> None:
    """The message says which correction no longer applies, where, and what to do."""
    broken = re.sub(adaptation.pattern, "", html(raw), flags=re.S)
    with pytest.raises(ThemeChangedError) as error:
        adapt(broken, "urgence/index.html")
    assert f"« {adaptation.name} » : trouvé 0, attendu {adaptation.expected()}" in str(error.value)
    assert "urgence/index.html" in str(error.value)
    assert "hooks/guide/site/theme.py" in str(error.value)


@pytest.mark.parametrize("name", LEFTOVERS)
def test_what_should_be_gone_and_is_not_stops_the_build(raw: Path, name: str) -> None:
    """A pattern that may be absent is checked by what it would leave behind."""
    added = {
        "choix clair ou sombre": '<label data-new for="__palette_1">',
        "noms des sous-menus": '<nav class="md-nav" data-new aria-expanded="true">',
        "titres des sous-menus": '<label class="md-nav__link" data-new for="__nav_1">',
        "titre du sommaire": '<label class="md-nav__title" data-new for="__toc">',
        "pages voisines": '<link data-new rel="next">',
        "fil d’Ariane": '<nav class="md-path" data-new aria-label="Navigation">',
    }
    broken = html(raw).replace("</body>", added[name] + "</body>")
    with pytest.raises(ThemeChangedError, match=name):
        adapt(broken, "page")


def test_header_controls_are_buttons(sample: Path) -> None:
    """Menu, search and light / dark switch can be reached with the keyboard."""
    page = html(sample)
    assert not re.search(r'<label class="md-header__button', page)
    assert page.count('class="md-header__button md-icon" data-ui-toggle=') == 2
    assert page.count("data-ui-check=") == 3


def test_side_navigation_has_no_folding_labels(sample: Path) -> None:
    """Sub-menus are named lists that stay open."""
    page = html(sample)
    assert 'tabindex=""' not in page
    assert not re.search(r'<label[^>]*for="__nav_', page)
    assert '<nav class="md-nav" data-md-level="2" aria-label="Situations">' in page


def test_every_page_has_a_skip_link_to_its_body(sample: Path) -> None:
    """Also the error page, which the theme leaves without."""
    for path in [*sample.rglob("index.html"), sample / "404.html"]:
        page = path.read_text(encoding="utf-8")
        assert page.count('href="#__contenu" class="md-skip"') == 1
        assert page.count('id="__contenu"') == 1


def test_every_page_ends_on_paper_with_the_emergency_line(sample: Path) -> None:
    """Printed pages say where the emergency page is."""
    for path in sample.rglob("index.html"):
        assert path.read_text(encoding="utf-8").count('<p class="g-printfoot">') == 1
    assert "https://guide.example/urgence/" in html(sample)


def test_the_error_page_is_french_and_leads_out(raw: Path) -> None:
    """Links are absolute, under the base path of the site."""
    page = adapt_not_found(html(raw, "404.html"), "https://guide.example/cabinet/")
    assert "Not found" not in page
    assert "<h1>Cette page n’existe pas</h1>" in page
    assert '<a href="/cabinet/urgence/">' in page
    assert "<title>Page introuvable - " in page


def test_what_our_scripts_look_for_is_missed_at_the_build(sample: Path, tmp_path: Path) -> None:
    """A selector that finds nothing says nothing in a browser: the build names each, and the search's programs."""
    workers = tmp_path / "assets/javascripts/workers"
    workers.mkdir(parents=True)
    (worker,) = (sample / "assets/javascripts/workers").iterdir()
    page = (sample / "index.html").read_text(encoding="utf-8")
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    (workers / worker.name).write_text(worker.read_text(encoding="utf-8"), encoding="utf-8")
    needs.check(tmp_path)
    for name, text in needs.PAGE.items():
        (tmp_path / "index.html").write_text(page.replace(text, ""), encoding="utf-8")
        with pytest.raises(ThemeChangedError, match=f"index.html : « {name} »"):
            needs.check(tmp_path)
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    (workers / worker.name).write_text("", encoding="utf-8")
    with pytest.raises(ThemeChangedError, match="module français de la recherche"):
        needs.check(tmp_path)


def test_a_theme_whose_search_starts_otherwise_stops_the_build(raw: Path, tmp_path: Path) -> None:
    """Each change to the theme's own program is counted too."""
    folder = tmp_path / "assets/javascripts"
    folder.mkdir(parents=True)
    with pytest.raises(ThemeChangedError, match="0 programme"):
        lazy.search_on_demand(tmp_path)
    (program,) = (raw / "assets/javascripts").glob("bundle.*.min.js")
    (folder / program.name).write_text(
        program.read_text(encoding="utf-8").replace("new Worker(", "start("), encoding="utf-8"
    )
    with pytest.raises(
        ThemeChangedError, match="« démarrage du programme de recherche » : trouvé 0, attendu 1"
    ):
        lazy.search_on_demand(tmp_path)
