"""`--fix`: write the new address of moved pages in `data/`, touching nothing else of the file.

Only towards a host that the publisher's record already allows, and only addresses that mean the page itself: a
hijacked redirect, a visitor's session or a consent page must not be published by a machine. The others are listed.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from guide.links.addresses import is_home
from guide.links.judge import new_address
from guide.links.known import FILE, Catalogue, KnownResource
from guide.links.report import Report, Result
from guide.links.verdict import Verdict
from guide.source.disk import write_text
from guide.source.yaml_source import Source, parse

# What marks a visit, not a page: sessions, campaigns, where a click came from.
_VISIT = re.compile(
    r"(?:.*sess(?:ion)?_?id|jsessionid|phpsessid|aspsessionid\w*|cfid|cftoken|sid|zenid|oscsid|osessid|s_kwcid|xtor|xtref|"
    r"(?:utm|mtm|pk|piwik|matomo|hsa|stm|at|mc|ns|vero|wt|oly|ga|gad|fb|itm|int|trk|ref)_\w+|_ga|_gl|_ke|_hsenc|_hsmi|"
    r"__hs\w+|hsctatracking|mkt_tok|[gf]bclid|fbclid|gclid|gclsrc|dclid|wbraid|gbraid|msclkid|twclid|ttclid|yclid|igshid|"
    r"li_fat_id|epik|vgo_ee|rb_clickid|ticket|token|access_token|nonce|state|code|samlrequest|samlresponse|relaystate|"
    r"cookie\w*|consent\w*|_cookies?\w*|spm|scm|srsltid|cmpid|campaign\w*)",
    re.I,
)
_IN_PATH = re.compile(
    r";\s*(?:jsessionid|phpsessid|sid|cfid|cftoken|aspsessionid\w*|sessionid)\s*=[^/;?#]*|/\(S\([a-z0-9]+\)\)",
    re.I,
)
_NOT_THE_PAGE = re.compile(
    r"consent|cookies?[-_/]|[-_/]cookies?(?:[-_./?]|$)|(?:^|[-_/.])(?:rgpd|gdpr|cmp|privacy-gate|age-?gate|captcha|challenge|interstitial)(?:[-_/.?]|$)|"
    r"maintenance|en-travaux|under-?construction|(?:^|[-_/.])(?:login|log-?on|sign-?in|connexion|sso|oauth2?|saml|auth|authentification|"
    r"identification|idp|session-expir\w*|cookie-?check|browser-?check|unsupported|erreur|error|indisponible|unavailable)(?:[-_/.?]|$)",
    re.I,
)


def fix(report: Report, catalogue: Catalogue, root: Path) -> list[str]:
    """Rewrite the addresses that may be; returns one French sentence for each moved link."""
    moved = {link: target for link in report.with_verdict(Verdict.MOVED) if (target := _target(link))}
    refused = {
        link.url: why
        for link, target in moved.items()
        if (why := _refusal(link, target, catalogue.by_url.get(link.url)))
    }
    changes = {link.url: _bare(target) for link, target in moved.items() if link.url not in refused}
    written: set[str] = set()
    if changes:
        after, written = rewrite((root / FILE).read_bytes().decode("utf-8"), changes)
        write_text(root / FILE, after)
    by_hand = f"écrite sur plusieurs lignes dans {FILE}, à corriger à la main."
    return [
        f"{link.url} → {changes.get(link.url, target)} : "
        + (f"écrit dans {FILE}." if link.url in written else refused.get(link.url, by_hand))
        for link, target in moved.items()
    ]


def _target(link: Result) -> str | None:
    target = new_address(link.redirects)
    fragment = link.url.partition("#")[2]
    return f"{target}#{fragment}" if target and fragment and "#" not in target else target


def _refusal(link: Result, target: str, resource: KnownResource | None) -> str:
    """Why a person must decide; "" when the new address may be written."""
    if resource is None:
        return f"à corriger à la main dans {', '.join(str(place) for place in link.places[:3])}."
    parts = urlsplit(target)  # it was asked for: it can be split
    if parts.scheme != "https" or parts.port is not None or (parts.hostname or "") not in resource.hosts:
        return f"{parts.netloc} n’est pas un hôte admis pour « {resource.id} » ; à décider."
    if _NOT_THE_PAGE.search(f"{parts.path}?{parts.query}") and not _NOT_THE_PAGE.search(link.url):
        return "ce n’est sans doute pas la page (consentement, connexion, maintenance) ; à décider."
    bare = _bare(target)
    if bare != target and is_home(urlsplit(bare).path) and not is_home(urlsplit(link.url).path):
        return "il n’en resterait que la page d’accueil, une fois retirée la marque de la visite ; à décider."
    if bare.partition("#")[0] == link.url.partition("#")[0]:
        return "seule une marque de visite (session, campagne) a été ajoutée ; rien à changer."
    return ""


def _bare(target: str) -> str:
    """The address without what names the visit; every other part kept as it is."""
    parts = urlsplit(target)
    kept = [pair for pair in parts.query.split("&") if not _VISIT.fullmatch(pair.partition("=")[0])]
    path = _IN_PATH.sub("", parts.path)
    return urlunsplit((parts.scheme, parts.netloc, path, "&".join(kept), parts.fragment))


def rewrite(text: str, changes: dict[str, str]) -> tuple[str, set[str]]:
    """`text` with the values of the top-level list's `url` keys replaced, every other character kept, and which were:
    an address written over several lines stays."""
    end = "\r\n" if "\r\n" in text else "\n"
    source = _read(text)
    lines, written = text.split(end), set[str]()
    expected = list(source.value if isinstance(source.value, list) else ())
    for index, item in enumerate(expected):
        old = item.get("url") if isinstance(item, dict) else None
        if old not in changes:
            continue
        row, column = source.marks[index, "url"]
        column += row == 0 and text.startswith("\ufeff")
        before, after = lines[row][:column], lines[row][column:]
        quote = after[:1] if after[:1] in "\"'" else ""
        if after.startswith(quote + old):
            lines[row] = before + quote + changes[old] + after[len(quote + old) :]
            expected[index] = item | {"url": changes[old]}
            written.add(old)
    changed = end.join(lines)
    return (changed, written) if _read(changed).value == expected else (text, set())


def _read(text: str) -> Source:
    source = Source(FILE)
    parse(text.removeprefix("\ufeff").replace("\r\n", "\n"), source)
    return source
