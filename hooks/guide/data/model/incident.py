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


class Blank(Entry):
    """A line of the sheet that the practice fills in; what is typed on a device is kept under its id."""

    id: Id
    label: Annotated[Prose, limit(characters=40)] = Field(description="Mots imprimés devant la ligne")


class EmergencyPoster(Entry):
    """What the sheets to hang up hold besides the imperatives and the measures."""

    blanks: tuple[Blank, ...] = Field(
        min_length=1, max_length=8, description="Lignes à remplir à la main, huit au plus"
    )
    contacts: tuple[PosterContact, ...] = Field(
        min_length=1, max_length=3, description="Trois contacts au plus, imprimés sous les gestes"
    )
    phone: Prose | None = Field(default=None, description="Avec quel téléphone appeler, en une phrase")
    code: ResourceId | None = Field(
        default=None,
        description="Site que le QR code ouvre tant que le guide n’a pas d’adresse ; null : pas de code",
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


class HandLine(Entry):
    """Something to write by hand on a sheet."""

    label: Prose = Field(description="Mots imprimés devant la ligne")
    lines: Annotated[Number, Field(ge=1, le=6)] = Field(default=1, description="Nombre de lignes pour écrire")


class ActSheet(Entry):
    """One sheet a person: who it is, the questions asked again, what was done, who signs."""

    title: Prose = Field(description="Titre affiché")
    start: tuple[HandLine, ...] = Field(default=(), description="À écrire avant les questions")
    care: tuple[HandLine, ...] = Field(min_length=1, description="À écrire après les questions")
    signatures: tuple[Prose, ...] = Field(default=(), max_length=2, description="Qui signe, en bas")


class Point(Entry):
    """A few words in bold, then a sentence or two."""

    label: Prose = Field(description="Les mots en gras")
    text: Prose = Field(description="La suite")
    sources: Sources = Field(
        default=(), description="Ressources qui le disent (identifiants de resources.yml)"
    )


class Billing(Entry):
    """How to be paid without software: on the page, and as a sheet of the kit with room to note what is owed."""

    lead: Prose = Field(description="Ce qu’il faut savoir d’abord")
    heads: tuple[Text, Text] = Field(description="Titres des deux colonnes")
    cases: tuple[Point, ...] = Field(min_length=1, description="Ce qui manque (label), ce qui se fait (text)")
    rules: tuple[Point, ...] = Field(default=(), description="Ce qui vaut dans tous les cas")
    more_title: Text = Field(description="Titre du pli")
    more: tuple[Point, ...] = Field(default=(), description="Le reste, replié sur la page")
    owed: Table = Field(description="Tableau de la feuille imprimée : ce qui reste à facturer")


class PaperDay(Validation):
    """The kit of a day without software."""

    morning: tuple[Prose, ...] = Field(min_length=1, description="Ce matin, dans l’ordre")
    prepare: tuple[Prose, ...] = Field(description="À préparer à l’avance")
    appointments: Table = Field(description="Feuille des rendez-vous")
    act_sheet: ActSheet = Field(description="Feuille des actes")
    ask_first: tuple[Prose, ...] = Field(default=(), description="Questions qui appellent une phrase")
    ask_again: tuple[Prose, ...] = Field(description="Questions à reposer, auxquelles on répond oui ou non")
    phone_script: tuple[Prose, ...] = Field(description="Phrases pour le téléphone")
    billing: Billing | None = Field(default=None, description="Facturer sans logiciel, ou null")
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
        description="Numéros de chez soi, montrés sur l’appareil où ils ont été tapés",
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
