"""The questions for a new resource, and for its publisher where the guide does not know it yet."""

from __future__ import annotations

from urllib.parse import urlsplit

from guide.data.crosscheck import same_address
from guide.data.model.resources import Publisher
from guide.data.model.types import check_url
from guide.edit import asking
from guide.edit.asking import RefusedError
from guide.edit.form import Form

_LANGUAGES = {"fr": "français", "en": "anglais"}
_SEEN = {
    "publisher": "sur le site de son éditeur, ou dans un dépôt public officiel",
    "third-party": "ailleurs : un article, un moteur de recherche, un message",
    "memory": "nulle part, de mémoire : aucun lien ne sera affiché",
}
_STATUS = {
    "actif": "actif : à jour, on peut s’y fier",
    "a-verifier": "à vérifier : peut-être changé depuis",
    "archive": "archive : repère daté, gardé pour mémoire",
    "indisponible": "indisponible : fermé ou retiré",
}
# What the way an address was met says of it (the guide's own definition of each level).
_CONFIDENCE = {"publisher": "high", "third-party": "medium", "memory": "low"}
_NEW, _OTHER = "+new", "+other"


def title(form: Form) -> None:
    form.text(
        "title",
        "Titre ?",
        "Le titre du document, recopié tel que son éditeur l’écrit.",
        "Sécurité : sauvegarder et prévoir la continuité d’activité",
    )
    form.answers["title_seen"] = asking.agree("L’avez-vous lu sur le document lui-même ?", True)


def url(form: Form) -> None:
    known = {same_address(each.url): each.id for each in form.guide.resources.values() if each.url}

    def fresh(value: str) -> None:
        if (owner := known.get(same_address(value))) is not None:
            raise RefusedError(f"Cette adresse est déjà enregistrée : c’est la ressource « {owner} ».")

    form.text(
        "url",
        "Adresse ?",
        "Recopiée depuis la barre du navigateur. Entrée seule si personne ne la connaît.",
        "https://www.cnil.fr/fr/securite-sauvegarder",
        "",
        fresh,
    )
    form.answers.pop("access_via", None)
    form.new_publisher = form.new_host = None
    if form.answers["url"] is None:
        via = asking.pick(
            "Par quelle ressource y arrive-t-on ?",
            form.resources(),
            "La page du guide d’où l’on peut le trouver : identifiant ou mots du titre. Entrée si aucune.",
            "",
        )
        form.answers.update({"access_via": via} if via else {})
    publisher(form)


def publisher(form: Form) -> None:
    """The publisher whose site the address is on; else one is found or added, with this host."""
    address = form.answers["url"]
    host = (urlsplit(check_url(address)).hostname or "") if address else ""
    names = {each.id: f"{each.short} – {each.name}" for each in form.guide.publishers.values()}
    mine = {each.id: names[each.id] for each in form.guide.publishers.values() if host and host in each.hosts}
    form.new_publisher = form.new_host = None
    if len(mine) == 1:
        (form.answers["publisher"],) = mine
        asking.say(f"  Éditeur : {names[form.answers['publisher']]}, reconnu à son site {host}.")
        return
    if mine:
        form.choice("publisher", "Éditeur ?", mine, f"Plusieurs éditeurs publient sur {host}.")
        return
    known = {**names, _NEW: "Un éditeur que le guide ne connaît pas encore"}
    meaning = f"\nAucun éditeur enregistré n’a le site {host}." if host else ""
    kind = asking.choose(
        "L’éditeur est-il déjà dans le guide ?",
        {_OTHER: "Oui, ou peut-être : le chercher par son nom", _NEW: known[_NEW]},
        meaning,
    )
    if kind == _NEW:
        _new_publisher(form, host)
        return
    chosen = asking.pick(
        "Éditeur ?", known, "Des mots de son nom, ou son sigle. Exemple : cnil. Tapez +new pour l’ajouter."
    )
    if chosen == _NEW:
        _new_publisher(form, host)
        return
    form.answers["publisher"] = chosen
    if host:
        asking.say(f"  Vérifiez que {host} est bien un site de {names[chosen]}.")
        if not asking.agree(f"Admettre désormais {host} pour cet éditeur ?"):
            asking.say("  Alors reprenons l’éditeur.")
            publisher(form)
            return
        form.new_host = (chosen, host)


def _new_publisher(form: Form, host: str) -> None:
    maker = Form(form.guide, Publisher, "publishers", form.today)
    maker.text(
        "name",
        "Nom complet de l’éditeur ?",
        "L’organisme qui publie le document.",
        "Agence du numérique en santé",
    )
    maker.text("short", "Nom court ?", "Affiché à côté du lien.", "ANS", maker.answers["name"])
    maker.identifier(maker.answers["short"], form.guide.publishers)
    form.answers["publisher"] = maker.answers["id"]
    form.new_publisher = {key: maker.answers[key] for key in ("id", "name", "short")}
    form.new_publisher["hosts"] = [host] if host else []
    form.guide.context.ids["publisher"].add(maker.answers["id"])


def topic(form: Form) -> None:
    form.choice("topic", "Thème ?", form.terms("topics"), "Le thème du guide sous lequel on le cherchera.")


def kind(form: Form) -> None:
    form.choice("kind", "Nature du document ?", form.terms("kinds"))


def lang(form: Form) -> None:
    form.choice("lang", "Langue ?", _LANGUAGES, "", "fr")


def published(form: Form) -> None:
    form.text(
        "published",
        "Publié le ?",
        "La date écrite sur le document : jour, mois ou année. Entrée seule si elle n’y est pas.",
        "2022-03-28, 2022-03 ou 2022",
        "",
    )


def description(form: Form) -> None:
    form.text(
        "description",
        "Description ?",
        "Une ou deux phrases neuves : ce que l’on y trouve, pour qui, pourquoi l’ouvrir. Sans date ni chiffre.",
        "La CNIL y explique comment faire ses copies et les essayer. À lire avant de régler une sauvegarde.",
    )


def seen(form: Form) -> None:
    form.choice("seen", "Où avez-vous vu cette adresse ?", _SEEN, "", "publisher")
    form.answers["confidence"] = _CONFIDENCE[form.answers["seen"]]


def status(form: Form) -> None:
    default = "actif" if form.answers["seen"] == "publisher" else "a-verifier"
    form.choice("status", "État du document ?", _STATUS, "", default)


def identifier(form: Form) -> None:
    answers = form.answers
    form.identifier(f"{answers['publisher']} {answers['title']}", form.guide.resources)


def review_by(form: Form) -> None:
    form.review(f"{form.answers['title']} {form.answers['description']}")


STEPS = {
    "title": title, "url": url, "topic": topic, "kind": kind, "lang": lang,
    "published": published, "description": description, "seen": seen, "status": status, "id": identifier,
    "review_by": review_by,
}  # fmt: skip
# « url » goes on to the publisher; this asks for the publisher alone.
AGAIN = {**STEPS, "publisher": publisher}
ORDER = (
    "id", "title", "publisher", "url", "access_via", "kind", "topic", "lang", "published", "description", "status",
    "confidence", "seen", "title_seen", "review_by",
)  # fmt: skip
