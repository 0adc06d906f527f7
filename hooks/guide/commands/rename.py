"""rename: another name for an entry or a page, everywhere at once."""

from __future__ import annotations

import sys
from pathlib import Path

from guide.data.model.types import identifier
from guide.edit import change
from guide.edit.change import UnchangedError
from guide.edit.rename import RENAMED, Renaming, whole
from guide.site.checked import Checked, check
from guide.source.tree import HOME
from guide.text import french
from guide.text.arguments import FrenchParser
from guide.text.problems import GuideError, did_you_mean


def rename(arguments: list[str], root: Path) -> int:
    """Renames, checks the whole guide, and puts every file back if it is refused."""
    kinds = {
        **{name: kind.noun for name, kind in RENAMED.items()},
        "page": "une page, par son adresse sans « / » autour",
    }
    parser = FrenchParser(
        "rename",
        "Change l’identifiant d’un élément, ou l’adresse d’une page, partout où il est cité.\n"
        "L’ancien nom reste connu : les coches suivent, l’ancienne adresse mène à la nouvelle.",
        "Genres :\n"
        + "".join(f"  {name:<10} {noun}\n" for name, noun in kinds.items())
        + "\nExemples :\n  ./scripts/guide rename fact cnil-delai cnil-delai-notification\n"
        "  ./scripts/guide rename page audit audit-informatique",
    )
    parser.add_argument("kind", choices=kinds, metavar="GENRE", help="ce qui change de nom")
    parser.add_argument("old", metavar="ANCIEN", help="nom d’aujourd’hui")
    parser.add_argument("new", metavar="NOUVEAU", help="nom de demain")
    options = parser.parse_args(arguments)
    checked = check(root)
    old, new = options.old.strip("/"), options.new.strip("/")
    if why := _refused(checked, options.kind, old, new):
        print(why, file=sys.stderr)
        return 2
    renaming = Renaming(root, checked.guide, options.kind, old, new)
    paths = [root / "docs" / renaming.src(name) for name in (old, new)] if options.kind == "page" else []
    try:
        edits = whole(renaming, checked.pages, checked.uses)
        _written(root, edits, paths)
    except UnchangedError as error:
        print(error, file=sys.stderr)
        return 1
    except GuideError as error:
        print(f"Rien n’a changé : le guide serait refusé.\n{error.summary()}", file=sys.stderr)
        return 1
    for edit in edits:
        print(edit.file)
    print(f"« {old} » s’appelle maintenant « {new} », dans {french.plural(len(edits), 'fichier')}.")
    return 0


def _written(root: Path, edits: list[change.Edit], paths: list[Path]) -> None:
    """Writes, then moves the page, then checks; whatever is refused, all is put back."""

    def moved_and_checked() -> None:
        if not paths:
            check(root)
            return
        old, new = paths
        new.parent.mkdir(parents=True, exist_ok=True)
        old.rename(new)
        try:
            check(root)
        except BaseException:
            new.rename(old)
            raise

    change.apply(root, edits, moved_and_checked)


def _refused(checked: Checked, kind: str, old: str, new: str) -> str | None:
    """Why these names will not do."""
    guide = checked.guide
    if kind == "page":
        known = {page.id for page in checked.pages}
        former = {each for page in checked.pages for each in page.head["former"]}
    else:
        known = set(getattr(guide, RENAMED[kind].field))
        former = {each for entry in guide.entries(RENAMED[kind]) for each in entry.former_ids}
    if old not in known:
        return f"« {old} » n’existe pas — {did_you_mean(old, known, 'les noms sont dans data/ et docs/')}"
    if kind == "page" and old in (HOME, guide.pages.emergency):
        return f"« {old} » : d’autres pages sont rangées sous celle-ci, elle garde son adresse."
    if kind == "page" and old in guide.pages.manuals:
        return f"« {old} » : tout guide commencé par « init » a cette page, elle garde son adresse."
    for part in new.split("/") if kind == "page" else [new]:
        try:
            identifier(part)
        except ValueError:
            return f"« {new} » : écrivez des lettres minuscules sans accent, des chiffres et des tirets."
    if new in known | former:
        return f"« {new} » est déjà pris, ou l’a été — choisissez un autre nom."
    return None
