"""Is this answer the page, or a wall that keeps robots out?

A mark counts only where a real page cannot carry it: protected sites leave their scripts and cookies on every
page they serve. `strong` marks are enough by themselves, even on a 200; `short` ones need a page with hardly
any text.
"""

from __future__ import annotations

import re

from guide.links.exchange import HttpAnswer
from guide.links.seen_page import SeenPage

_SHORT_TEXT = 400

_HEADERS = (
    ("cf-mitigated", re.compile("challenge"), "Cloudflare"),
    ("x-amzn-waf-action", re.compile("challenge|captcha"), "AWS WAF"),
    ("x-vercel-mitigated", re.compile("challenge|deny"), "Vercel"),
)
_TITLES = (
    (
        re.compile(r"(?:just a moment|un instant)\s*(?:\.{3}|…)|attention required! \| cloudflare", re.I),
        "Cloudflare",
    ),
    (re.compile(r"making sure you're not a bot!?|vérification que vous n'êtes pas un robot", re.I), "Anubis"),
    (re.compile(r"vercel security checkpoint", re.I), "Vercel"),
    (
        re.compile(r"(?:human verification|vérification humaine|êtes-vous un (?:robot|humain) ?\??)", re.I),
        "captcha",
    ),
    (re.compile(r"access denied - sucuri website firewall|sucuri webSite firewall.*", re.I), "Sucuri"),
    (re.compile(r"ddos-guard|checking your browser.*", re.I), "DDoS-Guard"),
)
_ANY_TITLE = re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in _TITLES), re.I)
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
    (re.compile(rb"/_Incapsula_Resource\?CWUDNSAI"), "Imperva"),
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
    if _ANY_TITLE.fullmatch(page.title):
        return next(name for pattern, name in _TITLES if pattern.fullmatch(page.title))
    if page.long or len(page.text) > _SHORT_TEXT:
        return None
    if _WORDS.search(f"{page.title} {page.text}"):
        return "captcha"
    head = answer.body[:200_000]
    for mark, name in _SHORT:
        if mark.search(head):
            return name
    return None
