"""What a reader sees in the search box: typing, pasting, dictating, highlights, and nothing found."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, expect

from searchbox import FIELD, SearchBox, queries
from support import ROOT

pytestmark = pytest.mark.browser

# What a result says of words that it does not show.
NAMED = re.compile(r"(?:… <mark>[\w-]+</mark> ){1,2}…")
MARK = re.compile(r"<mark>(.*?)</mark>")

FOUND = "() => [...(CSS.highlights.get('guide-found') ?? [])].map((range) => range.toString())"


def marked(results: list[dict[str, Any]]) -> set[str]:
    """The words highlighted in the first three results, in small letters."""
    first = [article for result in results[:3] for article in result["articles"]]
    texts = [text for article in first for text in (article["title"], *article["blocks"])]
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
    ],
)
def test_words_are_understood_as_they_are_typed(box: SearchBox, typed: str, page: str) -> None:
    assert page in box.pages(typed)[:3]


@pytest.mark.parametrize(
    "typed", ["le la les", "de", "à", "+", "-", '"', "~", "a^", "titre:", "« »", "* *", "__proto__", "' or 1"]
)
def test_odd_queries_do_not_break_the_search(box: SearchBox, typed: str) -> None:
    """Stop words only, operators, punctuation: some answer or none, and the next query works."""
    complaints: list[str] = []
    box.page.on("console", lambda message: complaints.append(message.text))
    results = box.ask(typed)
    assert all("NaN" not in str(result) for result in results)
    assert box.pages("sauvegarde")[0] == "mesures/sauvegardes/"
    assert complaints == []


def test_a_word_that_the_site_knows_is_not_corrected(box: SearchBox) -> None:
    """« SONS » is a programme of the Ségur, neither a misspelt « soins » nor the plural of « son »."""
    assert box.pages("sons")[0] == "segur/"
    assert not marked(box.ask("sons")) & {"son", "soins", "soin", "dons", "sonne"}


def test_what_stands_for_the_typed_word_is_highlighted(box: SearchBox) -> None:
    """Other forms, corrections and translations are marked where they are found."""
    assert "rançongiciel" in {word.removesuffix("s") for word in marked(box.ask("ransongiciel"))}
    assert marked(box.ask("backup")) & {"sauvegarde", "sauvegardes"}
    assert {"code", "bloqué"} <= marked(box.ask("code de la carte bloqué"))


def test_words_of_a_question_are_not_highlighted_beside_its_subject(box: SearchBox) -> None:
    assert not marked(box.ask("que faire quand on a cliqué sur un lien")) & {"faire", "quand", "que", "un"}
    assert "cliquez" in marked(box.ask("que faire quand on a cliqué sur un lien"))
    assert "faire" in marked(box.ask("que faire"))


def test_a_word_that_no_result_shows_is_found_and_named(box: SearchBox, site_index: dict[str, Any]) -> None:
    """« … anesthésique … » under a text to read: the word as the page writes it, never a list of words."""
    assert "anesthésique" in site_index["docs"][0]["words"]
    assert "anesth" not in " ".join(f"{doc['title']} {doc['text']}" for doc in site_index["docs"]).lower()
    for typed in ("anesthésique", "anesthesiques"):
        (result, *_) = box.ask(typed)
        assert box.relative(result["address"]) == "urgence/sans-logiciel/"
        (article,) = [each for each in result["articles"] if each["blocks"]]
        assert article["blocks"][-1] == "… <mark>anesthésique</mark> …"
        assert article["missing"] == []
    texts = {doc["location"]: doc["text"] for doc in site_index["docs"]}
    location = article["address"].removeprefix(box.root)
    assert [plain(block) for block in article["blocks"][:-1]] == re.findall("<p>(.*?)</p>", texts[location])


def test_the_words_found_are_marked_in_the_page(browser: Browser, site_url: str) -> None:
    """On arrival, accents and plurals aside, also those that no result shows; once, and never through the address."""
    box = SearchBox(browser.new_page(), site_url)
    for typed, word in (("sauvegarde", "sauvegardes"), ("anesthesique", "anesthésique")):
        box.ask(typed)
        box.page.locator(".md-search-result__link").first.click()
        box.page.wait_for_function("() => CSS.highlights.has('guide-found')")
        found = {each.lower() for each in box.page.evaluate(FOUND)}
        assert word in found and not found & {"le", "de", "un"}
        assert "?" not in box.page.url
        box.page.reload()
        assert box.page.evaluate(FOUND) == []
        box = SearchBox(box.page, site_url)
    box.page.close()


def test_the_words_reach_the_page_by_its_address_alone_and_leave_it(browser: Browser, unpacked: Path) -> None:
    """A browser that keeps nothing from one file to the next still marks them; the anchor is reached as before."""
    with browser.new_context() as context:
        context.add_init_script(
            "for (const name of ['sessionStorage', 'localStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });"
        )
        page = context.new_page()
        page.goto(
            (unpacked / "guide" / "urgence" / "index.html").as_uri()
            + "#appeler?mots=D%C3%A9branchez+c%C3%A2ble"
        )
        page.wait_for_function("() => CSS.highlights.has('guide-found')")
        assert {each.lower() for each in page.evaluate(FOUND)} == {"débranchez", "câble"}
        assert page.url.endswith("/urgence/index.html#appeler")
        assert page.evaluate("document.querySelector(':target')?.id") == "appeler"


def test_what_follows_the_hash_is_never_asked_of_a_server(browser: Browser, site_url: str) -> None:
    """Words typed are nobody's business but the reader's; an address cut on its way marks nothing and breaks nothing."""
    with browser.new_context() as context:
        page = context.new_page()
        asked, complaints = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        for words in ("ran%C3%A7on+payer", "%C3", "", "%00+%3Cscript%3E"):
            page.goto(f"{site_url}urgence/#?mots={words}")
            page.reload()
        assert complaints == []
        assert not [url for url in asked if "mots" in url.split("#")[0]]
        assert page.url == f"{site_url}urgence/"


def test_a_result_in_the_same_page_is_marked_too(browser: Browser, site_url: str) -> None:
    box = SearchBox(browser.new_page(), site_url + "mesures/sauvegardes/")
    box.ask("restauration")
    box.page.locator('.md-search-result__link[href*="sauvegardes/#"]').first.click()
    assert "restauration" in {each.lower() for each in box.page.evaluate(FOUND)}
    box.page.close()


def test_the_number_of_results_is_announced(box: SearchBox) -> None:
    """A screen reader hears it: the theme's own line is a live region."""
    box.ask("sauvegarde")
    state = box.page.get_by_role("status").filter(has_text=re.compile(r"^\d+ documents? trouvés?$"))
    expect(state).to_be_visible()


def test_results_quote_the_index_without_repeating_a_word(box: SearchBox, site_index: dict[str, Any]) -> None:
    """Material writes a word twice when two terms share its place: every quotation must be a piece of the index."""
    texts = {
        doc["location"]: (doc["title"], re.sub(r"<[^>]*>", "\n", doc["text"])) for doc in site_index["docs"]
    }
    for query in queries("queries", "tuning"):
        for article in (each for result in box.ask(query.text) for each in result["articles"]):
            location = re.sub(r"\?h=[^#]*", "", article["address"]).removeprefix(box.root)
            title, text = texts[location]
            assert plain(article["title"]) == title, query.text
            for block in article["blocks"]:
                assert plain(block) in text or NAMED.fullmatch(block), (query.text, location)


def plain(html: str) -> str:
    """Text of a quotation, written as the index writes it."""
    return re.sub(r"</?(?:mark|p)[^>]*>", "", html).replace("\xa0", "&nbsp;").replace("&nbsp;", "\xa0")


def test_a_missing_word_is_announced_but_not_a_stop_word(box: SearchBox) -> None:
    missing = {
        word
        for result in box.ask("sauvegarde de la licorne")
        for article in result["articles"]
        for word in article["missing"]
    }
    assert "licorne" in missing and not missing & {"de", "la"}


def test_pasting_and_dictating_search(browser: Browser, site_url: str) -> None:
    """Neither presses a key: the text is inserted."""
    box = SearchBox(browser.new_page(), site_url)
    box.page.keyboard.insert_text("rançongiciel")
    expect(box.page.locator(".md-search-result__item").first).to_contain_text("rançon", ignore_case=True)
    box.page.locator(FIELD).evaluate(
        "(field) => { field.value = 'sauvegarde'; field.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    expect(box.page.locator(".md-search-result__item").first).to_contain_text("sauvegarde", ignore_case=True)
    box.page.close()


def test_nothing_found_offers_urgence_and_the_six_themes(browser: Browser, site_url: str) -> None:
    taxonomy = yaml.safe_load((ROOT / "data" / "taxonomy.yml").read_text(encoding="utf-8"))
    themes = [
        (topic["label"], f"{topic['page']}/") for topic in taxonomy["topics"] if topic.get("home", True)
    ]
    box = SearchBox(browser.new_page(), site_url + "mesures/reseau/")
    box.root = site_url
    for typed in ("zzzzqq", "zzzzqqq"):
        found = box.ask(typed)
        offered = [(result["articles"][0]["title"], box.relative(result["address"])) for result in found]
        assert offered == [("Urgence : je suis attaqué", "urgence/"), *themes]
    assert len(box.ask("sauvegarde")[0]["articles"]) > 0
    expect(box.page.locator(".md-search-result__meta")).not_to_have_text("Aucun document trouvé")
    box.ask("zzzzqq")
    box.page.locator(FIELD).press("ArrowDown")  # the theme's own keys reach what is offered
    expect(box.page.locator(".md-search-result__link").first).to_be_focused()
    box.page.keyboard.press("Enter")
    expect(box.page).to_have_url(re.compile("/urgence/$"))
    box.page.close()


def test_results_fit_in_their_panel(browser: Browser, site_url: str) -> None:
    """No line of a result is cut at the side, on a wide screen or a phone."""
    for width in (1366, 390, 320):
        page = browser.new_page(viewport={"width": width, "height": 800})
        box = SearchBox(page, site_url) if width > 1000 else None
        if box is None:
            page.goto(site_url)
            page.locator(".md-header__button[data-ui-toggle=__search]").click()
            page.locator(FIELD).press_sequentially("carte")
        else:
            box.ask("carte")
        expect(page.locator(".md-search-result__item").first).to_be_visible()
        cut = page.evaluate(
            "() => { const panel = document.querySelector('.md-search__output').getBoundingClientRect();"
            " return [...document.querySelectorAll('.md-search-result__article')]"
            ".filter((e) => e.getClientRects().length && e.getBoundingClientRect().right > panel.right + 1).length; }"
        )
        assert cut == 0, width
        page.close()


@pytest.fixture(scope="session")
def site_index(site: Path) -> dict[str, Any]:
    """The index that the real site serves."""
    import json

    return json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
