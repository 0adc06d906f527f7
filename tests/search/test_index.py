"""What the search reads of the built pages, its module, and how much both weigh."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from guide.guide import load
from guide.pages import read_pages
from guide.search.documents import documents, rewrite
from guide.search.extract import sections, sources
from guide.search.module import ADDRESS, PARTS, STANDING, module, squeeze
from guide.search.thesaurus import synonyms
from support import ROOT

# In brotli, as servers send it, the index was 66 kB when this was written (target: 40 kB); gzip needs a quarter more.
HEAVIEST = {"search/search_index.json": 110_000, ADDRESS: 22_000}


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
    assert [each.html() for each in sections("x/", html)] == ["<p>Texte</p>"]
    assert sources(html) == ["Un guide"]


def test_text_is_escaped_and_spaced() -> None:
    html = page("<h1>T</h1><p>a &lt;b&gt; &amp; c<br>d</p><p><strong>72 heures</strong><span>À partir de</span></p>")
    assert documents("x/", sections("x/", html), ["Un guide"]) == [
        {
            "location": "x/",
            "title": "T",
            "text": "<p>a &lt;b&gt; &amp; c</p><p>d</p><p>72 heures À partir de</p>",
            "cites": ["Un guide"],
        }
    ]


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
    locations = [doc["location"] for doc in docs if not doc["location"].startswith(("commencer/", "urgence/"))]
    anchors = [location.partition("#")[2] for location in locations]
    guide = load(ROOT)
    missing = [each for each in (*guide.measures, *guide.glossary, *guide.resources) if each not in anchors]
    assert missing == []
    assert [each for each in guide.measures if anchors.count(each) > 1] == []


def test_every_measure_is_indexed_with_its_reason(site: Path) -> None:
    docs = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    texts = {doc["location"].partition("#")[2]: doc["text"] for doc in docs}
    assert [each for each in load(ROOT).measures if len(texts[each]) < 100] == []


def test_the_index_and_the_module_stay_light(site: Path) -> None:
    weights = {name: len(gzip.compress((site / name).read_bytes(), 9)) for name in HEAVIEST}
    assert {name: weight for name, weight in weights.items() if weight > HEAVIEST[name]} == {}


def test_the_site_serves_our_module(site: Path) -> None:
    """The theme's file of that name is replaced, before and after unused files are dropped."""
    guide = load(ROOT)
    assert (site / ADDRESS).read_text(encoding="utf-8") == module(guide, read_pages(ROOT, guide.context)[0])


def test_squeezing_keeps_the_code() -> None:
    assert squeeze('/** Doc. */\nconst a = 1; // why\n\n  // alone\n  b("http://x");\n') == 'const a = 1;\nb("http://x");'
    folder = ROOT / "hooks/guide/search"
    for part in PARTS:
        assert "/*" not in squeeze((folder / part).read_text(encoding="utf-8"))


def test_glossary_aliases_and_expansions_lead_to_their_term() -> None:
    guide = load(ROOT)
    rows = synonyms(guide)
    for term in guide.glossary.values():
        for alias in term.aliases:
            assert any(alias in typed and term.term in meant for typed, meant in rows), alias


def test_standing_names_real_pages() -> None:
    guide = load(ROOT)
    assert [each for each in STANDING if each not in guide.context.ids["page"]] == []
