"""new: asks what is needed in French and writes one entry, in its place, in data/."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from guide.data.guide import KINDS, Guide, read_data
from guide.data.kinds import Kind
from guide.data.shape import shape
from guide.edit import asking, change
from guide.edit.asking import AbandonedError
from guide.edit.block import Value, entry_block, values
from guide.edit.change import Edit
from guide.edit.form import Form, form_of
from guide.edit.places import place
from guide.paper.make import contents
from guide.site.build_options import today
from guide.site.checked import check
from guide.source.yaml_source import KeyPath
from guide.text.arguments import FrenchParser
from guide.text.problems import Code, GuideError


@dataclass(frozen=True, slots=True)
class Draft:
    """A form being filled, and how its answers change the text of their file."""

    form: Form
    names: tuple[str, ...]  # the fields that may be asked again
    edit: Callable[[str], Edit]


def new(arguments: list[str], root: Path) -> int:
    """Adds one entry; whatever happens before the last « oui », no file is touched."""
    kinds = "\n".join(f"  {kind.id:<14} {kind.noun} ({kind.path})" for kind in KINDS.values())
    parser = FrenchParser(
        "new",
        "Ajoute un élément à data/. Les questions viennent une à une ; rien n’est écrit avant la dernière.",
        f"Genres :\n{kinds}\n\nExemple : ./scripts/guide new resource",
    )
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("kind", nargs="?", choices=KINDS, metavar="GENRE", help="ce qu’il faut ajouter")
    wanted.add_argument(
        "--undo", action="store_true", help="défait ce que la dernière commande « new » ou « review » a écrit"
    )
    options = parser.parse_args(arguments)
    return change.attempt(lambda: _undo(root) if options.undo else _add(KINDS[options.kind], root))


def _undo(root: Path) -> int:
    files = change.undo(root)
    print(f"Annulé : {' et '.join(files)} comme avant.")
    return 0


def _add(kind: Kind, root: Path) -> int:
    guide, excused = _ready(kind, root)
    asking.prepare()
    asking.say(f"Ajouter {kind.noun}. [Entre crochets] : la réponse donnée par Entrée seule.")
    asking.say("Ctrl+C pour tout abandonner : rien n’est écrit avant la fin.")
    day = today()
    if kind.many:
        form = form_of(guide, kind, day)
        form.fill()
        draft = Draft(
            form, tuple(form.model.model_fields), lambda text: _inserted(guide, kind, text, form.entry())
        )
    else:
        draft = _inside(guide, kind, day, getattr(guide, kind.field), kind.model, ())
    while True:
        changes = _changes(draft, root)
        again = _confirm(draft, changes)
        if again:
            draft.form.ask(again)
            continue
        try:
            change.apply(root, changes, lambda: _verify(root, excused))
        except GuideError as error:
            asking.say(f"\nRefusé à la vérification ; rien n’a été gardé. {error.summary()}")
            continue
        change.remember(root, changes)
        for each in changes:
            print(f"Écrit dans {each.file}, lignes {each.first} à {each.last}.")
        print("Tout est en ordre. Pour revenir en arrière : ./scripts/guide new --undo")
        return 0


def _ready(kind: Kind, root: Path) -> tuple[Guide, int]:
    """The guide, when nothing is wrong but literals that a new exception may excuse, and how many of those there are."""
    try:
        return check(root).guide, 0
    except GuideError as error:
        guide = read_data(root, contents()).guide
        literals = all(problem.code is Code.LITERAL for problem in error.problems)
        if kind.id != "exception" or not literals or guide is None:
            print("Avant d’ajouter quelque chose, corrigez ceci.", file=sys.stderr)
            raise error from None
        return guide, len(error.problems)


def _verify(root: Path, excused: int) -> None:
    """Raises GuideError unless all is well, or one literal less is left of those that wait for an exception."""
    try:
        check(root)
    except GuideError as error:
        if len(error.problems) >= excused or any(each.code is not Code.LITERAL for each in error.problems):
            raise


def _inserted(guide: Guide, kind: Kind, text: str, entry: Mapping[str, Value]) -> Edit:
    """A new element of a list file, where its kind says."""
    kinds = {name: shape(info).kind for name, info in kind.model.model_fields.items()}
    ranks = {
        name: [each.id for each in getattr(guide.taxonomy, str(part.base[0]))]
        for name, wanted in kinds.items()
        for part in KINDS["taxonomy"].parts
        if part.id == wanted
    }
    after = place(values(text) or [], entry, kind.order, ranks)
    return change.insert(kind.path, text, entry_block(entry), *after)


def _inside(
    guide: Guide, kind: Kind, day: dt.date, value: Any, model: type[BaseModel], path: KeyPath
) -> Draft:
    """What is added to a mapping: an entry of one of its lists, or the value of one of its fields."""
    options = {name: f"{name} : {info.description or name}" for name, info in model.model_fields.items()}
    name = asking.choose("Quelle partie ?", options)
    info, own = model.model_fields[name], getattr(value, name)
    of = shape(info)
    if of.model is not None and own is not None and not of.many:
        return _inside(guide, kind, day, own, of.model, (*path, name))
    if of.model is None:
        form = Form(guide, kind, model, day)
        form.ask(name)

        def write(text: str) -> Edit:
            answer = form.answers.get(name)
            if not of.many or not own:
                return _set(kind, text, path, model, {name: answer})
            edit = change.made(kind.path, text, text, values(text))
            for each in answer or ():
                edit = change.add_item(kind.path, edit.after, (*path, name), each)
            return edit

        return Draft(form, (name,), write)
    taken = frozenset(str(getattr(each, "id", "")) for each in (own if of.many else ()))
    form = Form(guide, kind, of.model, day, taken)
    form.fill()

    def edit(text: str) -> Edit:
        if not of.many or name not in _at(values(text), path):
            return _set(kind, text, path, model, {name: [form.entry()] if of.many else form.entry()})
        return change.add_item(kind.path, text, (*path, name), form.entry())

    return Draft(form, tuple(form.model.model_fields), edit)


def _set(kind: Kind, text: str, path: KeyPath, model: type[BaseModel], given: Mapping[str, Any]) -> Edit:
    """The field of a mapping, in the place that the model gives it."""
    (name,) = given
    written = _at(values(text), path)
    names = list(model.model_fields)
    after = [each for each in names[names.index(name) + 1 :] if each in written]
    return change.set_fields(kind.path, text, path, given, (after or list(written))[0])


def _at(value: Any, path: KeyPath) -> Any:
    for step in path:
        value = value[step]
    return value


def _changes(draft: Draft, root: Path) -> list[Edit]:
    """The new entry in its file, and before it what it refers to; one change a file."""
    form, guide = draft.form, draft.form.guide
    steps: list[tuple[str, Callable[[str], Edit]]] = [
        (kind.path, lambda text, kind=kind, entry=entry: _inserted(guide, kind, text, entry))  # type: ignore[misc]
        for kind, entry in form.first
    ]
    if form.new_host:
        publisher, host = form.new_host
        path = KINDS["publisher"].path
        index = list(guide.publishers).index(publisher)
        steps.append((path, lambda text: change.add_item(path, text, (index, "hosts"), host)))
    steps.append((form.kind.path, draft.edit))
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for file, edit in steps:
        before.setdefault(file, change.load_text(root, file))
        after[file] = edit(after.get(file, before[file])).after
    return [change.made(file, before[file], text, values(text)) for file, text in after.items()]


def _confirm(draft: Draft, changes: list[Edit]) -> str:
    """The field to ask again, or "" to write; raises AbandonedError for « n »."""
    for each in changes:
        asking.say(f"\n{each.file}, à partir de la ligne {each.first} :\n")
        change.show(each)
    asking.say()
    where = " et ".join(each.file for each in changes)
    left = [name for name in draft.names if name not in draft.form.answers]
    if left:
        asking.say(f"Champs facultatifs, laissés de côté : {', '.join(left)}.")
    while True:
        answer = asking.read(f"Écrire dans {where} ? [O/n, ou le nom d’un champ à remplir] ")
        if answer.lower() in ("", "o", "oui"):
            return ""
        if answer.lower() in ("n", "non"):
            raise AbandonedError
        if answer in draft.names:
            return answer
        asking.say("  Répondez o, n, ou l’un de ces champs : " + ", ".join(draft.names) + ".")
