"""The pure parts of the module, run as they are in a browser: spelling, forms, sounds, typing errors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from guide.page.meta import InSearch
from guide.search import tokens
from guide.search.program import engine
from guide.search.reading import read
from searchsite import article

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def scripts(browser: Browser) -> Iterator[Page]:
    """A blank page with the engine's own functions."""
    page = browser.new_page()
    page.add_script_tag(content=engine())
    yield page
    page.close()


def call(page: Page, expression: str, *arguments: Any) -> Any:
    """Result of a function of the module."""
    return page.evaluate(f"(given) => ({expression})(...given)", list(arguments))


@pytest.mark.parametrize(
    ("chunk", "terms"),
    [
        ("e-CPS", ["ecps", "cps"]),
        ("3-2-1", ["321"]),
        ("l’audit", ["audit"]),
        ("assistant·e", ["assistante", "assistant"]),
        ("Œuvre", ["oeuvre"]),
        ("(PGSSI-S)", ["pgssis", "pgssi"]),
        ("17Cyber.", ["17cyber"]),
        ("…", []),
    ],
)
def test_a_chunk_is_indexed_whole_then_in_parts(scripts: Page, chunk: str, terms: list[str]) -> None:
    assert call(scripts, "termsOf", chunk) == terms


def test_the_build_cuts_words_as_the_browser_does(scripts: Page, site: Path) -> None:
    """On every word of the site: what the index packs is what the search looks for."""
    pages = [read("x/", "", article(path), InSearch()) for path in site.rglob("index.html")]
    texts = [text for found in pages for each in found.sections for text in (each.title, *each.blocks)]
    chunks = sorted({chunk for text in texts for chunk in tokens.SEPARATOR.split(text)})
    assert len(chunks) > 4000
    cut = scripts.evaluate("(texts) => texts.map((text) => text.split(SEPARATOR))", texts)
    assert cut == [tokens.SEPARATOR.split(text) for text in texts]
    ours = [[[term, tokens.stem(term)] for term in tokens.terms(chunk)] for chunk in chunks]
    theirs = scripts.evaluate(
        "(chunks) => chunks.map((chunk) => termsOf(chunk).map((term) => [term, stem(term)]))", chunks
    )
    assert [pair for pair in zip(chunks, ours, theirs, strict=True) if pair[1] != pair[2]] == []


@pytest.mark.parametrize(
    "forms",
    [
        ("sauvegarde", "sauvegardes"),
        ("piratée", "piraté", "pirates"),
        ("local", "locaux"),
        ("verrouillez", "verrouiller"),
    ],
)
def test_forms_of_a_word_share_their_stem(scripts: Page, forms: tuple[str, ...]) -> None:
    assert len({call(scripts, "(word) => stem(fold(word))", word) for word in forms}) == 1


def test_a_verb_and_its_noun_share_their_root(scripts: Page) -> None:
    for verb, noun in (
        ("chiffrer", "chiffrement"),
        ("notifier", "notification"),
        ("attaque", "cyberattaque"),
    ):
        assert call(scripts, "root", verb) == call(scripts, "root", noun) != ""


def test_what_sounds_alike_gets_the_same_key(scripts: Page) -> None:
    for left, right in (("antivirus", "entivirus"), ("phishing", "fishing"), ("hameconnage", "ameconage")):
        assert call(scripts, "sound", left) == call(scripts, "sound", right)


@pytest.mark.parametrize(
    ("left", "right", "errors"),
    [("rgpd", "rgdp", 1), ("carte", "carte", 0), ("carte", "crate", 1), ("abc", "xyz", 3)],
)
def test_errors_are_counted_up_to_a_limit(scripts: Page, left: str, right: str, errors: int) -> None:
    assert call(scripts, "distance", left, right, 2) == min(errors, 3)


def test_the_longest_expression_of_the_thesaurus_wins(scripts: Page) -> None:
    leads = scripts.evaluate(
        """() => new Thesaurus("mot de passe>acces\\nmot de passe oublie>secours\\ncode>cle", [])
        .read([["mot"], ["passe"], ["oublie"]]).map((lead) => lead.leadsTo)"""
    )
    assert leads == [[["secours"]]]


def test_an_acronym_and_what_it_stands_for_lead_to_each_other(scripts: Page) -> None:
    leads = scripts.evaluate(
        "() => { const known = new Thesaurus('a>b', [['DPO', 'Délégué à la protection']]);"
        " return [known.read([['dpo']])[0].leadsTo, known.read([['delegue'], ['protection']])[0].leadsTo]; }"
    )
    assert leads == [[["delegue", "protection"]], [["dpo"]]]


def test_one_letter_makes_another_word_of_a_short_one(scripts: Page) -> None:
    """« carie » is no misspelt « carte »; what a hand or an ear gets wrong is."""
    for typed, word in {"carie": "carte", "vente": "tente", "bridge": "bride"}.items():
        assert not call(scripts, "slipped", typed, word), typed
    for typed, word in {
        "crate": "carte",
        "carrte": "carte",
        "crte": "carte",
        "catte": "carte",
        "virys": "virus",
    }.items():
        assert call(scripts, "slipped", typed, word), typed


@pytest.mark.parametrize(
    ("typed", "trouble"),
    [
        ("j'ai cliqué sur un lien", True),
        ("jai perdu ma carte", True),
        ("plus rien ne s'ouvre", True),
        ("on m’a volé le portable", True),
        ("le logiciel ne marche plus", True),
        ("quelqu'un se connecte", True),
        ("durée de conservation des dossiers", False),
        ("combien de sauvegardes faut-il", False),
        ("la secrétaire peut-elle utiliser ma carte", False),
    ],
)
def test_a_query_tells_of_an_accident_or_asks(scripts: Page, typed: str, trouble: bool) -> None:
    assert call(scripts, "tellsTrouble", typed) is trouble


def test_joined_words_are_read_apart(scripts: Page) -> None:
    leads = scripts.evaluate("() => new Thesaurus('pro sante connect>psc', []).read([['prosanteconnect']])")
    assert leads[0]["leadsTo"] == [["psc"], ["pro", "sante", "connect"]]
