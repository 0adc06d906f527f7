"""The program of the search, loaded when somebody opens it: the engine, then the box that shows what it finds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import rjsmin

from guide.search.tokens import STOP_WORDS, WEAK_WORDS

# In the order in which they use each other; the last one needs a page.
ENGINE = ("tokens.js", "vocabulary.js", "thesaurus.js", "index.js", "ranking.js", "answers.js", "passage.js")
BOX = ("box.js",)


def engine() -> str:
    """The engine alone, for programs without a page: the tests and the benchmarks run it in Node."""
    return _joined(ENGINE)


def program(words: Mapping[str, Any]) -> str:
    """The whole script, in a scope of its own, with what the data say."""
    data = f"const GUIDE = {json.dumps(words, ensure_ascii=False, separators=(',', ':'))};"
    return f'(() => {{\n"use strict";\n{data}\n{_joined((*ENGINE, *BOX))}\n}})();\n'


def _joined(parts: tuple[str, ...]) -> str:
    folder = Path(__file__).parent
    language = f"const STOP = {json.dumps(STOP_WORDS)}, WEAK_WORDS_OF_QUESTIONS = {json.dumps(WEAK_WORDS)};"
    return "\n".join(
        [language, *(rjsmin.jsmin((folder / part).read_text(encoding="utf-8")) for part in parts)]
    )
