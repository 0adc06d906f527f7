"""What the search reads of the built pages, its module, and how much both weigh."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import brotli
import pytest

from guide.data.guide import load
from guide.page.read import read_pages
from guide.search.documents import documents, rewrite
from guide.search.extract import Section, sections, sources
from guide.search.module import ADDRESS, PARTS, STANDING, module
from guide.search.shorten import MOST_PAGES, Text, beginning, pack
from guide.search.thesaurus import synonyms
from guide.search.tokens import STOP_WORDS, WEAK_WORDS, fold, stem, terms
from guide.text import squeeze
from support import ROOT

# In brotli, as servers send it.
HEAVIEST = {"search/search_index.json": 40_000, ADDRESS: 22_000}

SEPARATOR = re.compile(r"[\s’'.,:]+")


def page(body: str) -> str:
    return f'<body><nav>Menu</nav><article class="md-content__inner md-typeset" id="__contenu">{body}</article><footer>Pied</footer></body>'


def test_a_page_is_cut_at_headings_and_entries() -> None:
    html = page(
        "<h1>Réseau</h1><p>Un plan.</p><h2 id='gestes'>Les gestes</h2><p>Avant.</p>"
        "<article id='wifi'><h3>Séparer le Wi-Fi</h3><p>Pourquoi.</p><ol><li>Un</li><li>Deux</li></ol></article>"
        "<p>Après.</p><dl><dt id='cps'>CPS</dt><dd>Carte.</dd><dt id='psc'>PSC</dt><dd>Bouton.</dd></dl><p>Fin.</p>"
    )
    assert [(each.anchor, each.title, each.blocks) for each in sections("mesures/reseau/", html)] == [
        ("", "Réseau", ["Un plan."]),
        ("gestes", "Les gestes", ["Avant.", "Après.", "Fin."]),
        ("wifi", "Séparer le Wi-Fi", ["Pourquoi.", "Un", "Deux"]),
        ("cps", "CPS", ["Carte."]),
        ("psc", "PSC", ["Bouton."]),
    ]


def test_what_repeats_or_moves_is_left_out() -> None:
    html = page(
        "<h1>Titre</h1><p>Texte <button>Copier</button><span hidden>caché</span></p><script>code()</script>"
        '<section class="g-foot"><h2 id="s">Sources</h2><ul class="g-foot__sources"><li><a href="#">Un guide</a>'
        '<span class="g-foot__by">, CNIL</span></li></ul></section>'
    )
    assert [each.blocks for each in sections("x/", html)] == [["Texte"]]
    assert sources(html) == ["Un guide"]


def test_text_is_escaped_and_spaced() -> None:
    html = page(
        "<h1>T</h1><p>a &lt;b&gt; &amp; c<br>d</p><p><strong>72 heures</strong><span>À partir de</span></p>"
    )
    found = {"x/": sections("x/", html)}
    assert documents(found, {"x/": []}, SEPARATOR) == [
        {
            "location": "x/",
            "title": "T",
            "text": "<p>a &lt;b&gt; &amp; c</p><p>d</p><p>72 heures À partir de</p>",
            "words": "\n",
        }
    ]


def test_a_page_names_what_it_cites_by_the_number_of_its_entry() -> None:
    found = {"x/": [Section("", "X")], "ressources/": [Section("", "Ressources"), Section("un", "Un guide")]}
    first = documents(found, {"x/": ["Un guide"], "ressources/": []}, SEPARATOR)[0]
    assert first["cites"] == [2]


def test_a_questions_title_does_not_stand_for_itself_in_the_quiz() -> None:
    html = page("<h1>Quiz</h1><h2 id='t'>Thème</h2><h3 id='q'>Une question ?</h3><p>Réponse.</p>")
    assert [(each.anchor, each.blocks) for each in sections("entrainement/quiz/", html)] == [
        ("", []),
        ("t", ["Une question ?", "Réponse."]),
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
    words, numbers = pack(texts, SEPARATOR).split("\n")
    assert dict(zip(words.split(), numbers.split(), strict=True)) == {
        "bitcoin": "#$",
        "rançon": "#",
        "licorne": "%",
        "dragon": "&",
    }


def test_a_site_without_search_is_left_alone(tmp_path: Path) -> None:
    rewrite(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_every_page_and_anchor_of_the_index_exists(site: Path) -> None:
    """Results lead somewhere, each once."""
    docs = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    locations = [doc["location"] for doc in docs]
    assert len(locations) == len(set(locations))
    for location in locations:
        address, _, anchor = location.partition("#")
        html = (site / address / "index.html").read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in html, location


def test_every_measure_term_and_resource_stands_for_itself(site: Path) -> None:
    """A result leads to the very measure, which is not repeated by the checklist."""
    docs = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    locations = [
        doc["location"] for doc in docs if not doc["location"].startswith(("commencer/", "urgence/"))
    ]
    anchors = [location.partition("#")[2] for location in locations]
    guide = load(ROOT)
    missing = [each for each in (*guide.measures, *guide.glossary, *guide.resources) if each not in anchors]
    assert missing == []
    assert [each for each in guide.measures if anchors.count(each) > 1] == []


def test_every_text_shows_something_to_read(site: Path) -> None:
    """Each measure and each term has a sentence; none ends in the middle of a word."""
    docs = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    texts = {doc["location"]: len(doc["text"]) for doc in docs}
    guide = load(ROOT)
    assert [each for each in guide.glossary if texts[f"lexique/#{each}"] < 30] == []
    assert [
        each
        for each in guide.measures
        if max(size for at, size in texts.items() if at.endswith(f"#{each}")) < 30
    ] == []
    pages = {doc["location"].split("#")[0] for doc in docs}
    said = {
        text
        for page in pages
        for each in sections(page, _html(site, page))
        for text in (each.title, *each.blocks)
    }
    for doc in docs:
        for block in re.findall("<p>(.*?)</p>", doc["text"]):
            start = unescape(block).removesuffix(" …")
            assert any(text.startswith(start) and not re.match(r"\w", text[len(start) :]) for text in said), (
                doc
            )


def test_no_word_of_the_site_is_lost(site: Path) -> None:
    """Every word that few pages use is in the index, shown or not."""
    docs = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    kept = {stem(fold(word)) for word in docs[0]["words"].split("\n")[0].split()}
    kept |= {stem(term) for doc in docs for term in _terms(f"{doc['title']} {unescape(doc['text'])}")}
    used: dict[str, set[str]] = {}
    for page in {doc["location"].split("#")[0] for doc in docs}:
        for each in sections(page, _html(site, page)):
            for term in _terms(" ".join(each.blocks)):
                used.setdefault(stem(term), set()).add(page)
    never = {stem(word) for word in f"{STOP_WORDS} {WEAK_WORDS}".split()}
    assert len(used) > 2000
    assert {
        word for word, pages in used.items() if len(word) > 1 and len(pages) <= MOST_PAGES
    } - kept - never == set()


def _html(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text(encoding="utf-8")


def _terms(text: str) -> list[str]:
    return [
        term
        for chunk in re.split(r"[\s\u200b\u00ad'’\"“”«»(),;:!?/…•]+|\.(?!\w)|<[^>]*>", text)
        for term in terms(chunk)
    ]


def test_the_index_and_the_module_stay_light(site: Path) -> None:
    weights = {name: len(brotli.compress((site / name).read_bytes())) for name in HEAVIEST}
    assert {name: weight for name, weight in weights.items() if weight > HEAVIEST[name]} == {}


def test_the_site_serves_our_module(site: Path) -> None:
    """The theme's file of that name is replaced, before and after unused files are dropped."""
    guide = load(ROOT)
    assert (site / ADDRESS).read_text(encoding="utf-8") == module(guide, read_pages(ROOT, guide.context)[0])


def test_squeezing_keeps_the_code() -> None:
    assert (
        squeeze.script('/** Doc. */\nconst a = 1; // why\n\n  // alone\n  b("http://x");\n')
        == 'const a = 1;\nb("http://x");'
    )
    folder = ROOT / "hooks/guide/search"
    for part in PARTS:
        assert "/*" not in squeeze.script((folder / part).read_text(encoding="utf-8"))


def test_glossary_aliases_and_expansions_lead_to_their_term() -> None:
    guide = load(ROOT)
    rows = synonyms(guide)
    for term in guide.glossary.values():
        for alias in term.aliases:
            assert any(alias in typed and term.term in meant for typed, meant in rows), alias


def test_standing_names_real_pages() -> None:
    guide = load(ROOT)
    assert [each for each in STANDING if each not in guide.context.ids["page"]] == []
