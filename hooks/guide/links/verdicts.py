"""The words of the judgement: eight verdicts, one reason code each time, one French sentence for the editor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    OK = "ok"
    MOVED = "moved"
    SUSPECT = "suspect"
    BLOCKED = "blocked"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"
    UNSAFE = "unsafe"
    UNCHECKED = "unchecked"


LABELS: dict[Verdict, str] = {
    Verdict.OK: "valide",
    Verdict.MOVED: "déplacé",
    Verdict.SUSPECT: "douteux",
    Verdict.BLOCKED: "à vérifier à la main",
    Verdict.BROKEN: "mort",
    Verdict.UNREACHABLE: "injoignable",
    Verdict.UNSAFE: "dangereux",
    Verdict.UNCHECKED: "non vérifié",
}


class Reason(StrEnum):
    """Why; stable codes of the JSON report."""

    FOUND = "found"
    PERMANENT_REDIRECT = "permanent-redirect"
    # suspect
    SOFT_404 = "soft-404"
    PARKED = "parked-domain"
    TO_HOME = "redirect-to-home"
    TO_ERROR_PAGE = "redirect-to-error-page"
    TITLE_CHANGED = "title-changed"
    FRAGMENT_NOT_REACHED = "fragment-not-reached"
    ODD_STATUS = "odd-status"
    # blocked
    REFUSED_TO_ROBOTS = "refused-to-robots"
    RATE_LIMITED = "rate-limited"
    BOT_WALL = "bot-wall"
    LOGIN = "login"
    LEGAL = "legal-block"
    # broken
    NOT_FOUND = "not-found"
    GONE = "gone"
    CLIENT_ERROR = "client-error"
    REDIRECT_LOOP = "redirect-loop"
    REDIRECT_NO_TARGET = "redirect-without-target"
    REDIRECT_SCHEME = "redirect-to-other-scheme"
    NO_ANCHOR = "missing-anchor"
    NO_DOMAIN = "unknown-domain"
    TLS_EXPIRED = "tls-expired"
    TLS_SELF_SIGNED = "tls-self-signed"
    TLS_WRONG_HOST = "tls-wrong-host"
    TLS_INCOMPLETE = "tls-incomplete-chain"
    TLS_UNKNOWN = "tls-unknown-authority"
    TLS_INVALID = "tls-invalid"
    NOT_HTTP = "not-http"
    MALFORMED = "malformed-address"
    LONG_UNREACHABLE = "unreachable-for-long"
    # unreachable
    TIMEOUT = "timeout"
    RESET = "reset"
    REFUSED = "connection-refused"
    NO_ANSWER = "no-answer"
    NO_ROUTE = "no-route"
    DNS_FAILURE = "dns-failure"
    SERVER_ERROR = "server-error"
    ENDLESS_HEADERS = "endless-headers"
    # unsafe
    FORBIDDEN_ADDRESS = "forbidden-address"
    # unchecked
    MAIL = "mail"
    PHONE = "phone"
    OTHER_SCHEME = "other-scheme"
    OUT_OF_BUDGET = "out-of-budget"
    NO_NETWORK = "no-network"
    IGNORED = "ignored"
    FORMER_ADDRESS = "former-address"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One verdict, its reason, and the sentence that the editor reads."""

    verdict: Verdict
    reason: Reason
    message: str


def judge(verdict: Verdict, reason: Reason, message: str) -> Judgement:
    return Judgement(verdict, reason, message)


FAILURES: dict[Reason, tuple[Verdict, str]] = {
    Reason.NO_DOMAIN: (Verdict.BROKEN, "Le nom de domaine n’existe pas."),
    Reason.TLS_EXPIRED: (
        Verdict.BROKEN,
        "Le certificat du site a expiré : les navigateurs affichent une alerte.",
    ),
    Reason.TLS_SELF_SIGNED: (
        Verdict.BROKEN,
        "Le certificat du site est auto-signé : les navigateurs le refusent.",
    ),
    Reason.TLS_WRONG_HOST: (Verdict.BROKEN, "Le certificat du site est celui d’un autre nom de domaine."),
    Reason.TLS_INCOMPLETE: (
        Verdict.BROKEN,
        "La chaîne de certificats du site est incomplète, ou son autorité inconnue.",
    ),
    Reason.TLS_UNKNOWN: (Verdict.BROKEN, "Le certificat du site vient d’une autorité inconnue."),
    Reason.TLS_INVALID: (Verdict.BROKEN, "La connexion sécurisée (TLS) avec le site est impossible."),
    Reason.NOT_HTTP: (Verdict.BROKEN, "Ce qui répond à cette adresse n’est pas un site web."),
    Reason.REDIRECT_LOOP: (Verdict.BROKEN, "La page se redirige sans fin sur elle-même."),
    Reason.REDIRECT_NO_TARGET: (Verdict.BROKEN, "La page annonce une redirection sans dire où."),
    Reason.REDIRECT_SCHEME: (
        Verdict.BROKEN,
        "La page redirige vers une adresse qui n’est pas celle d’un site web.",
    ),
    Reason.MALFORMED: (Verdict.BROKEN, "L’adresse est mal formée."),
    Reason.TIMEOUT: (Verdict.UNREACHABLE, "Le site n’a pas répondu à temps."),
    Reason.RESET: (Verdict.UNREACHABLE, "Le site a coupé la connexion."),
    Reason.REFUSED: (Verdict.UNREACHABLE, "Le site refuse la connexion."),
    Reason.NO_ANSWER: (Verdict.UNREACHABLE, "Le site a raccroché sans répondre."),
    Reason.NO_ROUTE: (Verdict.UNREACHABLE, "Aucun chemin du réseau ne mène à ce site."),
    Reason.DNS_FAILURE: (Verdict.UNREACHABLE, "L’annuaire des noms de domaine (DNS) n’a pas su répondre."),
    Reason.ENDLESS_HEADERS: (Verdict.UNREACHABLE, "Le site envoie des en-têtes sans fin."),
    Reason.FORBIDDEN_ADDRESS: (
        Verdict.UNSAFE,
        "L’adresse mène à un réseau privé ou à un service interne : elle n’est jamais demandée.",
    ),
}
