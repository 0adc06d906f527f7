"""The measures a practice can tick (`checklist.yml`)."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from guide.model.types import Confidence, Day, Entry, Flag, Id, Number, Prose, Text, fault, limit, ref
from guide.problems import Code


class Validation(Entry):
    """An adaptation of ours stays marked until a dentist has put their name to it."""

    adaptation: Flag = Field(default=False, description="true : conseil des auteurs, sans source qui le dise tel quel")
    validated_by: Text | None = Field(default=None, description="Dentiste qui a validé l’adaptation")
    validated_on: Day | None = None

    @property
    def pending(self) -> bool:
        """True while the reader must be told that no dentist has validated this."""
        return self.adaptation and not (self.validated_by and self.validated_on)


class Poster(Entry):
    """The measure's short line on the A4 sheet."""

    group: ref("poster-group")  # type: ignore[valid-type]
    label: Annotated[Prose, limit(words=10, characters=55)]


def _steps(value: tuple[str, ...]) -> tuple[str, ...]:
    words = sum(len(step.split()) for step in value)
    if words > 120:
        raise fault(Code.LENGTH, f"« comment » trop long : {words} mots pour 120 au plus", f"retirez {words - 120} mot(s)")
    return value


class Measure(Validation):
    """One routine measure: label, why, how, proof, who, when."""

    id: Id
    label: Annotated[Prose, limit(words=10, characters=70)] = Field(description="Infinitif, dix mots au plus")
    why: Annotated[Prose, limit(words=50)] = Field(description="Pourquoi, cinquante mots au plus")
    how: Annotated[tuple[Prose, ...], AfterValidator(_steps)] = Field(min_length=1, max_length=6, description="Une à six étapes")
    proof: Prose = Field(description="Ce qui montre que c’est fait")
    topic: ref("topic")  # type: ignore[valid-type]
    group: ref("group")  # type: ignore[valid-type]
    roles: tuple[ref("role"), ...] = Field(min_length=1, description="Le premier est celui qui fait")  # type: ignore[misc]
    frequency: ref("frequency")  # type: ignore[valid-type]
    effort: ref("effort")  # type: ignore[valid-type]
    cost: ref("cost")  # type: ignore[valid-type]
    priority: ref("priority")  # type: ignore[valid-type]
    sources: tuple[ref("resource"), ...] = Field(min_length=1, description="Une source au moins")  # type: ignore[misc]
    confidence: Confidence
    role_sheet: tuple[ref("role"), ...] = Field(default=(), description="Rôles dont la feuille porte cette mesure")  # type: ignore[misc]
    start: Number | None = Field(default=None, ge=1, le=6, description="Rang parmi les six premiers gestes")
    poster: Poster | None = Field(default=None, description="Ligne de la page à afficher")
    former_ids: tuple[Id, ...] = ()
    note: Prose | None = None
