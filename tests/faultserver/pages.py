"""Bot walls, pages that look like them, soft 404s and pages that only talk about missing pages."""

from __future__ import annotations

from .wire import Reply, Request, answers

LONG = "<p>Le cabinet dentaire protège les données de ses patients avec soin et méthode.</p>" * 60


def _page(name: str, title: str, body: str, status: int = 200, **headers: str) -> None:
    async def behaviour(request: Request, reply: Reply) -> None:
        await reply.page(title, body, status, **headers)

    answers(name)(behaviour)


for _status in (401, 403, 407, 451, 999):
    _page(f"walls/{_status}", "Accès refusé", "<p>Accès refusé</p>", _status)

CHALLENGE = (
    "<noscript>Enable JavaScript and cookies to continue</noscript><script>window._cf_chl_opt={};</script>"
)
_page("walls/cloudflare-403", "Just a moment...", CHALLENGE, 403, Server="cloudflare", Cf_Ray="8a-CDG")
_page("walls/cloudflare-503", "Just a moment...", CHALLENGE, 503, Server="cloudflare", Cf_Ray="8a-CDG")
_page("walls/cloudflare-200", "Un instant…", CHALLENGE, 200, Server="cloudflare", Cf_Mitigated="challenge")
_page(
    "walls/cloudflare-404", "Just a moment...", CHALLENGE, 404, Server="cloudflare", Cf_Mitigated="challenge"
)
JSD = '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'
_page("walls/cloudflare-served", "Le guide", LONG + JSD, 200, Server="cloudflare", Cf_Ray="8a-CDG")
_page("walls/cloudflare-served-404", "Introuvable", LONG + JSD, 404, Server="cloudflare", Cf_Ray="8a-CDG")
CAPTCHA = '<script src="https://ct.captcha-delivery.com/c.js"></script><p>Please enable JS</p>'
_page("walls/datadome-403", "exemple.fr", CAPTCHA, 403, X_Datadome="protected")
_page("walls/datadome-200", "exemple.fr", CAPTCHA, 200, X_Datadome="protected")
_page(
    "walls/datadome-served",
    "Le guide",
    LONG + '<script src="https://js.datadome.co/tags.js"></script>',
    200,
    X_Datadome="protected",
    Set_Cookie="datadome=abc; Path=/",
)
IMPERVA = (
    '<iframe src="/_Incapsula_Resource?CWUDNSAI=9">Request unsuccessful. Incapsula incident ID: 1-2</iframe>'
)
_page("walls/imperva-200", "", IMPERVA, 200, X_Iinfo="9-1")
_page("walls/imperva-503", "", IMPERVA, 503, X_Iinfo="9-1")
_page(
    "walls/imperva-served",
    "Le guide",
    LONG + '<script src="/_Incapsula_Resource?SWJIYLWA=7"></script>',
    200,
    X_Iinfo="9-1",
    X_Cdn="Imperva",
)
_page(
    "walls/akamai-403",
    "Access Denied",
    "<h1>Access Denied</h1>Reference&#32;&#35;18&#46;x https&#58;&#47;&#47;errors&#46;edgesuite&#46;net",
    403,
    Server="AkamaiGHost",
)
_page(
    "walls/akamai-200",
    "",
    '<div id="sec-if-cpt-container"></div><script src="/_sec/cp_challenge/a.js"></script>',
)
_page(
    "walls/akamai-denied-200",
    "Access Denied",
    "<h1>Access Denied</h1>You don't have permission to access this page.<p>Reference&#32;&#35;18&#46;2d17c3",
    Server="AkamaiGHost",
)
_page("walls/reference-article", "Note", "<p>Reference #18 of the catalogue, page 4.</p>")
AWS = '<script>window.awsWafCookieDomainList=[];window.gokuProps={};</script><div id="challenge"></div>'
_page("walls/aws-202", "", AWS, 202, X_Amzn_Waf_Action="challenge")
_page("walls/aws-405", "Human Verification", AWS, 405, X_Amzn_Waf_Action="captcha")
_page(
    "walls/f5-200",
    "Request Rejected",
    "The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: 123",
)
_page("walls/anubis-200", "Making sure you&#39;re not a bot!", '<script id="anubis_challenge">{}</script>')
_page(
    "walls/vercel-429", "Vercel Security Checkpoint", "<p>checking</p>", 429, X_Vercel_Mitigated="challenge"
)
_page("walls/human-200", "Un instant", "<p>Vérifiez que vous n’êtes pas un robot.</p>")
_page("walls/robot-article", "Nos conseils", LONG + "<p>Ce test prouve que vous n’êtes pas un robot.</p>")
_page("walls/captcha-form", "Nous écrire", LONG + '<form><div class="g-recaptcha"></div></form>')

_page("soft404/title-fr", "Page introuvable | Agence", LONG)
_page("soft404/title-number", "404 - Ministère", "<p>Retour</p>")
_page("soft404/h1-fr", "Agence du numérique", "<h1>Cette page n’existe pas</h1>" + LONG)
_page("soft404/moved-away", "Agence", "<h1>La page que vous recherchez a été déplacée ou supprimée</h1>")
_page("soft404/english", "Page Not Found - Example", LONG)
_page("soft404/oups", "Oups !", "<h1>Oups, cette page est introuvable</h1><p>Retour à l’accueil</p>")
_page(
    "soft404/legifrance-text",
    "Légifrance",
    "<div><p>Le texte demandé n'existe pas ou n'est plus disponible.</p></div>",
)
_page(
    "soft404/legifrance-article",
    "Légifrance",
    "<div><p>Cet article n'est pas disponible à la date demandée.</p></div>",
)
_page("soft404/wordpress-en", "Exemple", "<h1>Oops! That page can’t be found.</h1>")
_page("soft404/drupal-en", "Exemple", "<p>The requested page could not be found.</p>")
_page("soft404/alone", "Exemple", "<p>Désolé, page introuvable. Revenez à l’accueil.</p>")
_page("soft404/title-colon", "Erreur 404 : la page demandée n’existe pas", "<p>Accueil</p>")
_page("soft404/title-colon-site", "Erreur 404 : Cabinet Exemple", "<p>Accueil</p>")
_page("soft404/excuses", "Nous sommes désolés, la page que vous cherchez est introuvable", "<p>Accueil</p>")
_page("soft404/title-brackets", "Page introuvable (404)", "<p>Accueil</p>")
_page("soft404/we-cannot-find", "Exemple", "<h2>Nous ne trouvons pas la page demandée.</h2>")
_page("soft404/google", "Error 404 (Not Found)!!1", "<p>That’s an error.</p>")
_page("soft404/parked-registered", "exemple.fr", "<p>Ce nom de domaine a été enregistré par un bureau.</p>")
_page("soft404/parked-named", "exemple.fr", "<p>exemple.fr est à vendre</p>")
_page("soft404/question", "Aide", "<h1>Votre contenu a été supprimé par un pirate ?</h1><p>Prévenir.</p>")
_page("soft404/title-explained", "Erreur 404 : comprendre les réponses d’un site", "<p>Un code dit tout.</p>")
_page("soft404/not-asserted", "Nos alertes", "<p>Alerte : page introuvable, le piège des faux sites.</p>")
_page("soft404/quoted", "Aide", "<p>Le navigateur dit « la page que vous cherchez n’existe pas ».</p>")
_page(
    "soft404/domain-quoted", "Arnaques", "<p>On vous écrit : « ce domaine est à vendre ». N’achetez rien.</p>"
)
_page("soft404/parked-en", "exemple.fr", "<p>This domain is for sale. Buy this domain.</p>")
_page("soft404/parked-fr", "exemple.fr", "<p>Ce nom de domaine est à vendre.</p>")
_page("soft404/article-about-404", "Comment corriger une erreur 404 sur son site", LONG)
_page("soft404/glossary", "Glossaire", "<h1>Que faire quand une page est introuvable ?</h1>" + LONG)
_page("soft404/long-page", "Mode d'emploi", LONG + "<p>Si la page n'existe pas, écrivez-nous.</p>" + LONG)
_page("soft404/comment-thread", "Forum", LONG + "<p>Bonjour, j'ai « page non trouvée » depuis hier.</p>")
_page(
    "soft404/law-404",
    "Article 404 du code civil",
    "<h1>Article 404</h1><p>Si aucun tuteur n'est désigné…</p>",
)
_page(
    "soft404/domain-sale-article",
    "Nos conseils",
    LONG + "<p>Méfiez-vous si ce domaine est à vendre.</p>" + LONG,
)
_page("erreurs/404.html", "Site", "<p>Contenu</p>")


@answers("soft404/latin1-undeclared")
async def latin1_undeclared(request: Request, reply: Reply) -> None:
    await reply.send(
        200, "<title>Page non trouvée</title><p>Accueil".encode("latin-1"), Content_Type="text/html"
    )


@answers("soft404/redirected-error-page")
async def error_page(request: Request, reply: Reply) -> None:
    await reply.redirect(302, "/erreurs/404.html")


for _status in (405, 415, 418, 420, 430, 431, 444, 498, 499):
    _page(f"walls/{_status}", "Refus", "<p>Refus</p>", _status)
for _status in (409, 422):
    _page(f"plain/{_status}", "Refus", "<p>Refus</p>", _status)
_page(
    "walls/f5-support",
    "",
    "<p>Please enable JavaScript to view the page content. Your support ID is: 1234567890.</p>",
)
_page("said/maintenance", "Notre site est en maintenance", "<h1>En travaux</h1><p>Revenez demain.</p>")
_page("said/down", "Cabinet", "<h1>Service momentanément indisponible</h1>")
_page("said/apache", "Apache2 Ubuntu Default Page: It works", "<h1>Apache2 Default Page</h1>" + LONG)
_page("said/nginx", "Welcome to nginx!", "<h1>Welcome to nginx!</h1><p>Thank you for using nginx.</p>")
_page("said/not-installed", "Site non installé", "<p>Hébergement réservé.</p>")
_page("said/error-500", "Erreur 500", "<h1>Erreur 500</h1><p>Prévenez-nous.</p>")
_page("said/occurred", "Cabinet", "<h1>Une erreur est survenue</h1>" + LONG)
_page("said/article-500", "Erreur 500 : que faire quand le serveur tombe", "<h1>Que faire ?</h1>" + LONG)
_page(
    "said/article-maintenance",
    "La maintenance du parc",
    "<h1>La maintenance du parc informatique</h1>" + LONG,
)
_page("said/article-nginx", "nginx - Le lexique", "<h1>nginx</h1>" + LONG)
_page("said/empty-page", "", "<!-- rien -->", 200)
_page("said/only-a-program", "", "<div></div><script src=x.js></script>", 200)
_page("said/only-a-picture", "", "<img src=plan.png alt=>", 200)
MENU = "".join(f'<a href="/rubrique-{n}">Rubrique numéro {n}</a> ' for n in range(60))
_page(
    "said/legifrance-date", "Légifrance", f"<nav>{MENU}</nav><h2>Pas de contenu disponible à cette date</h2>"
)
_page(
    "said/legifrance-none",
    "Légifrance",
    f"<nav>{MENU}</nav><p>Aucun document ne correspond à votre demande.</p>",
)


@answers("said/refresh-header")
async def refresh_header(request: Request, reply: Reply) -> None:
    await reply.page(body=LONG, Refresh="0; url=/plain/404")


@answers("said/sniffed")
async def sniffed(request: Request, reply: Reply) -> None:
    await reply.send(200, '<div id="ici">Un texte sans type</div>' + LONG, Content_Type="")


@answers("fragments/forge", "fragments/application", "fragments/template", "fragments/encoded")
async def made_by_scripts(request: Request, reply: Reply) -> None:
    kind = request.path.rpartition("/")[2]
    body = {
        "forge": LONG,
        "application": f'<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{{}}</script>{LONG}',
        "template": f'<template><p id="cible">x</p></template>{LONG}',
        "encoded": f'<h2 id="caf%C3%A9">Café</h2>{LONG}',
    }[kind]
    await reply.page(kind, body)
