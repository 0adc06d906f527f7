"""review: what must be read again, and the signature of somebody who has just read it."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from guide.commands.common import add_date
from guide.data.guide import LISTS, Guide
from guide.data.model.facts import Contact
from guide.data.model.resources import HandCheck
from guide.edit import asking, change, fields, signature
from guide.edit.asking import AbandonedError
from guide.edit.form import ask_review
from guide.review import dated
from guide.review.dated import DatedEntry
from guide.review.git_dates import dates_alone
from guide.review.rhythm import next_review
from guide.site.build_options import Asked, options_of, today
from guide.site.checked import check
from guide.site.stage import cited
from guide.source.disk import write_text
from guide.source.git import GitError
from guide.text import french
from guide.text.arguments import FrenchParser
from guide.text.problems import GuideError, clip, did_you_mean


def review(arguments: list[str], root: Path) -> int:
    """Lists what is due; with an id, marks it as checked once the proof and the reader's name are given."""
    parser = FrenchParser(
        "review",
        "Sans identifiant : liste ce qu’il faut relire, le plus en retard d’abord.\n"
        "Avec un identifiant : note que la source a été relue, par qui, et sur quelle phrase on s’appuie.",
        "Exemples :\n  ./scripts/guide review\n  ./scripts/guide review cnil-delai\n"
        "  ./scripts/guide review contact:17cyber      quand deux éléments portent le même identifiant",
    )
    parser.add_argument("id", nargs="?", metavar="IDENTIFIANT", help="l’élément qui vient d’être relu")
    parser.add_argument(
        "--days",
        type=int,
        default=dated.WITHIN,
        metavar="N",
        help=f"ce qui est à relire dans les N jours (par défaut : {dated.WITHIN})",
    )
    parser.add_argument(
        "--list",
        nargs="?",
        const="date",
        choices=("date", "page"),
        metavar="ORDRE",
        help="tout ce qui est daté, par jour de relecture (date) ou page par page (page)",
    )
    parser.add_argument("--json", type=Path, metavar="FICHIER", help="écrit la liste pour un programme")
    parser.add_argument("--markdown", type=Path, metavar="FICHIER", help="écrit la liste pour un ticket")
    add_date(parser)
    options = parser.parse_args(arguments)
    day = options.date or today()
    checked = check(root)
    guide = checked.guide
    if options.id:
        return _mark(options.id, dated.dated(guide, ()), guide, root, day)
    stated = cited(checked, options_of(guide, Asked(today())))
    urgent = (each for page, ids in stated.items() if page in checked.emergency for each in ids)
    entries = dated.dated(guide, urgent)
    if options.list:
        print(
            dated.as_calendar(entries) if options.list == "date" else dated.by_page(entries, stated), end=""
        )
        return 0
    listed = dated.due(entries, day, options.days)
    for path, write in ((options.json, dated.as_json), (options.markdown, dated.as_markdown)):
        if path is not None:
            write_text(path, write(guide, listed, day, options.days))
    print(dated.as_text(guide, listed, day, options.days), end="")
    _warn_of_dates(guide, root)
    return 0


def _warn_of_dates(guide: Guide, root: Path) -> None:
    """Says which uncommitted dates moved alone; the refusal itself belongs to `check` and `release`."""
    try:
        alone = dates_alone(root)
    except GitError as why:
        print(f"Dates non comparées à la version précédente : {why}.", file=sys.stderr)
        return
    if alone:
        print(f"\n{GuideError(alone).summary()}", file=sys.stderr)


def _mark(name: str, entries: list[DatedEntry], guide: Guide, root: Path, day: dt.date) -> int:
    found = list(dated.named(entries, name))
    if not found:
        ids = [each.entry.id for each in entries]
        advice = did_you_mean(name, ids, "./scripts/guide review donne la liste")
        print(f"Rien de daté ne s’appelle « {name} » — {advice}", file=sys.stderr)
        return 2
    asking.prepare()
    return change.attempt(lambda: _sign(_which(found), guide, root, day))


def _which(found: list[DatedEntry]) -> DatedEntry:
    if len(found) == 1:
        return found[0]
    options = {each.family.id: f"{each.family.name} : {clip(each.sentence)}" for each in found}
    chosen = asking.choose("Lequel avez-vous relu ?", options, "Plusieurs éléments portent cet identifiant.")
    return next(each for each in found if each.family.id == chosen)


def _sign(dated: DatedEntry, guide: Guide, root: Path, day: dt.date) -> int:
    entry, family = dated.entry, dated.family
    _present(dated, guide)
    if not asking.agree("Vous venez d’ouvrir la source, et elle dit toujours cela ?"):
        asking.say(
            f"Alors ne datez rien : corrigez d’abord {dated.place.file}, ligne {dated.place.line}, "
            "puis relancez cette commande."
        )
        return 1
    guide.context.file = dated.place.file
    new = _title(dated, guide) if family.id == "resource" else {}
    new = {**new, **_proof(dated, guide)}
    who = asking.ask(
        "Qui l’a relue ?",
        lambda answer: signature.name(str(fields.accept(HandCheck, "by", answer, guide.context))),
        "\nVotre nom ou votre fonction. Exemple : Claire Martin, juriste",
    )
    new = _signature(dated, who, new, day)
    former = (entry.checked_on, entry.review_by) if family.id != "resource" else None
    about = f"{dated.sentence} {' '.join(getattr(entry, 'sources', ()))}"
    proposed = next_review(guide.taxonomy.rhythms, about, getattr(entry, "topic", ""), day, former)
    new["review_by"] = ask_review(proposed, day)
    edit = change.set_fields(
        dated.place.file, change.load_text(root, dated.place.file), dated.path, new, "review_by"
    )
    asking.say(f"\n{edit.file}, lignes {edit.first} à {edit.last}, deviendront :\n")
    change.show(edit)
    asking.say()
    if not asking.agree("Écrire ?", True):
        raise AbandonedError
    change.apply(root, [edit], lambda: check(root))
    change.remember(root, [edit])
    print(f"Noté dans {edit.file}. Pour revenir en arrière : ./scripts/guide new --undo")
    return 0


def _present(dated: DatedEntry, guide: Guide) -> None:
    entry = dated.entry
    asking.say(f"{dated.family.name} {entry.id}, {dated.place.file}, ligne {dated.place.line}\n")
    asking.say(f"  Il dit : {dated.sentence}")
    for label, name in (
        ("Valeur", "value"),
        ("Numéro", "phone"),
        ("Horaires", "hours"),
        ("Vaut pour", "holds_for"),
    ):
        if value := getattr(entry, name, None):
            asking.say(f"  {label} : {value}")
    if dated.family.id == "fact":
        asking.say(f"  S’appuie sur : {entry.relied_on}")
    if dated.family.id != "resource":
        asking.say(f"  Vérifié le {french.day(entry.checked_on)} : {entry.checked_by}")
    asking.say(f"  À relire avant le {french.day(entry.review_by)}\n\nÀ ouvrir :")
    for title, url in dated.to_open(guide):
        print(f"  {title}\n  {url or 'adresse non établie'}")  # never cut: people click or copy it
    asking.say()


def _proof(dated: DatedEntry, guide: Guide) -> Mapping[str, Any]:
    """The sentence relied on: behind the reference it comes from, or in the checker's words where no field is for it."""
    own = [getattr(dated.entry, name, None) or "" for name in signature.OURS]
    sentence = asking.ask(
        "La phrase lue ?",
        lambda answer: signature.words(str(fields.accept(Contact, "name", answer, guide.context)), own),
        "\nRecopiez, depuis la source, la phrase sur laquelle on s’appuie.",
    )
    if dated.family.id == "resource":
        return {"words": sentence}
    if dated.family.id != "fact":
        return {"checked_by": sentence}
    reference = dated.entry.relied_on.partition(" : «")[0]
    return {"relied_on": f"{reference} : « {sentence} »"}


def _title(dated: DatedEntry, guide: Guide) -> Mapping[str, Any]:
    model = LISTS["resources"]
    title = asking.ask(
        "Le titre lu ?",
        lambda answer: str(fields.accept(model, "title", answer, guide.context)),
        "\nRecopiez le titre écrit sur le document : c’est la preuve qu’il est bien là.",
    )
    return {"title": title, "title_seen": True}


def _signature(dated: DatedEntry, who: str, new: Mapping[str, Any], day: dt.date) -> dict[str, Any]:
    """Who has read, what and when; said with the day where the same person found the same words again."""
    entry = dated.entry
    if dated.family.id == "resource":
        hand = entry.checked_by_hand
        same = hand is not None and (hand.by, hand.words, entry.title) == (who, new["words"], new["title"])
    else:
        who = f"{who} : « {new['checked_by']} »" if "checked_by" in new else who
        same = entry.checked_by == who and new.get("relied_on") == getattr(entry, "relied_on", None)
    who = f"{who} (relecture du {day:%d/%m/%Y})" if same else who
    if dated.family.id != "resource":
        return {**new, "checked_on": day, "checked_by": who}
    kept = {name: value for name, value in new.items() if name != "words"}
    return {**kept, "checked_by_hand": {"on": day, "by": who, "words": new["words"]}}
