"""The words of the judgement: one row a verdict, one row a reason. Everything that shows or counts verdicts reads
these two tables: a new verdict is a new row here, and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple, NoReturn

FILE = "hooks/guide/links/verdict.py"
_TRAITS = ("fatal", "lasting", "fine", "by-hand")
_OF_REASONS = ("at-once", "hardens", "again", "ours")
_LEVELS = ("error", "warning", "note", "none")
_BLANK = re.compile(  # what a run can say of a link
    "after|anchor|before|by|detail|message|now|number|reason|scheme|since|status|target|until|url|wall|where|words"
)


class Verdict(StrEnum):
    """Worst first, the order of every report. Its words qualify « lien ».

    `heading`: title of its section ("" when links are only counted); `level`: error, warning, note or none, as SARIF
    says it; `fatal`: once confirmed, the run fails; `lasting`: the days and runs of the failure are counted; `fine`:
    readers are told that the link was checked; `by_hand`: a person ticks it off; `todo`: what a person does next.
    """

    label: str
    plural: str
    heading: str
    level: str
    traits: frozenset[str]
    fatal: bool
    lasting: bool
    fine: bool
    by_hand: bool
    meaning: str
    todo: str

    def __new__(
        cls,
        name: str,
        label: str,
        plural: str,
        heading: str,
        level: str,
        traits: str,
        meaning: str,
        todo: str,
    ) -> Verdict:
        row = str.__new__(cls, name)
        row._value_ = name
        row.label, row.plural, row.heading, row.level = label, plural, heading, level
        row.meaning, row.todo = meaning, todo
        row.traits = frozenset(traits.split())
        row.fatal, row.lasting, row.fine, row.by_hand = (trait in row.traits for trait in _TRAITS)
        return row

    UNSAFE = (
        "unsafe", "dangereux", "dangereux", "Adresses dangereuses (jamais demandées)", "error", "fatal by-hand",
        "L’adresse mène à un réseau privé ou à un service interne : elle n’est jamais demandée.",
        "Retirer le lien, ou corriger son adresse.",
    )  # fmt: skip
    BROKEN = (
        "broken", "mort", "morts", "Liens morts", "error", "fatal lasting by-hand",
        "La page n’existe plus (404, 410, nom de domaine disparu, certificat refusé) : confirmé aussitôt pour 404 et 410, au "
        "second jour pour le reste.",
        "Chercher la nouvelle adresse et la remplacer à la ligne indiquée ; sinon retirer le lien. Une ressource du guide garde sa "
        "fiche : `url: null`, l’ancienne adresse dans `formerly`, `status: indisponible`.",
    )  # fmt: skip
    UNREACHABLE = (
        "unreachable", "injoignable", "injoignables", "Sites injoignables", "warning", "lasting",
        "Le site ne répond pas, ou répond qu’il est en panne. Mort s’il le reste plusieurs passages et plusieurs jours.",
        "Attendre le prochain passage.",
    )  # fmt: skip
    SUSPECT = (
        "suspect", "douteux", "douteux", "Liens douteux", "warning", "",
        "Le site répond, mais peut-être pas la page attendue : page d’erreur, d’accueil, vide, titre changé.",
        "Ouvrir la page et décider.",
    )  # fmt: skip
    BLOCKED = (
        "blocked", "à vérifier à la main", "à vérifier à la main", "À vérifier à la main", "warning", "by-hand",
        "Le site écarte les robots, ou demande de se connecter : rien n’est dit contre la page.",
        "Ouvrir la page dans un navigateur, puis remplir `checked_by_hand` (`./scripts/guide review` le fait).",
    )  # fmt: skip
    MOVED = (
        "moved", "déplacé", "déplacés", "Pages déménagées", "note", "fine",
        "La page a une nouvelle adresse, où le site envoie pour de bon.",
        "Mettre à jour l’adresse, ou lancer `./scripts/guide links --fix` : il l’écrit quand le site est admis.",
    )  # fmt: skip
    UNCHECKED = (
        "unchecked", "non vérifié", "non vérifiés", "", "none", "",
        "Rien n’est demandé au réseau : messagerie, téléphone, modèle à compléter, exception, temps épuisé.",
        "",
    )  # fmt: skip
    OK = ("ok", "valide", "valides", "", "none", "fine", "La page répond.", "")

    @classmethod
    def of(cls, name: str) -> Verdict:
        """The verdict of that code. Raises ValueError."""
        return next((row for row in cls if row == name), None) or _unknown(name)

    def counted(self, number: int) -> str:
        """« 3 morts », « 1 mort »."""
        return f"{number} {self.plural if number > 1 else self.label}"


def _unknown(name: str) -> NoReturn:
    raise ValueError(f"code inconnu : {name}")


class Reason(StrEnum):
    """Why: a stable code of the JSON report, its verdict, and the sentence for the editor with its blanks.

    `at_once`: dead at the first answer; `hardens`: said again on another day, the link is dead; `again`: worth another
    try; `ours`: so it looks too when our own network is absent.
    """

    verdict: Verdict
    sentence: str
    traits: frozenset[str]
    at_once: bool
    hardens: bool
    again: bool
    ours: bool

    def __new__(cls, name: str, verdict: Verdict, sentence: str, traits: str = "") -> Reason:
        row = str.__new__(cls, name)
        row._value_ = name
        row.verdict, row.sentence, row.traits = verdict, sentence, frozenset(traits.split())
        row.at_once, row.hardens, row.again, row.ours = (trait in row.traits for trait in _OF_REASONS)
        return row

    @classmethod
    def of(cls, name: str) -> Reason:
        """The reason of that code. Raises ValueError."""
        return next((row for row in cls if row == name), None) or _unknown(name)

    FOUND = "found", Verdict.OK, "La page répond."
    PERMANENT_REDIRECT = "permanent-redirect", Verdict.MOVED, "La page a déménagé : nouvelle adresse {target}"
    # suspect
    SOFT_404 = (
        "soft-404", Verdict.SUSPECT, "La page répond, mais annonce elle-même son absence : « {words} ».",
    )  # fmt: skip
    PARKED = "parked-domain", Verdict.SUSPECT, "Le nom de domaine semble abandonné : « {words} »."
    ERROR_PAGE = "error-page", Verdict.SUSPECT, "La page répond, mais dit une panne : « {words} »."
    EMPTY_SITE = "default-page", Verdict.SUSPECT, "Le serveur montre sa page d’usine : « {words} »."
    EMPTY = "empty-page", Verdict.SUSPECT, "La page répond, mais elle est vide."
    TO_HOME = (
        "redirect-to-home", Verdict.SUSPECT,
        "L’adresse redirige vers la page d’accueil ({url}) : la page a sans doute disparu.",
    )  # fmt: skip
    TO_ERROR_PAGE = (
        "redirect-to-error-page", Verdict.SUSPECT, "L’adresse redirige vers une page d’erreur ({url}).",
    )  # fmt: skip
    TITLE_CHANGED = (
        "title-changed", Verdict.SUSPECT, "Le titre de la page a changé : « {before} » est devenu « {now} ».",
    )  # fmt: skip
    FRAGMENT_NOT_REACHED = (
        "fragment-not-reached", Verdict.SUSPECT, "L’ancre « #{anchor} » n’a pas été trouvée dans la partie lue de la page.",
    )  # fmt: skip
    TEXT_ANCHOR = (
        "anchor-of-a-text", Verdict.SUSPECT, "La page répond, mais c’est un texte brut : aucune ancre « #{anchor} » n’y est possible.",
    )  # fmt: skip
    ODD_STATUS = "odd-status", Verdict.SUSPECT, "Le site donne une réponse inhabituelle ({status})."
    CLIENT_ERROR = (
        "client-error", Verdict.SUSPECT, "Le site rejette cette adresse (réponse {status}).", "hardens",
    )  # fmt: skip
    TLS_INCOMPLETE = (
        "tls-incomplete-chain", Verdict.SUSPECT,
        "Le site n’envoie pas toute sa chaîne de certificats : les navigateurs la complètent, d’autres programmes non. "
        "À signaler à son responsable ({detail}).",
    )  # fmt: skip
    BAD_ANSWER = (
        "malformed-answer", Verdict.SUSPECT,
        "Le site répond hors des règles du web : les navigateurs s’en accommodent peut-être ({detail}).",
    )  # fmt: skip
    UNKNOWN_SCHEME = (
        "unknown-scheme", Verdict.SUSPECT, "Aucun programme courant n’ouvre les adresses « {scheme}: ».",
    )  # fmt: skip
    # blocked
    REFUSED_TO_ROBOTS = (
        "refused-to-robots", Verdict.BLOCKED,
        "Le site refuse l’accès (réponse {status}) : ouvrir la page à la main pour vérifier.",
    )  # fmt: skip
    RATE_LIMITED = (
        "rate-limited", Verdict.BLOCKED,
        "Le site limite le nombre de visites (réponse {status}) : ouvrir la page à la main.",
    )  # fmt: skip
    BOT_WALL = (
        "bot-wall", Verdict.BLOCKED, "Le site écarte les robots ({wall}) : ouvrir la page à la main pour vérifier.",
    )  # fmt: skip
    LOGIN = "login", Verdict.BLOCKED, "La page demande de se connecter ({url}) : vérifier à la main."
    LEGAL = (
        "legal-block", Verdict.BLOCKED,
        "Le site refuse pour une raison légale (réponse {status}) : ouvrir la page à la main.",
    )  # fmt: skip
    # broken
    NOT_FOUND = "not-found", Verdict.BROKEN, "La page n’existe pas (réponse {status}).", "at-once"
    GONE = "gone", Verdict.BROKEN, "La page a été retirée par le site (réponse {status}).", "at-once"
    REDIRECT_LOOP = "redirect-loop", Verdict.BROKEN, "La page se redirige sans fin sur elle-même ({detail})."
    REDIRECT_NOWHERE = (
        "redirect-without-target", Verdict.BROKEN, "La page redirige vers une adresse impossible ({detail}).",
    )  # fmt: skip
    REDIRECT_SCHEME = (
        "redirect-to-other-scheme", Verdict.BROKEN,
        "La page redirige vers une adresse qui n’est pas celle d’un site web ({detail}).",
    )  # fmt: skip
    NO_ANCHOR = "missing-anchor", Verdict.BROKEN, "La page existe, mais n’a pas d’ancre « #{anchor} »."
    NO_DOMAIN = "unknown-domain", Verdict.BROKEN, "Le nom de domaine n’existe pas{after}.", "ours"
    TLS_EXPIRED = (
        "tls-expired", Verdict.BROKEN, "Le certificat du site a expiré : les navigateurs affichent une alerte{after}.",
    )  # fmt: skip
    TLS_SELF_SIGNED = (
        "tls-self-signed", Verdict.BROKEN, "Le certificat du site est auto-signé : les navigateurs le refusent{after}.",
    )  # fmt: skip
    TLS_WRONG_HOST = (
        "tls-wrong-host", Verdict.BROKEN, "Le certificat du site est celui d’un autre nom de domaine{after}.",
    )  # fmt: skip
    TLS_UNKNOWN = (
        "tls-unknown-authority", Verdict.BROKEN, "Le certificat du site vient d’une autorité inconnue{after}.",
    )  # fmt: skip
    TLS_INVALID = (
        "tls-invalid", Verdict.BROKEN, "La connexion sécurisée (TLS) avec le site est impossible ({detail}).",
    )  # fmt: skip
    NOT_HTTP = "not-http", Verdict.BROKEN, "Ce qui répond à cette adresse n’est pas un site web{after}."
    MALFORMED = "malformed-address", Verdict.BROKEN, "{detail}"
    LONG_UNREACHABLE = (
        "unreachable-for-long", Verdict.BROKEN, "{message} Injoignable depuis le {since} : à considérer comme mort.",
    )  # fmt: skip
    # unreachable
    TIMEOUT = "timeout", Verdict.UNREACHABLE, "Le site n’a pas répondu à temps{after}.", "ours"
    RESET = "reset", Verdict.UNREACHABLE, "Le site a coupé la connexion{after}.", "again ours"
    REFUSED = "connection-refused", Verdict.UNREACHABLE, "Le site refuse la connexion{after}.", "again ours"
    NO_ANSWER = "no-answer", Verdict.UNREACHABLE, "Le site a raccroché sans répondre{after}.", "again ours"
    NO_ROUTE = (
        "no-route", Verdict.UNREACHABLE, "Aucun chemin du réseau ne mène à ce site{after}.", "again ours",
    )  # fmt: skip
    DNS_FAILURE = (
        "dns-failure", Verdict.UNREACHABLE, "L’annuaire des noms de domaine (DNS) n’a pas su répondre{after}.", "again ours",
    )  # fmt: skip
    SERVER_ERROR = "server-error", Verdict.UNREACHABLE, "Le site est en panne (réponse {status})."
    MAINTENANCE = "maintenance", Verdict.UNREACHABLE, "Le site se dit en maintenance : « {words} »."
    ENDLESS_HEADERS = "endless-headers", Verdict.UNREACHABLE, "Le site envoie des en-têtes sans fin{after}."
    # unsafe
    FORBIDDEN_ADDRESS = (
        "forbidden-address", Verdict.UNSAFE,
        "L’adresse mène à un réseau privé ou à un service interne : elle n’est jamais demandée ({detail}).",
    )  # fmt: skip
    # unchecked
    MAIL = "mail", Verdict.UNCHECKED, "Adresse de messagerie bien formée (aucun envoi)."
    PHONE = "phone", Verdict.UNCHECKED, "Numéro de téléphone bien formé (aucun appel)."
    PHONE_ABROAD = (
        "phone-abroad", Verdict.UNCHECKED, "Le numéro « {number} » n’est pas du plan français : à relire.",
    )  # fmt: skip
    OTHER_SCHEME = "other-scheme", Verdict.UNCHECKED, "Les adresses « {scheme}: » ne sont pas vérifiées."
    TEMPLATE = (
        "template", Verdict.UNCHECKED, "Adresse à compléter par un programme ({detail}) : rien à demander.",
    )  # fmt: skip
    EXAMPLE = "example", Verdict.UNCHECKED, "Adresse d’exemple, {where} : rien à demander."
    VOCABULARY = (
        "vocabulary", Verdict.UNCHECKED, "Nom d’un vocabulaire, que seuls des programmes lisent : rien à demander.",
    )  # fmt: skip
    SCRIPT_ANCHOR = (
        "script-anchor", Verdict.UNCHECKED,
        "La page répond ; l’ancre « #{anchor} » est faite par un programme de la page, elle n’a pas été vérifiée.",
    )  # fmt: skip
    OUT_OF_BUDGET = (
        "out-of-budget", Verdict.UNCHECKED, "Temps épuisé avant d’avoir pu demander cette adresse.",
    )  # fmt: skip
    NO_NETWORK = "no-network", Verdict.UNCHECKED, "Réseau absent : rien n’a pu être demandé."
    IGNORED = "ignored", Verdict.UNCHECKED, "Exception de {by} jusqu’au {until} : {reason}"
    FORMER_ADDRESS = "former-address", Verdict.UNCHECKED, "Ancienne adresse gardée pour mémoire."
    INTERNAL = "internal", Verdict.UNCHECKED, "Le contrôle n’a pas su traiter cette adresse ({detail})."


class Judgement(NamedTuple):
    """One verdict, its reason, and the sentence that the editor reads."""

    verdict: Verdict
    reason: Reason
    message: str

    def adding(self, sentence: str) -> Judgement:
        return self._replace(message=f"{self.message} {sentence}")


def judge(reason: Reason, /, **words: object) -> Judgement:
    """The reason's own verdict and its sentence, its blanks filled (each cut to 160 characters)."""
    filled = {name: str(word)[:160] for name, word in words.items()}
    return Judgement(
        reason.verdict, reason, reason.sentence.format_map(filled) if filled else reason.sentence
    )


def table() -> str:
    """What each verdict means, in Markdown: the README and the editors' page show it."""
    rows = [
        f"| `{each.value}` | {each.label} | {each.meaning} | {each.todo or 'Rien.'} |" for each in Verdict
    ]
    return "\n".join(
        ["| Code | Le lien est dit | Ce que cela veut dire | Que faire |", "| --- | --- | --- | --- |", *rows]
    )


def contradictions() -> Iterator[str]:
    """What the rows of the two tables say against each other, in French: nothing when they agree."""
    for rows in (Verdict, Reason):
        for name, row in rows.__members__.items():
            if row.name != name:  # the second of two equal codes is only another name of the first
                yield f"les lignes {row.name} et {name} portent le même code « {row} »"
        traits = _TRAITS if rows is Verdict else _OF_REASONS
        for row in rows:
            if not row.traits <= set(traits):
                yield f"« {row} » a un trait qui n’est aucun de {', '.join(traits)}"
    for label, count in Counter(each.label for each in Verdict).items():
        if count > 1:
            yield f"deux verdicts se disent « {label} »"
    for each in Verdict:
        for wrong, why in (
            (each.level not in _LEVELS, f"un niveau qui n’est aucun de {', '.join(_LEVELS)}"),
            (each.fatal and each.level != "error", "« fatal » sans le niveau « error »"),
            (each.fine and each.level in {"error", "warning"}, "« fine » et un niveau qui alerte"),
            ((each.level == "none") == bool(each.heading), "un intitulé sans niveau, ou l’inverse"),
        ):
            if wrong:
                yield f"le verdict « {each} » a {why}"
    for reason in Reason:
        for blank in re.findall(r"\{(.*?)\}", reason.sentence):
            if not _BLANK.fullmatch(blank):
                yield f"la phrase de « {reason} » a un blanc que rien ne remplit : « {blank} »"
