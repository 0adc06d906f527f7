"""By what words pages say that they are absent, for sale, out of order or not set up: regular expressions that work for
any French or English site. A project's `data/link-rules.yml` replaces whole sections of them."""

from __future__ import annotations

# Absent: the whole title (or one part of it, between separators) or the whole first heading.
SOFT_TITLES = (
    r"(?:page d'|page )?(?:erreur|error|http)?\s*:?\s*404(?:\s*[:,.(-]*\s*(?:error|erreur|not found|page not found|introuvable|page (?:non trouvée|introuvable))\)?)?[\s!.1]*",
    r"(?:(?:nous sommes )?désolée?s?|oups|oops|oh non|erreur)?\s*[!,.:…]*\s*(?:la |cette |votre )?page (?:web |demandée |recherchée )?(?:est )?(?:non trouvée|introuvable|inexistante|inconnue|indisponible|non disponible|pas trouvée|manquante|supprimée)\s*(?:\((?:erreur )?404\))?[\s!.]*",
    r"(?:(?:we're |we are )?sorry|oops|uh[ -]?oh|whoops)?\s*[!,.:…]*\s*(?:the |this |that )?(?:requested )?page (?:you [^?]{2,40} )?(?:is |was )?(?:not found|missing|unavailable|not available|isn't available|removed|does not exist|doesn't exist|no longer exists|(?:can't|cannot|could not|couldn't) be found)\s*(?:\((?:error )?404\))?[\s!.]*",
    r"(?:sorry|oops)?\s*[!,.:…]*\s*we (?:can't|cannot|could not|couldn't) (?:seem to )?find (?:that|the|this) page(?: you [^?]{2,40})?[\s!.]*",
    r"(?:(?:nous sommes )?désolée?s?|oups|oops|oh non)?\s*[!,.:…]*\s*(?:la|cette|le|ce|l'|cet)\s?(?:page|contenu|document|ressource|fichier|article|fiche|adresse|texte)\b[^?]{0,60}(?:n'existe (?:pas|plus)|introuvable|n'a (?:pas|pu) [^?]{0,20}trouvée?|n'est (?:pas|plus) (?:disponible|en ligne)|a été (?:supprimée?|déplacée?|retirée?)|a disparu)[^?]{0,60}",
    r"(?:aucune page (?:n'a été )?trouvée|(?:nous )?(?:n'avons pas (?:pu )?trouv\w+|ne trouvons pas|impossible de trouver) (?:la|cette|votre) page[^?]{0,50})[\s!.]*",
    r"(?:contenu|document|ressource|fichier|texte) (?:introuvable|inexistant|non trouvée?|supprimée?)\s*[!.]*",
    r"(?:404\s*[:,.-]?\s*)?(?:file |content |document |object |resource )?not found\s*[!.]*",
)  # fmt: skip
# Somewhere in a page that says hardly anything else.
SOFT_TEXTS = (
    r"(?:page|contenu|document|ressource|fichier|article|fiche|texte)(?: \S+){0,5} (?:n'existe (?:pas|plus)|(?:est )?introuvable|n'a pas (?:pu être|été) trouvée?|n'est (?:pas|plus) (?:disponible|en ligne)|a été (?:supprimée?|déplacée?|retirée?))",
    r"(?:n'avons pas (?:pu )?trouv\w+|ne trouvons pas|impossible de trouver) (?:la|cette|votre) page",
    r"page not found|requested (?:page|url) (?:was not|could not be|cannot be|can't be) found|page (?:you (?:are|were) looking for|(?:you )?requested) .{0,30}(?:not found|no longer|does not|doesn't|could not|couldn't|cannot|can't|(?:have|has) been (?:re)?moved)",
    r"aucun (?:document|résultat|contenu) ne correspond à (?:cette|votre) (?:adresse|demande)",
)  # fmt: skip
# For sale, or nobody's.
PARKED = (
    r"(?:this|the) domain (?:name )?(?:is|may be) for sale|buy this domain|this domain (?:name )?(?:is|has been) registered",
    r"(?:ce|le) (?:nom de )?domaine (?:\S+ )?est (?:à vendre|en vente)|acheter ce (?:nom de )?domaine",
    r"\b[a-z0-9-]+\.(?:fr|com|net|org|eu|info) (?:est à vendre|is for sale)",
    r"sedoparking|parkingcrew|bodis\.com|hugedomains|afternic",
    r"(?:ce|votre) (?:nom de )?domaine (?:\S+ )?(?:vient d'être|a (?:bien )?été|est (?:déjà )?)\s?(?:enregistré|créé|réservé)",
    r"domain (?:has expired|is parked)|domain parked|domaine (?:a expiré|expiré|est parqué|enregistré chez)",
)  # fmt: skip
# A server where nobody has moved in: title or first heading.
DEFAULT_PAGES = (
    r"(?:welcome to|bienvenue (?:sur|à)) (?:nginx|openresty|tengine|caddy|apache|iis|plesk|litespeed|your new (?:site|website|server))\b.{0,60}",
    r"(?:test page for the .{0,20})?(?:nginx|apache)2? (?:\S+ )?(?:(?:http server )?test page|default page)(?:: it works)?(?: .{0,60})?|(?:centos|rocky linux|almalinux|fedora|debian|ubuntu).{0,20}(?:test page|default page).{0,40}",
    r"iis windows(?: server)?|(?:microsoft )?internet information services.{0,40}|it works ?!|default web ?site page.{0,20}|domain default page|web server's default page",
    r"(?:ce |le )?site (?:web )?(?:n'est )?(?:pas (?:encore )?|non |jamais )installé.{0,40}|site (?:en (?:cours de )?construction|under construction)[\s!.]*|(?:votre|your) (?:hébergement|hosting|website|site) (?:est (?:bien )?(?:activé|installé|prêt)|is (?:ready|active|up)).{0,40}",
    r"account suspended|(?:compte|site|hébergement) suspendu[\s!.]*|this account has been suspended[\s!.]*",
)  # fmt: skip
# A short page whose site is under repair.
MAINTENANCE = (
    r"(?:(?:(?:le |notre |ce )?site (?:web |internet )?|page |service |plateforme )(?:est )?)?(?:actuellement |temporairement |momentanément )?(?:en (?:cours de )?maintenance|en travaux)(?: .{0,60})?",
    r"maintenance(?: (?:en cours|mode|du site|programmée|technique|planifiée|in progress))?[\s!.]*|(?:(?:the |this |our )?(?:site|service|website)|we)(?: is| are|'re)?(?: currently| down| undergoing| under| temporarily| for| scheduled){1,4} maintenance.{0,40}|(?:under|down for|scheduled) maintenance[\s!.]*",
    r"(?:(?:le |notre |ce )?(?:site|service) (?:web |internet )?(?:est )?)?(?:momentanément|temporairement|provisoirement) (?:indisponible|inaccessible|fermé|interrompu)[\s!.]*|(?:(?:the |this |our )?(?:site|service|website) (?:is )?)?(?:temporarily|currently) (?:unavailable|down|offline)[\s!.]*|service unavailable[\s!.]*",
    r"we(?:'| wi)ll be (?:right )?back(?: soon| shortly)?[\s!.]*|(?:nous revenons|de retour) (?:bientôt|très vite)[\s!.]*",
)  # fmt: skip
# The site says that it fails, and answers 200 all the same: titles of short pages…
ERRORS_TITLES = (
    r"(?:page d'|une )?(?:erreur|error|http)(?: (?:http|code|n°|status))?\s*:?\s*(?:400|401|403|429|5\d\d)(?:\s*[:,.(–-]*\s*(?:internal server error|bad gateway|service unavailable|gateway time-?out|forbidden|access denied|bad request|erreur interne(?: du serveur)?|accès (?:refusé|interdit))\)?)?[\s!.]*",
    r"(?:400|403|5\d\d)\s*[:,.(–-]*\s*(?:internal server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out|forbidden|access denied|bad request|erreur interne(?: du serveur)?|server error)\)?[\s!.]*",
    r"(?:internal )?server error[\s!.]*|(?:application|runtime|fatal|database|server) error(?: in .{0,60})?[\s!.]*|erreur[\s!.]*|error[\s!.]*|bad gateway[\s!.]*|gateway time-?out[\s!.]*|(?:403 )?forbidden[\s!.]*",
    r"erreur (?:interne|technique|serveur|système|inattendue|fatale|d'application)(?: du serveur)?[\s!.]*|accès (?:refusé|interdit)[\s!.]*|access (?:denied|forbidden)[\s!.]*",
)  # fmt: skip
# … and headings of any page.
ERRORS_TEXTS = (
    r"(?:(?:nous sommes )?désolée?s?[,!. ]+|oups[,!.: ]*|oops[,!.: ]*)?(?:une|un) (?:erreur|problème|incident|souci)(?: \S+){0,2} (?:est survenue?|s'est produite?|a été rencontrée?)(?: .{0,80})?[\s!.]*",
    r"(?:sorry[,!. ]+|oops[,!.: ]*)?(?:an?|some) (?:\w+ )?(?:error|problem)(?: has)? (?:occurred|happened)(?: .{0,80})?|(?:oops[,!.: ]*)?something (?:went|has gone) wrong(?: .{0,60})?[\s!.]*",
    r"error establishing a database connection[\s!.]*|(?:erreur lors de la connexion|impossible de se connecter|erreur de connexion) à la base de données[\s!.]*",
)  # fmt: skip
# What single sites say of themselves, wherever it stands in their pages.
HOSTS = {
    "www.legifrance.gouv.fr": (
        r"(?:le|ce) (?:texte|contenu|document) (?:demandé |recherché )?n'existe pas",
        r"(?:cet|l')\s?article n'est pas disponible à (?:la|cette) date",
        r"pas de contenu disponible à (?:la|cette) date",
        r"aucun document ne correspond à votre demande",
    ),
}
