"""« Puis-je … ? »: what an editor may not write, and what a reader gets on the page, on the sheet and from each subject."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from guide.data.guide import read_data
from guide.text.problems import Code
from messages import Said
from support import ROOT, ours

WRONG = [
    ("question: Puis-je envoyer une radio par WhatsApp ?", "question: La radio par WhatsApp", Code.WORDING),
    ("verdict: interdit", "verdict: peut-être", Code.WRONG_VALUE),
    ("page: messagerie", "page: messagrie", Code.REFERENCE),
    ("sources: [csp-l1110-4, cnil-messagerie-fax]", "sources: []", Code.LENGTH),
    ("why: La photo reste", "why: Oui. La photo reste", Code.WORDING),
    ('    - "Au patient : Mon espace santé."', "    - " + "mot " * 20 + ".", Code.LENGTH),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code"), WRONG)
def test_a_wrong_row_is_one_sentence_with_its_line(
    project: Path, said: Said, old: str, new: str, code: Code
) -> None:
    path = project / "data/questions.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    (problem,) = said(read_data(project).problems)
    assert (problem.code, problem.place.file) == (code, "data/questions.yml")
    entry = text.rindex("- id: ", 0, text.index(old))
    assert problem.place.line in {text[:at].count("\n") + 1 for at in (entry, text.index(old))}


def test_fifteen_questions_each_linked_from_its_subject() -> None:
    """The page of the subject carries the marker that lists its questions."""
    questions = ours().questions.values()
    assert len(questions) == 15
    for each in questions:
        source = (ROOT / "docs" / f"{each.page}.md").read_text(encoding="utf-8")
        assert "<!-- guide:questions-here on=puis-je -->" in source, each.id
    rows = yaml.safe_load((ROOT / "data/questions.yml").read_text(encoding="utf-8"))
    assert [each.id for each in questions] == [row["id"] for row in rows]
