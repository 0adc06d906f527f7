"""What the search reads of the rendered pages, its two scripts, and how much both weigh."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path

import brotli
import pytest

from guide.data.guide import Guide
from guide.page.meta import InSearch
from guide.page.read import read_pages
from guide.page.view import Options, View
from guide.search import words
from guide.search.index import content
from guide.search.program import program
from guide.search.reading import ReadPage, Section, page_name, read
from guide.search.shorten import MOST_PAGES, Text, beginning, pack
from guide.search.thesaurus import synonyms
from guide.search.tokens import SEPARATOR, STOP_WORDS, WEAK_WORDS, fold, stem, terms
from guide.site.checked import check
from searchsite import article, index, index_file, locations, program_file
from support import ROOT, ours

# In brotli, as servers send it: the index, answers included, and the program with its words.
INDEX_WEIGHT, PROGRAM_WEIGHT = 52_000, 20_000


PLAIN = InSearch()


def found(html: str, rule: InSearch = PLAIN) -> list[tuple[str, str, list[str]]]:
    return [(each.anchor, each.title, each.blocks) for each in read("x/", "", html, rule).sections]


def test_a_page_is_cut_at_headings_and_entries() -> None:
    html = (
        "<h1>Réseau</h1><p>Un plan.</p><h2 id='gestes'>Les gestes</h2><p>Avant.</p>"
        "<article id='wifi'><h3>Séparer le Wi-Fi</h3><p>Pourquoi.</p><ol><li>Un</li><li>Deux</li></ol></article>"
        "<p>Après.</p><ul><li id='cps'><details><summary><h3>CPS</h3> <span class='g-lexicon__full'>Carte de professionnel</span>"
        "</summary><p>Carte.</p></details></li></ul><dl><dt id='psc'>PSC</dt><dd>Bouton.</dd></dl><p>Fin.</p>"
    )
    assert found(html) == [
        ("", "Réseau", ["Un plan."]),
        ("gestes", "Les gestes", ["Avant.", "Après.", "Fin."]),
        ("wifi", "Séparer le Wi-Fi", ["Pourquoi.", "Un", "Deux"]),
        ("cps", "CPS", ["Carte de professionnel", "Carte."]),
        ("psc", "PSC", ["Bouton."]),
    ]
    assert [each.full for each in read("x/", "", html, InSearch()).sections] == [
        False,
        False,
        False,
        True,
        False,
    ]


def test_what_repeats_or_moves_is_left_out() -> None:
    html = (
        "<h1>Titre</h1><p>Texte <button>Copier</button><span hidden>caché</span></p><script>code()</script>"
        '<section class="g-foot"><h2 id="s">Sources</h2><ul class="g-foot__sources"><li><a href="#">Un <b>guide</b></a>'
        '<span class="g-foot__by">, <i>CNIL</i></span></li></ul></section>'
    )
    page = read("x/", "", html, InSearch())
    assert [each.blocks for each in page.sections] == [["Texte"]]
    assert page.cites == ["Un guide"]


def test_text_is_taken_as_it_reads() -> None:
    html = "<h1>T</h1><p>a &lt;b&gt; &amp; c<br>d<!-- rien --></p><p><strong>72 heures</strong><span>À partir de</span></p>"
    assert found(html) == [("", "T", ["a <b> & c", "d", "72 heures À partir de"])]


def test_a_page_without_heading_has_no_section() -> None:
    assert found("<p>Seul.</p>") == []
    assert found("") == []


@pytest.mark.parametrize(
    ("address", "name"),
    [("", "accueil"), ("./", "accueil"), ("index.html", "accueil"), ("urgence/", "urgence"), ("urgence/decider.html", "urgence/decider"), ("urgence/index.html", "urgence")],
)  # fmt: skip
def test_a_page_has_one_name_on_a_server_and_in_a_folder(address: str, name: str) -> None:
    assert page_name(address) == name


def test_the_index_says_of_a_page_what_the_engine_needs() -> None:
    pages = [
        ReadPage(
            "x/",
            "Thèmes",
            [Section("", "X", False, ["Un texte."]), Section("e", "Entrée", True, ["Fin."])],
            ["Un guide"],
        ),
        ReadPage(
            "ressources/",
            "",
            [Section("", "Ressources"), Section("un", "Un guide", True)],
            rule=policy("ressources"),
        ),
        ReadPage("vide/", "", []),
    ]
    made = content(pages, {"x": ["mot"]})
    assert made["pages"] == [
        {
            "a": "x/",
            "k": "Thèmes",
            "t": ["mot"],
            "c": [3],
            "n": [["", "X", ["Un texte."]], ["e", "Entrée", ["Fin."], 1]],
        },
        {
            "a": "ressources/",
            "w": 0.3,
            "l": 1,
            "e": "Ressource",
            "n": [["", "Ressources", []], ["un", "Un guide", [], 1]],
        },
    ]


def test_a_questions_title_does_not_stand_for_itself_in_the_quiz() -> None:
    html = "<h1>Quiz</h1><h2 id='t'>Thème</h2><h3 id='q'>Une question ?</h3><p>Réponse.</p>"
    assert found(html, policy("entrainement/quiz")) == [
        ("", "Quiz", []),
        ("t", "Thème", ["Une question ?", "Réponse."]),
    ]


@pytest.mark.parametrize(
    ("blocks", "shown"),
    [
        (["Un plan."], ["Un plan."]),
        (["Pourquoi", "Un disque branché est chiffré avec le reste.", "Comment faire", "Le débrancher."],
         ["Un disque branché est chiffré avec le reste.", "Le débrancher."]),
        (["Le téléphone vibre : « valider la connexion ? Appuyez ici. » Refusez toujours cette demande."],
         ["Le téléphone vibre : « valider la connexion ? Appuyez ici. » Refusez …"]),
        (["Une panne. " + "Le disque du cabinet reste branché toute la nuit. " * 9],
         ["Une panne. Le disque du cabinet reste branché toute la nuit."]),
        (["le disque, le serveur, le poste, l’écran, le clavier, la souris et puis la salle d’attente"],
         ["le disque, le serveur, le poste, l’écran, le clavier, la souris et puis la salle d’attente"]),
        (["le disque du cabinet et le serveur " * 9], ["le disque du cabinet et le serveur le disque du cabinet et le serveur …"]),
        ([], []),
    ],
)  # fmt: skip
def test_the_beginning_of_a_text_is_kept_to_be_read(blocks: list[str], shown: list[str]) -> None:
    """Labels left out, whole sentences when one ends near enough, never a word cut."""
    assert beginning(blocks) == shown


def test_each_unseen_word_is_kept_once_with_the_first_text_of_its_page() -> None:
    long = "Ce début se lit, et il suffit à remplir toute la place du texte montré, qui finit."
    texts = [
        Text("x/", "Un", [long, "Le bitcoin de la rançon"]),
        Text("x/", "Deux", [long, "Des bitcoins, un début"]),
        Text("y/", "Trois", [long, "Un bitcoin et une licorne"]),
        Text("z/", "Quatre", [long, "Un bitcoin et un dragon"], repeats=True),
    ]
    found, numbers = pack(texts).split("\n")
    assert dict(zip(found.split(), numbers.split(), strict=True)) == {
        "bitcoin": "#$",
        "rancon": "#",
        "licorne": "%",
        "dragon": "&",
    }


def test_every_page_and_anchor_of_the_index_exists(site: Path) -> None:
    """Results lead somewhere, each once."""
    found = locations(index(site))
    assert len(found) == len(set(found))
    for location in found:
        address, _, anchor = location.partition("#")
        html = (site / address / "index.html").read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in html, location


def test_every_measure_term_and_resource_stands_for_itself(site: Path) -> None:
    """A result leads to the very measure, which is not repeated by the checklist."""
    anchors = [
        each.partition("#")[2]
        for each in locations(index(site))
        if not each.startswith(("commencer/", "urgence/"))
    ]
    guide = ours()
    missing = [each for each in (*guide.measures, *guide.glossary, *guide.resources) if each not in anchors]
    assert missing == []
    repeated = [each for each in guide.measures if anchors.count(each) > 1]
    assert repeated == ["lettre-fabricant", "durees-conservation", "acces-dossier-huit-jours"], (
        "a letter to print, and two published places that lead to the page of files"
    )


def test_every_text_shows_something_to_read(site: Path) -> None:
    """Each measure and each term has a sentence; none ends in the middle of a word."""
    made = index(site)
    sections = [(page["a"], *section) for page in made["pages"] for section in page["n"]]
    sizes: dict[str, int] = {}
    for _, anchor, _, blocks, *_ in sections:
        sizes[anchor] = max(sizes.get(anchor, 0), len(" ".join(blocks)))
    guide = ours()
    assert [each for each in (*guide.glossary, *guide.measures) if sizes[each] < 20] == []
    said = {
        text
        for address in {each[0] for each in sections}
        for each in _read(site, address).sections
        for text in (each.title, *each.blocks)
    }
    for address, _, _, blocks, *_ in sections:
        for block in blocks:
            start = block.removesuffix(" …")
            assert any(text.startswith(start) and not re.match(r"\w", text[len(start) :]) for text in said), (
                address,
                block,
            )


def test_no_word_of_the_site_is_lost(site: Path) -> None:
    """Every word that few pages use is in the index, shown or not."""
    made = index(site)
    kept = {stem(word) for word in made["unseen"].split("\n")[0].split()}
    kept |= {
        stem(term)
        for page in made["pages"]
        for _, title, blocks, *_ in page["n"]
        for term in _terms(" ".join((title, *blocks)))
    }
    used: dict[str, set[str]] = {}
    for page in made["pages"]:
        for each in _read(site, page["a"]).sections:
            for term in _terms(" ".join(each.blocks)):
                used.setdefault(stem(term), set()).add(page["a"])
    never = {stem(word) for word in f"{STOP_WORDS} {WEAK_WORDS}".split()}
    assert len(used) > 2000
    assert {
        word for word, pages in used.items() if len(word) > 1 and len(pages) <= MOST_PAGES
    } - kept - never == set()


def _read(site: Path, address: str) -> ReadPage:
    return read(address, "", article(site / address / "index.html"), policy(page_name(address)))


def _terms(text: str) -> list[str]:
    return [term for chunk in SEPARATOR.split(text) for term in terms(chunk)]


def test_the_index_and_the_program_stay_light(site: Path) -> None:
    assert len(brotli.compress(index_file(site).read_bytes())) <= INDEX_WEIGHT
    assert len(brotli.compress(program_file(site).read_bytes())) <= PROGRAM_WEIGHT


def test_the_site_serves_our_program_and_nothing_of_lunr(site: Path, guide: Guide) -> None:
    pages, _ = read_pages(ROOT, guide.context)
    view = View(
        guide, Options(dt.date(2026, 11, 24)), "accueil", {page.id: page.meta.title for page in pages}
    )
    said = words(view, pages)
    assert program_file(site).read_text(encoding="utf-8") == program(
        {name: said[name] for name in ("start", "synonyms", "common")}
    )
    assert [
        path
        for path in site.rglob("*")
        if "lunr" in path.name or path.name in ("search_index.json", "words.json")
    ] == []


def test_no_page_is_named_in_the_programs() -> None:
    """What a page is stands in one place, never in a script."""
    for path in (ROOT / "hooks/guide/search").glob("*.js"):
        code = re.sub(r"/\*.*?\*/|//.*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert re.findall(r'"(?:urgence|mesures|lexique|ressources|checklist|a-propos)[/"]', code) == [], (
            path.name
        )


def test_aliases_of_the_glossary_lead_to_their_term(guide: Guide) -> None:
    rows = [[side.split(",") for side in row.split(">")] for row in synonyms(guide).split("\n")]
    for term in guide.glossary.values():
        for alias in term.aliases:
            same = fold(alias) in (fold(term.term), fold(term.expansion or ""))
            assert same or any(fold(alias) in typed and fold(term.term) in meant for typed, meant in rows), (
                alias
            )


@cache
def rules() -> dict[str, InSearch]:
    """What the front matter of each page says to the search."""
    return {page.id: page.meta.search for page in check(ROOT).pages}


def policy(page: str) -> InSearch:
    return rules()[page]


@pytest.fixture(scope="module")
def guide() -> Guide:
    return ours()
