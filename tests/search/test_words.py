"""The pure parts of the module, run as they are in a browser: spelling, forms, sounds, typing errors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from guide.search import tokens
from guide.search.extract import sections
from support import ROOT

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def scripts(browser: Browser) -> Iterator[Page]:
    """A blank page with the module's own functions."""
    page = browser.new_page()
    folder = ROOT / "hooks" / "guide" / "search"
    lists = json.dumps({"stopWords": tokens.STOP_WORDS, "weakWords": tokens.WEAK_WORDS})
    code = f"const GUIDE = {lists};" + "".join(
        (folder / name).read_text(encoding="utf-8") for name in ("tokens.js", "vocabulary.js", "thesaurus.js")
    )
    page.add_script_tag(content=code)
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
    pages = {path: sections("x/", path.read_text(encoding="utf-8")) for path in site.rglob("index.html")}
    texts = [text for found in pages.values() for each in found for text in (each.title, *each.blocks)]
    chunks = sorted({chunk for text in texts for chunk in re.split(r"[\s'’«»(),;:!?/]+", text)})
    assert len(chunks) > 4000
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
        """() => new Thesaurus([[["mot de passe"], ["accès"]], [["mot de passe oublié"], ["secours"]], [["code"], ["clé"]]])
        .read([["mot"], ["passe"], ["oublie"]]).map((lead) => lead.leadsTo)"""
    )
    assert leads == [[["secours"]]]


def test_joined_words_are_read_apart(scripts: Page) -> None:
    leads = scripts.evaluate(
        "() => new Thesaurus([[['pro santé connect'], ['PSC']]]).read([['prosanteconnect']])"
    )
    assert leads[0]["leadsTo"] == [["psc"], ["pro", "sante", "connect"]]
