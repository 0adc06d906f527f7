"""The offline ZIP, unpacked and opened from the disk as its readers do; the file that makes it."""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html as tree
from playwright.sync_api import Browser, expect

from guide.page.offline_copy import EMERGENCY, ZIP
from guide.site.copy import archive
from guide.site.copy.age import Age, AgeError, of_site
from guide.site.copy.copied_page import PlaceError, adapt
from guide.site.copy.relinks import DeadLinkError, Relinks
from searchbox import FIELD, SearchBox
from support import run_guide
from tools.toolsupport import faults
from websupport import Visit, stays_ticked

AGE = Age(dt.date(2026, 11, 24), dt.date(2027, 5, 24), "2026.1")
BEFORE, FRESH = "2020-01-01T09:00:00+01:00", "2026-12-01T09:00:00+01:00"
LAST_DAY, LATE = "2027-05-24T23:30:00+02:00", "2027-05-25T00:30:00+02:00"


@pytest.fixture
def disk(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens a file in a fresh context, its clock set; whatever is not a file counts as foreign."""
    contexts = []

    def opened(path: Path, now: str = FRESH, **options: object) -> Visit:
        context = browser.new_context(
            locale="fr-FR", timezone_id="Europe/Paris", reduced_motion="reduce", **options
        )
        contexts.append(context)
        seen = Visit(context.new_page(), "file:")
        seen.page.on(
            "console", lambda m: seen.complaints.append(m.text) if m.type in ("error", "warning") else None
        )
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.on(
            "request", lambda r: None if r.url.startswith(("file:", "data:")) else seen.foreign.append(r.url)
        )
        if options.get("java_script_enabled", True):
            seen.page.clock.install(time=now)
        seen.page.goto(path.as_uri())
        return seen

    yield opened
    for context in contexts:
        context.close()


def dead_links(seen: Visit) -> list[str]:
    """Links of the open page, pictures and style included, that lead to no file or to no place of their page."""
    addresses = seen.page.evaluate(
        "() => [...document.querySelectorAll('[href], [src]')].map((e) => e.href || e.src)"
    )
    files = (unquote(urlsplit(address).path) for address in addresses if address.startswith("file:"))
    return [f"{seen.page.url}: {file}" for file in files if not Path(file).is_file()]


# In the browser


@pytest.mark.browser
def test_every_page_opens_from_a_folder_and_says_when_it_is_too_old(
    disk: Callable[..., Visit], unpacked: Path
) -> None:
    """No request, no complaint, no dead link, and the red lines after the last day."""
    seen = disk(unpacked / "guide" / "index.html", LATE, viewport={"width": 390, "height": 800})
    wrong: list[str] = []
    for path in [*sorted((unpacked / "guide").rglob("*.html")), unpacked / "URGENCE.html"]:
        seen.page.goto(path.as_uri())
        seen.page.wait_for_load_state("load")
        wrong += dead_links(seen)
        for line in (".g-age [data-late]", ".g-age-strip"):
            if not seen.page.locator(line).is_visible():
                wrong.append(f"{path.name}: {line}")
    assert wrong + seen.complaints + seen.foreign == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("now", "says"),
    [
        (BEFORE, "Copie hors ligne du 24 novembre 2026, valable jusqu’au 24 mai 2027."),
        (FRESH, "Copie hors ligne du 24 novembre 2026, valable jusqu’au 24 mai 2027."),
        (LAST_DAY, "Copie hors ligne du 24 novembre 2026, valable jusqu’au 24 mai 2027."),
        (LATE, "Copie périmée depuis le 24 mai 2027. Des numéros et des délais ont pu changer."),
    ],
)
def test_a_copy_knows_its_age_by_the_clock_of_the_device(
    disk: Callable[..., Visit], unpacked: Path, now, says
) -> None:
    """A clock that is behind says nothing wrong; the last day still counts."""
    for path in ("guide/urgence/index.html", "URGENCE.html"):
        page = disk(unpacked / path, now).page
        shown = page.locator(".g-age").inner_text().replace("\u00a0", " ")
        assert shown.startswith(says)
        assert page.locator(".g-age-strip").count() == (now == LATE)


@pytest.mark.browser
def test_without_javascript_the_dates_are_there(disk: Callable[..., Visit], unpacked: Path) -> None:
    for path in ("guide/index.html", "URGENCE.html"):
        page = disk(unpacked / path, java_script_enabled=False).page
        assert "valable jusqu’au 24\u00a0mai\u00a02027" in page.locator(".g-age").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "scheme", "now"), [(390, "light", LATE), (1366, "dark", LATE), (320, "dark", FRESH)]
)
def test_the_lines_about_age_are_accessible(
    disk: Callable[..., Visit], unpacked: Path, width, scheme, now
) -> None:
    size = {"width": width, "height": 800}
    seen = disk(unpacked / "guide/segur/index.html", now, viewport=size, color_scheme=scheme)
    assert faults(seen.page) == []


@pytest.mark.browser
def test_the_file_to_open_leads_to_the_guide_where_the_zip_is_unpacked(
    disk: Callable[..., Visit], unpacked: Path, tmp_path: Path
) -> None:
    """Double-clicked inside a ZIP, it is alone: it then says how to unpack, and does not lead into the void."""
    door = "OUVRIR-LE-GUIDE.html"
    seen = disk(unpacked / door)
    expect(seen.page).to_have_url((unpacked / "guide" / "index.html").as_uri())
    assert seen.complaints == []
    alone = Path(shutil.copy(unpacked / door, tmp_path))
    page = disk(alone).page
    expect(page.get_by_text("« Extraire tout »")).to_be_visible()
    assert faults(page) == []


@pytest.mark.browser
def test_the_search_answers_and_its_results_open(browser: Browser, unpacked: Path) -> None:
    """From the home page and from a deep one, also where the folder's name is odd."""
    for start in ("index.html", "mesures/sauvegardes/index.html"):
        page = browser.new_page(viewport={"width": 1366, "height": 900})
        box = SearchBox(page, (unpacked / "guide" / start).as_uri())
        box.root = (unpacked / "guide").as_uri() + "/"
        assert box.pages("hammeçonage")[0] == "urgence/situations/hameconnage/"
        page.locator(FIELD).press("Enter")
        expect(page.locator("h1")).to_contain_text("Message")
        page.close()


@pytest.mark.browser
def test_ticks_stay_and_the_decision_aid_leads_to_steps(disk: Callable[..., Visit], unpacked: Path) -> None:
    page = disk(unpacked / "guide/checklist/index.html").page
    point = page.locator(".g-check").first
    if point.locator("summary").count():
        point.locator("summary").first.click()
    tick = point.locator(".g-tick")
    tick.check()
    assert stays_ticked(page, tick)

    seen = disk(unpacked / "guide/urgence/decider/index.html")
    while (question := seen.page.locator(".g-question:not([hidden])").filter(visible=True)).count():
        question.get_by_role("button").first.click()
    assert seen.page.locator("[data-step]").filter(visible=True).count() >= 3
    link = seen.page.locator(".g-decide__follow a[href$='index.html']").first
    link.click()
    expect(seen.page.locator("h1")).to_be_visible()
    assert "/urgence/situations/" in seen.page.url
    assert seen.complaints + seen.foreign == []


@pytest.mark.browser
def test_both_copies_are_downloaded_from_their_page(
    visit: Callable[..., Visit], real_url: str, site: Path
) -> None:
    """At the addresses printed on paper, with the size of the ZIP."""
    page = visit(real_url, "a-propos/copie-hors-ligne/").page
    size = f"{(site / ZIP).stat().st_size / 1e6:.1f} Mo".replace(".", ",")
    for path, says in (
        (EMERGENCY, "Télécharger la page d’urgence (HTML)"),
        (ZIP, f"Télécharger le guide (ZIP, {size})"),
    ):
        button = page.locator(f"a[download][href='{Path(path).name}']")
        assert button.inner_text().replace("\u00a0", " ") == says
        with page.expect_download() as waiting:
            button.click()
        assert Path(waiting.value.path()).read_bytes() == (site / path).read_bytes()


# The ZIP


def test_the_command_writes_the_same_bytes_twice_with_the_whole_guide_in_one_pdf(
    site: Path, tmp_path: Path
) -> None:
    """Two builds of the same day: no hour, machine or order in the ZIP. The site leaves the long PDF to it."""
    target, again = (tmp_path / name / "copie.zip" for name in ("nouveau", "autre"))
    for each in (target, again):
        done = run_guide("offline", "--output", str(each))
        assert done.returncode == 0, done.stderr
    assert target.read_bytes() == again.read_bytes()
    whole = "imprimer/guide-complet.pdf"
    with zipfile.ZipFile(target) as held, zipfile.ZipFile(site / ZIP) as sent:
        (name,) = (each for each in held.namelist() if each.endswith(whole))
        assert held.read(name).startswith(b"%PDF")
        assert name.replace(whole, "imprimer/livret.pdf") in sent.namelist() and name not in sent.namelist()
    assert not (site / whole).exists()
    assert target.with_name("urgence.html").read_bytes() == (site / EMERGENCY).read_bytes()
    assert "Mo) et urgence.html" in done.stdout
    assert sorted(path.name for path in target.parent.iterdir()) == ["copie.zip", "urgence.html"]


def test_the_command_wants_the_name_of_a_zip(tmp_path: Path) -> None:
    done = run_guide("offline", "--output", str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "finit par .zip" in done.stderr


def test_three_files_stand_first_and_nothing_for_servers_is_inside(site: Path) -> None:
    with zipfile.ZipFile(site / ZIP) as zipped:
        names = [name.removeprefix("guide-numerique-2026-11-24/") for name in zipped.namelist()]
        assert names[:3] == ["LISEZMOI.txt", "OUVRIR-LE-GUIDE.html", "URGENCE.html"]
        assert all(name.startswith("guide/") for name in names[3:])
        assert {entry.date_time for entry in zipped.infolist()} == {(2026, 11, 24, 0, 0, 0)}
        readme = zipped.read("guide-numerique-2026-11-24/LISEZMOI.txt")
    assert "valable jusqu’au 24\u00a0mai\u00a02027" in readme.decode("utf-8-sig").lower()
    useless = (
        "404.html",
        "sitemap",
        "flux.xml",
        "_headers",
        ".htaccess",
        "nginx",
        "guide/donnees/",
        ".zip",
        ".woff2",
        "search_index.json",
    )
    assert [name for name in names if any(word in name for word in useless)] == []
    pdfs = {path.relative_to(site).as_posix() for path in site.rglob("*.pdf")}
    assert {f"guide/{path}" for path in pdfs} <= set(names)


def test_packing_depends_on_the_contents_only(tmp_path: Path) -> None:
    made = [tmp_path / "one.zip", tmp_path / "two.zip"]
    for target in made:
        archive.pack(target, [("a.html", b"1"), ("b.pdf", b"2")], AGE)
    assert made[0].read_bytes() == made[1].read_bytes()
    with zipfile.ZipFile(made[0]) as zipped:
        assert {entry.external_attr >> 16 for entry in zipped.infolist()} == {0o100644}


# Addresses


def relinked(relinks: Relinks, written: str, page: str) -> str:
    """A fragment of a page with its addresses as names of files."""
    root = tree.fragment_fromstring(written, create_parent="div")
    relinks.rewrite(root, page)
    return tree.tostring(root, encoding="unicode").removeprefix("<div>").removesuffix("</div>")


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ('<a href="../">a</a>', '<a href="../index.html">a</a>'),
        ('<a href="..">a</a>', '<a href="../index.html">a</a>'),
        ('<a href="./#x">a</a>', '<a href="./index.html#x">a</a>'),
        ('<a href="../audit/?h=a#b">a</a>', '<a href="../audit/index.html?h=a#b">a</a>'),
        ('<a href="#x">a</a>', '<a href="#x">a</a>'),
        ('<a href="https://www.cnil.fr/">a</a>', '<a href="https://www.cnil.fr/">a</a>'),
        ('<a href="tel:17">a</a>', '<a href="tel:17">a</a>'),
        ('<li data-page="../audit/">a</li>', '<li data-page="../audit/index.html">a</li>'),
        ('<img src="feuille%201.png">', '<img src="feuille%201.png">'),
        ('<a href="../flux.xml">Fil</a>', "<span>Fil (en ligne seulement)</span>"),
        ('<a href="../flux.xml">Fil <b>Atom</b></a>', "<span>Fil <b>Atom</b> (en ligne seulement)</span>"),
    ],
)
def test_addresses_become_names_of_files(written: str, becomes: str) -> None:
    kept = {"index.html", "audit/index.html", "urgence/index.html", "urgence/feuille 1.png"}
    assert relinked(Relinks(kept, {"flux.xml"}, None), written, "urgence/index.html") == becomes


def test_what_only_the_site_has_is_linked_there_once_it_has_an_address() -> None:
    addresses = Relinks({"index.html"}, {"flux.xml"}, "https://guide.cabinet.fr/")
    assert relinked(addresses, '<a class="x" href="flux.xml">Fil</a>', "index.html") == (
        '<a class="x" href="https://guide.cabinet.fr/flux.xml">Fil</a>'
    )


def test_a_dead_link_stops_the_build_with_its_page() -> None:
    """Also one written by a template, which the strict build does not see."""
    with pytest.raises(DeadLinkError, match=r"audit/index\.html : le lien « \.\./perdu/ »"):
        relinked(Relinks({"audit/index.html"}, set(), None), '<a href="../perdu/">x</a>', "audit/index.html")


def test_a_page_without_header_or_policy_stops_the_build() -> None:
    with pytest.raises(PlaceError, match="body/header"):
        adapt(
            b"<head></head><body></body>",
            "index.html",
            Relinks({"index.html"}, set(), None),
            AGE,
            "copie.html",
        )


@pytest.mark.parametrize("said", ["", "{}", '{"date": "hier", "offline_until": "", "version": ""}'])
def test_a_site_that_does_not_say_its_date_is_refused(tmp_path: Path, said: str) -> None:
    (tmp_path / "version.json").write_text(said, encoding="utf-8")
    with pytest.raises(AgeError, match=r"relancer \./scripts/guide site"):
        of_site(tmp_path)
