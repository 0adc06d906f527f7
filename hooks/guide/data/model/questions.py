"""« Puis-je … ? »: everyday questions in the words people type, each with its answer, its reason and its source."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from guide.data.literals import INSERT
from guide.data.model.context import fault
from guide.data.model.types import Asked, Dated, Id, LawId, PageId, Prose, ResourceId, limit
from guide.text.problems import Code

MOST_WORDS = 60
"""What the list shows of one question; whatever is longer stands on the page that the question leads to."""


SAID = {"permis": "Oui", "interdit": "Non", "permis-si": "Oui, si"}
"""The first word that a reader sees. Not « oui » and « non » themselves: YAML reads those as true and false."""

Verdict = Annotated[
    Literal["permis", "interdit", "permis-si"],
    Field(
        json_schema_extra={"enumDescriptions": ["« Oui »", "« Non »", "« Oui, si », suivi de la condition"]}
    ),
]


def _one_sentence(value: str) -> str:
    if re.search(r"[.!?]\s+\S", INSERT.sub("x", value)):
        raise fault(Code.WORDING, "cette raison fait plus d’une phrase", "gardez-en une seule", value)
    return value


class Question(Dated):
    """One row of « Puis-je … ? »."""

    id: Id
    question: Annotated[Asked, limit(characters=70)] = Field(
        title="La question, dans les mots que l’on tape ?",
        description="La question, dans les mots que l’on tape ; 60 mots avec toute sa réponse",
        examples=["Puis-je donner le Wi-Fi aux visiteurs ?"],
    )
    verdict: Verdict = Field(
        title="Permis, interdit, ou permis à une condition ?",
        description="La réponse : permis, interdit ou permis-si",
    )
    answer: Annotated[Prose, limit(words=14)] = Field(
        title="La suite de la réponse, en une ligne ?",
        description="Ce qui suit « Oui », « Non » ou « Oui, si » : une ligne, pour l’écran et pour la feuille",
        examples=["leur réseau est séparé de celui de l’équipe."],
    )
    why: Annotated[Prose, limit(words=25), AfterValidator(_one_sentence)] = Field(
        title="Pourquoi, en une phrase ?",
        description="La raison, en une phrase",
        examples=["Sur le même réseau, un téléphone infecté atteint les postes."],
    )
    how: Annotated[tuple[Prose, ...], Field(min_length=1, max_length=5)] = Field(
        title="Comment faire ?", description="Une à cinq étapes, à l’infinitif"
    )
    page: PageId = Field(
        title="Page où en lire plus ?",
        description="Page du sujet, qui y renvoie par le marqueur questions-here",
    )
    laws: tuple[LawId, ...] = Field(default=(), description="Textes de droit (legal.yml)")
    sources: tuple[ResourceId, ...] = Field(
        min_length=1,
        title="Ressources qui le disent ?",
        description="Ressources qui le disent (identifiants de resources.yml)",
    )

    @property
    def said(self) -> str:
        """The first word of the answer, as the reader sees it."""
        return SAID[self.verdict]

    @model_validator(mode="after")
    def _short(self) -> Self:
        said = " ".join((self.question, self.said, self.answer, self.why, *self.how))
        words = len(re.findall(r"[^\s’':;?!«»()–-]+", INSERT.sub("x", said)))
        if words > MOST_WORDS:
            raise fault(
                Code.LENGTH,
                f"question et réponse trop longues : {words} mots pour {MOST_WORDS} au plus",
                f"retirez {words - MOST_WORDS} mot(s), le détail va sur la page du sujet",
                self.id,
            )
        return self
