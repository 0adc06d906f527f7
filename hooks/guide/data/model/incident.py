"""What to do in an incident (`incident.yml`)."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from guide.data.model.checklist import Validation
from guide.data.model.sheets import Widths
from guide.data.model.types import (
    ClockId,
    Confidence,
    ContactId,
    DrawingId,
    Entry,
    FactId,
    Flag,
    Id,
    LawId,
    Number,
    PageId,
    PhaseId,
    Prose,
    ResourceId,
    RoleId,
    Text,
    limit,
)

Deadline: TypeAlias = Literal[
    "tout-de-suite", "dans-l-heure", "le-jour-meme", "sous-72-heures", "des-que-possible", "plus-tard"
]
Roles: TypeAlias = tuple[RoleId, ...]
Sources: TypeAlias = tuple[ResourceId, ...]


class Imperative(Validation):
    """One of the lines of the poster, six at most."""

    id: Id
    text: Annotated[Prose, limit(words=8)] = Field(description="Le geste : huit mots au plus")
    detail: Prose = Field(description="Une phrase qui précise")
    short: Annotated[Prose, limit(characters=32)] | None = Field(
        default=None, description="La même précision sur une ligne d’un téléphone"
    )
    tool: Literal["heure", "appels"] | None = Field(
        default=None,
        description="heure : le bouton qui note l’heure du constat ; appels : le prestataire et le premier service en ligne",
    )
    sources: Sources = Field(description="Ressources qui le disent (identifiants de resources.yml)")
    pictogram: DrawingId | None = Field(
        default=None, description="Pictogramme à côté du geste (drawings.yml)"
    )


class OwnNumber(Entry):
    """A number of the practice that the emergency page shows once it is typed on that device."""

    id: Id
    label: Annotated[Text, limit(characters=32)] = Field(description="Mots affichés au-dessus du numéro")


class PosterContact(Entry):
    """Who stands in print between emergency and routine."""

    contact: ContactId = Field(description="Contact imprimable : confidence high, paper true")
    label: Text | None = Field(default=None, description="Mot devant le numéro ou l’adresse")
    note: Text | None = Field(default=None, description="Mot après, entre parenthèses")


class EmergencyPoster(Entry):
    """What the sheet to hang up holds besides the imperatives and the measures."""

    blanks: tuple[Annotated[Prose, limit(characters=40)], ...] = Field(
        min_length=1, max_length=8, description="Lignes de numéros à remplir à la main, huit au plus"
    )
    contacts: tuple[PosterContact, ...] = Field(
        min_length=1, max_length=3, description="Trois contacts au plus, imprimés sous les gestes"
    )
    place: Prose = Field(description="Première ligne du pied : où l’accrocher")


class Phase(Entry):
    id: Id
    label: Text = Field(description="Mots affichés")


class TimelineStep(Validation):
    """One step of the timeline after a ransomware attack."""

    id: Id
    phase: PhaseId = Field(description="Période de la chronologie")
    text: Prose = Field(description="L’étape, à l’impératif")
    deadline: Deadline = Field(description="Avant quand")
    why: Prose = Field(description="Pourquoi, en une ou deux phrases")
    who: Roles = Field(min_length=1, description="Rôles concernés ; le premier est celui qui fait")
    contact: ContactId | None = Field(default=None, description="À qui s’adresser (contacts.yml)")
    sources: Sources = Field(description="Ressources qui le disent (identifiants de resources.yml)")
    clock: ClockId | None = Field(default=None, description="Délai légal lié (clocks de incident.yml)")


class Clock(Entry):
    """A legal limit counted in elapsed hours."""

    id: Id
    title: Prose = Field(description="Nom du délai")
    short: Annotated[Text, limit(characters=16)] = Field(
        description="Le même en un mot, à côté du temps qui reste"
    )
    hours: Number = Field(description="Durée en heures")
    fact: FactId = Field(description="Fait daté qui porte ce délai")
    starts_at: Prose = Field(description="Quand il commence")
    legal: tuple[LawId, ...] = Field(description="Textes qui l’imposent (legal.yml)")
    addressee: Prose = Field(description="À qui l’on écrit")
    who: Prose = Field(description="Qui doit le faire")
    scope: Prose = Field(description="Ce qui est visé")
    exception: Prose | None = Field(description="Exception, ou null")
    partial_allowed: Flag | None = Field(
        description="true si une réponse incomplète est admise, null si on l’ignore"
    )
    if_late: Prose = Field(description="Que faire en retard")
    consequence: Prose = Field(description="Ce que l’on risque")
    next: Prose = Field(description="Et ensuite")
    sources: Sources = Field(description="Ressources qui le disent (identifiants de resources.yml)")
    confidence: Confidence = Field(description="Solidité : high, medium ou low")


class Action(Validation):
    """One thing to do in a situation."""

    text: Prose = Field(description="Le geste, à l’impératif")
    why: Prose | None = Field(default=None, description="Pourquoi, en une ou deux phrases")
    who: Roles = Field(min_length=1, description="Rôles concernés ; le premier est celui qui fait")
    contact: ContactId | None = Field(default=None, description="À qui s’adresser (contacts.yml)")
    sources: Sources = Field(description="Ressources qui le disent (identifiants de resources.yml)")


class Situation(Entry):
    """One of the situations of « Je suis attaqué », a page each."""

    id: Id
    page: PageId = Field(description="Page de la situation")
    title: Prose = Field(description="Titre affiché")
    summary: Annotated[Prose, limit(words=30)] = Field(description="Résumé, trente mots au plus")
    who: Prose = Field(description="Pour qui")
    when: Prose = Field(description="Quand")
    signs: tuple[Prose, ...] = Field(min_length=1, description="Signes qui la font reconnaître")
    drawing: DrawingId | None = Field(default=None, description="Dessin de ce que l’on voit (drawings.yml)")
    do: tuple[Action, ...] = Field(min_length=1, description="Gestes, dans l’ordre")
    dont: tuple[Prose, ...] = Field(min_length=1, description="À ne pas faire")
    contacts: tuple[ContactId, ...] = Field(description="À qui s’adresser (contacts.yml)")
    say: tuple[Prose, ...] = Field(
        min_length=3, max_length=3, description="Trois phrases à dire au téléphone"
    )
    keep: tuple[Prose, ...] = Field(min_length=1, description="Preuves à garder")
    over_when: tuple[Prose, ...] = Field(min_length=1, description="Quand c’est fini")
    clocks: tuple[ClockId, ...] = Field(default=(), description="Délais légaux liés")
    sources: Sources = Field(
        min_length=1, description="Ressources qui le disent (identifiants de resources.yml)"
    )
    confidence: Confidence = Field(description="Solidité : high, medium ou low")
    note: Prose | None = Field(default=None, description="Précision pour le lecteur")


class Formality(Validation):
    """One line of the table of formalities."""

    id: Id
    essential: Flag = Field(default=False, description="true : montrée d’abord, les autres sont repliées")
    what: Prose = Field(description="La démarche")
    compulsory_for: Prose = Field(description="Pour qui elle est obligatoire")
    deadline: Prose = Field(description="Délai")
    starts: Prose = Field(description="Départ du délai")
    where: Prose = Field(description="Où la faire")
    contact: ContactId | None = Field(default=None, description="À qui s’adresser (contacts.yml)")
    resource: ResourceId | None = Field(
        default=None, description="Ressource où en lire plus (resources.yml), ou null"
    )
    at_hand: tuple[Prose, ...] = Field(description="À avoir sous la main")
    proof: Prose = Field(description="Preuve à garder")
    sources: Sources = Field(description="Ressources qui le disent (identifiants de resources.yml)")
    confidence: Confidence = Field(description="Solidité : high, medium ou low")


class Letter(Entry):
    """A model letter; what the practice fills in stands in [brackets]."""

    title: Prose = Field(description="Titre affiché")
    placeholders: Prose = Field(description="Ce qu’il faut remplir")
    paragraphs: tuple[Prose, ...] = Field(description="Paragraphes de la lettre")


class Table(Widths):
    """An empty table to print: its title and column heads."""

    title: Prose = Field(description="Titre affiché")


class PaperDay(Validation):
    """The kit of a day without software."""

    prepare: tuple[Prose, ...] = Field(description="À préparer à l’avance")
    appointments: Table = Field(description="Feuille des rendez-vous")
    act_sheet: Table = Field(description="Feuille des actes")
    ask_again: tuple[Prose, ...] = Field(description="Questions à reposer")
    phone_script: tuple[Prose, ...] = Field(description="Phrases pour le téléphone")
    re_entry: Table = Field(description="Feuille de ressaisie")
    sources: Sources = Field(description="Ressources qui le disent (identifiants de resources.yml)")


class Log(Widths):
    """The incident log sheet."""

    title: Prose = Field(description="Titre affiché")
    first_lines: tuple[Prose, ...] = Field(description="Premières lignes, en exemple")
    instructions: tuple[Prose, ...] = Field(description="Consignes")


class Incident(Entry):
    """Everything about an attack, from the lines of the poster to the log sheet."""

    imperatives: tuple[Imperative, ...] = Field(
        min_length=1, max_length=6, description="Les gestes de l’affiche, six au plus"
    )
    poster: EmergencyPoster = Field(
        description="Le reste de la page à afficher : numéros à remplir, contacts, place"
    )
    online: ContactId | None = Field(
        default=None, description="Le premier service en ligne, à un geste de chaque page d’urgence"
    )
    own: tuple[OwnNumber, ...] = Field(
        default=(),
        max_length=6,
        description="Numéros du cabinet, montrés sur l’appareil où ils ont été tapés",
    )
    drawings: tuple[DrawingId, ...] = Field(
        default=(), description="Dessins « où débrancher », dans urgence.html et le kit papier"
    )
    phases: tuple[Phase, ...] = Field(description="Périodes de la chronologie")
    steps: tuple[TimelineStep, ...] = Field(description="Étapes de la chronologie")
    clocks: tuple[Clock, ...] = Field(description="Délais légaux")
    situations: tuple[Situation, ...] = Field(description="Les situations")
    formalities: tuple[Formality, ...] = Field(description="Les démarches")
    notice_letter: Letter = Field(description="La lettre aux personnes concernées")
    paper_day: PaperDay = Field(description="Le kit papier")
    log: Log = Field(description="Le journal de l’incident")
