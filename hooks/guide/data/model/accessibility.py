"""The declaration of accessibility (`accessibility.yml`): what was audited, what is tested, what is known to fail."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictInt

from guide.data.model.types import Day, Entry, Number, PageId, Prose, ResourceId, Text


class Audit(Entry):
    """An audit that somebody carried out, with its result."""

    on: Day = Field(description="Jour où l’audit s’est terminé")
    by: Text = Field(description="Qui l’a fait : organisme ou personne")
    standard: Text = Field(description="Référentiel et version, par exemple RGAA 4.1.2")
    rate: Annotated[StrictInt, Field(ge=0, le=100)] = Field(
        description="Part des critères respectés, sur cent"
    )
    pages: tuple[PageId, ...] = Field(min_length=1, description="Pages auditées")


class AutomaticCheck(Entry):
    """What a test of the project verifies at each change: no audit, and never presented as one."""

    what: Text = Field(description="Ce qui est vérifié")
    tool: Text = Field(description="Avec quel outil")
    pages: Number | None = Field(description="Nombre de pages, ou null pour toutes")
    test: Text = Field(description="Le test qui le fait : fichier::fonction")


class Gap(Entry):
    """A content that some readers cannot use."""

    what: Prose = Field(description="Ce qui n’est pas accessible")
    criterion: Text | None = Field(default=None, description="Critère du référentiel, s’il est connu")
    instead: Prose | None = Field(default=None, description="Ce que l’on peut faire à la place")


class Accessibility(Entry):
    """The whole declaration. A null value means « not done », never a guess."""

    state: Literal["non-conforme", "partielle", "totale"] = Field(
        description="État de conformité annoncé : totale, partielle (la moitié des critères au moins) ou non-conforme"
    )
    audit: Audit | None = Field(description="L’audit, ou null s’il n’a pas eu lieu")
    established_on: Day | None = Field(description="Jour où l’éditeur a établi la déclaration, ou null")
    checks: tuple[AutomaticCheck, ...] = Field(description="Contrôles automatiques")
    by_hand: tuple[Prose, ...] = Field(description="Essais faits à la main")
    not_tried: tuple[Prose, ...] = Field(description="Ce que personne n’a encore essayé")
    failures: tuple[Gap, ...] = Field(description="Non-conformités connues")
    derogations: tuple[Gap, ...] = Field(description="Dérogations pour charge disproportionnée")
    out_of_scope: tuple[Gap, ...] = Field(description="Contenus non soumis à l’obligation")
    technologies: tuple[Text, ...] = Field(min_length=1, description="Techniques dont le site dépend")
    contact: Text | None = Field(description="Contact propre à l’accessibilité ; null : celui du guide")
    remedies: Prose = Field(description="Phrase sur les voies de recours")
    remedies_resource: ResourceId | None = Field(description="Où saisir le Défenseur des droits")
