"""Which HTTP headers the site is served with, written for nginx, Apache and hosts that read `_headers`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from .csp import policy

NGINX, APACHE, NETLIFY = "nginx-headers.conf", ".htaccess", "_headers"

# HSTS is cautious on purpose: thirty days, this host only, no preload list. A practice's host may serve other sites
# without https under the same domain; raise it once the site has been stable for a month.
FIXED: Mapping[str, str] = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone",
            "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "usb",
        )
    ),
    "Strict-Transport-Security": "max-age=2592000",
}  # fmt: skip

# A stale emergency page is a danger: pages are always asked for again. Hashed names never change.
CACHE_DEFAULT = "no-cache"
CACHE_HASHED = "public, max-age=31536000, immutable"
CACHE_FONTS = "public, max-age=2592000"


@dataclass(frozen=True, slots=True)
class Rule:
    """One header for some addresses: `globs` for `_headers`, the same as one `regex` for nginx and Apache."""

    globs: tuple[str, ...]
    regex: str
    header: str
    value: str


RULES = (
    Rule(("assets/fonts/*",), r"\.woff2$", "Cache-Control", CACHE_FONTS),
    Rule(
        ("assets/css/guide.*", "assets/stylesheets/*", "assets/javascripts/bundle.*", "assets/javascripts/workers/*"),
        r"\.[0-9a-f]{8}\.min\.(?:js|css)$", "Cache-Control", CACHE_HASHED,
    ),
    # Open data may be read by anyone's page.
    Rule(("donnees/*",), r"/donnees/[^/]+\.(?:json|csv)$", "Access-Control-Allow-Origin", "*"),
)  # fmt: skip


def all_headers(scripts: Iterable[str]) -> dict[str, str]:
    """The headers of every answer, the policy included."""
    return {"Content-Security-Policy": policy(scripts, header=True), **FIXED}


def write(site: Path, scripts: Iterable[str], site_url: str | None = None) -> None:
    """Write the three files at the root of `site`. `site_url` gives the base path of the error page."""
    headers = all_headers(scripts)
    base = "/" + urlsplit(site_url or "").path.strip("/")
    base = base if base.endswith("/") else base + "/"
    (site / NGINX).write_text(nginx(headers, base), encoding="utf-8")
    (site / APACHE).write_text(apache(headers, base), encoding="utf-8")
    (site / NETLIFY).write_text(netlify(headers, base), encoding="utf-8")


def nginx(headers: Mapping[str, str], base: str) -> str:
    """To be included inside `server { }`. One level only: nginx drops inherited headers where it finds its own."""
    lines = ["# include this file in server { }; it sets every header, keep add_header out of location blocks"]
    lines += [f'add_header {name} "{value}" always;' for name, value in headers.items()]
    lines += [f'set $guide_cache "{CACHE_DEFAULT}";', 'set $guide_origin "";']
    variables = {"Cache-Control": "$guide_cache", "Access-Control-Allow-Origin": "$guide_origin"}
    lines += [f'if ($uri ~ "{r.regex}") {{ set {variables[r.header]} "{r.value}"; }}' for r in RULES]
    # An empty value sends no header.
    lines += [f"add_header {name} {variable} always;" for name, variable in variables.items()]
    lines += [f"error_page 404 {base}404.html;", "server_tokens off;", "charset utf-8;"]
    lines += ["charset_types text/css text/plain text/csv text/calendar application/javascript application/json;"]
    return "\n".join(lines) + "\n"


def apache(headers: Mapping[str, str], base: str) -> str:
    """Needs mod_headers; without it the site still works, with the policy of its meta elements alone."""
    lines = ["<IfModule mod_headers.c>"]
    lines += [f'  Header always set {name} "{value}"' for name, value in headers.items()]
    lines += [f'  Header always set Cache-Control "{CACHE_DEFAULT}"']
    for rule in RULES:
        test = f"%{{REQUEST_URI}} =~ m#{rule.regex}#"
        lines.append(f'  Header always set {rule.header} "{rule.value}" "expr={test}"')
    lines += ["</IfModule>", f"ErrorDocument 404 {base}404.html", "AddDefaultCharset utf-8"]
    lines += ["AddType text/calendar .ics", "AddType font/woff2 .woff2"]
    return "\n".join(lines) + "\n"


def netlify(headers: Mapping[str, str], base: str) -> str:
    """The `_headers` file of Netlify and Cloudflare Pages."""
    lines = [f"{base}*"] + [f"  {name}: {value}" for name, value in headers.items()]
    for rule in RULES:
        for glob in rule.globs:
            lines += [f"{base}{glob}", f"  {rule.header}: {rule.value}"]
    return "\n".join(lines) + "\n"
