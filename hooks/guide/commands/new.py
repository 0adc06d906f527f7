"""new: asks what is needed in French and writes one entry, in its place, in data/."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from guide.data.guide import LISTS
from guide.edit import asking, change, other_forms, places, resource_form
from guide.edit.asking import AbandonedError
from guide.edit.block import entry_block
from guide.edit.change import Edit, UnchangedError
from guide.edit.form import Form
from guide.site.build_options import today
from guide.site.checked import check
from guide.text.arguments import FrenchParser
from guide.text.problems import GuideError


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be added: its file, its questions in order, the order of its fields, what may be asked again."""

    name: str
    file: str
    steps: Mapping[str, Callable[[Form], None]]
    order: tuple[str, ...]
    again: Mapping[str, Callable[[Form], None]]


KINDS = {
    "resource": Kind(
        "une ressource", "resources", resource_form.STEPS, resource_form.ORDER, resource_form.AGAIN
    ),
    "measure": Kind(
        "une mesure", "checklist", other_forms.MEASURE, other_forms.MEASURE_ORDER, other_forms.MEASURE
    ),
    "term": Kind("un mot du lexique", "glossary", other_forms.TERM, other_forms.TERM_ORDER, other_forms.TERM),
    "fact": Kind("un fait", "facts", other_forms.FACT, other_forms.FACT_ORDER, other_forms.FACT),
}


def new(arguments: list[str], root: Path) -> int:
    """Adds one entry; whatever happens before the last « oui », no file is touched."""
    parser = FrenchParser(
        "new",
        "Ajoute au guide une ressource (resource), une mesure (measure), un mot du lexique (term) ou un fait (fact).\n"
        "Les questions viennent une à une ; rien n’est écrit avant la dernière.",
        "Exemple : ./scripts/guide new resource",
    )
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument(
        "kind", nargs="?", choices=KINDS, metavar="GENRE", help="resource, measure, term ou fact"
    )
    wanted.add_argument(
        "--undo", action="store_true", help="défait ce que la dernière commande « new » ou « review » a écrit"
    )
    options = parser.parse_args(arguments)
    try:
        return _undo(root) if options.undo else _add(KINDS[options.kind], root)
    except (AbandonedError, KeyboardInterrupt):
        print("Abandonné : aucun fichier n’a été modifié.", file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"{error.filename} : écriture impossible ({error.strerror}). Rien n’a été modifié.",
            file=sys.stderr,
        )
        return 1
    except UnchangedError as error:
        print(error, file=sys.stderr)
        return 1


def _undo(root: Path) -> int:
    files = change.undo(root)
    print(f"Annulé : {' et '.join(files)} comme avant.")
    return 0


def _add(kind: Kind, root: Path) -> int:
    try:
        guide = check(root).guide
    except GuideError as error:
        print("Avant d’ajouter quelque chose, corrigez ceci.", file=sys.stderr)
        raise error from None
    asking.prepare()
    form = Form(guide, LISTS[kind.file], kind.file, today(os.environ))
    asking.say(f"Ajouter {kind.name}. [Entre crochets] : la réponse donnée par Entrée seule.")
    asking.say("Ctrl+C pour tout abandonner : rien n’est écrit avant la fin.")
    for rank, step in enumerate(kind.steps.values(), 1):
        asking.say(f"\n— {rank} sur {len(kind.steps)} —")
        step(form)
    while True:
        changes = _changes(kind, form, root)
        again = _confirm(kind, changes)
        if again:
            kind.again[again](form)
            continue
        try:
            change.apply(root, changes, lambda: check(root))
        except GuideError as error:
            asking.say(f"\nRefusé à la vérification ; rien n’a été gardé. {error.summary()}")
            continue
        change.remember(root, changes)
        for each in changes:
            print(f"Écrit dans {each.file}, lignes {each.first} à {each.last}.")
        print("Tout est en ordre. Pour revenir en arrière : ./scripts/guide new --undo")
        return 0


def _changes(kind: Kind, form: Form, root: Path) -> list[Edit]:
    """The new entry in its file, and before it what publishers.yml lacks."""
    entry = {name: form.answers[name] for name in kind.order if name in form.answers}
    file = f"data/{kind.file}.yml"
    text = change.load_text(root, file)
    entries = change.values(text) or []
    taxonomy = form.guide.taxonomy
    place = {
        "resources": lambda: places.of_resource(entries, entry, [topic.id for topic in taxonomy.topics]),
        "checklist": lambda: places.of_measure(entries, entry, [group.id for group in taxonomy.groups]),
        "glossary": lambda: places.of_term(entries, entry),
        "facts": lambda: places.of_fact(entries, entry),
    }[kind.file]()
    return [*_publisher(form, root), change.insert(file, text, entry_block(entry), *place)]


def _publisher(form: Form, root: Path) -> list[Edit]:
    file = "data/publishers.yml"
    if form.new_publisher:
        text = change.load_text(root, file)
        place = places.of_publisher(change.values(text) or [], form.new_publisher)
        return [change.insert(file, text, entry_block(form.new_publisher), *place)]
    if form.new_host:
        publisher, host = form.new_host
        text = change.load_text(root, file)
        index = next(i for i, each in enumerate(change.values(text)) if each["id"] == publisher)
        return [change.add_item(file, text, (index, "hosts"), host)]
    return []


def _confirm(kind: Kind, changes: list[Edit]) -> str:
    """The field to ask again, or "" to write; raises AbandonedError for « n »."""
    for each in changes:
        asking.say(f"\n{each.file}, à partir de la ligne {each.first} :\n")
        lines = each.after.split("\n")[each.first - 1 : each.last]
        print("\n".join("    " + line.rstrip("\r") for line in lines))
    asking.say()
    where = " et ".join(each.file for each in changes)
    while True:
        answer = asking.read(f"Écrire dans {where} ? [O/n, ou le nom d’un champ à reprendre] ")
        if answer.lower() in ("", "o", "oui"):
            return ""
        if answer.lower() in ("n", "non"):
            raise AbandonedError
        if answer in kind.again:
            return answer
        asking.say("  Répondez o, n, ou l’un de ces champs : " + ", ".join(kind.again) + ".")
