"""The measures a practice can tick (`checklist.yml`)."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from guide.data.model.context import fault
from guide.data.model.types import (
    Confidence,
    CostId,
    Day,
    EffortId,
    Entry,
    Flag,
    FrequencyId,
    GroupId,
    Id,
    LawId,
    Number,
    PosterGroupId,
    PriorityId,
    Prose,
    ResourceId,
    RoleId,
    Text,
    TopicId,
    limit,
)
from guide.text.problems import Code


class Validation(Entry):
    """An adaptation of ours stays marked until somebody of the profession has put their name to it."""

    adaptation: Flag = Field(
        default=False,
        title="Est-ce un conseil des auteurs, qu’aucune de ces sources ne donne tel quel ?",
        description="true : conseil des auteurs, sans source qui le dise tel quel",
    )
    validated_by: Text | None = Field(
        default=None, description="Personne du métier qui a validé l’adaptation"
    )
    validated_on: Day | None = Field(default=None, description="Jour de cette validation")

    @property
    def pending(self) -> bool:
        """True while the reader must be told that nobody of the profession has validated this."""
        return self.adaptation and not (self.validated_by and self.validated_on)


class Poster(Entry):
    """The measure's short line on the A4 sheet."""

    group: PosterGroupId = Field(description="Bloc de la page à afficher (taxonomy.yml)")
    label: Annotated[Prose, limit(words=10, characters=55)] = Field(
        description="Ligne imprimée : dix mots et 55 signes au plus"
    )


def _steps(value: tuple[str, ...]) -> tuple[str, ...]:
    words = sum(len(step.split()) for step in value)
    if words > 120:
        raise fault(
            Code.LENGTH,
            f"« comment » trop long : {words} mots pour 120 au plus",
            f"retirez {words - 120} mot(s)",
        )
    return value


class Measure(Validation):
    """One routine measure: label, why, how, proof, who, when."""

    id: Id
    label: Annotated[Prose, limit(words=10, characters=70)] = Field(
        title="Le geste ?",
        description="Infinitif, dix mots au plus",
        examples=["Débrancher le disque de sauvegarde et l’emporter"],
    )
    why: Annotated[Prose, limit(words=50)] = Field(
        title="Pourquoi ?",
        description="Pourquoi, cinquante mots au plus",
        examples=["Un disque resté branché se chiffre en même temps que le poste."],
    )
    how: Annotated[tuple[Prose, ...], AfterValidator(_steps)] = Field(
        min_length=1,
        max_length=6,
        title="Étape ?",
        description="Une à six étapes, 120 mots en tout",
        examples=["Lancer la copie en fin de journée et attendre le message de réussite."],
    )
    proof: Prose = Field(
        title="Preuve ?",
        description="Ce qui montre que c’est fait",
        examples=["Aucun disque de sauvegarde n’est branché pendant les soins."],
    )
    topic: TopicId = Field(description="Thème du guide (taxonomy.yml)")
    group: GroupId = Field(description="Groupe, donc page où la mesure paraît (taxonomy.yml)")
    roles: tuple[RoleId, ...] = Field(min_length=1, description="Le premier est celui qui fait")
    frequency: FrequencyId = Field(description="Combien de fois (taxonomy.yml)")
    effort: EffortId = Field(description="Quel temps (taxonomy.yml)")
    cost: CostId = Field(description="Quel coût (taxonomy.yml)")
    priority: PriorityId = Field(description="Quelle importance (taxonomy.yml)")
    sources: tuple[ResourceId, ...] = Field(min_length=1, description="Une source au moins")
    confidence: Confidence = Field(description="Solidité : high, medium ou low")
    role_sheet: tuple[RoleId, ...] = Field(
        default=(), description="Rôles dont la feuille porte cette mesure, six mesures au plus par rôle"
    )
    ranked: Annotated[Prose, limit(words=25)] | None = Field(
        default=None, description="Pourquoi la mesure n’est pas, ou plus, essentielle"
    )
    duty: LawId | None = Field(
        default=None,
        description="Texte qui l’impose (legal.yml) ; la mesure porte alors l’étiquette « Obligation »",
    )
    start: Number | None = Field(
        default=None, ge=1, le=6, description="Rang parmi les premiers gestes, six au plus"
    )
    poster: Poster | None = Field(
        default=None, description="Ligne de la page à afficher, quatre au plus par groupe"
    )
    former_ids: tuple[Id, ...] = Field(default=(), description="Anciens identifiants")
    note: Prose | None = Field(default=None, description="Précision pour le lecteur")
