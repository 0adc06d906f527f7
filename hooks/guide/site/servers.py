"""The headers of the site as configuration: for nginx, for Apache, and for Netlify and Cloudflare Pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from guide.site.headers import CACHE, CORP, CORS, DEFAULTS, HSTS, HSTS_VALUE, RULES, constant, varying
from guide.text.address import folder
from guide.text.problems import WebError

NGINX, APACHE, NETLIFY = "nginx-headers.conf", ".htaccess", "_headers"

# Cloudflare Pages ignores what goes beyond; Netlify has no such limit.
MOST_RULES, LONGEST_LINE = 100, 2000

# Only what security.txt needs is served from a folder whose name begins with a dot.
HIDDEN = r"/\.(?!well-known/)"
TEXTS = ("text/css", "text/csv", "text/javascript", "application/javascript", "text/plain", "text/xml")
COMPRESSED = (*TEXTS, "application/json", "application/xml", "image/svg+xml")
# What mod_deflate, mod_brotli and the coming mod_zstd of Apache add to the ETag of what they compress.
ADDED_TO_ETAG = "-(?:gzip|br|zstd)"
VARIABLES = {CACHE: "$guide_cache", CORP: "$guide_corp", CORS: "$guide_cors"}


class ServerLimitError(WebError):
    """The headers are too many or too long for a host that reads `_headers`. Raised by `netlify`."""


def write(
    site: Path, scripts: Iterable[str], styles: Iterable[str] = (), site_url: str | None = None
) -> None:
    """Write the three files at the root of `site`. `site_url` gives the base path of the error page."""
    always = constant(scripts, styles)
    base = folder(site_url)
    files = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    served = [file for file in files if not re.search(f"{HIDDEN}|{_own_files('/')}", f"/{file}")]
    (site / NGINX).write_text(nginx(always, base), encoding="utf-8")
    (site / APACHE).write_text(apache(always, base), encoding="utf-8")
    (site / NETLIFY).write_text(netlify(always, base, served), encoding="utf-8")


def nginx(always: Mapping[str, str], base: str) -> str:
    """To be included inside `server { }`. Works with any nginx since 1.13; the host's own mime.types is kept."""
    lines = [
        "# À inclure dans server { }, après root : include /chemin/du/site/nginx-headers.conf;",
        "# Tous les en-têtes sont ici : un add_header dans un bloc location les ferait disparaître de ce bloc.",
    ]
    lines += [f'add_header {name} "{value}" always;' for name, value in always.items()]
    lines += ['set $guide_hsts "";']
    lines += [
        f'if ({variable} = "{secure}") {{ set $guide_hsts "{HSTS_VALUE}"; }}'
        for variable, secure in (("$https", "on"), ("$http_x_forwarded_proto", "https"))
    ]
    lines += [f'set {VARIABLES[name]} "{value}";' for name, value in DEFAULTS.items()]
    lines += [f'if ($uri ~ "{r.regex}") {{ set {VARIABLES[r.header]} "{r.value}"; }}' for r in RULES]
    # An empty value sends no header. The error page is asked for anew, so that it never gets the headers of a font.
    lines += [
        f"add_header {name} {variable} always;"
        for name, variable in {HSTS: "$guide_hsts", **VARIABLES}.items()
    ]
    lines += [f'if ($uri ~ "{hidden}") {{ return 404; }}' for hidden in (HIDDEN, _own_files(base))]
    lines += [
        f"error_page 403 404 {base}404.html;",
        "server_tokens off;",
        "# Derrière un serveur mandataire en https, une adresse complète renverrait vers http.",
        "absolute_redirect off;",
        "autoindex off;",
        "charset utf-8;",
        f"charset_types {' '.join(TEXTS)};",
        "location ~ \\.csv$ { types { } default_type text/csv; }",
        "gzip on;",
        "gzip_vary on;",
        f"gzip_types {' '.join(COMPRESSED)};",
    ]
    return "\n".join(lines) + "\n"


def apache(always: Mapping[str, str], base: str) -> str:
    """Read by Apache 2.4 where the folder has `AllowOverride FileInfo` at least; without mod_headers the meta policy is left.

    Nothing here may need another right: one directive that the host forbids makes every page answer 500.
    """
    lines = [
        "# Lu par Apache si le dossier du site porte AllowOverride FileInfo (ou All). Modules : headers, alias, mime ;",
        "# brotli ou deflate, et filter, pour la compression. ServerTokens Prod et TraceEnable Off se règlent sur le serveur.",
        "<IfModule mod_headers.c>",
    ]
    lines += [f'  Header always set {name} "{value}"' for name, value in always.items()]
    proxied = "req_novary('X-Forwarded-Proto') == 'https'"
    lines += [f'  Header always set {HSTS} "{HSTS_VALUE}" "expr=%{{HTTPS}} == \'on\' || {proxied}"']
    # A compressing module adds its name to the ETag that it sends but not to the one that it compares: never a 304.
    lines += [f'  RequestHeader edit* If-None-Match "{ADDED_TO_ETAG}\\"" "\\""']
    lines += [f'  Header always set {name} "{value}"' for name, value in DEFAULTS.items() if value]
    lines += [
        f'  Header always set {rule.header} "{rule.value}" "expr=%{{REQUEST_URI}} =~ m#{rule.regex}#"'
        for rule in RULES
    ]
    lines += ["</IfModule>"]
    lines += [f"ErrorDocument {code} {base}404.html" for code in (403, 404)]
    lines += ["<IfModule mod_alias.c>"]
    # In place of `Options -Indexes`, which asks for a right of its own: no folder without a page is listed.
    lines += [
        "  <If \"-d %{REQUEST_FILENAME} && ! -f '%{REQUEST_FILENAME}/index.html'\">",
        '    RedirectMatch 403 ".*"',
        "  </If>",
    ]
    lines += [f'  RedirectMatch 404 "{hidden}"' for hidden in (HIDDEN, _own_files(base))]
    lines += ["</IfModule>", "AddDefaultCharset utf-8"]
    lines += [
        "<IfModule mod_mime.c>",
        "  AddCharset utf-8 .css .csv .js .txt .xml",
        "  AddType text/csv .csv",
        "  AddType font/woff2 .woff2",
        "</IfModule>",
    ]
    # The first that the browser accepts: one that finds the page compressed already leaves it alone.
    lines += ["<IfModule mod_filter.c>"]
    for module, name in (("brotli", "BROTLI_COMPRESS"), ("deflate", "DEFLATE")):
        lines += [f"  <IfModule mod_{module}.c>"]
        lines += [f"    AddOutputFilterByType {name} text/html {' '.join(COMPRESSED)}", "  </IfModule>"]
    lines += ["</IfModule>"]
    return "\n".join(lines) + "\n"


def netlify(always: Mapping[str, str], base: str, files: Sequence[str]) -> str:
    """The `_headers` file. Both hosts join the values of all the rules that match, so no header is in two of them.

    CORP is written for each folder and file at the root, for each file where the folder has exceptions. Neither host
    needs a default of Cache-Control: both have browsers ask again for everything. Raises `ServerLimitError`.
    """
    blocks: dict[str, dict[str, str]] = {
        f"{base}*": {**always, HSTS: HSTS_VALUE},
        base: {CORP: DEFAULTS[CORP]},
    }
    own = {file: varying(base + file) for file in sorted(files)}
    mixed = {file.partition("/")[0] for file, found in own.items() if found[CORP] != DEFAULTS[CORP]}
    for file, found in own.items():
        folder, below, _ = file.partition("/")
        place = f"{base}{folder}/*" if below and folder not in mixed else base + file
        blocks.setdefault(place, {})[CORP] = found[CORP]
        exceptions = {
            name: value for name, value in found.items() if value != DEFAULTS[name] and name != CORP
        }
        if exceptions:
            blocks.setdefault(base + file, {}).update(exceptions)
    if (
        len(blocks) > MOST_RULES
    ):  # a guide of many pages at the root: there, these hosts go without the default
        blocks = {place: found for place, found in blocks.items() if found != {CORP: DEFAULTS[CORP]}}
    lines = [
        line
        for place, found in blocks.items()
        for line in (place, *(f"  {n}: {v}" for n, v in found.items()))
    ]
    if len(blocks) > MOST_RULES or max(map(len, lines)) > LONGEST_LINE:
        raise ServerLimitError(
            f"_headers : {len(blocks)} règles et une ligne de {max(map(len, lines))} caractères ; Cloudflare Pages en accepte "
            f"{MOST_RULES} et {LONGEST_LINE} — réduire le nombre de fichiers à la racine ou de scripts dans les pages."
        )
    return "\n".join(lines) + "\n"


def _own_files(base: str) -> str:
    # Hosts that read `_headers` never serve it either.
    return f"^{re.escape(base)}(?:{NETLIFY}|{re.escape(NGINX)})$"
