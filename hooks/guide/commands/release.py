"""release: the site to publish, from a clean tree, or the reason why not."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from guide.build import options_from_environment
from guide.commands import build
from guide.commands.options import FrenchParser, add_build_options, build_environment
from guide.guide import Guide
from guide.history import NoHistoryError, dates_alone
from guide.staging import check, stage

# What the law or the reader needs before a site is public (LCEN, article 6; RGPD, article 13).
IDENTITY = ("url", "publisher", "publication_director", "host", "contact_email")


def release(arguments: list[str], root: Path) -> int:
    """Builds the site to publish with its checksums; refuses on anything unset, uncommitted or expired."""
    parser = FrenchParser(
        "release", "Construit le site à publier, avec ses sommes de contrôle, ou dit ce qui l’empêche."
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=root / "site",
        metavar="DOSSIER",
        help="dossier à écrire (par défaut : site/)",
    )
    parser.add_argument(
        "--urgent-correction",
        metavar="RAISON",
        help="publie malgré un fait d’urgence en retard de relecture ; la raison est écrite dans version.json",
    )
    parser.add_argument(
        "--since",
        metavar="VERSION",
        help="version de git à laquelle comparer les dates de relecture (par défaut : la dernière étiquette)",
    )
    add_build_options(parser)
    options = parser.parse_args(arguments)
    environment = build_environment(options, dict(os.environ))
    checked = check(root)
    staged = stage(checked, options_from_environment(checked.guide, environment))
    reasons = [
        *unset(checked.guide),
        *uncommitted(root),
        *dates(checked.guide, options.since or last_tag(root)),
    ]
    if staged.late_in_emergency and not options.urgent_correction:
        names = ", ".join(staged.late_in_emergency)
        reasons.append(f"faits d’urgence en retard de relecture : {names} (ou --urgent-correction RAISON)")
    if reasons:
        print("Publication refusée :\n" + "\n".join(f"- {reason}" for reason in reasons), file=sys.stderr)
        return 1
    passed = [f"--date={options.date}"] if options.date else []
    passed += [f"--link-report={options.link_report}"] if options.link_report else []
    if code := build.site([f"--output={options.output}", *passed], root):
        return code
    seal(options.output, options.urgent_correction)
    return 0


def unset(guide: Guide) -> list[str]:
    """What the identity of the site still lacks, one sentence each."""
    return [
        f"data/site.yml : « {name} » n’est pas décidé"
        for name in IDENTITY
        if getattr(guide.site, name) is None
    ]


def uncommitted(root: Path) -> list[str]:
    """One sentence when the tree holds changes that no commit records, or is not under git."""
    done = subprocess.run(
        ["git", "status", "--porcelain"], cwd=root, capture_output=True, text=True, check=False
    )
    if done.returncode:
        return ["le dossier n’est pas suivi par git : la version publiée ne pourrait pas être retrouvée"]
    return ["des modifications ne sont pas enregistrées dans git"] if done.stdout.strip() else []


def last_tag(root: Path) -> str | None:
    """The tag of the last published version, None where there is none yet."""
    done = subprocess.run(
        ["git", "describe", "--tags", "--abbrev=0"], cwd=root, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else None


def dates(guide: Guide, since: str | None) -> list[str]:
    """One sentence for each date of review that moved alone since a version; nothing to compare before the first."""
    if since is None:
        return []
    try:
        return [str(problem) for problem in dates_alone(guide.root, guide.sources, since)]
    except NoHistoryError as reason:
        return [f"dates de relecture non comparées : {reason}"]


def seal(site: Path, reason: str | None) -> None:
    """Notes why a release was urgent, then writes SHA256SUMS over every file."""
    if reason:
        version = site / "version.json"
        content = {**json.loads(version.read_text(encoding="utf-8")), "urgent_correction": reason}
        version.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    files = sorted(path for path in site.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(site).as_posix()}\n"
        for path in files
    ]
    (site / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
