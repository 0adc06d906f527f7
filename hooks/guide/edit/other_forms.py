"""The questions for a new measure, a new word of the glossary, a new fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from guide.edit import asking
from guide.edit.asking import RefusedError
from guide.edit.form import CONFIDENCE, Form


def label(form: Form) -> None:
    form.text(
        "label",
        "Le geste ?",
        "À l’infinitif, ce que l’on fait et que l’on peut cocher.",
        "Débrancher le disque de sauvegarde et l’emporter",
    )


def why(form: Form) -> None:
    form.text(
        "why",
        "Pourquoi ?",
        "Ce qui arrive si on ne le fait pas. Un chiffre ou une date s’insère : {fact:identifiant}.",
        "Un disque resté branché se chiffre en même temps que le poste.",
    )


def how(form: Form) -> None:
    def take(steps: Sequence[str]) -> None:
        form.accept("how", list(steps))

    found = asking.lines(
        "Étape",
        take,
        "Comment ? Une étape par ligne, à l’infinitif : une à six, cent vingt mots en tout. Entrée seule pour finir.\n"
        "Exemple : Lancer la copie en fin de journée et attendre le message de réussite.",
        6,
    )
    form.answers["how"] = list(form.accept("how", found))


def proof(form: Form) -> None:
    form.text(
        "proof",
        "Preuve ?",
        "Ce qui montre que c’est fait, et que l’on peut aller voir.",
        "Aucun disque de sauvegarde n’est branché pendant les soins.",
    )


def group(form: Form) -> None:
    form.choice("group", "Groupe ?", form.terms("groups"), "La page où la mesure paraîtra.")
    near = Counter(each.topic for each in form.guide.measures.values() if each.group == form.answers["group"])
    default = near.most_common(1)[0][0] if near else None
    form.choice("topic", "Thème ?", form.terms("topics"), "", default)


def roles(form: Form) -> None:
    form.answers["roles"] = asking.choose_some(
        "Qui ?",
        form.terms("roles"),
        "Un ou plusieurs numéros ; le premier est celui qui fait. Exemple : 2, 6",
    )


def frequency(form: Form) -> None:
    form.choice("frequency", "Combien de fois ?", form.terms("frequencies"))


def effort(form: Form) -> None:
    form.choice("effort", "Quel temps ?", form.terms("efforts"))


def cost(form: Form) -> None:
    form.choice("cost", "Quel coût ?", form.terms("costs"))


def priority(form: Form) -> None:
    form.choice("priority", "Quelle importance ?", form.terms("priorities"))


def sources(form: Form) -> None:
    form.sources()


def adaptation(form: Form) -> None:
    asking.say()
    form.answers["adaptation"] = not asking.agree("Une de ces sources le conseille-t-elle telle quelle ?")
    if form.answers["adaptation"]:
        asking.say(
            f"  La mesure portera « conseil des auteurs, non validé par {form.guide.site.words.peer} »."
        )


def confidence(form: Form) -> None:
    form.choice("confidence", "À quel point est-ce sûr ?", CONFIDENCE)


def measure_id(form: Form) -> None:
    form.identifier(form.answers["label"], form.guide.measures)


def term(form: Form) -> None:
    known = {each.term: each.id for each in form.guide.glossary.values()}

    def fresh(value: str) -> None:
        if value in known:
            raise RefusedError(f"« {value} » est déjà au lexique, sous l’identifiant « {known[value]} ».")

    form.text("term", "Le mot ?", "Tel qu’il s’écrit dans les pages.", "rançongiciel", also=fresh)


def expansion(form: Form) -> None:
    form.text(
        "expansion",
        "En toutes lettres ?",
        "Pour un sigle. Entrée seule sinon.",
        "Agence du numérique en santé",
        "",
    )


def definition(form: Form) -> None:
    form.text(
        "definition",
        "Définition ?",
        "Une ou deux phrases simples, sans autre sigle.",
        "Programme qui chiffre les fichiers et réclame de l’argent pour les rendre.",
    )


def at_practice(form: Form) -> None:
    at = form.guide.site.words.at_structure
    form.text(
        "at_practice",
        f"{at[:1].upper()}{at[1:]}, cela veut dire ?",
        "La suite de cette phrase, sans majuscule.",
        "garder une copie débranchée, loin des ordinateurs.",
    )


def aliases(form: Form) -> None:
    def take(answer: str) -> list[str]:
        parts = [part.strip() for part in answer.split(",") if part.strip()]
        return list(form.accept("aliases", parts))

    form.answers["aliases"] = asking.ask(
        "Autres façons de le taper ?",
        take,
        "Séparées par des virgules, pour la recherche seulement. Entrée seule si aucune.\nExemple : ransomware, rancongiciel",
        "",
    )


def resource(form: Form) -> None:
    found = asking.pick(
        "Ressource ?",
        form.resources(),
        "Où en lire plus : identifiant ou mots du titre. Entrée seule si aucune.",
        "",
    )
    form.answers.pop("resource", None)
    form.answers.update({"resource": found} if found else {})


def term_id(form: Form) -> None:
    form.identifier(form.answers["term"], form.guide.glossary)


def value(form: Form) -> None:
    form.text("value", "La valeur ?", "Les mots insérés dans les phrases, sans article devant.", "72 heures")


def statement(form: Form) -> None:
    form.text(
        "statement",
        "Le fait ?",
        "Une phrase complète, jamais plus affirmative que la source.",
        "Le responsable de traitement notifie une violation de données à la CNIL dans les 72 heures.",
    )


def holds_for(form: Form) -> None:
    form.text(
        "holds_for",
        "Pour qui ?",
        "Pour qui, ou dans quelle limite, il vaut. Entrée seule si pour tous.",
        "toute structure",
        "",
    )
    if form.answers["holds_for"] is None:
        del form.answers["holds_for"]


def relied_on(form: Form) -> None:
    form.text(
        "relied_on",
        "Sur quoi s’appuie-t-il ?",
        "L’article et la phrase lue dans la source, recopiée.",
        "RGPD, article 33 : « dans les meilleurs délais et, si possible, 72 heures au plus tard »",
    )


def fact_topic(form: Form) -> None:
    form.choice("topic", "Thème ?", form.terms("topics"))


def checked_by(form: Form) -> None:
    form.answers["checked_on"] = form.today
    form.text(
        "checked_by",
        "Qui l’a vérifié, et comment ?",
        "Un nom ou une fonction.",
        "juriste, page lue en ligne",
    )


def fact_id(form: Form) -> None:
    form.identifier(form.answers["statement"], form.guide.facts)


def fact_review(form: Form) -> None:
    form.review(f"{form.answers['statement']} {' '.join(form.answers['sources'])}")


MEASURE: dict[str, Any] = {
    "label": label, "why": why, "how": how, "proof": proof, "group": group, "roles": roles, "frequency": frequency,
    "effort": effort, "cost": cost, "priority": priority, "sources": sources, "adaptation": adaptation,
    "confidence": confidence, "id": measure_id,
}  # fmt: skip
MEASURE_ORDER = (
    "id", "label", "why", "how", "proof", "topic", "group", "roles", "frequency", "effort", "cost", "priority",
    "sources", "confidence", "adaptation",
)  # fmt: skip
TERM: dict[str, Any] = {
    "term": term, "expansion": expansion, "definition": definition, "at_practice": at_practice, "aliases": aliases,
    "resource": resource, "id": term_id,
}  # fmt: skip
TERM_ORDER = ("id", "term", "expansion", "definition", "at_practice", "aliases", "resource")
FACT: dict[str, Any] = {
    "value": value, "statement": statement, "holds_for": holds_for, "sources": sources, "relied_on": relied_on,
    "topic": fact_topic, "confidence": confidence, "checked_by": checked_by, "id": fact_id, "review_by": fact_review,
}  # fmt: skip
FACT_ORDER = (
    "id", "value", "statement", "holds_for", "relied_on", "sources", "topic", "confidence", "checked_on",
    "checked_by", "review_by",
)  # fmt: skip
