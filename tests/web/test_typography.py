"""No high mark is left alone at the head of a line, nor a quotation mark at its end: in every output, whoever wrote it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import feedparser
import lxml.html
import pytest
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser

from guide.page.view import Options
from guide.paper.make import contents
from guide.text.french import NBSP, typeset_html, typeset_markdown
from pdftext import spans
from support import ROOT, ours

VERBATIM = {"script", "style", "code", "pre", "textarea", "kbd"}
SPOKEN = ("alt", "title", "aria-label", "placeholder", "content")


def loose(text: str | None) -> list[str]:
    return [match[0] for match in re.finditer(r"\S* [;?!»:](?=[\s.,;)\]]|$)|«(?!\xa0)\S*", text or "")]


def said(html: bytes) -> Iterator[str]:
    """Every text and every attribute that is shown or read aloud, code left out; marks across tags too."""
    tree = lxml.html.document_fromstring(html)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        for name in SPOKEN:
            yield element.get(name, "")
    for element in list(tree.iter(*VERBATIM)):
        element.text = ""
        for child in list(element):
            element.remove(child)
    for element in tree.iter("title", "p", "li", "h1", "h2", "h3", "h4", "td", "th", "dt", "dd", "a", "label", "button",
                             "summary", "span", "option", "legend", "figcaption", "strong", "em"):  # fmt: skip
        yield element.text_content()


def test_every_page_of_the_site(site: Path) -> None:
    found = {
        (page.relative_to(site).as_posix(), each)
        for page in site.rglob("*.html")
        for text in said(page.read_bytes())
        for each in loose(text)
    }
    assert found == set()


def test_every_page_of_the_copy(unpacked: Path) -> None:
    found = {
        (page.name, each)
        for page in unpacked.rglob("*.html")
        for text in said(page.read_bytes())
        for each in loose(text)
    }
    assert found == set()


def test_the_feed(site: Path) -> None:
    feed = feedparser.parse((site / "flux.xml").read_bytes())
    texts = [feed.feed.title, *(text for entry in feed.entries for text in (entry.title, entry.summary))]
    assert [each for text in texts for each in loose(text)] == []


def test_every_printed_sheet() -> None:
    """In what is given to the typesetter: a PDF has one and the same glyph for both spaces."""
    guide = ours()
    options = Options(dt.date(2026, 11, 24))
    makers = [(sheet, contents()[sheet.content].job) for sheet in guide.sheets.values()]
    jobs = [job(guide, options, sheet) for sheet, job in makers if job is not None]
    assert [
        each for job in jobs for text in job.strings() if "<svg" not in text for each in loose(text)
    ] == []


def test_the_booklet(site: Path) -> None:
    """No line of it begins with a mark that belongs to the line before."""
    found: dict[tuple[int, float], str] = {}
    for span in spans((site / "imprimer" / "livret.pdf").read_bytes()):
        line = span.page, round(span.top, 1)
        found[line] = found.get(line, "") + span.text
    assert [
        text for text in found.values() if re.match(r"[;?!»:](\s|$)", text) or text.rstrip().endswith("«")
    ] == []


def strings(script: str) -> Iterator[str]:
    """The texts of a script, comments left out; what is computed inside them counts as one letter."""
    at, ends = 0, []  # what each open text or computed part ends with
    text = ""
    while at < len(script):
        rest = script[at:]
        inside = ends[-1] if ends else "}"
        if inside != "}":
            if rest.startswith("\\"):
                text, at = text + rest[1:2], at + 2
            elif rest.startswith("${") and inside == "`":
                ends.append("}")
                text, at = text + "x", at + 2
                yield from ()
            elif rest.startswith(inside):
                ends.pop()
                yield text
                text, at = "", at + 1
            else:
                text, at = text + rest[0], at + 1
        elif comment := re.match(r"/\*.*?\*/|//[^\n]*", rest, re.DOTALL):
            at += comment.end()
        elif expression := re.match(
            r"(?<![\w)\]])/(?![/*])(?:\[(?:\\.|[^\]\n])*\]|\\.|[^/\n\[])+/[a-z]*(?=[\s.,;)\]])", rest
        ):
            at += expression.end()
        elif rest[0] in "\"'`":
            ends.append(rest[0])
            at += 1
        elif rest[0] == "{":
            ends.append("}")
            at += 1
        elif rest[0] == "}" and ends:
            ends.pop()
            at += 1
        else:
            at += 1


def test_what_the_scripts_write() -> None:
    found = {
        (path.name, each)
        for path in (ROOT / "docs" / "assets" / "js").rglob("*.js")
        for text in strings(path.read_text(encoding="utf-8"))
        for each in loose(text)
    }
    assert found == set()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Voir <a href='x'>ici</a> ; puis", "Voir <a href='x'>ici</a>~; puis"),
        ("<p>« <b>Urgence</b> » :</p>", "<p>«~<b>Urgence</b>~»~:</p>"),
        ('<input aria-label="Affichage :">', '<input aria-label="Affichage~:">'),
        ("<code>a ? b : c</code> ?", "<code>a ? b : c</code>~?"),
        ("<script>x ? y : z</script>", "<script>x ? y : z</script>"),
        ('<a href="x?a=1&b: 2">Qui ?</a>', '<a href="x?a=1&b: 2">Qui~?</a>'),
        ("<title>Que faire maintenant ?</title>", "<title>Que faire maintenant~?</title>"),
    ],
)
def test_html_keeps_its_marks(typed: str, kept: str) -> None:
    assert typeset_html(typed) == kept.replace("~", NBSP)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Un [lien](a.md) ; puis", "Un [lien](a.md)~; puis"),
        ("« [lien](a.md) » : non", "«~[lien](a.md)~»~: non"),
        ("`a : b` ?", "`a : b`~?"),
        ("[a ?][b] !", "[a~?][b]~!"),
        ("[b]: https://x.example/ ?", "[b]: https://x.example/ ?"),
    ],
)
def test_markdown_keeps_its_marks(typed: str, kept: str) -> None:
    assert typeset_markdown(typed) == kept.replace("~", NBSP)


PRINTED_FONTS = sorted((ROOT / "hooks/guide/paper").rglob("*.ttf"))


@pytest.mark.parametrize("path", PRINTED_FONTS, ids=lambda path: path.stem)
def test_a_printed_zero_has_no_slash(path: Path) -> None:
    """« 2026 » in a sentence: the middle of the zero is paper, its edge is ink."""
    picture = Image.new("L", (200, 200), 255)
    ImageDraw.Draw(picture).text((100, 100), "0", font=ImageFont.truetype(str(path), 160), anchor="mm")
    assert picture.getbbox()
    left, top, right, bottom = Image.eval(picture, lambda ink: 255 - ink).getbbox() or (0, 0, 0, 0)
    assert picture.getpixel(((left + right) // 2, (top + bottom) // 2)) == 255
    assert picture.getpixel((left + 5, (top + bottom) // 2)) == 0


@pytest.mark.browser
def test_a_zero_on_the_screen_has_no_slash(browser: Browser, site_url: str) -> None:
    """In both weights that the pages load."""
    page = browser.new_page()
    page.goto(site_url)
    inks = page.evaluate("""async () => {
      await document.fonts.ready;
      return [400, 700].map((weight) => {
        const pen = new OffscreenCanvas(200, 200).getContext("2d");
        pen.font = `${weight} 160px "Atkinson Hyperlegible Next"`;
        pen.textAlign = "center";
        const size = pen.measureText("0"), middle = 160 - size.actualBoundingBoxAscent / 2;
        pen.fillText("0", 100, 160);
        return [pen.getImageData(100, middle, 1, 1).data[3], pen.getImageData(100 - size.width / 2 + 22, middle, 1, 1).data[3]];
      });
    }""")
    page.close()
    assert inks == [[0, 255], [0, 255]]
