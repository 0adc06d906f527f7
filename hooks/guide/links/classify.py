"""From what the network brought back to one verdict, one reason and one French sentence."""

from __future__ import annotations

import re
from urllib.parse import unquote

from guide.links.addresses import Address, AddressError, is_home, parse
from guide.links.exchange import Answer, Hop, Trail
from guide.links.rules import Rules
from guide.links.soft import parked, soft_404, title_changed
from guide.links.verdict import FAILURES, Judgement, Reason, Verdict, judge
from guide.links.walls import wall

PERMANENT = frozenset({301, 308})
_LOGIN = re.compile(
    r"/(?:(?:wp-)?log-?(?:in|on)|sign-?in|connexion|se-connecter|authentification|authenticate|auth|sso|cas|saml2?|oauth2?|openid|"
    r"account/login|users?/sign_in|session/new|idp|adfs)(?:[/?.]|$)|^(?:login|auth|sso|idp|accounts?|connexion)\.",
    re.I,
)
_ERROR_PAGE = re.compile(r"/(?:40[34]|not-?found|page-introuvable|erreur(?:-?40\d)?|error)(?:[/?.]|$)", re.I)
_NOT_ANCHOR = re.compile(
    r"^(?:$|top$|/|!|(?:page|zoom|search|nameddest|view|pagemode|toolbar|t|xywh)=)", re.I
)
_APPLICATION = re.compile(rb"<(?:app-root|div id=[\"']?(?:root|app|__next|__nuxt)\b)", re.I)


def classify(address: Address, trail: Trail, rules: Rules, last_title: str = "") -> Judgement:
    """The first judgement; confirmation over several days belongs to `history`."""
    if trail.failure is not None:
        return _failure(trail)
    answer = trail.answer
    assert answer is not None
    name = wall(answer, trail.page)
    if name:
        return judge(
            Verdict.BLOCKED,
            Reason.BOT_WALL,
            f"Le site écarte les robots ({name}) : ouvrir la page à la main pour vérifier.",
        )
    if not 200 <= answer.status < 300:
        return _by_status(answer.status)
    return _redirected(address, trail) or _content(address, answer, trail, rules, last_title) or _found(trail)


def _failure(trail: Trail) -> Judgement:
    assert trail.failure is not None
    verdict, message = FAILURES[trail.failure.reason]
    shown = {Reason.FORBIDDEN_ADDRESS, Reason.REDIRECT_SCHEME, Reason.REDIRECT_LOOP, Reason.TLS_INVALID}
    if trail.failure.reason in shown and trail.failure.detail:
        message = f"{message[:-1]} ({trail.failure.detail[:160]})."
    if trail.hops and trail.failure.reason not in shown:
        message = f"{message[:-1]} (après redirection vers {trail.final_url[:160]})."
    return judge(verdict, trail.failure.reason, message)


def _by_status(status: int) -> Judgement:
    if status == 404:
        return judge(Verdict.BROKEN, Reason.NOT_FOUND, "La page n’existe pas (réponse 404).")
    if status == 410:
        return judge(Verdict.BROKEN, Reason.GONE, "La page a été retirée par le site (réponse 410).")
    if status == 429:
        return judge(
            Verdict.BLOCKED,
            Reason.RATE_LIMITED,
            "Le site limite le nombre de visites (réponse 429) : ouvrir la page à la main.",
        )
    if status == 451:
        return judge(
            Verdict.BLOCKED,
            Reason.LEGAL,
            "Le site refuse pour une raison légale (réponse 451) : ouvrir la page à la main.",
        )
    if status in {401, 402, 403, 406, 407, 999}:
        return judge(
            Verdict.BLOCKED,
            Reason.REFUSED_TO_ROBOTS,
            f"Le site refuse l’accès (réponse {status}) : ouvrir la page à la main pour vérifier.",
        )
    if 500 <= status < 600 or status in {408, 421, 425}:
        return judge(Verdict.UNREACHABLE, Reason.SERVER_ERROR, f"Le site est en panne (réponse {status}).")
    if 400 <= status < 500:
        return judge(
            Verdict.BROKEN, Reason.CLIENT_ERROR, f"Le site rejette cette adresse (réponse {status})."
        )
    return judge(Verdict.SUSPECT, Reason.ODD_STATUS, f"Le site donne une réponse inhabituelle ({status}).")


def _redirected(address: Address, trail: Trail) -> Judgement | None:
    """What a redirect reveals: a login, an error page, the home page in place of a deep one."""
    if not trail.hops:
        return None
    final = parse(trail.final_url)
    if _is_login(final) and not _is_login(address):
        return judge(
            Verdict.BLOCKED,
            Reason.LOGIN,
            f"La page demande de se connecter ({final.request[:160]}) : vérifier à la main.",
        )
    if _ERROR_PAGE.search(final.path) and not _ERROR_PAGE.search(address.path):
        return judge(
            Verdict.SUSPECT,
            Reason.TO_ERROR_PAGE,
            f"L’adresse redirige vers une page d’erreur ({final.request[:160]}).",
        )
    deep = not is_home(address.path) or "?" in address.request
    if deep and is_home(final.path) and "?" not in final.request:
        return judge(
            Verdict.SUSPECT,
            Reason.TO_HOME,
            f"L’adresse redirige vers la page d’accueil ({final.request[:160]}) : la page a sans doute "
            "disparu.",
        )
    return None


def _is_login(address: Address) -> bool:
    return bool(_LOGIN.search(address.path) or _LOGIN.search(address.host))


def _content(
    address: Address, answer: Answer, trail: Trail, rules: Rules, last_title: str
) -> Judgement | None:
    """What the page itself reveals."""
    page = trail.page
    if page is not None:
        if words := soft_404(page, parse(trail.final_url).host if trail.hops else address.host, rules):
            return judge(
                Verdict.SUSPECT,
                Reason.SOFT_404,
                f"La page répond, mais annonce elle-même son absence : « {words[:120]} ».",
            )
        if words := parked(page, rules):
            return judge(
                Verdict.SUSPECT, Reason.PARKED, f"Le nom de domaine semble abandonné : « {words[:120]} »."
            )
    if missing := _anchor(address.fragment, answer, trail):
        return missing
    if page is not None and page.title and last_title and title_changed(last_title, page.title):
        return judge(
            Verdict.SUSPECT,
            Reason.TITLE_CHANGED,
            f"Le titre de la page a changé : « {last_title[:80]} » est devenu « {page.title[:80]} ».",
        )
    return None


def needs_anchor(fragment: str) -> bool:
    """True when the fragment names a place of an HTML page (not `#top`, `#page=3`, `#:~:text=…`, `#/route`)."""
    return not _NOT_ANCHOR.match(fragment.partition(":~:")[0])


def _anchor(fragment: str, answer: Answer, trail: Trail) -> Judgement | None:
    if not fragment or not needs_anchor(fragment) or any("#" in hop.url for hop in trail.hops):
        return None  # the answer names its own anchor (RFC 9110 §10.2.2)
    wanted = fragment.partition(":~:")[0]
    if trail.page is not None:
        names = {wanted, unquote(wanted)}
        if trail.page.anchors & (names | {f"user-content-{name}" for name in names}):
            return None
    elif not answer.is_html and answer.status != 204 and not answer.unreadable:
        return None
    beyond = answer.truncated or answer.incomplete or answer.unreadable or trail.page is None
    if beyond or (
        trail.page
        and not trail.page.long
        and len(trail.page.text) < 200
        and _APPLICATION.search(answer.body[:100_000])
    ):
        return judge(
            Verdict.SUSPECT,
            Reason.FRAGMENT_NOT_REACHED,
            f"L’ancre « #{wanted} » n’a pas été trouvée dans la partie lue de la page.",
        )
    return judge(Verdict.BROKEN, Reason.NO_ANCHOR, f"La page existe, mais n’a pas d’ancre « #{wanted} ».")


def _found(trail: Trail) -> Judgement:
    target = new_address(trail.hops)
    if target and target.partition("#")[0] != trail.start:  # some set a cookie by redirecting to themselves
        return judge(
            Verdict.MOVED, Reason.PERMANENT_REDIRECT, f"La page a déménagé : nouvelle adresse {target}"
        )
    return judge(Verdict.OK, Reason.FOUND, "La page répond.")


def new_address(hops: list[Hop]) -> str | None:
    """Where the permanent redirects lead, before any temporary one; None when the first one is temporary."""
    target = None
    for hop in hops:
        if hop.status not in PERMANENT:
            break
        target = hop.url
    return target


def malformed(error: AddressError) -> Judgement:
    return judge(Verdict.BROKEN, Reason.MALFORMED, str(error))
