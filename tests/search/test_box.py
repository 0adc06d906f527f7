"""What a reader sees in the search box: opening, typing, answers, passages, the keyboard, and what nothing leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route, expect

from searchbox import FIELD, SearchBox, queries
from searchsite import index, plain
from support import ROOT

pytestmark = pytest.mark.browser

MARK = re.compile(r"<mark>(.*?)</mark>")
FOUND = "() => [...(CSS.highlights.get('guide-found') ?? [])].map((range) => range.toString())"
STATE, LINKS = ".g-search__state", ".g-search__list > li > a"

# The longest stretch in which the page could answer nothing while texts are typed, in milliseconds.
LONGEST = """(texts) => texts.map((text) => { const field = document.getElementById('search-words'), start = performance.now();
  field.value = text; field.dispatchEvent(new Event('input', {bubbles: true})); return performance.now() - start; })"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    yield page
    page.close()


def marked(shown: dict[str, Any]) -> set[str]:
    """The words highlighted in the results, in small letters."""
    texts = [
        text
        for each in shown["results"]
        for text in (each["title"], *each["blocks"], *(place["title"] for place in each["places"]))
    ]
    return {word.lower() for text in texts for word in MARK.findall(text)}


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("messagerie securisee", "messagerie/"),  # accents
        ("l'hameçonnage", "urgence/situations/hameconnage/"),  # elisions, both apostrophes
        ("l’hameçonnage", "urgence/situations/hameconnage/"),
        ("ecps", "identification/"),  # joined acronyms
        ("e-cps", "identification/"),
        ("pgssis", "identification/"),
        ("hammeçonage", "urgence/situations/hameconnage/"),  # misspellings
        ("rancongiciel", "urgence/situations/rancongiciel/"),
        ("fishing", "urgence/situations/hameconnage/"),
        ("backup", "mesures/sauvegardes/"),  # everyday words
        ("doctolib", "mesures/services-en-ligne/"),
        ("virus", "urgence/situations/rancongiciel/"),
        ("écran bloqué", "urgence/situations/rancongiciel/"),
        ("que faire si on a cliqué sur un lien", "urgence/situations/hameconnage/"),  # whole questions
        ("comment savoir si mes sauvegardes marchent ?", "mesures/sauvegardes/"),
        ("mot de pass", "mesures/mots-de-passe/"),  # still typing
        ("3-2-1", "mesures/sauvegardes/"),
        ("vocabulaire", "lexique/"),  # words of the syllabus
        ("architecture", "mesures/reseau/"),
        ("cession du cabinet", "mesures/rgpd/"),  # not « session »
    ],
)
def test_words_are_understood_as_they_are_typed(box: SearchBox, typed: str, page: str) -> None:
    assert page in box.pages(typed)[:3]


def test_a_fixed_expression_is_not_read_word_by_word(box: SearchBox) -> None:
    """« tiers payant » is about billing, not about somebody who pays."""
    assert not {"urgence/situations/fraude-au-virement/", "urgence/situations/rancongiciel/"} & set(
        box.pages("tiers payant")[:2]
    )


@pytest.mark.parametrize(
    "typed", ["le la les", "de", "à", "+", "-", '"', "~", "a^", "titre:", "« »", "* *", "__proto__", "constructor", "' or 1", "<b>x</b>", "攻撃", "\u202e"]
)  # fmt: skip
def test_odd_queries_do_not_break_the_search(box: SearchBox, typed: str) -> None:
    """Stop words only, operators, punctuation, other scripts: some answer or none, and the next query works."""
    complaints: list[str] = []
    box.page.on("console", lambda message: complaints.append(message.text))
    box.page.on("pageerror", lambda error: complaints.append(str(error)))
    shown = box.ask(typed)
    assert "NaN" not in str(shown) and "undefined" not in str(shown)
    assert box.pages("sauvegarde")[0] == "mesures/sauvegardes/"
    assert complaints == []


def test_no_query_keeps_the_page_waiting(box: SearchBox) -> None:
    """Any length, any script, words that nobody knows; the bound is loose here, the figure is in benchmarks/search."""
    texts = [
        "mot de passe " * 3000,
        "a" * 200_000,
        "zqxj kvwz " * 4000,
        "攻撃 サイバー взлом " * 2000,
        "hamessonnaje pirattage servveur " * 900,
    ]
    assert max(box.page.evaluate(LONGEST, texts)) < 500
    assert len(box.page.locator(FIELD).input_value()) <= 300


def test_a_word_that_the_site_knows_is_not_corrected(box: SearchBox) -> None:
    """« SONS » is a programme of the Ségur, neither a misspelt « soins » nor the plural of « son »."""
    assert box.pages("sons")[0] == "segur/"
    assert not marked(box.ask("sons")) & {"son", "soins", "soin", "dons", "sonne"}


def test_a_correction_says_what_was_looked_for(box: SearchBox) -> None:
    assert "pour « rancongiciel »" in box.ask("ransongiciel")["state"]
    assert "pour" not in box.ask("sauvegarde")["state"]


def test_what_stands_for_the_typed_word_is_highlighted(box: SearchBox) -> None:
    """Other forms, corrections and translations are marked where they are found."""
    assert {"rançongiciel", "rançongiciels"} & marked(box.ask("ransongiciel"))
    assert marked(box.ask("backup")) & {"sauvegarde", "sauvegardes"}
    assert {"code", "bloqué"} <= marked(box.ask("code de la carte bloqué"))


def test_words_of_a_question_are_not_highlighted_beside_its_subject(box: SearchBox) -> None:
    assert not marked(box.ask("que faire quand on a cliqué sur un lien")) & {"faire", "quand", "que", "un"}


def test_a_word_that_no_result_shows_is_found(box: SearchBox, site: Path) -> None:
    """Its page comes, under a text to read: never a list of words, and nothing that says « not found »."""
    made = index(site)
    assert "anesthesique" in made["unseen"]
    shown = box.ask("anesthésiques")
    assert box.relative(shown["results"][0]["address"]) == "urgence/sans-logiciel/"
    assert (
        shown["results"][0]["blocks"] and "<del>" not in str(shown) and "non trouvé" not in str(shown).lower()
    )


def test_each_result_says_its_kind_then_its_title(box: SearchBox) -> None:
    first = box.ask("rançongiciel")["results"][0]
    assert first["kind"] == "Urgence" and box.relative(first["address"]) == "urgence/situations/rancongiciel/"
    kinds = {
        each["kind"]
        for typed in ("sauvegarde", "edr", "messagerie", "panique")
        for each in box.ask(typed)["results"]
    }
    assert {"Mesures", "Thèmes", "Lexique"} <= kinds
    (term,) = [each for each in box.ask("edr")["results"] if each["kind"] == "Lexique"]
    assert term["address"].endswith("#edr") and plain(term["title"]) == "EDR"
    places = [place for each in box.ask("sauvegarde radios")["results"] for place in each["places"]]
    assert "Mesure" in {place["kind"] for place in places}


def test_an_answer_comes_first_with_a_number_to_dial(box: SearchBox) -> None:
    shown = box.ask("opposition carte bancaire")
    assert "Faire opposition" in shown["answer"]["text"] and "Source" in shown["answer"]["text"]
    assert [link for link in shown["answer"]["links"] if re.fullmatch(r"tel:\d+", link)]
    assert shown["state"].startswith("Réponse : ")
    order = box.page.evaluate(
        "() => [...document.querySelector('.g-search__found').children].map((each) => each.className)"
    )
    assert order[0] == "g-search__answer"
    assert box.ask("eteindre le pc")["answer"]["text"].startswith("Faut-il éteindre l’ordinateur\xa0?Non.")


def test_an_answer_is_not_given_to_another_question(box: SearchBox) -> None:
    for typed in (
        "qui éteint les postes le soir",
        "chiffrer un disque",
        "changer de mot de passe",
        "formation phishing",
        "durée de conservation",
    ):
        assert box.ask(typed)["answer"] is None, typed


def test_pages_for_whoever_runs_the_site_come_after_the_others(box: SearchBox, site: Path) -> None:
    """Whatever is typed that a page for readers says as well."""
    sites = {page["a"] for page in index(site)["pages"] if page.get("s")}
    assert sites == {"a-propos/contribuer/", "a-propos/plan/", "a-propos/publier/"}
    for typed in (
        "hébergeur",
        "version",
        "erreur",
        "serveur",
        "date",
        "fichier",
        "mettre à jour",
        "téléphone",
        "source",
        "lien",
        "dossier",
    ):
        found = box.pages(typed)
        assert found and found[0] not in sites, typed
    assert "a-propos/publier/" in box.pages("rsync apache")[:1]


def test_the_words_found_are_marked_in_the_page(page: Page, site_url: str) -> None:
    """On arrival, accents and plurals aside, also those that no result shows; once, and never through the address."""
    for typed, word in (("sauvegarde", "sauvegardes"), ("anesthesique", "anesthésique")):
        box = SearchBox(page, site_url)
        box.ask(typed)
        page.locator(LINKS).first.click()
        page.wait_for_function("() => CSS.highlights.has('guide-found')")
        found = {each.lower() for each in page.evaluate(FOUND)}
        assert word in found and not found & {"le", "de", "un"}
        assert "?" not in page.url
        page.reload()
        assert page.evaluate(FOUND) == []


def test_a_result_in_the_same_page_is_marked_and_shown(page: Page, site_url: str) -> None:
    box = SearchBox(page, site_url + "mesures/sauvegardes/")
    box.ask("restauration")
    page.locator('.g-search__list a[href*="sauvegardes/#"]').first.click()
    expect(page.locator("#search")).to_be_hidden()
    assert "restauration" in {each.lower() for each in page.evaluate(FOUND)}


def test_the_number_of_pages_is_announced(box: SearchBox) -> None:
    """A screen reader hears it: the line is a live region, « 18 pages », « 1 page »."""
    box.ask("sauvegarde")
    expect(box.page.get_by_role("status").filter(has_text=re.compile(r"^\d+ pages$"))).to_be_visible()
    assert box.ask("edr")["state"] == "1 page"


def test_results_quote_the_index(box: SearchBox, site: Path) -> None:
    """Every quotation is a piece of the index, whole, marked or not."""
    texts = {
        page["a"] + (f"#{anchor}" if anchor else ""): (title, blocks)
        for page in index(site)["pages"]
        for anchor, title, blocks, *_ in page["n"]
    }
    every = {block for _, blocks in texts.values() for block in blocks}
    for query in queries("queries", "tuning")[::3]:
        for result in box.ask(query.text)["results"]:
            for each in (result, *result["places"]):
                title, _ = texts[each["address"].removeprefix(box.root)]
                assert plain(each["title"]) == title, query.text
            assert {plain(block) for block in result["blocks"]} <= every, query.text


@pytest.mark.parametrize("opening", ["button", "/", "Control+k", "Meta+k"])
def test_the_box_opens_by_its_button_and_its_keys(page: Page, site_url: str, opening: str) -> None:
    page.goto(site_url + "audit/")
    if opening == "button":
        page.locator("[data-search]").click()
    else:
        page.keyboard.press(opening)
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#search")).to_be_hidden()
    if opening == "button":
        expect(page.locator("[data-search]")).to_be_focused()


def test_a_slash_in_a_field_is_a_slash(page: Page, site_url: str) -> None:
    page.goto(site_url + "ressources/")
    page.locator("#l-text").press_sequentially("a/b")
    expect(page.locator("#l-text")).to_have_value("a/b")
    expect(page.locator("#search")).to_be_hidden()


def test_nothing_is_loaded_before_the_box_is_opened(page: Page, site_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site_url, wait_until="networkidle")
    assert [each for each in asked if "/search/" in each] == []
    page.keyboard.press("/")
    expect(page.locator(".g-search__ways").first).to_be_visible()
    assert sorted(re.sub(r".*/search/(\w+)\..*", r"\1", each) for each in asked if "/search/" in each) == [
        "index",
        "search",
    ]


def test_the_keyboard_alone_goes_from_the_question_to_the_page(page: Page, site_url: str) -> None:
    SearchBox(page, site_url)
    page.keyboard.type("edr")
    expect(page.locator(LINKS)).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(page.locator(LINKS).first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/lexique/#edr$"))


def test_pasting_and_dictating_search(page: Page, site_url: str) -> None:
    """Neither presses a key: the text is inserted."""
    SearchBox(page, site_url)
    page.keyboard.insert_text("rançongiciel")
    expect(page.locator(LINKS).first).to_contain_text("rançon", ignore_case=True)


def test_an_empty_field_offers_the_emergencies_and_the_last_pages(page: Page, site_url: str) -> None:
    page.goto(site_url + "audit/")
    page.goto(site_url + "messagerie/")
    box = SearchBox(page, site_url + "segur/")
    box.root = site_url
    incident = yaml.safe_load((ROOT / "data/incident.yml").read_text(encoding="utf-8"))
    ways = [box.relative(address) for _, address in box.ask("")["ways"]]
    assert ways[:8] == [f"{each['page']}/" for each in incident["situations"]]
    assert ways[8:] == ["messagerie/", "audit/"]


def test_nothing_found_offers_urgence_and_the_six_themes(page: Page, site_url: str) -> None:
    taxonomy = yaml.safe_load((ROOT / "data" / "taxonomy.yml").read_text(encoding="utf-8"))
    themes = [f"{topic['page']}/" for topic in taxonomy["topics"] if topic.get("home", True)]
    box = SearchBox(page, site_url)
    shown = box.ask("zzzzqq")
    assert shown["state"].startswith("Aucune page ne dit « zzzzqq »")
    assert [box.relative(address) for _, address in shown["ways"]] == ["urgence/", *themes]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/urgence/$"))


@pytest.mark.parametrize("lost", ["index", "search"])
def test_a_search_that_does_not_load_says_so_and_leads_on(page: Page, site_url: str, lost: str) -> None:
    """Then it is tried again at the next opening."""

    def refuse(route: Route) -> None:
        route.abort()

    page.route(re.compile(rf"/search/{lost}\."), refuse)
    page.goto(site_url)
    page.keyboard.press("/")
    expect(page.locator(STATE)).to_contain_text("La recherche n’a pas pu être chargée")
    assert page.locator(".g-search__ways a").first.get_attribute("href") == site_url + "urgence/"
    page.unroute(re.compile(rf"/search/{lost}\."))
    for _ in range(3):  # a machine at work may drop a connection: each opening tries again
        page.keyboard.press("Escape")
        expect(page.locator("#search")).to_be_hidden()
        page.keyboard.press("/")
        expect(page.locator(STATE)).not_to_contain_text("Chargement", timeout=30_000)
        if "n’a pas pu" not in page.locator(STATE).inner_text():
            break
    page.keyboard.type("edr")
    expect(page.locator(LINKS)).to_have_count(1)


def test_the_menu_is_offered_on_a_phone(browser: Browser, site_url: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(site_url)
    page.locator("[data-search]").click()
    page.locator(FIELD).fill("zzzzqq")
    page.get_by_role("button", name="Ouvrir le menu").click()
    expect(page.locator("#menu")).to_be_visible()
    expect(page.locator("#search")).to_be_hidden()
    page.close()


def test_more_pages_come_at_a_touch(box: SearchBox) -> None:
    box.ask("sauvegarde")
    count = int(re.findall(r"\d+", box.page.locator(STATE).inner_text())[0])
    assert count > 12 and box.page.locator(LINKS).count() == 12
    box.page.get_by_role("button", name=re.compile("Voir")).click()
    expect(box.page.locator(LINKS)).to_have_count(count)


def test_results_fit_in_their_box(browser: Browser, site_url: str) -> None:
    """No line of a result is cut at the side, on a wide screen or a phone."""
    for width in (1366, 360, 320):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(site_url)
        page.locator("[data-search]").click()
        for typed in ("carte", "faut il eteindre", "zzzzqq"):
            page.locator(FIELD).fill(typed)
            expect(page.locator(".g-search__found a").first).to_be_visible()
            wide = page.evaluate(
                "() => { const box = document.getElementById('search'); return box.scrollWidth - box.clientWidth; }"
            )
            assert wide == 0, (width, typed)
        page.close()
