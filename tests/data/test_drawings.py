"""Drawings as data: what a slip in their words or in their lines says, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest

from guide.data import drawings, palette
from guide.data.drawings import text_width
from guide.data.guide import Guide
from guide.site.checked import check
from guide.text.problems import Code, GuideError
from messages import Said
from support import ROOT, ours

SHEET = ROOT / "docs/assets/css"


@pytest.fixture(scope="module")
def guide() -> Guide:
    return ours()


def change(root: Path, file: str, old: str, new: str) -> int:
    """Replaces the first `old`; returns the line where it stood."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is no longer in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text.count("\n", 0, text.index(old)) + 1


def found(root: Path, said: Said) -> list[tuple[Code, str, int]]:
    with pytest.raises(GuideError) as caught:
        check(root)
    return [(each.code, each.place.file, each.place.line) for each in said(caught.value)]


PLUG = "data/drawings/ou-debrancher-ordinateur.svg"
SPRITE = "data/drawings/gestes.svg"
WORDS = "data/drawings.yml"


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (WORDS, "  description: La fiche réseau est tirée", "  note: La fiche réseau est tirée", Code.UNKNOWN_FIELD),
        (WORDS, "  description: Un écran allumé porte une coche ; une corbeille est barrée.", '  description: ""', Code.WRONG_VALUE),
        (WORDS, "  description: Un écran allumé porte une coche ; une corbeille est barrée.", "  description: Un écran.", Code.WORDING),
        (WORDS, "    oui: celui-ci", "    oui: celui-ci et aucun autre", Code.LENGTH),
        (WORDS, "    lampe: lampe verte", "    voyant: lampe verte", Code.UNUSED),
        (WORDS, "    lampe: lampe verte", "    lampe: 12", Code.WRONG_TYPE),
        (WORDS, "- id: geste-allume", "- id: geste-reseau", Code.IDENTIFIER),
        (WORDS, "  sources: [fiche-faux-support]", "  sources: [inconnue]", Code.REFERENCE),
        (PLUG, "{lampe}", "lampe verte", Code.WORDING),
        (PLUG, "{lampe}", "{lampes}", Code.REFERENCE),
        (PLUG, ' data-room="98"', "", Code.MISSING_FIELD),
        (PLUG, ' data-room="98"', ' data-room="large"', Code.MISSING_FIELD),
        (PLUG, ' data-room="98"', ' data-room="999"', Code.LENGTH),
        (PLUG, '<text x="22"', '<text x="à gauche"', Code.WRONG_VALUE),
        (PLUG, 'class="dr-r" stroke="#a8101c"', 'class="dr-r" stroke="#ff0000"', Code.WRONG_VALUE),
        (PLUG, 'class="dr-r" stroke="#a8101c"', 'stroke="#a8101c"', Code.WRONG_VALUE),
        (PLUG, 'class="dr-r" stroke="#a8101c"', 'class="dr-z" stroke="#a8101c"', Code.WRONG_VALUE),
        (PLUG, 'class="dr-r" stroke="#a8101c"', 'class="dr-r" style="stroke:red"', Code.WRONG_VALUE),
        (PLUG, "<path ", "<script>1</script><path ", Code.WRONG_VALUE),
        (PLUG, "<path ", '<path onclick="x()" ', Code.WRONG_VALUE),
        (PLUG, "<path ", "<image ", Code.WRONG_VALUE),
        (PLUG, "</g>", "</h>", Code.SYNTAX),
        (PLUG, "<svg ", "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg ", Code.WRONG_VALUE),
        (PLUG, 'viewBox="0 0 320 300"', 'viewBox="0 0 320"', Code.WRONG_VALUE),
        (SPRITE, 'id="geste-allume"', 'id="geste-allumer"', Code.UNUSED),
        (SPRITE, '<symbol id="geste-allume" viewBox="0 0 64 64">', '<symbol id="geste-allume">', Code.WRONG_VALUE),
    ],
)  # fmt: skip
def test_a_slip_is_one_sentence_at_its_line(
    project: Path, said: Said, file: str, old: str, new: str, code: Code
) -> None:
    line = change(project, file, old, new)
    assert (code, file, line) in found(project, said)


def test_a_drawing_without_words_is_refused_where_it_is_named(project: Path, said: Said) -> None:
    """The equivalent in words is no option."""
    path = project / WORDS
    text = path.read_text(encoding="utf-8")
    at = text.index("- id: geste-preuves")
    start = text.index("  description:", at)
    path.write_text(text[:start] + text[text.index("\n", start) + 1 :], encoding="utf-8")
    assert (Code.MISSING_FIELD, WORDS, text.count("\n", 0, at) + 1) in found(project, said)


def test_lines_that_nobody_describes_are_refused(project: Path, said: Said) -> None:
    (project / "data/drawings/autre.svg").write_bytes((project / PLUG).read_bytes())
    assert (Code.UNUSED, "data/drawings/autre.svg", 1) in found(project, said)


def test_words_without_lines_are_refused(project: Path, said: Said) -> None:
    (project / PLUG).unlink()
    line = (
        (project / WORDS)
        .read_text(encoding="utf-8")
        .partition("- id: ou-debrancher-ordinateur")[0]
        .count("\n")
    )
    assert (Code.REFERENCE, WORDS, line + 1) in found(project, said)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"<svg", "<svg>été</svg>".encode("latin-1")])
def test_a_file_that_is_no_drawing_is_said(project: Path, said: Said, content: bytes) -> None:
    (project / PLUG).write_bytes(content)
    assert PLUG in {file for _, file, _ in found(project, said)}


def test_a_pictogram_that_grew_is_refused(project: Path, said: Said) -> None:
    line = change(project, SPRITE, '<symbol id="geste-allume"', '<symbol id="geste-allume"')
    change(project, SPRITE, 'd="M22 36v11M12 47h20"', 'd="M22 36v11M12 47h20' + "M1 1v1" * 60 + '"')
    assert (Code.LENGTH, SPRITE, line) in found(project, said)


def test_an_unknown_drawing_in_a_page_is_said_at_its_line(project: Path, said: Said) -> None:
    line = change(
        project, "docs/messagerie.md", "guide:drawing ids=canal-pour-qui", "guide:drawing ids=canal-pour-quoi"
    )
    assert (Code.MARKER, "docs/messagerie.md", line) in found(project, said)


def test_every_drawing_is_light(guide: Guide) -> None:
    """Pictograms in a few hundred bytes as written, any other drawing under 6 kB as servers send it."""
    for picture in guide.pictures.values():
        size = len(picture.lines.body.encode())
        assert not picture.said.sprite or size <= drawings.PICTOGRAM, (picture.id, size)
        assert len(brotli.compress(picture.inline(str).encode())) <= drawings.LARGEST, picture.id


def test_a_drawing_says_its_name_and_its_words(guide: Guide) -> None:
    html = guide.pictures["plan-reseau"].inline(str)
    title, description = re.findall(r'<(title|desc) id="([^"]+)">', html)
    assert (title[0], description[0]) == ("title", "desc")
    assert f'role="img" aria-labelledby="{title[1]} {description[1]}"' in html
    assert ">Panoramique</text>" in html and "{" not in html
    assert 'aria-hidden="true"' in guide.pictures["geste-reseau"].silent(str)


def test_colours_are_said_once_on_a_page_and_in_full_on_paper(guide: Guide) -> None:
    picture = guide.pictures["ou-debrancher-box"]
    assert "#" not in re.sub(r'(?:id|aria-labelledby)="[^"]*"', "", picture.inline(str))
    assert 'class="dr-r" stroke="#a8101c"' in picture.standalone(str)
    for name, (kind, token) in palette.PALETTE.items():
        assert f".{name}{{{kind}:var(--c-{token})}}" in palette.rules()


def luminance(colour: str) -> float:
    whole = colour if len(colour) == 7 else "#" + "".join(c * 2 for c in colour[1:])
    parts = [int(whole[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def grey(colour: str) -> str:
    """As a black-and-white printer sees it: its luminance, back as sRGB."""
    y = luminance(colour)
    value = 12.92 * y if y <= 0.0031308 else 1.055 * y ** (1 / 2.4) - 0.055
    return "#" + f"{round(value * 255):02x}" * 3


# Class of a label → the grounds on which it stands in our drawings.
GROUNDS = {
    "dr-t": ("page", "surface", "accent-soft"),
    "dr-u": ("page", "surface"),
    "dr-w": ("urgent",),
    "dr-p": ("accent",),
}


@pytest.mark.parametrize("scheme", [0, 1], ids=["clair", "sombre"])
def test_every_label_can_be_read(scheme: int) -> None:
    """4.5 to 1 at least, also in greys."""
    colours = palette.schemes(ROOT)[scheme]
    assert colours
    for name, grounds in GROUNDS.items():
        ink = colours[palette.PALETTE[name][1]]
        for ground in grounds:
            assert contrast(ink, colours[ground]) >= 4.5, (name, ground)
            assert contrast(grey(ink), grey(colours[ground])) >= 4.5, (name, ground)


def _labelled(guide: Guide) -> Iterator[tuple[str, str]]:
    for picture in guide.pictures.values():
        yield from (
            (picture.id, found)
            for found in re.findall(r'<(?:text|g|tspan)[^>]*class="(dr-[a-z])"', picture.lines.body)
        )


def test_labels_use_the_classes_whose_contrast_is_known(guide: Guide) -> None:
    used = {name for _, name in _labelled(guide) if palette.PALETTE[name][0] == "fill"}
    assert used - {"dr-b"} <= GROUNDS.keys()


def test_width_is_that_of_the_font() -> None:
    """Bold is wider, twice the size is twice the width."""
    thin, bold = (text_width("Câble réseau", 15, heavy) for heavy in (False, True))
    assert 80 < thin < bold < 100
    assert text_width("Câble réseau", 30, True) == pytest.approx(2 * bold)
