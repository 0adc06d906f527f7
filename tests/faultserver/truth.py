"""The truth table: for each behaviour of the fault server, the verdict that an honest editor would give.

Written before the classifier. A change to a row needs its reason in the commit message: the table decides,
not the code. Places in braces are filled with the addresses of the running server
(`server.FaultServer.bases`):
`{http}` and `{other}` are two hosts, `{tls}` a healthy TLS host, `{tls_…}` broken ones, `{private}` a
listener on an address that is *not* allowed and that must never hear from us.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """One behaviour: its `name` (family/behaviour), its address and its only right verdict."""

    name: str
    url: str
    verdict: str
    why: str = ""

    @property
    def family(self) -> str:
        return self.name.partition("/")[0]


def _at(verdict: str, *names: str, base: str = "{http}", suffix: str = "", why: str = "") -> list[Case]:
    return [Case(name, f"{base}/{name}{suffix}", verdict, why) for name in names]


PLAIN = [
    *_at("ok", "plain/200", "plain/204", "plain/206", "plain/no-content-type", "plain/pdf"),
    *_at("ok", "plain/french-browser", why="answers only to Accept: text/html and Accept-Language: fr"),
    *_at("ok", "plain/honest-agent", why="refuses agents that do not say who they are"),
    Case("plain/query", "{http}/plain/query?a=1&b=%C3%A9&c=x%2Fy", "ok", "the query arrives byte for byte"),
    Case("plain/spaces", "{http}/plain/avec espace/é.html", "ok", "as written in a Markdown file"),
    *_at("broken", "plain/404", "plain/410", "plain/404-empty", "plain/404-rich"),
    *_at("suspect", "plain/400", why="only 404 and 410 are dead at first sight"),
    *_at("suspect", "plain/200-empty", why="a page was promised, nothing came"),
]

SERVER_ERRORS = [
    *_at("unreachable", "5xx/500", "5xx/502", "5xx/503", "5xx/504", "5xx/520"),
    *_at("ok", "5xx/503-once", "5xx/500-twice", "5xx/503-retry-after", why="passing faults"),
]

REDIRECTS = [
    *_at("moved", "redirects/301", "redirects/308", "redirects/301-chain", "redirects/301-then-302"),
    *_at("ok", "redirects/302", "redirects/303", "redirects/307", "redirects/302-then-301"),
    *_at("ok", "redirects/300-location", why="300 offers a choice, it does not promise to last"),
    *_at("ok", "redirects/20-hops", "redirects/cookie-needed", "redirects/meta-refresh"),
    *_at("moved", "redirects/relative", "redirects/utf8-location", "redirects/space-location"),
    *_at("moved", "redirects/protocol-relative", "redirects/other-host"),
    *_at("broken", "redirects/loop", "redirects/self", "redirects/endless"),
    *_at(
        "suspect",
        "redirects/no-location",
        "redirects/empty-location",
        why="browsers show the body, and it is empty",
    ),
    *_at(
        "broken",
        "redirects/to-ftp",
        "redirects/to-javascript",
        "redirects/to-404",
    ),
    *_at("broken", "redirects/to-410", "redirects/meta-refresh-404", "redirects/to-nonsense"),
    Case(
        "redirects/cookie-by-itself",
        "{http}/redirects/cookie-by-itself",
        "ok",
        "the same address: nothing moved",
    ),
    *_at("blocked", "redirects/to-wp-login"),
    *_at("moved", "redirects/to-login-article", why="an article about wp-login.php, not a login"),
    *_at("suspect", "redirects/to-home", "redirects/to-home-302", "redirects/to-other-home"),
    *_at("blocked", "redirects/to-login", "redirects/to-403", "redirects/to-sso"),
    *_at(
        "ok",
        "redirects/bare-301",
        "redirects/bare-302",
        "redirects/bare-308",
        "redirects/bare-300",
        "redirects/self-once",
    ),
    *_at("moved", "redirects/to-two-letters", why="two letters that are no language"),
    Case("redirects/home-to-fr", "{other}/", "ok", "a home page that redirects to its French home"),
    Case("redirects/to-tls", "{http}/redirects/to-tls", "moved"),
]

HEAD_TRAPS = [
    *_at(
        "ok",
        "head/plain.zip",
        "head/405.zip",
        "head/404.zip",
        "head/403.zip",
        "head/500.zip",
        "head/hang.zip",
    ),
    *_at("ok", "head/reset.zip", "head/with-body.zip"),
    *_at("broken", "head/gone.zip"),
]

RATE_LIMITS = [
    *_at("ok", "429/once", "429/once-date", "429/once-bare", "429/once-3s", "429/once-1s500"),
    *_at("blocked", "429/endless", "429/a-day", "429/a-day-date"),
]

WALLS = [
    *_at("blocked", "walls/401", "walls/403", "walls/407", "walls/451", "walls/999"),
    *_at("blocked", "walls/cloudflare-403", "walls/cloudflare-503", "walls/cloudflare-200"),
    *_at("blocked", "walls/cloudflare-404", why="the wall answers, not the page"),
    *_at("blocked", "walls/datadome-403", "walls/datadome-200", "walls/imperva-200", "walls/imperva-503"),
    *_at("blocked", "walls/akamai-403", "walls/akamai-200", "walls/aws-202", "walls/aws-405", "walls/f5-200"),
    *_at(
        "blocked", "walls/akamai-denied-200", why="Access Denied with an Akamai reference, served with a 200"
    ),
    *_at("ok", "walls/reference-article", why="a short page that cites a reference number"),
    *_at(
        "blocked",
        "walls/405",
        "walls/415",
        "walls/418",
        "walls/420",
        "walls/430",
        "walls/431",
        "walls/444",
        "walls/498",
        "walls/499",
        "walls/f5-support",
        why="a status that only says: not for robots",
    ),
    *_at("suspect", "plain/409", "plain/422", why="dead only when another day says it again"),
    *_at("blocked", "walls/anubis-200", "walls/vercel-429", "walls/human-200"),
    *_at(
        "ok",
        "walls/cloudflare-served",
        "walls/datadome-served",
        "walls/imperva-served",
        "walls/captcha-form",
        "walls/robot-article",
        why="real pages that carry the marks of a protected site",
    ),
    *_at("broken", "walls/cloudflare-served-404", why="a real 404 behind a wall that let us in"),
]

NETWORK = [
    Case("network/refused", "{refused}/", "unreachable"),
    *_at("unreachable", "network/reset", "network/no-answer", "network/timeout"),
    *_at("ok", "network/reset-once", "network/truncated", "network/http10", "network/old-keepalive"),
    *_at(
        "ok",
        "network/bare-lf",
        "network/space-before-colon",
        "network/no-reason",
        "network/two-lengths",
        "network/length-and-chunked",
        "network/latin1-header",
        "network/bad-chunk-end",
        why="browsers accept it",
    ),
    *_at("broken", "network/banner", "network/garbage", why="not HTTP"),
    Case("network/no-such-domain", "http://nexiste-pas.invalid/page", "broken"),
    Case("network/servfail", "http://servfail.fautes.test:{port}/plain/200", "unreachable"),
    Case("network/dns-silence", "http://muet.fautes.test:{port}/plain/200", "unreachable"),
    Case("network/no-address", "http://sans-adresse.fautes.test:{port}/plain/200", "broken"),
    Case("network/named", "http://public.fautes.test:{port}/plain/200", "ok"),
]

BODIES = [
    *_at(
        "ok",
        "bodies/gzip",
        "bodies/deflate",
        "bodies/raw-deflate",
        "bodies/chunked",
        "bodies/latin1",
        "bodies/utf16",
        "bodies/late-in-first-mb",
        suffix="#cible",
    ),
    *_at("ok", "bodies/gzip-members", suffix="#cible", why="gzip allows several members (RFC 1952 §2.2)"),
    Case(
        "bodies/latin1-undeclared",
        "{http}/bodies/latin1-undeclared#%C3%A9t%C3%A9",
        "ok",
        "read as browsers read it",
    ),
    *_at("ok", "bodies/gzip-lie", "bodies/gzip-truncated", "bodies/brotli", "bodies/big-pdf"),
    *_at("broken", "bodies/gzip", suffix="#absente"),
]

TLS = [
    Case("tls/good", "{tls}/plain/200", "ok"),
    Case("tls/expired", "{tls_expired}/plain/200", "broken"),
    Case("tls/self-signed", "{tls_self_signed}/plain/200", "broken"),
    Case("tls/wrong-host", "{tls_wrong_host}/plain/200", "broken"),
    Case(
        "tls/incomplete",
        "{tls_incomplete}/plain/200",
        "suspect",
        "browsers fetch the intermediate that it names",
    ),
    Case(
        "tls/incomplete-404",
        "{tls_incomplete}/plain/404",
        "broken",
        "the chain completed, the page is not there",
    ),
    Case(
        "tls/incomplete-half",
        "{tls_half}/plain/200",
        "suspect",
        "the intermediate is enough, whatever it names itself",
    ),
    Case("tls/incomplete-lost", "{tls_lost}/plain/200", "suspect", "what it names cannot be had"),
    Case(
        "tls/unknown-named",
        "{tls_unknown_named}/plain/200",
        "broken",
        "what it names leads to nobody that we know",
    ),
    Case(
        "tls/root-named",
        "{tls_root_named}/plain/200",
        "broken",
        "an authority that vouches for itself is none",
    ),
    Case("tls/unknown-authority", "{tls_unknown}/plain/200", "broken"),
    Case("tls/complete-chain", "{tls_chain}/plain/200", "ok"),
    Case("tls/plain-http-inside", "https://127.0.0.1:{port}/plain/200", "broken"),
    Case("tls/reset", "{tls_reset}/plain/200", "unreachable"),
]


def _page(verdict: str, **fragments: str) -> list[Case]:
    return [
        Case(f"fragments/{name.replace('_', '-')}", f"{{http}}/fragments/page#{fragment}", verdict)
        for name, fragment in fragments.items()
    ]


FRAGMENTS = [
    *_page("ok", id="par-id", name="par-nom", unquoted="sans-guillemets", single_quotes="apostrophes"),
    *_page(
        "ok", top="top", top_capitals="TOP", empty="", text=":~:text=cabinet", id_and_text="par-id:~:text=x"
    ),
    *_page("ok", route="/une/route", bang="!/une/route", utf8_encoded="%C3%A9t%C3%A9", utf8_raw="été"),
    *_page(
        "ok", entity="R&D", multiline="sur-deux-lignes", after_gt="apres-chevron", user_content="lisez-moi"
    ),
    *_page("broken", missing="absente", case="PAR-ID", comment="en-commentaire", script="dans-un-script"),
    *_page("broken", attribute="dans-un-titre", data_id="donnee", meta_name="viewport"),
    *_at("suspect", "fragments/text", suffix="#absente", why="a plain text has no anchors"),
    *_at("ok", "fragments/text", suffix="#line=10,20", why="RFC 5147"),
    *_at("unchecked", "fragments/text", suffix="#L10", why="forges draw their lines with scripts"),
    Case("fragments/pdf-page", "{http}/plain/pdf#page=3", "ok"),
    Case("fragments/after-redirect", "{http}/redirects/302-to-page#par-id", "ok"),
    Case("fragments/lost-after-redirect", "{http}/redirects/302-to-page#absente", "broken"),
    Case("fragments/moved", "{http}/redirects/301-to-page#par-id", "moved"),
    Case(
        "fragments/from-location",
        "{http}/redirects/to-fragment#vieux",
        "ok",
        "the answer names its own anchor",
    ),
]

SOFT_404 = [
    *_at(
        "suspect",
        "soft404/title-fr",
        "soft404/h1-fr",
        "soft404/moved-away",
        "soft404/english",
        "soft404/oups",
    ),
    *_at("suspect", "soft404/title-number", "soft404/legifrance-text", "soft404/legifrance-article"),
    *_at(
        "suspect", "soft404/wordpress-en", "soft404/drupal-en", "soft404/alone", "soft404/latin1-undeclared"
    ),
    *_at("suspect", "soft404/title-colon", "soft404/title-colon-site"),
    *_at("suspect", "soft404/excuses", "soft404/title-brackets", "soft404/we-cannot-find", "soft404/google"),
    *_at("suspect", "soft404/parked-registered", "soft404/parked-named"),
    *_at("ok", "soft404/question", why="a question is not a statement"),
    *_at(
        "ok",
        "soft404/title-explained",
        "soft404/not-asserted",
        "soft404/quoted",
        "soft404/domain-quoted",
        why="short pages on dead links: quoted words and titles that go on to explain are not the site's own",
    ),
    *_at("suspect", "soft404/parked-en", "soft404/parked-fr", "soft404/redirected-error-page"),
    *_at(
        "ok",
        "soft404/article-about-404",
        "soft404/glossary",
        "soft404/long-page",
        "soft404/comment-thread",
        "soft404/law-404",
        "soft404/domain-sale-article",
        why="pages that only talk about missing pages",
    ),
]

SAID = [
    *_at("unreachable", "said/maintenance", "said/down"),
    *_at("suspect", "said/apache", "said/nginx", "said/not-installed", "said/error-500", "said/occurred"),
    *_at(
        "ok",
        "said/article-500",
        "said/article-maintenance",
        "said/article-nginx",
        why="pages that only talk of it",
    ),
    *_at("suspect", "said/empty-page", why="markup, and not a word nor anything to see"),
    *_at("ok", "said/only-a-program", "said/only-a-picture", why="something shows itself without words"),
    Case("said/legifrance-date", "http://www.legifrance.gouv.fr:{port}/said/legifrance-date", "suspect"),
    Case("said/legifrance-none", "http://www.legifrance.gouv.fr:{port}/said/legifrance-none", "suspect"),
    *_at("broken", "said/refresh-header", why="a header sends at once to a page that is not there"),
    *_at("ok", "said/sniffed", suffix="#ici", why="HTML to every browser"),
    *_at("broken", "said/sniffed", suffix="#absente"),
    *_at("unchecked", "fragments/forge", suffix="#L10", why="forges draw their lines with scripts"),
    *_at("unchecked", "fragments/forge", suffix="#L10-L20"),
    *_at(
        "unchecked",
        "fragments/application",
        suffix="#operation",
        why="an application makes its anchors itself",
    ),
    *_at("broken", "fragments/template", suffix="#cible", why="what a template holds is not in the page"),
    *_at("ok", "fragments/encoded", suffix="#café", why="names are compared decoded"),
    *_at("broken", "fragments/forge", suffix="#absente"),
]

TRAPS = [
    *_at("broken", "traps/slow-404-body", why="the status has said it all before the body drips"),
    *_at("blocked", "traps/slow-403-body"),
    *_at(
        "suspect", "traps/200-mb", "traps/gzip-bomb", suffix="#tout-en-bas", why="anchor beyond what we read"
    ),
    *_at("ok", "traps/200-mb", "traps/gzip-bomb", why="the page is there"),
    *_at(
        "unreachable",
        "traps/slow-headers",
        "traps/slow-body",
        "traps/endless-headers",
        "traps/one-huge-header",
    ),
    *_at("unreachable", "traps/endless-100", "traps/slow-redirects"),
    *_at(
        "ok", "traps/hostile-html", suffix="#cible", why="the anchor comes first, then unclosed tags for 1 MB"
    ),
    Case("traps/tls-silence", "{silent}/", "unreachable", "accepts the connection, never shakes hands"),
]

PRIVATE = [
    Case("private/literal", "{private}/x", "unsafe"),
    Case("private/loopback-6", "http://[::1]:{private_port}/x", "unsafe"),
    Case("private/mapped", "http://[::ffff:127.66.0.1]:{private_port}/x", "unsafe"),
    Case("private/mapped-allowed", "http://[::ffff:127.0.0.1]:{port}/plain/200", "unsafe"),
    Case("private/nat64", "http://[64:ff9b::7f42:1]:{private_port}/x", "unsafe"),
    Case("private/6to4", "http://[2002:7f42:1::1]:{private_port}/x", "unsafe"),
    Case("private/decimal", "http://2135031809:{private_port}/x", "unsafe"),
    Case("private/hexadecimal", "http://0x7f420001:{private_port}/x", "unsafe"),
    Case("private/short", "http://127.66.1:{private_port}/x", "unsafe"),
    Case("private/any", "http://0.0.0.0:{private_port}/x", "unsafe"),
    Case("private/ten", "http://10.0.0.1:{private_port}/x", "unsafe"),
    Case(
        "private/ietf",
        "http://192.0.0.192/opc/v2/instance/",
        "unsafe",
        "Oracle's metadata, public to Python 3.11",
    ),
    Case("private/box", "http://192.168.1.1/", "unsafe"),
    Case("private/metadata", "http://169.254.169.254/latest/meta-data/", "unsafe"),
    Case("private/metadata-name", "http://metadata.google.internal/computeMetadata/v1/", "unsafe"),
    Case("private/carrier", "http://100.64.0.1/", "unsafe"),
    Case("private/link-local-6", "http://[fe80::1]/", "unsafe"),
    Case("private/unique-local-6", "http://[fd00:ec2::254]/latest/", "unsafe"),
    Case("private/by-dns", "http://interne.fautes.test:{private_port}/x", "unsafe"),
    Case("private/by-dns-mixed", "http://moitie.fautes.test:{private_port}/x", "unsafe"),
    Case("private/by-dns-nat64", "http://nat64.fautes.test:{private_port}/x", "unsafe"),
    Case("private/by-redirect", "{http}/private/by-redirect", "unsafe"),
    Case("private/by-redirect-metadata", "{http}/private/by-redirect-metadata", "unsafe"),
    Case("private/by-redirect-dns", "{http}/private/by-redirect-dns", "unsafe"),
    Case("private/by-second-redirect", "{http}/private/by-second-redirect", "unsafe"),
    Case("private/by-meta-refresh", "{http}/private/by-meta-refresh", "unsafe"),
]

ADDRESSES = [
    Case("addresses/mail", "mailto:contact@cabinet.example.fr", "unchecked"),
    Case("addresses/mail-subject", "mailto:contact@cabinet.example.fr?subject=Bonjour", "unchecked"),
    Case("addresses/bad-mail", "mailto:contact.cabinet.example.fr", "broken"),
    Case("addresses/phone", "tel:+33123456789", "unchecked"),
    Case("addresses/short-phone", "tel:3018", "unchecked"),
    Case("addresses/european-phone", "tel:116006", "unchecked"),
    Case("addresses/police", "tel:17", "unchecked"),
    Case("addresses/bad-phone", "tel:+3312345", "broken"),
    Case("addresses/no-host", "https:///chemin", "broken"),
    Case("addresses/bad-port", "https://exemple.fr:99999/", "broken"),
    Case("addresses/mail-without-name", "mailto:?subject=Guide&body=x", "unchecked"),
    Case(
        "addresses/example",
        "https://www.example.com/page?a=1",
        "unchecked",
        "reserved for examples (RFC 2606 §3)",
    ),
    Case("addresses/example-not", "https://lexample.com/page", "broken", "a name like any other"),
    Case("addresses/vocabulary", "http://www.w3.org/2000/svg", "unchecked", "a name that no browser opens"),
    Case("addresses/mail-to-field", "mailto:?to=a@cabinet.example.fr&subject=x", "unchecked"),
    Case("addresses/mail-two-dots", "mailto:jean..dupont@cabinet.example.fr", "broken"),
    Case("addresses/foreign-phone", "tel:2025550123", "unchecked"),
    Case("addresses/mail-with-name", "mailto:Jeanne%20Petit%20<a@cabinet.example.fr>", "unchecked"),
    Case("addresses/mail-slashes", "mailto://contact@cabinet.example.fr", "broken"),
    Case("addresses/mistyped", "htps://exemple.fr/", "broken"),
    Case("addresses/mistyped-short", "htt://exemple.fr/", "broken"),
    Case("addresses/no-colon", "https//exemple.fr/", "broken"),
    Case("addresses/semicolon", "http;//exemple.fr/", "broken"),
    Case("addresses/placeholder", "https://[votre-site]/page", "unchecked"),
    Case("addresses/unknown-scheme", "applesauce://exemple.fr/", "suspect"),
    Case("addresses/bracket", "https://exemple]fr/", "broken"),
    Case("addresses/letterlike", "https://exemple\u2100.fr/", "broken"),
    Case("addresses/template", "https://{{{{hote}}}}/page", "unchecked"),
    Case("addresses/ftp", "ftp://ftp.exemple.fr/fichier", "unchecked"),
]

TABLE: tuple[Case, ...] = (
    *PLAIN,
    *SERVER_ERRORS,
    *REDIRECTS,
    *HEAD_TRAPS,
    *RATE_LIMITS,
    *WALLS,
    *NETWORK,
    *BODIES,
    *TLS,
    *FRAGMENTS,
    *SOFT_404,
    *SAID,
    *TRAPS,
    *PRIVATE,
    *ADDRESSES,
)

# What the server's DNS answers. The other names fail as they do in life.
NAMES: dict[str, tuple[str, ...] | str] = {
    "public.fautes.test": ("127.0.0.1",),
    "www.legifrance.gouv.fr": ("127.0.0.1",),
    "interne.fautes.test": ("127.66.0.1",),
    "moitie.fautes.test": ("127.0.0.1", "127.66.0.1"),
    "nat64.fautes.test": ("64:ff9b::7f42:1",),
    "servfail.fautes.test": "EAI_AGAIN",
    "muet.fautes.test": "SILENCE",
    "sans-adresse.fautes.test": "EAI_NODATA",
}
