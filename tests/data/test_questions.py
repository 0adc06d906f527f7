"""« Puis-je … ? »: what an editor may not write, and what a reader gets on the page, on the sheet and from each subject."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from guide.data.guide import read_data
from support import ROOT, ours

WRONG = [
    ("question: Puis-je envoyer une radio par WhatsApp ?", "question: La radio par WhatsApp", "pas une question"),
    ('verdict: interdit', "verdict: peut-être", "verdict"),
    ("page: messagerie", "page: messagrie", "cette page n’existe pas"),
    ("sources: [csp-l1110-4, cnil-messagerie-fax]", "sources: []", "sources"),
    ("why: La photo reste", "why: Oui. La photo reste", "plus d’une phrase"),
    ('    - "Au patient : Mon espace santé."', "    - " + "mot " * 60 + ".", "trop longues"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_a_wrong_row_is_one_sentence_with_its_line(project: Path, old: str, new: str, said: str) -> None:
    path = project / "data/questions.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    problems = [str(each) for each in read_data(project).problems]
    assert len(problems) == 1, problems
    assert re.match(r"data/questions\.yml:\d+:\d+: ", problems[0]) and said in problems[0], problems


def test_fifteen_questions_each_linked_from_its_subject() -> None:
    """The page of the subject carries the marker that lists its questions."""
    questions = ours().questions.values()
    assert len(questions) == 15
    for each in questions:
        source = (ROOT / "docs" / f"{each.page}.md").read_text(encoding="utf-8")
        assert "<!-- guide:questions-here on=puis-je -->" in source, each.id
    rows = yaml.safe_load((ROOT / "data/questions.yml").read_text(encoding="utf-8"))
    assert [each.id for each in questions] == [row["id"] for row in rows]
