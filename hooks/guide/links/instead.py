"""What may stand in place of the page: a wall that keeps robots out, or a page that says of itself that it is absent, out
of order, under repair, for sale, or not set up yet.

A mark of a wall counts only where a real page cannot carry it: protected sites leave their scripts and cookies on every
page they serve. Headers and titles are enough by themselves, even on a 200; other marks need a page with hardly any text.
"""

from __future__ import annotations

import functools
import re

from guide.links.exchange import HttpAnswer
from guide.links.rules import Rules
from guide.links.seen_page import SeenPage
from guide.links.verdict import Reason

_SHORT_TEXT = 700
_SHORT_WALL = 400
_QUOTES = (("«", "»"), ("“", "”"))
_DETERMINER = re.compile(r"(?:\b(?:la|le|cette|ce|cet|votre|the|this|that)\s|l'\s?)$", re.I)
_BARE_NOUN = re.compile(r"(?:page|contenu|document|ressource|fichier|article|fiche|texte)\b", re.I)
_QUESTION = re.compile(r"[^.!?…A-ZÀ-Ý]{0,60}\?")
_SENTENCE_END = re.compile(r"\s*(?:[.!…)]|$)|\s+[^\W\d_a-zà-ÿ]")
_SEPARATOR = re.compile(r"\s+[|•·:»«<>–—-]+\s+|\s*[|•·»«]\s*|\s[–—-]\s|\s:\s")

_HEADERS = (
    ("cf-mitigated", re.compile("challenge"), "Cloudflare"),
    ("x-amzn-waf-action", re.compile("challenge|captcha"), "AWS WAF"),
    ("x-vercel-mitigated", re.compile("challenge|deny"), "Vercel"),
)
_TITLES = (
    (r"(?:just a moment|un instant)\s*(?:\.{3}|…)|attention required! \| cloudflare", "Cloudflare"),
    (r"making sure you're not a bot!?|vérification que vous n'êtes pas un robot", "Anubis"),
    (r"vercel security checkpoint", "Vercel"),
    (r"human verification|vérification humaine|êtes-vous un (?:robot|humain) ?\??", "captcha"),
    (r"access denied - sucuri website firewall|sucuri webSite firewall.*", "Sucuri"),
    (r"ddos-guard|checking your browser.*", "DDoS-Guard"),
)
_TITLE = re.compile("|".join(f"({pattern})" for pattern, _ in _TITLES), re.I)
_SHORT = (
    (re.compile(rb"_cf_chl_opt|cf-browser-verification|/cdn-cgi/challenge-platform/h/"), "Cloudflare"),
    (re.compile(rb"captcha-delivery\.com"), "DataDome"),
    (re.compile(rb"Incapsula incident ID|_Incapsula_Resource"), "Imperva"),
    (re.compile(rb"sec-if-cpt-container|/_sec/cp_challenge/|bm-verify="), "Akamai"),
    (re.compile(rb"errors(?:\.|&#46;)edgesuite(?:\.|&#46;)net"), "Akamai"),
    (re.compile(rb"Reference(?:&#32;|\s)(?:&#35;|#)\d{1,3}(?:&#46;|\.)[0-9a-f]", re.I), "Akamai"),
    (re.compile(rb"awsWafCookieDomainList|gokuProps|token\.awswaf\.com"), "AWS WAF"),
    (re.compile(rb"The requested URL was rejected\. Please consult with your administrator"), "F5"),
    (re.compile(rb"px-captcha|_pxAppId"), "HUMAN"),
    (re.compile(rb"anubis_challenge|/\.within\.website/x/cmd/anubis"), "Anubis"),
    (re.compile(rb"ips\.js\?[^\"']*kpsdk|KPSDK"), "Kasada"),
)

_WORDS = re.compile(
    r"(?:verify|confirm|prove|check)(?:ing)? (?:that )?(?:if )?you (?:are|'re) (?:a |not a )?(?:human|robot|bot)|"
    r"(?:vérifi|prouv|confirm)\w+ que vous (?:êtes (?:bien )?humain|êtes (?:bien )?un humain|n'êtes pas un robot)|"
    r"unusual traffic from your|trafic inhabituel|pardon our interruption|access to this page has been denied|"
    r"please enable javascript to view the page content.{0,40}support id|(?:your )?support id is:? \d{6,}|"
    r"enable javascript and cookies to continue|activez javascript et les cookies pour continuer",
    re.I,
)


def wall(answer: HttpAnswer, page: SeenPage | None) -> str | None:
    """The name of the wall that answered in place of the page, or None."""
    for header, pattern, name in _HEADERS:
        if (value := answer.headers.get(header)) and pattern.search(value):
            return name
    if page is None:
        return None
    if (found := _TITLE.fullmatch(page.title)) and found.lastindex:
        return _TITLES[found.lastindex - 1][1]
    if page.long or len(page.text) > _SHORT_WALL:
        return None
    if _WORDS.search(f"{page.title} {page.text}"):
        return "captcha"
    return next((name for mark, name in _SHORT if mark.search(answer.body)), None)


@functools.lru_cache(maxsize=256)
def _union(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)", re.I)


def confession(page: SeenPage, host: str, rules: Rules) -> tuple[Reason, str] | None:
    """Why the page is not what its address promises, and its own words for it; None for a page like any other."""
    announces = _announced(page, _union(rules.announcing)) is not None
    if words := _absence(page, host, rules, announces):
        return Reason.SOFT_404, words
    if words := _parked(page, rules):
        return Reason.PARKED, words
    return _breakdown(page, rules) if announces else None


def _absence(page: SeenPage, host: str, rules: Rules, announces: bool) -> str | None:
    """The words by which the page says that it does not exist, or None."""
    if announces and (words := _announced(page, _union(rules.soft_titles))):
        return words
    special = rules.host(host).soft_404
    if special and (found := _union(special).search(page.text)):
        return found[0]
    if not page.long and len(page.text) <= _SHORT_TEXT:
        for found in _union(rules.soft_texts).finditer(page.text):
            if not _quoted(page.text, found.start()) and _asserted(page.text, found):
                return found[0]
    return None


def _explained(title: str, part: str, titles: re.Pattern[str]) -> bool:
    """True for « Erreur 404 : comprendre les codes de réponse »: an article on the fault, not the fault."""
    _, colon, rest = title.partition(f"{part} : ")
    rest = rest.strip()
    return (
        bool(colon and rest) and not titles.fullmatch(rest) and (rest[0].islower() or len(rest.split()) > 5)
    )


def _quoted(text: str, position: int) -> bool:
    """Words between quotation marks are somebody else's: the page talks about them."""
    return any(text.rfind(opening, 0, position) > text.rfind(end, 0, position) for opening, end in _QUOTES)


def _asserted(text: str, found: re.Match[str]) -> bool:
    """« la page est introuvable », or « Page introuvable » by itself; not « page introuvable, le piège de… »,
    nor the question « le contenu a été supprimé par un pirate ? »."""
    if _QUESTION.match(text, found.end()):
        return False
    if not _BARE_NOUN.match(found[0]):
        return True
    return bool(_DETERMINER.search(text[: found.start()]) or _SENTENCE_END.match(text, found.end()))


def _parked(page: SeenPage, rules: Rules) -> str | None:
    """The words of a domain that is for sale or that nobody uses, or None."""
    if page.long or len(page.text) > _SHORT_TEXT:
        return None
    text = f"{page.title} {page.text}"
    for found in _union(rules.parked).finditer(text):
        if not _quoted(text, found.start()):
            return found[0]
    return None


def _breakdown(page: SeenPage, rules: Rules) -> tuple[Reason, str] | None:
    """The reason and the words of a page that answers for another: a server's factory page, repairs, a fault."""
    short = not page.long
    for reason, patterns in (
        (Reason.EMPTY_SITE, rules.default_pages),
        (Reason.MAINTENANCE, rules.maintenance if short else ()),
        (Reason.ERROR_PAGE, (*rules.errors_texts, *(rules.errors_titles if short else ()))),
    ):
        if patterns and (words := _announced(page, _union(patterns))):
            return reason, words
    return None


def _announced(page: SeenPage, titles: re.Pattern[str]) -> str | None:
    """The whole title, a part of it between separators, or the whole first heading, when it says so."""
    texts = (page.title,) if page.heading == page.title else (page.title, page.heading)
    for text in texts:
        for part in dict.fromkeys((text, *_SEPARATOR.split(text))):
            if (
                part
                and len(part) < 200
                and titles.fullmatch(part.strip())
                and not _explained(text, part, titles)
            ):
                return part.strip()
    return None
