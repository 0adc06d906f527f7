"""The command line: options, their French help, and what they mean together with the rules."""

from __future__ import annotations

import argparse
import ipaddress
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from guide.links.rules import Rules
from guide.text.arguments import FrenchParser

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

EXAMPLES = """exemples :
  scripts/guide links                                     vérifier tous les liens du guide
  scripts/guide links --changed-since origin/main         seulement ceux des lignes changées
  scripts/guide links --fix                               noter les nouvelles adresses dans data/
  scripts/guide links --from README.md docs/              vérifier d'autres fichiers
  scripts/guide links --from adresses.txt --json r.json   une liste, une adresse par ligne
  scripts/guide links --shard 1/4 --json 1.json           un quart des sites, sur une machine d'une matrice
  scripts/guide links merge 1.json 2.json --json tout.json

codes de sortie : 0 aucun lien mort confirmé ; 1 au moins un lien mort confirmé ou dangereux ;
2 commande ou réglage incorrect ; 3 réseau absent, temps épuisé ou partie manquante."""


class UsageError(Exception):
    """What was asked cannot be done; the message is in French, exit code 2."""


class LinkOptions(argparse.Namespace):
    """The command line as it was written; `history` is a file's name, « none », or nothing for the usual file."""

    sources: list[str] | None
    json: Path | None
    sarif: Path | None
    junit: Path | None
    markdown: Path | None
    changed_since: str | None
    fix: bool
    ca: Path | None
    history: str | None
    allow_private: list[Network]
    no_progress: bool
    shard: tuple[int, int] | None
    processes: int | None
    github: bool
    verdicts: bool
    schema: bool
    files: list[Path]  # of `merge`

    def memory(self, root: Path) -> Path | None:
        """Where earlier runs are remembered, None for nowhere."""
        if self.history == "none":
            return None
        return Path(self.history) if self.history else root / ".cache" / "links" / "history.jsonl"


def parser() -> FrenchParser:
    """The parser of `links`; documented in French, tested against the README."""
    new = FrenchParser("links", "Vérifie les liens externes du guide, ou ceux d'autres fichiers.", EXAMPLES)
    new.usage = "%(prog)s [options]\n       %(prog)s merge RAPPORT.json … [HISTORIQUE.jsonl …] [options]"
    add = new.add_argument
    add(
        "--from",
        dest="sources",
        nargs="+",
        metavar="SOURCE",
        help="fichiers ou dossiers à lire (Markdown, HTML, YAML, liste) à la place du guide",
    )
    add("--json", type=Path, metavar="FICHIER", help="écrire le rapport complet")
    add("--sarif", type=Path, metavar="FICHIER", help="écrire un rapport SARIF 2.1.0")
    add("--junit", type=Path, metavar="FICHIER", help="écrire un rapport JUnit")
    add("--markdown", type=Path, metavar="FICHIER", help="écrire le texte du ticket hebdomadaire")
    add(
        "--changed-since",
        metavar="RÉVISION",
        help="seulement les liens des lignes changées depuis cette révision Git",
    )
    add(
        "--fix",
        action="store_true",
        help="remplacer dans data/ les adresses déménagées (hôtes déjà admis seulement)",
    )
    add(
        "--budget",
        type=_number(0.001),
        metavar="S",
        help="durée totale en secondes ; le rapport partiel est écrit",
    )
    add("--timeout", type=_number(0.001), metavar="S", help="durée accordée à une adresse, en secondes")
    add("--delay", type=_number(0), metavar="S", help="délai entre deux demandes à un même site, en secondes")
    add("--per-host", type=_whole(1), metavar="N", help="demandes simultanées à un même site")
    add("--concurrency", type=_whole(1), metavar="N", help="demandes simultanées en tout")
    add("--retries", type=_whole(0), metavar="N", help="nouveaux essais après une panne passagère")
    add("--processes", type=_whole(1), metavar="N", help="processus (sans cette option : selon le travail)")
    add("--ca", type=Path, metavar="FICHIER", help="autorité de certification supplémentaire (PEM)")
    add("--history", metavar="FICHIER|none", help="mémoire des passages précédents ; « none » : aucune")
    add(
        "--allow-private",
        type=_network,
        nargs="+",
        action="extend",
        default=[],
        metavar="CIDR",
        help="réseaux privés admis (essais seulement)",
    )
    add("--no-progress", action="store_true", help="ne pas montrer l'avancement")
    add("--shard", type=_shard, metavar="I/N", help="la I-ième partie sur N, répartie par site")
    add(
        "--github", action="store_true", help="écrire aussi des annotations GitHub (automatique dans Actions)"
    )
    add("--verdicts", action="store_true", help="dire ce que chaque verdict veut dire, et rien d'autre")
    add("--schema", action="store_true", help="écrire le schéma JSON du rapport, et rien d'autre")
    return new


def _number(least: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"« {text} » n’est pas un nombre") from None
        if not least <= value < 1e9:
            raise argparse.ArgumentTypeError(f"« {text} » est hors limites : de {least:g} à un milliard")
        return value

    return read


def _whole(least: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) < least:
            raise argparse.ArgumentTypeError(f"« {text} » n’est pas un nombre entier d’au moins {least}")
        return int(text)

    return read


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un réseau (exemple : 127.0.0.0/8)") from None


def _shard(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"([0-9]{1,4})/([0-9]{1,4})", text)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise argparse.ArgumentTypeError(f"« {text} » : écrire I/N, par exemple 2/4")
    return int(found[1]), int(found[2])


def check_together(options: LinkOptions) -> None:
    """Raises UsageError for what does not go together."""
    if options.fix and options.shard:
        raise UsageError("--fix et --shard ne vont pas ensemble : réunir d’abord les rapports")
    if options.ca:
        import ssl

        try:
            ssl.create_default_context(cafile=options.ca)
        except OSError:  # else every certificate would seem to be a wrong one
            remedy = "donner le fichier PEM de l’autorité"
            raise UsageError(
                f"--ca : {options.ca} n’existe pas ou n’est pas un certificat — {remedy}"
            ) from None


def with_options(rules: Rules, options: LinkOptions) -> Rules:
    """The rules, with what the command line changes; `--delay`, `--per-host` also lift per-host overrides."""
    names = ("budget", "timeout", "delay", "per_host", "concurrency", "retries")
    given = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    lifted: dict[str, Any] = {name: None for name in ("delay", "per_host", "timeout") if name in given}
    hosts = {host: replace(rule, **lifted) for host, rule in rules.hosts.items()} if lifted else rules.hosts
    return replace(rules, hosts=hosts, **given)
