"""release: the site to publish, from a clean tree, or the reason why not."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import generator
from guide.commands.common import add_build_options, add_site, asked
from guide.commands.swap import FRESH, refusal, swap, workshop
from guide.data.guide import Guide
from guide.review.git_dates import dates_alone
from guide.site import sbom
from guide.site.build import prepare
from guide.site.build_options import Asked
from guide.source.git import GitError, git, git_bytes
from guide.text.arguments import FrenchParser
from guide.text.problems import visible
from guide.text.stages import Stages

# What the law or the reader needs before a site is public (LCEN, article 6; RGPD, article 13).
IDENTITY = ("url", "publisher", "publication_director", "host", "contact_email")


def release(arguments: list[str], root: Path) -> int:
    """Builds the last commit with its checksums and its bill of materials; refuses on anything unset or expired."""
    parser = FrenchParser(
        "release", "Construit le site à publier, avec ses sommes de contrôle, ou dit ce qui l’empêche."
    )
    add_site(parser, root)
    parser.add_argument(
        "--urgent-correction",
        metavar="RAISON",
        help="publie malgré un fait d’urgence en retard ou une page difficile ; la raison est écrite dans version.json",
    )
    parser.add_argument(
        "--since",
        metavar="VERSION",
        help="version de git à laquelle comparer les dates de relecture (par défaut : la dernière étiquette)",
    )
    add_build_options(parser)
    options = parser.parse_args(arguments)
    if why := refusal(options.output, root):
        print(visible(why), file=sys.stderr)
        return 2
    changed = uncommitted(root)
    target = Path(os.path.realpath(options.output))
    with workshop(target) as folder:
        source, fresh = root, folder / FRESH
        if not changed:
            source = unpack(root, folder / "source")  # the commit, and nothing else
        wanted = replace(asked(options), complete=not changed)
        build = prepare(source, wanted, stages=Stages(), kept=False)
        assert build.guide and build.staged, "outside a preview, wrong sources have raised"
        guide, staged = build.guide, build.staged
        reasons = [
            *unset(guide),
            *changed,
            *dates(root, options.since or last_tag(root), bool(os.environ.get("CI"))),
        ]
        if not options.urgent_correction:
            way_out = "(ou --urgent-correction RAISON)"
            if staged.late_in_emergency:
                names = ", ".join(staged.late_in_emergency)
                reasons.append(f"faits d’urgence en retard de relecture : {names} {way_out}")
            reasons += [f"{warning} {way_out}" for warning in staged.hard_to_read]
        if reasons:
            print("Publication refusée :\n" + "\n".join(f"- {each}" for each in reasons), file=sys.stderr)
            return 1
        if code := generator.build_site(build, fresh):
            return code
        seal(fresh, guide, build.asked, git(root, "rev-parse", "HEAD").strip(), options.urgent_correction)
        swap(folder, target)
    print(f"Prêt à publier : {target}")
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
    try:
        changed = git(root, "status", "--porcelain")
    except GitError as reason:
        return [f"{reason} : la version publiée ne pourrait pas être retrouvée"]
    return ["des modifications ne sont pas enregistrées dans git"] if changed.strip() else []


def last_tag(root: Path) -> str | None:
    """The tag of the version published before this commit, else of this very one; None where git knows none."""
    for revision in ("HEAD^", "HEAD"):
        try:
            return git(root, "describe", "--tags", "--abbrev=0", revision).strip()
        except GitError:
            continue
    return None


def dates(root: Path, since: str | None, forge: bool) -> list[str]:
    """One sentence for each date of review that moved alone since a version.

    Nothing to compare with is said, and is a reason not to publish on a forge, where a clone easily lacks its history.
    """
    if since is not None:
        try:
            return [str(problem) for problem in dates_alone(root, since)]
        except GitError as reason:
            return [f"dates de relecture non comparées : {reason}"]
    what, remedy = (
        "aucune version étiquetée",
        "étiquetez la version publiée (git tag), ou donnez --since VERSION",
    )
    try:
        if git(root, "rev-parse", "--is-shallow-repository").strip() == "true":
            what, remedy = (
                "copie sans son histoire",
                "prenez toute l’histoire et ses étiquettes (git fetch --unshallow --tags)",
            )
    except GitError as reason:
        what = str(reason)
    sentence = f"dates de relecture non comparées : {what} — {remedy}"
    if forge:
        return [sentence]
    print(sentence[0].upper() + sentence[1:] + ".", file=sys.stderr)
    return []


def unpack(root: Path, folder: Path) -> Path:
    """The folder, with what the last commit holds and nothing else: no ignored file, no cache, no local setting."""
    archive = git_bytes(root, "archive", "--format=zip", "HEAD")
    with zipfile.ZipFile(io.BytesIO(archive)) as content:
        content.extractall(folder)
    return folder


def seal(site: Path, guide: Guide, asked: Asked, head: str, reason: str | None) -> None:
    """Writes what was built from what, and why in a hurry; then the bill of materials, then SHA256SUMS over every file."""
    version = site / "version.json"
    content = {**json.loads(version.read_text(encoding="utf-8")), "commit": head}
    content |= {"urgent_correction": reason} if reason else {}
    version.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    bill = sbom.bill(guide.root, guide.site, head, asked.today)
    (site / "sbom.cdx.json").write_text(bill, encoding="utf-8")
    files = sorted(path for path in site.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(site).as_posix()}\n"
        for path in files
    ]
    (site / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
