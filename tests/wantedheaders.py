"""What every server must answer, whatever its kind: headers, types, and how long each file may be kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from serversupport import Answer

POLICY = re.compile(
    r"default-src 'none'; script-src 'self'(?: 'sha256-[A-Za-z0-9+/]{43}=')+; style-src 'self'(?: 'sha256-[A-Za-z0-9+/]{43}=')?; img-src 'self' data:; "
    r"font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), usb=()",
}
MONTH, YEAR = "public, max-age=2592000", "public, max-age=31536000, immutable"
OWN, OPEN = {"Cross-Origin-Resource-Policy": "same-origin"}, {"Cross-Origin-Resource-Policy": "cross-origin"}
# What is asked, by a pattern of the site's files: the type, who may read it, how long it may be kept.
FILES: tuple[tuple[str, str, str, Mapping[str, str]], ...] = (
    ("index.html", "text/html; charset=utf-8", "no-cache", OWN),
    ("assets/css/guide.*.min.css", "text/css; charset=utf-8", YEAR, OWN),
    ("assets/js/tools.*.min.js", "JS; charset=utf-8", YEAR, OWN),
    ("search/search.*.min.js", "JS; charset=utf-8", YEAR, OWN),
    ("assets/fonts/*400*.woff2", "font/woff2", MONTH, OWN),
    ("assets/images/favicon.svg", "image/svg+xml", "no-cache", OWN),
    ("search/index.*.min.js", "JS; charset=utf-8", YEAR, OWN),
    ("imprimer/livret.pdf", "application/pdf", "no-cache", OWN),
    ("commencer/roles/titulaire/fiche.png", "image/png", "no-cache", OWN),
    ("flux.xml", "XML; charset=utf-8", "no-cache", OWN),
    (
        "donnees/resources.csv",
        "text/csv; charset=utf-8",
        "no-cache",
        {**OPEN, "Access-Control-Allow-Origin": "*"},
    ),
    ("donnees/resources.json", "application/json", "no-cache", {**OPEN, "Access-Control-Allow-Origin": "*"}),
    (".well-known/security.txt", "text/plain; charset=utf-8", "no-cache", OWN),
)


def path_of(site: Path, pattern: str) -> str:
    """The address of the one file that fits."""
    (found,) = site.glob(pattern)
    return "/" + found.relative_to(site).as_posix()


def wrong(answer: Answer, cache: str, more: Mapping[str, str]) -> list[str]:
    """What differs from the expected headers; each must be there exactly once."""
    expected = {**ALWAYS, "Cache-Control": cache, **more}
    faults = [
        f"{name}: {answer.all(name)}" for name, value in expected.items() if answer.all(name) != [value]
    ]
    policies = answer.all("Content-Security-Policy")
    faults += [] if len(policies) == 1 and POLICY.fullmatch(policies[0]) else [f"CSP: {policies}"]
    for name in ("Access-Control-Allow-Origin", "Set-Cookie", "X-Powered-By", "Server-Timing", "Location"):
        faults += [f"{name}: {answer.all(name)}"] if name not in expected and answer.all(name) else []
    return faults
