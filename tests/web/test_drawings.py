"""Drawings in the browser: nothing cut, nothing moved, no sideways scroll, readable whatever the colours."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe

from support import ours
from webaudit import AT_REST
from websupport import Visit

pytestmark = pytest.mark.browser

WORDED = re.compile(r'<svg class="dr[ "].*?</svg>', re.S)
# Every page with a drawing, and what it shows.
SHOWN = {
    "urgence/": ["ou-debrancher-ordinateur", "ou-debrancher-box", "ou-debrancher-sauvegardes"],
    "urgence/decider/": ["deux-delais"],
    "urgence/situations/rancongiciel/": [
        "ecran-rancon", "ou-debrancher-ordinateur", "ou-debrancher-box", "ou-debrancher-sauvegardes",
    ],
    "urgence/situations/faux-support/": ["ecran-faux-support", "ou-debrancher-ordinateur"],
    "urgence/situations/fraude-au-virement/": ["ecran-faux-rib"],
    "urgence/situations/hameconnage/": ["ecran-hameconnage"],
    "mesures/reseau/": ["plan-reseau"],
    "mesures/sauvegardes/": ["sauvegarde-3-2-1"],
    "messagerie/": ["canal-pour-qui"],
    "identification/": ["chemins"],
    "checklist/calendrier/": ["annee"],
    "commencer/": ["premiere-heure"],
}  # fmt: skip
PAPER_ONLY = {"plan-a-remplir"}

# Labels that leave their drawing, or that meet another label.
CUT = """() => [...document.querySelectorAll('svg.dr')].flatMap(svg => {
  const view = svg.viewBox.baseVal, texts = [...svg.querySelectorAll('text')];
  const boxes = texts.map(text => { const b = text.getBBox(); return {x: b.x, y: b.y + 3, r: b.x + b.width, b: b.y + b.height - 3, t: text.textContent}; });
  const out = boxes.filter(b => b.x < -.5 || b.y < -3 || b.r > view.width + .5 || b.b > view.height + 3).map(b => 'cut: ' + b.t);
  const met = boxes.flatMap((a, i) => boxes.slice(i + 1).filter(b => a.x < b.r && b.x < a.r && a.y < b.b && b.y < a.b).map(b => `${a.t} / ${b.t}`));
  return [...out, ...met];
})"""
# Each label with its colour and that of what is painted under its beginning, its middle and its end.
LABELS = """() => {
  for (const fold of document.querySelectorAll('details')) fold.open = true;
  return [...document.querySelectorAll('svg.dr text')].flatMap(text => {
    text.scrollIntoView({block: 'center', behavior: 'instant'});
    const box = text.getBoundingClientRect(), said = text.querySelector('tspan') ?? text;
    return [1, box.width / 2, box.width - 1].map(along => {
      const under = document.elementsFromPoint(box.x + along, box.y + box.height / 2).map(e => getComputedStyle(e).getPropertyValue(
        e.closest('text') ? '--none' : e.closest('svg') ? 'fill' : 'background-color'));
      return [text.textContent, getComputedStyle(said).fill, under.find(colour => colour.startsWith('rgb(')) ?? ''];
    });
  });
}"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# How far drawings moved; what a late font does to text is weighed in test_weight, for every page.
MOVED = """() => new Promise(done => new PerformanceObserver((list, self) => {
  self.disconnect();
  const drawn = entry => entry.sources.some(({node}) => (node?.nodeType === 1 ? node : node?.parentElement)?.closest('.g-drawings, svg.dr'));
  done(list.getEntries().filter(drawn).reduce((sum, entry) => sum + entry.value, 0));
}).observe({type: 'layout-shift', buffered: true}) ?? setTimeout(() => done(0), 300))"""


def test_every_drawing_is_shown_somewhere(site: Path) -> None:
    drawn = {each.id for each in ours().pictures.values() if not each.said.sprite}
    assert drawn == {name for names in SHOWN.values() for name in names} | PAPER_ONLY
    for path, names in SHOWN.items():
        html = (site / path / "index.html").read_text(encoding="utf-8")
        assert re.findall(r'data-drawing="([^"]+)"', html) == names, path


@pytest.mark.parametrize("path", SHOWN)
def test_the_drawings_of_a_page_add_little_to_it(site: Path, path: str) -> None:
    """At most 6 kB of a first visit, all of them together."""
    html = (site / path / "index.html").read_text(encoding="utf-8")
    bare = WORDED.sub("", html)
    assert 0 < len(brotli.compress(html.encode())) - len(brotli.compress(bare.encode())) <= 6_000


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "light"), (1366, "dark")], ids=["320 px, clair", "1366 px, sombre"]
)
def test_nothing_is_cut_and_nothing_scrolls_sideways(
    visit: Callable[..., Visit], real_url: str, width: int, scheme: str
) -> None:
    """320 px are also what 400 % leaves of a screen of 1280."""
    page = visit(real_url, "version.json", viewport={"width": width, "height": 800}, color_scheme=scheme).page
    wrong = {}
    for path in SHOWN:
        page.goto(real_url + path)
        page.evaluate("() => document.fonts.ready")
        if found := [*page.evaluate(CUT), *(["sideways"] if page.evaluate(SIDEWAYS) > 0 else [])]:
            wrong[path] = found
    assert wrong == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_label_can_be_read_where_it_stands(
    visit: Callable[..., Visit], real_url: str, scheme: str
) -> None:
    """4.5 to 1 against what is really painted under it, also as a black-and-white printer sees both."""
    page = visit(real_url, "version.json", viewport={"width": 360, "height": 740}, color_scheme=scheme).page
    weak, seen = {}, 0
    for path in SHOWN:
        page.goto(real_url + path)
        for words, ink, ground in page.evaluate(LABELS):
            seen += 1
            light = [luminance(each) for each in (ink, ground)]
            if min(contrast(*light), contrast(*map(printed, light))) < 4.5:
                weak[path, words] = (ink, ground)
    assert weak == {}
    assert seen > 3 * 150


def luminance(colour: str) -> float:
    """Relative luminance of `rgb(r, g, b)`, as WCAG 2 defines it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def printed(light: float) -> float:
    """The same of the grey, in steps of 255, that stands for a colour."""
    grey = round(255 * (12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055))
    return luminance(f"rgb({grey}, {grey}, {grey})")


def contrast(one: float, other: float) -> float:
    high, low = max(one, other), min(one, other)
    return (high + 0.05) / (low + 0.05)


def test_a_drawing_moves_nothing(visit: Callable[..., Visit], real_url: str) -> None:
    """The place is kept before the style sheet and the fonts come."""
    seen = visit(real_url, "urgence/", viewport={"width": 360, "height": 740})
    seen.page.wait_for_load_state("networkidle")
    assert seen.page.evaluate(MOVED) == 0
    seen.page.locator(".g-drawings").scroll_into_view_if_needed()
    assert seen.page.evaluate(MOVED) == 0
    assert seen.complaints == []


@pytest.mark.parametrize("path", ["urgence/", "messagerie/", "mesures/reseau/"])
def test_pages_with_drawings_break_no_rule(visit: Callable[..., Visit], real_url: str, path: str) -> None:
    seen = visit(real_url, path, viewport={"width": 390, "height": 844})
    seen.page.evaluate(AT_REST)
    result = Axe().run(seen.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert result.violations_count == 0, result.generate_report()


def test_a_drawing_is_one_picture_with_a_name(visit: Callable[..., Visit], real_url: str) -> None:
    """A screen reader hears its title and its description, and none of the words strewn over it."""
    page = visit(real_url, "mesures/sauvegardes/").page
    picture = page.get_by_role("img", name="La sauvegarde 3-2-1")
    assert picture.count() == 1
    assert "Trois copies en tout" in picture.evaluate(
        "e => e.getAttribute('aria-labelledby').split(' ').map(id => document.getElementById(id).textContent).join(' ')"
    )
    assert page.locator("svg.dr-picto:not([aria-hidden=true])").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_of_the_system_are_kept(visit: Callable[..., Visit], real_url: str, scheme: str) -> None:
    """In forced colours, lines and words take the colour of text, a badge is inverted: nothing vanishes."""
    page = visit(real_url, "urgence/", forced_colors="active", color_scheme=scheme).page
    ink, ground = page.evaluate(
        "() => { const p = document.createElement('p'); p.style.cssText = 'color:CanvasText;background:Canvas'; document.body.append(p);"
        " const s = getComputedStyle(p); return [s.color, s.backgroundColor]; }"
    )
    for selector, kind, wanted in (
        ("svg.dr[role=img]", "stroke", ink),
        (".dr .dr-r", "stroke", ink),
        (".dr .dr-b", "fill", ink),
        (".dr .dr-w", "fill", ground),
        (".dr .dr-f", "fill", ground),
    ):
        assert page.locator(selector).first.evaluate(f"e => getComputedStyle(e).{kind}") == wanted, selector


def test_paper_is_light_even_from_a_dark_screen(visit: Callable[..., Visit], real_url: str) -> None:
    page = visit(real_url, "urgence/", color_scheme="dark").page
    screen = page.locator(".dr .dr-f").first.evaluate("e => getComputedStyle(e).fill")
    page.emulate_media(media="print", color_scheme="dark")
    paper = page.locator(".dr .dr-f").first.evaluate("e => getComputedStyle(e).fill")
    assert (screen, paper) == ("rgb(25, 35, 36)", "rgb(255, 255, 255)")
    ink = page.locator("svg.dr[role=img]").first.evaluate("e => getComputedStyle(e).stroke")
    assert max(int(part) for part in re.findall(r"\d+", ink)) <= 40


def test_the_emergency_file_and_the_copy_show_the_same(site: Path, unpacked: Path) -> None:
    """The same shapes and words in the page, in the one file and in the folder opened from a disk."""

    def shapes(path: Path) -> dict[str, str]:
        html = path.read_text(encoding="utf-8")
        found = re.findall(r'data-drawing="([^"]+)"[^>]*>(.*?)</svg>', html, re.S)
        return {
            name: re.sub(
                r"<(title|desc).*?</\1>", "", re.sub(r"></(?:path|rect|circle)>", "/>", body), flags=re.S
            )
            for name, body in found
        }

    page = shapes(site / "urgence/index.html")
    assert list(page) == SHOWN["urgence/"]
    assert shapes(site / "a-propos/copie-hors-ligne/urgence.html") == page
    assert shapes(unpacked / "guide/urgence/index.html") == page
    one = (site / "a-propos/copie-hors-ligne/urgence.html").read_text(encoding="utf-8")
    assert one.count('class="dr dr-picto"') == 6


def test_the_emergency_file_cuts_no_label(
    browser: object, visit: Callable[..., Visit], real_url: str
) -> None:
    """It has no font of its own: the widest one at hand must do."""
    page = visit(
        real_url, "a-propos/copie-hors-ligne/urgence.html", viewport={"width": 320, "height": 700}
    ).page
    assert page.evaluate(CUT) == []
    assert page.evaluate(SIDEWAYS) <= 0
