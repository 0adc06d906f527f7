"""From what the network brought back to one verdict, one reason and one French sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from guide.links.addresses import Address, is_home, parse
from guide.links.exchange import HttpAnswer, Trail
from guide.links.instead import confession, wall
from guide.links.rules import Rules
from guide.links.seen_page import SeenPage
from guide.links.verdict import Judgement, Reason, judge

PERMANENT = frozenset({301, 308})
_ROBOTS = frozenset(
    (401, 402, 403, 405, 406, 407, 415, 417, 418, 420, 426, 428, 430, 431, 440, 444, 449, 450, 460, 463, 494, 498, 499, 999)
)  # fmt: skip
_LOGIN = re.compile(
    r"/(?:(?:wp-)?log-?(?:in|on)|sign-?in|connexion|se-connecter|authentification|authenticate|auth|sso|cas|saml2?|oauth2?|openid|"
    r"account/login|users?/sign_in|session/new|idp|adfs)(?:[/?.]|$)|^(?:login|auth|sso|idp|accounts?|connexion)\.",
    re.I,
)
_ERROR_PAGE = re.compile(r"/(?:40[34]|not-?found|page-introuvable|erreur(?:-?40\d)?|error)(?:[/?.]|$)", re.I)
_NOT_ANCHOR = re.compile(
    r"^(?:$|top$|/|!|(?:page|zoom|search|nameddest|view|pagemode|toolbar|t|xywh)=)", re.I
)
_PLACE_OF_TEXT = re.compile(r"(?:line|char)=\d")  # RFC 5147
# Lines of a source file as forges draw them, comments and differences of their own scripts.
_FORGE = re.compile(
    r"(?:L\d+(?:C\d+)?(?:[-:]L?\d+(?:C\d+)?)?|lines?-\d+(?::\d+)?|cl-\d+|LC\d+|l\d+|(?:issuecomment|pullrequestreview|"
    r"discussion_r|note_|diff-|event-|commitcomment-)[\w-]+)$"
)
# What a page without words may show all the same.
_SHOWN = re.compile(
    rb"<(?:script|img|image|picture|svg|i?frame|object|embed|video|audio|canvas|form|input)\b", re.I
)
_APPLICATION = re.compile(
    rb"<(?:app-root|react-app|redoc|rapi-doc|elements-api|docs-app|shreddit-app|ytd-app|flt-glass-pane|astro-island)\b|"
    rb"\bid=[\"']?(?:root|app|__next|__nuxt|___gatsby|___docusaurus|__docusaurus|svelte|swagger-ui|redoc|app-root|react-root|"
    rb"main-app|ember-app)[\"'\s>]|\bdata-(?:reactroot|server-rendered|n-head|v-app|turbo-body)\b|\bng-(?:version|app)=|"
    rb"window\.__(?:NUXT|NEXT_DATA|INITIAL_STATE|APOLLO_STATE)__|<script[^>]{0,200}\bid=[\"']?__NEXT_DATA__",
    re.I,
)


def classify(address: Address, trail: Trail, rules: Rules) -> Judgement:
    """The first judgement; confirmation over several days belongs to `remember`."""
    if trail.failure is not None:
        after = f" (après redirection vers {trail.final_url[:160]})" if trail.hops else ""
        return judge(trail.failure.reason, detail=trail.failure.detail or trail.final_url, after=after)
    answer = trail.answer
    assert answer is not None
    if name := wall(answer, trail.page):
        return judge(Reason.BOT_WALL, wall=name)
    # Browsers show the page of a redirect that says no target.
    shown = answer.status < 400 and trail.page is not None and (trail.page.long or bool(trail.page.text))
    if not (200 <= answer.status < 300 or shown):
        return judge(
            _by_status(answer.status, rules.host(parse(trail.final_url).host).dead_statuses),
            status=answer.status,
        )
    found = _redirected(address, trail) or _content(address, answer, trail, rules) or _found(trail)
    if trail.chain_completed and found.verdict.fine:
        return judge(Reason.TLS_INCOMPLETE, detail="son certificat intermédiaire manque")
    return found


def _by_status(status: int, dead: tuple[int, ...]) -> Reason:
    if status == 404 or status in dead:
        return Reason.NOT_FOUND
    if status == 410:
        return Reason.GONE
    if status == 429:
        return Reason.RATE_LIMITED
    if status == 451:
        return Reason.LEGAL
    if status in _ROBOTS:
        return Reason.REFUSED_TO_ROBOTS
    if 500 <= status < 600 or status in {408, 421, 425}:
        return Reason.SERVER_ERROR
    return Reason.CLIENT_ERROR if 400 <= status < 500 else Reason.ODD_STATUS


def _redirected(address: Address, trail: Trail) -> Judgement | None:
    """What a redirect reveals: a login, an error page, the home page in place of a deep one."""
    if not trail.hops:
        return None
    final = parse(trail.final_url)
    if _is_login(final) and not _is_login(address):
        return judge(Reason.LOGIN, url=final.request)
    if _ERROR_PAGE.search(final.path) and not _ERROR_PAGE.search(address.path):
        return judge(Reason.TO_ERROR_PAGE, url=final.request)
    deep = not is_home(address.path) or "?" in address.request
    if deep and is_home(final.path) and "?" not in final.request:
        return judge(Reason.TO_HOME, url=final.request)
    return None


def _is_login(address: Address) -> bool:
    return bool(_LOGIN.search(address.path) or _LOGIN.search(address.host))


def _content(address: Address, answer: HttpAnswer, trail: Trail, rules: Rules) -> Judgement | None:
    """What the page itself reveals."""
    page = trail.page
    if page is not None:
        host = parse(trail.final_url).host if trail.hops else address.host
        if said := confession(page, host, rules):
            reason, words = said
            return judge(reason, words=words)
    if _is_empty(answer, page):
        return judge(Reason.EMPTY)
    return _anchor(address.fragment, answer, trail)


def _is_empty(answer: HttpAnswer, page: SeenPage | None) -> bool:
    """A page was promised and nothing at all came, or a page without a word nor anything else to see."""
    blank = page is not None and not (page.long or page.text or page.title or page.heading or page.anchors)
    return (
        answer.status == 200
        and answer.read
        and (not answer.body.strip() or (blank and not _SHOWN.search(answer.body)))
        and not (answer.unreadable or answer.partial)
    )


def needs_anchor(fragment: str) -> bool:
    """True when the fragment names a place of an HTML page (not `#top`, `#page=3`, `#:~:text=…`, `#/route`)."""
    named = fragment.partition(":~:")[0]
    return not (_NOT_ANCHOR.match(named) or _FORGE.match(named))


def _anchor(fragment: str, answer: HttpAnswer, trail: Trail) -> Judgement | None:
    wanted = fragment.partition(":~:")[0]
    if _FORGE.match(wanted):
        return judge(Reason.SCRIPT_ANCHOR, anchor=wanted)
    if not fragment or not needs_anchor(fragment) or any("#" in hop.url for hop in trail.hops):
        return None  # the answer names its own anchor (RFC 9110 §10.2.2)
    if trail.page is not None:
        names = {wanted, unquote(wanted)}
        if trail.page.anchors & (names | {f"user-content-{name}" for name in names}):
            return None
    elif not answer.is_html and answer.status != 204 and not answer.unreadable:
        text = answer.kind in {"text/plain", "text/markdown"} and not _PLACE_OF_TEXT.match(wanted)
        return judge(Reason.TEXT_ANCHOR, anchor=wanted) if text else None
    if _APPLICATION.search(answer.body):
        return judge(Reason.SCRIPT_ANCHOR, anchor=wanted)
    if answer.partial or answer.unreadable or trail.page is None:
        return judge(Reason.FRAGMENT_NOT_REACHED, anchor=wanted)
    return judge(Reason.NO_ANCHOR, anchor=wanted)


def _found(trail: Trail) -> Judgement:
    target = new_address(trail.hops)
    if target and target.partition("#")[0] != trail.start:  # some set a cookie by redirecting to themselves
        return judge(Reason.PERMANENT_REDIRECT, target=target)
    return judge(Reason.FOUND)


def new_address(hops: Iterable[tuple[int, str]]) -> str | None:
    """Where the permanent redirects lead, before any temporary one; None when the first one is temporary."""
    target = None
    for status, url in hops:
        if status not in PERMANENT:
            break
        target = url
    return target
