"""Which HTTP headers the site is served with; `servers` writes them for nginx, Apache and hosts that read `_headers`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from guide.site.csp import policy

# Sent with every answer, errors included. Nothing here depends on another site: the policy loads nothing from elsewhere,
# so Cross-Origin-Embedder-Policy would add nothing; there is no report address, since reports would tell of readers.
FIXED: Mapping[str, str] = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone",
            "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "usb",
        )
    ),
}  # fmt: skip

# Over https only (RFC 6797, §7.2). Cautious on purpose: thirty days, this host only, no preload list. A practice's host
# may serve other sites without https under the same domain; raise it once the site has been stable for a month.
HSTS = "Strict-Transport-Security"
HSTS_VALUE = "max-age=2592000"

CACHE, CORP, CORS = "Cache-Control", "Cross-Origin-Resource-Policy", "Access-Control-Allow-Origin"

# A stale emergency page is a danger: pages are always asked for again. "" means that the header is not sent.
DEFAULTS: Mapping[str, str] = {CACHE: "no-cache", CORP: "same-origin", CORS: ""}


@dataclass(frozen=True, slots=True)
class Rule:
    """One header that differs from its default where `regex` is found in the path."""

    regex: str
    header: str
    value: str


OPEN_DATA = r"/donnees/[^/]+\.(?:json|csv)$"
RULES = (
    Rule(r"\.woff2$", CACHE, "public, max-age=2592000"),
    # A name that holds a hash of the content never changes.
    Rule(r"\.[0-9a-f]{8}\.min\.(?:js|css)$", CACHE, "public, max-age=31536000, immutable"),
    # Open data may be read by anyone's page.
    Rule(OPEN_DATA, CORS, "*"),
    Rule(OPEN_DATA, CORP, "cross-origin"),
)


def constant(scripts: Iterable[str], styles: Iterable[str] = ()) -> dict[str, str]:
    """The headers that every answer carries, the policy first; HSTS, which depends on the connection, is apart."""
    return {"Content-Security-Policy": policy(scripts, styles, header=True), **FIXED}


def varying(path: str) -> dict[str, str]:
    """The headers of `path` (it begins with /) that depend on it."""
    found = {**DEFAULTS, **{rule.header: rule.value for rule in RULES if re.search(rule.regex, path)}}
    return {name: value for name, value in found.items() if value}
