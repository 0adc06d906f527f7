"""How hard each page is to read: words, sentence lengths and the Kandel-Moles index.

The index is Flesch's, adapted to French by Kandel and Moles (1958):
207 − 1.015 × words per sentence − 73.6 × syllables per word. Above 60 is plain; under 30 is hard.
Syllables are counted by pyphen's French hyphenation patterns, a close and well-kept stand-in.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache

import pyphen

from guide.text import sentences as cut

MAX_WORDS = 900
MAX_SENTENCE = 25
MEAN_SENTENCE = 15
_UNSEEN = re.compile(r'<span class="g-vh">.*?</span>', re.DOTALL)
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
# Each way begins with a letter of its own (the start of a line is asked for behind it): the text is passed over quickly.
_DROPPED = re.compile(  # the notice of late facts too: a day adds it, no editor
    r'<div class="g-notice g-notice--warn".*?</div></div>|<section class="g-foot".*?</section>|<script.*?</script>|<figure class="g-drawings.*?</figure>|<svg.*?</svg>|<span class="g-vh">.*?</span>|'
    r"<(?P<fold>details(?! class=.g-line)[^>]*>\s*<summary.*?</summary>).*?(?=</details>)|<select.*?</select>|<(?P<tag>p|ul|dl) class=\"(?:g-card__state|g-fact|g-measure__meta|g-check__meta)\".*?</(?P=tag)>|"
    r"\[(?<=^\[)[^\]]+\]:.*$|\*(?<=^\*)\[[^\]]+\]:.*$|```.*?```",
    re.DOTALL | re.MULTILINE,
)
_QUOTED = re.compile(r'<a href="https?://[^"]*"[^>]*>.*?</a>|<h3 class="g-line__name".*?</h3>', re.DOTALL)
_BLOCK = re.compile(
    r"</?(?:p|li|ul|ol|h[1-6]|div|section|article|t[dhr]|table|thead|tbody|d[dtl]|blockquote|summary|details|br|span)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]+>")
_LINE_START = re.compile(r"^(?:\s*(?:[-+]|\d+\.)\s|!!! \w+)", re.MULTILINE)
_MARKUP = re.compile(r"\]\([^)]*\)|\]\[[^\]]*\]|\{:?[^}\n]*\}|[*_`#>\[\]]|:-{3,}:?|-{3,}:?")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d+")
_PIECE = re.compile(r"[\n;|]|\s:\s")  # a cell of a table is read by itself


@dataclass(frozen=True, slots=True)
class Readability:
    """Figures of one page. `index` is Kandel-Moles, 0 to about 100, higher is easier; `read` are the words it counts."""

    words: int
    mean_sentence: float
    longest: str
    longest_words: int
    read: tuple[str, ...]

    @property
    def index(self) -> float:
        """Counted when it is asked for: hyphenating every word is most of the work, and a build only wants the limits."""
        if not self.read:
            return 100.0
        syllables = sum(_syllables(word.lower()) for word in self.read)
        return 207 - 1.015 * self.mean_sentence - 73.6 * syllables / len(self.read)


def _kept(dropped: re.Match[str]) -> str:
    """A fold keeps its first line, as it is seen."""
    return _UNSEEN.sub("", f"<{dropped['fold']}" if dropped["fold"] else "") + "\n"


def shown(staged: str) -> str:
    """The text of a staged Markdown page as it opens, a block a line: without its foot nor what is folded, but with what a list opens."""
    # A title quoted from elsewhere is a name, not a sentence of ours.
    text = _QUOTED.sub(" titre ", _DROPPED.sub(_kept, _FRONT.sub("", staged)))
    text = _LINE_START.sub(" ", _TAG.sub(" ", _BLOCK.sub("\n", text)))
    return html.unescape(_MARKUP.sub(" ", text)).replace("\u00a0", " ")


def measure(staged: str) -> Readability:
    """The figures of a staged Markdown page as it opens."""
    text = shown(staged)
    pieces = (part for piece in _PIECE.split(text) if piece.strip() for part in cut.sentences(piece))
    cut_up = [(part, found) for part in pieces if (found := _WORD.findall(part))]
    if not cut_up:
        return Readability(0, 0.0, "", 0, ())
    sentences = [(part, len(found)) for part, found in cut_up]
    words = [word for _, found in cut_up for word in found]
    # A heading or a table cell of two words is not a sentence anybody reads in one breath.
    read = [each for each in sentences if each[1] > 3] or sentences
    mean = sum(count for _, count in read) / len(read)
    longest, longest_words = max(read, key=lambda each: each[1])
    return Readability(len(words), mean, longest, longest_words, tuple(words))


@cache
def _syllables(word: str) -> int:
    return len(_hyphenation().positions(word)) + 1


@cache
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="fr_FR", left=1, right=1)


def warnings(figures: Readability, listed: bool = False) -> list[str]:
    """What exceeds the limits of the writing rules, in French; a list of entries is not a page to read through."""
    found = []
    if not listed and figures.words > MAX_WORDS:
        found.append(f"{figures.words} mots, {MAX_WORDS} au plus")
    if figures.mean_sentence > MEAN_SENTENCE:
        found.append(f"phrases de {figures.mean_sentence:.0f} mots en moyenne, {MEAN_SENTENCE} au plus")
    if figures.longest_words > MAX_SENTENCE:
        found.append(
            f"une phrase de {figures.longest_words} mots, {MAX_SENTENCE} au plus : « {figures.longest[:70]}… »"
        )
    return found
