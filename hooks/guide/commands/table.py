"""What one can ask for: one row a command; help, README and manual follow. Standard library only, for `scripts/guide`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from guide.source import rows
from guide.text.problems import GuideError


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name and argument, where its function is, what it does (French for editors, English for README).

    A command pays at its start for its own modules only (a link check builds no booklet), hence a place and no function;
    none for what `scripts/guide` does itself.
    """

    name: str
    argument: str
    place: str
    summary: str
    about: str
    upkeep: bool = False  # for whoever keeps the program


COMMANDS = (
    Command("serve", "", "guide.commands.build:serve",
        "ouvre le guide sur cet ordinateur et le recharge à chaque modification",
        "the guide in your browser, rebuilt at each change; what is wrong in the sources is shown in the page"),
    Command("site", "", "guide.commands.site:site",
        "construit le guide complet dans site/ : pages, PDF, données ; un échec laisse l’ancien en place",
        "the whole guide in `site/`: pages, PDFs, open data; built beside the old one and swapped"),
    Command("check", "[FICHIER]", "guide.commands.check:check_command",
        "vérifie les données et les pages, ou un seul fichier ; un nom court suffit, comme resources",
        "the problems of data and pages, each as `file:line:column: what — what to do`, in French"),
    Command("new", "GENRE", "guide.commands.new:new",
        "ajoute un élément à data/, en posant les questions",
        "questions in French that add one entry of any kind of data in its place"),
    Command("rename", "GENRE ANCIEN NOUVEAU", "guide.commands.rename:rename",
        "change un identifiant, ou l’adresse d’une page, partout où il est cité",
        "another id for an entry, another address for a page, wherever it is cited; the old one leads on"),
    Command("image", "FICHIER", "guide.commands.image:image",
        "fait d’une photo ou d’une capture une image légère pour les pages",
        "a photo or a screenshot as a light WebP for the pages, made once"),
    Command("review", "[ID]", "guide.commands.review:review",
        "dit ce qu’il faut relire, ou note qu’un élément vient d’être relu",
        "what must be read again, and the signature of who has read it"),
    Command("links", "", "guide.links.cli:main",
        "visite tous les liens externes et écrit un rapport",
        "the check of every external link, with a verdict and a reason for each"),
    Command("readability", "", "guide.commands.inspect:readability_command",
        "mesure la lisibilité des pages : mots, phrases, indice",
        "words, sentence lengths and the Kandel-Moles index of each page"),
    Command("offline", "", "guide.commands.offline:offline",
        "écrit la copie hors ligne du guide (ZIP) et la page d’urgence en un fichier",
        "the guide as a ZIP that opens without a network, and the emergency page as one file"),
    Command("stage", "DOSSIER", "guide.commands.build:stage_command",
        "écrit tout le site en Markdown ordinaire, pour un autre générateur",
        "the site as plain Markdown that any generator builds"),
    Command("release", "", "guide.commands.release:release",
        "construit le site à publier, ou dit ce qui l’empêche",
        "the last commit built alone, with checksums and a bill of materials, or each reason why not"),
    Command("test", "", "guide.commands.testing:test",
        "lance tous les contrôles et tous les tests, et installe ce qui leur manque (en administrateur)",
        "every check and every test", upkeep=True),
    Command("schema", "", "guide.commands.derived:schema",
        "récrit ce qui suit des tables : les schémas de data/ pour VS Code, les tableaux du README et du manuel",
        "what follows from the tables: JSON Schemas that complete the data files in VS Code, the tables of README and manual",
        upkeep=True),
    Command("lock", "", "",
        "recalcule les versions exactes des dépendances",
        "new locks", upkeep=True),
    Command("doctor", "", "guide.commands.inspect:doctor",
        "dit ce qui est installé et ce qui manque",
        "what is installed and what is missing", upkeep=True),
    Command("init", "DOSSIER", "guide.commands.init:init",
        "commence un guide vide pour une autre profession, ou met à jour le programme d’un tel guide",
        "an empty guide for another profession, from this program; `--update` brings it up to date", upkeep=True),
)  # fmt: skip


def known() -> dict[str, Command]:
    """Name → command. Raises GuideError when two rows share a name."""
    if problems := list(rows.twice(__name__, (each.name for each in COMMANDS))):
        raise GuideError(problems)
    return {each.name: each for each in COMMANDS}


def load(command: Command) -> Callable[[list[str], Path], int]:
    """The function of a command. Raises GuideError when its row names none."""
    module, _, name = command.place.partition(":")
    function = None
    try:
        function = getattr(import_module(module), name, None) if name else None
    except ModuleNotFoundError as error:
        if not f"{module}.".startswith(f"{error.name}."):
            raise
    if not callable(function):
        what = f"cette commande mène à « {command.place} », qui n’est pas une fonction du programme"
        raise GuideError([rows.wrong(__name__, command.name, what)])
    return cast("Callable[[list[str], Path], int]", function)


def usage() -> str:
    """What `scripts/guide --help` says. Raises GuideError as `known` does."""

    def lines(upkeep: bool) -> str:
        rows = [
            (f"{each.name} {each.argument}".strip(), each.summary)
            for each in known().values()
            if each.upkeep is upkeep
        ]
        return "".join(f"  {name:<18} {summary}\n" for name, summary in rows)

    return (
        "Usage : ./scripts/guide COMMANDE [options]     (Windows : py scripts\\guide COMMANDE)\n\n"
        f"Lire et écrire le guide\n{lines(False)}\nEntretenir le programme\n{lines(True)}\n"
        "Chaque commande répond à --help.\n"
    )
