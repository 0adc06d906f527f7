"""« Ma checklist »: ticks that last, leave and come back; what is damaged is put aside; what is pasted is text."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from support import ours
from tools.conftest import Reader
from tools.toolsupport import WINDOWS, downloaded, faults

pytestmark = pytest.mark.browser
PAGE = "checklist/"
KEY = "guide:checklist:1"
MEASURES = ours().measures
ONE, TWO = list(MEASURES)[:2]


def stored(page: Page) -> dict[str, dict[str, dict[str, str]]]:
    """What the device keeps."""
    return json.loads(page.evaluate(f"localStorage.getItem('{KEY}')"))


def put(page: Page, text: str) -> None:
    """Leaves a text where the checklist keeps its own, and comes back."""
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
    page.reload()


def point(page: Page, name: str) -> None:
    """Opens one point."""
    page.locator(f"#{name} summary").click()


def state(**items: dict[str, str]) -> str:
    """A follow-up as the guide writes it."""
    return json.dumps({"format": "guide-cabinet-dentaire", "version": 1, "items": items})


def choose(page: Page, *files: Path) -> None:
    """Gives files to « Importer »."""
    page.locator("input[data-do=import]").set_input_files([str(file) for file in files])


def says(page: Page) -> str:
    """The sentence under the export buttons."""
    return page.locator(".g-keep__says").inner_text()


@pytest.mark.parametrize("disk", [False, True])
def test_tick_export_clear_import_gives_the_same_state(
    reader: Callable[..., Reader], tmp_path: Path, disk: bool
) -> None:
    """The whole way round, online and from the disk."""
    found = reader(PAGE, disk=disk, now="2026-11-24T12:00:00+01:00")
    page = found.page
    page.locator(f"#{ONE} .g-tick").check()
    assert page.locator(f"#{ONE} .g-check__state").inner_text() == "Coché le 24 novembre 2026"
    point(page, ONE)
    page.locator(f"#note-{ONE}").fill("Disque n° 2,\nchez le titulaire")
    point(page, TWO)
    page.locator(f"#{TWO} .g-na").check()
    expect(page.locator(f"#why-{TWO}")).to_be_focused()
    page.locator(f"#why-{TWO}").fill("pas de serveur")
    before = stored(page)
    assert before["items"][TWO]["why"] == "pas de serveur"
    content = downloaded(page, page.get_by_role("button", name="Exporter dans un fichier"))
    assert "lu par quiconque" in json.loads(content)["avertissement"]
    assert "Quiconque l’ouvre peut le lire" in says(page)
    file = tmp_path / "checklist.json"
    file.write_bytes(content)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Tout effacer").click()
    assert not page.locator(f"#{ONE} .g-tick").is_checked()
    assert page.evaluate(f"localStorage.getItem('{KEY}')") is None
    choose(page, file)
    page.get_by_role("button", name="Remplacer mes coches").click()
    assert stored(page) == before
    found.go(PAGE)
    assert page.locator(f"#{ONE} .g-tick").is_checked()
    assert "chez le titulaire" in page.locator(f"#{ONE} .g-check__state").inner_text()
    assert "Sans objet ici\u00a0: pas de serveur" in page.locator(f"#{TWO} .g-check__state").inner_text()
    assert found.complaints == []


def test_clearing_asks_first(reader: Callable[..., Reader]) -> None:
    """« Annuler » leaves everything."""
    page = reader(PAGE).page
    page.locator(f"#{ONE} .g-tick").check()
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Tout effacer").click()
    assert page.locator(f"#{ONE} .g-tick").is_checked()


def test_a_renamed_point_keeps_its_tick(reader: Callable[..., Reader], tmp_path: Path) -> None:
    """`former_ids`, for what the device keeps and for an older file."""
    found = reader("")
    old = {"s": "done", "d": "2026-10-01", "note": "sous son ancien nom"}

    def renamed(route: Route) -> None:
        body = route.fetch().text()
        for name, former in ((ONE, "ancien tres-ancien"), (TWO, "autrefois")):
            body = body.replace(
                f'class="g-check" id="{name}"', f'class="g-check" id="{name}" data-former="{former}"'
            )
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    found.page.route("**/checklist/", renamed)
    page = found.go(PAGE)
    put(page, state(**{"tres-ancien": old}))
    assert page.locator(f"#{ONE} .g-tick").is_checked()
    assert "sous son ancien nom" in page.locator(f"#{ONE} .g-check__state").inner_text()
    assert list(stored(page)["items"]) == [ONE]
    file = tmp_path / "ancien.json"
    file.write_text(state(autrefois=old), encoding="utf-8")
    choose(page, file)
    page.get_by_role("button", name="Réunir avec mes coches").click()
    assert set(stored(page)["items"]) == {ONE, TWO}


def test_two_files_are_merged_and_the_later_mark_wins(reader: Callable[..., Reader], tmp_path: Path) -> None:
    """Two colleagues: one tick each, a disagreement, two notes."""
    page = reader(PAGE).page
    first, second = tmp_path / "lea.json", tmp_path / "paul.json"
    mark = {"s": "done", "d": "2026-10-01", "t": "2026-10-01T10:00:00.000Z", "note": "vu par Léa"}
    later = {
        "s": "na",
        "d": "2026-10-02",
        "t": "2026-10-02T10:00:00.000Z",
        "note": "vu par Paul",
        "why": "aucun",
    }
    first.write_text(state(**{ONE: mark, TWO: mark}), encoding="utf-8")
    second.write_text(state(**{TWO: later}), encoding="utf-8")
    choose(page, first, second)
    expect(page.locator(".g-keep__says")).to_have_text(
        "2 fichiers lus : 2 points cochés ou sans objet. Que faire ?"
    )
    page.get_by_role("button", name="Réunir avec mes coches").click()
    items = stored(page)["items"]
    assert items[ONE]["s"] == "done"
    assert (items[TWO]["s"], items[TWO]["note"]) == ("na", "vu par Léa\nvu par Paul")


BAD = {
    "texte.json": ("bonjour", "abîmé"),
    "coupe.json": (state(a={"s": "done", "d": "2026-10-01"})[:-5], "abîmé"),
    "autre.json": ('{"version": 1, "items": {}}', "abîmé"),
    "liste.json": ("[]", "abîmé"),
    "faux.json": (state(a={"s": "peut-être"}), "abîmé"),  # type: ignore[dict-item]
    "piege.json": (
        '{"format":"guide-cabinet-dentaire","version":1,"items":{"__proto__":{"s":"done"}}}',
        "abîmé",
    ),
    "futur.json": ('{"format":"guide-cabinet-dentaire","version":9,"items":{}}', "plus récente"),
    "vide.json": ("", "vide"),
    "gros.json": ("x" * 1_000_001, "trop gros"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_changes_nothing_and_says_so(
    reader: Callable[..., Reader], tmp_path: Path, name: str
) -> None:
    """Damaged, foreign, future, empty, too large: the ticks stay, even when a good file comes with it."""
    page = reader(PAGE).page
    page.locator(f"#{ONE} .g-tick").check()
    before = stored(page)
    good, bad = tmp_path / "bon.json", tmp_path / name
    good.write_text(state(**{TWO: {"s": "done", "d": "2026-10-01"}}), encoding="utf-8")
    bad.write_text(BAD[name][0], encoding="utf-8")
    choose(page, good, bad)
    expect(page.locator(".g-keep__says")).to_contain_text("Rien n’a été changé")
    assert name in says(page)
    assert BAD[name][1] in says(page)
    assert not page.get_by_role("button", name="Réunir avec mes coches").is_visible()
    assert stored(page) == before


@pytest.mark.parametrize(
    "text",
    [
        "{coupé",
        "[]",
        '{"version":1}',
        "x" * 1_000_001,
        '{"format":"guide-cabinet-dentaire","version":1,"items":[]}',
    ],
)
def test_a_damaged_record_is_put_aside_and_can_be_had_back(reader: Callable[..., Reader], text: str) -> None:
    """Nothing is silently overwritten: the text stays on the device, and the reader may take it."""
    page = reader(PAGE).page
    put(page, text)
    assert "mis de côté" in page.locator("[data-tool=trouble]").inner_text()
    page.locator(f"#{ONE} .g-tick").check()
    assert page.evaluate(f"localStorage.getItem('{KEY}:mis-de-cote:1')") == text
    page.reload()
    assert page.locator(f"#{ONE} .g-tick").is_checked()
    content = downloaded(page, page.get_by_role("button", name="Télécharger ce qui a été mis de côté"))
    assert content.decode() == text


def test_a_record_from_a_newer_guide_is_left_alone(reader: Callable[..., Reader]) -> None:
    """Read-only: ticks work on this page, and the newer record stays as it is."""
    page = reader(PAGE).page
    text = '{"format":"guide-cabinet-dentaire","version":2,"items":{},"more":[1]}'
    put(page, text)
    assert "version plus récente" in page.locator("[data-tool=trouble]").inner_text()
    page.locator(f"#{ONE} .g-tick").check()
    assert page.locator(f"#{ONE} .g-check__state").inner_text().startswith("Coché")
    assert page.evaluate(f"localStorage.getItem('{KEY}')") == text


def test_a_browser_that_keeps_nothing_says_so(reader: Callable[..., Reader]) -> None:
    """No storage at all: the page works, and warns."""
    found = reader("")
    found.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page = found.go(PAGE)
    page.locator(f"#{ONE} .g-tick").check()
    assert page.locator(f"#{ONE} .g-check__state").inner_text().startswith("Coché")
    assert "ne garde pas" in page.locator("[data-tool=trouble]").inner_text()


def test_a_visit_alone_leaves_nothing_on_the_device(reader: Callable[..., Reader]) -> None:
    """Reading is not recorded; the first tick is."""
    page = reader(PAGE).page
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('guide:'))") == []


def test_what_has_changed_since_the_last_visit_is_told(reader: Callable[..., Reader]) -> None:
    """A reworded point and a new one; « C'est vu » ends it."""
    page = reader(PAGE).page
    page.locator(f"#{ONE} .g-tick").check()
    kept = stored(page)
    kept["seen"][ONE] = "autrefois"  # type: ignore[assignment]
    del kept["seen"][TWO]
    put(page, json.dumps(kept))
    box = page.locator("[data-tool=changed]")
    assert box.locator("p").inner_text() == "2 points ont changé depuis votre dernière visite"
    assert box.locator("a").first.get_attribute("href") == f"#{ONE}"
    box.get_by_role("button", name="C’est vu").click()
    assert not box.is_visible()
    page.reload()
    assert not box.is_visible()


def test_pasted_html_is_text(reader: Callable[..., Reader]) -> None:
    """In a note, a reason, and in an imported file."""
    found = reader(PAGE)
    page = found.page
    evil = '<img src=x onerror="document.title=1"><b>gras</b>'
    page.locator(f"#{ONE} .g-tick").check()
    point(page, ONE)
    page.locator(f"#note-{ONE}").fill(evil)
    assert evil in page.locator(f"#{ONE} .g-check__state").inner_text()
    assert page.locator(f"#{ONE} .g-check__state *").count() == 0
    assert found.requests == []
    assert page.title() != "1"


def test_filters_and_progress_by_theme(reader: Callable[..., Reader]) -> None:
    """Role, subject, frequency, priority, to do: counts agree with the data; bars are read in words."""
    page = reader(PAGE).page
    for name, value, expected in (
        ("role", "secretariat", [m.id for m in MEASURES.values() if "secretariat" in m.roles]),
        ("group", "sauvegardes", [m.id for m in MEASURES.values() if m.group == "sauvegardes"]),
        ("frequency", "mensuel", [m.id for m in MEASURES.values() if m.frequency == "mensuel"]),
        ("priority", "essentiel", [m.id for m in MEASURES.values() if m.priority == "essentiel"]),
    ):
        page.locator(f"#f-{name}").select_option(value)
        shown = page.eval_on_selector_all(".g-check:not([hidden])", "list => list.map((item) => item.id)")
        assert set(shown) == set(expected)
        assert page.locator(".g-count").inner_text() == f"{len(expected)} points affichés"
        page.locator(f"#f-{name}").select_option("")
    group = MEASURES[ONE].group
    here = [m for m in MEASURES.values() if m.group == group]
    page.locator(f"#{ONE} .g-tick").check()
    assert page.locator(f"[data-theme={group}] span").inner_text() == f"1 sur {len(here)}"
    page.get_by_label("À faire seulement").check()
    assert not page.locator(f"#{ONE}").is_visible()
    page.locator("#f-role").select_option("prestataire")
    page.locator("#f-frequency").select_option("evenement")
    page.locator("#f-priority").select_option("avance")
    assert page.locator("h2#sauvegardes").is_hidden()


def test_paper_shows_the_present_state_with_the_details(reader: Callable[..., Reader]) -> None:
    """« Imprimer avec le détail »: folds open for paper, closed afterwards."""
    page = reader(PAGE).page
    page.locator(f"#{ONE} .g-tick").check()
    page.evaluate(
        "window.print = () => { window.folds = document.querySelectorAll('.g-check details[open]').length; dispatchEvent(new Event('afterprint')) }"
    )
    page.get_by_role("button", name="Imprimer avec le détail").click()
    assert page.evaluate("window.folds") == len(MEASURES)
    assert page.locator(".g-check details[open]").count() == 0


def test_another_window_is_followed(reader: Callable[..., Reader]) -> None:
    """A tick made in a second tab shows in the first."""
    page = reader(PAGE).page
    second = page.context.new_page()
    second.goto(page.url)
    second.locator(f"#{TWO} .g-tick").check()
    expect(page.locator(f"#{TWO} .g-tick")).to_be_checked()


def test_without_scripts_the_list_is_whole(reader: Callable[..., Reader]) -> None:
    """Every point, why, how, proof, source; no tool that would do nothing."""
    page = reader(PAGE, java_script_enabled=False).page
    assert page.locator(".g-check").count() == len(MEASURES)
    assert page.locator("main button:visible, main select:visible, main progress:visible").count() == 0
    point(page, ONE)
    assert "C’est fait quand" in page.locator(f"#{ONE}").inner_text()
    source = page.locator(f"#{ONE} dd").last
    assert source.locator("a").count() == len(MEASURES[ONE].sources) and "jamais" not in source.inner_text()


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_each_state_is_accessible(reader: Callable[..., Reader], width: int, scheme: str) -> None:
    """Ticked, not applicable, a note open, the choice after an import, something put aside."""
    found = reader(PAGE, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = found.page
    put(page, "{")
    page.locator(f"#{ONE} .g-tick").check()
    point(page, TWO)
    page.locator(f"#{TWO} .g-na").check()
    point(page, ONE)
    kept = stored(page)
    kept["seen"][ONE] = "autrefois"  # type: ignore[assignment]
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps(kept)])
    page.evaluate("document.dispatchEvent(new CustomEvent('guide:tracking'))")
    assert page.locator("[data-tool=changed]").is_visible()
    assert faults(page) + found.complaints == []
