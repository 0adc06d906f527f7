"""The command `links`: reads the command line, runs, writes the reports, returns the exit code."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from guide.links.catalogue import Catalogue, add_hints, load_catalogue
from guide.links.collect import CollectError, Link, collect_from, collect_project
from guide.links.engine import Run
from guide.links.remember import History
from guide.links.merge import merge
from guide.links.offline import expired_rules, unused_rules
from guide.links.options import Options, UsageError, parser, read_options, with_options
from guide.links.plan import in_shard, make_plan
from guide.links.progress import progress
from guide.links.report import Report, ReportError, lost_links, now
from guide.links.rules import Rules, RulesError, load_rules
from guide.links.settings import Settings
from guide.links.writers import write_all


def main(argv: list[str], root: Path) -> int:
    """Check the links of the project `root` (or of `--from`); returns the exit code, never raises for a user's
    mistake: it is said in French on the standard error, with code 2."""
    try:
        if argv[:1] == ["merge"]:
            return merge(argv[1:], root)
        command = parser()
        arguments = command.parse_args(argv)
        if arguments.help:
            print(command.format_help())
            return 0
        return _links(arguments, root)
    except (UsageError, RulesError, CollectError, ReportError) as error:
        print(f"Erreur : {error}", file=sys.stderr)
        return 2
    except OSError as error:
        if error.filename is None:
            raise
        print(
            f"Erreur : {error.filename} : lecture ou écriture impossible ({error.strerror}).", file=sys.stderr
        )
        return 2


def _links(arguments: argparse.Namespace, root: Path) -> int:
    options = read_options(arguments, root, os.environ.get("GITHUB_ACTIONS") == "true")
    rules = with_options(load_rules(root), arguments)
    if expired := expired_rules(rules, now().date()):
        raise UsageError("\n         ".join(expired))
    catalogue = load_catalogue(root)
    links = _collect(options, rules, root)
    if not links:
        if options.changed_since or options.shard:
            print("Aucun lien à vérifier dans cette sélection.")
            return _finish(Report(_stamp(), _stamp(), []), options, catalogue, root)
        raise CollectError("aucun lien trouvé : rien n’a été vérifié.")
    plan = make_plan(links, rules, now().date())
    with History(options.history) as history:
        settings = Settings(rules, catalogue, options.allow, str(options.ca) if options.ca else None)
        with progress(options.progress) as show:
            settings.progress = show
            report = Run(plan, history, settings).run()
    whole = options.sources is None and options.changed_since is None and options.shard is None
    if whole:
        report.notes += unused_rules(rules, plan.used)
        report.failures += lost_links(report, catalogue)
    return _finish(report, options, catalogue, root)


def _collect(options: Options, rules: Rules, root: Path) -> list[Link]:
    if options.sources is None:
        links = collect_project(root, rules.skip_keys)
    else:
        links = collect_from(list(options.sources), root, rules.skip_keys)
    if options.changed_since:
        from guide.links.changed import only_changed

        links = only_changed(links, root, options.changed_since)
    return [link for link in links if in_shard(link, options.shard)]


def _finish(report: Report, options: Options, catalogue: Catalogue, root: Path) -> int:
    add_hints(report, catalogue)
    if options.fix:
        from guide.links.fix import fix

        report.notes += fix(report, catalogue, root)
    write_all(report, options)
    return report.exit_code()


def _stamp() -> str:
    return now().isoformat(timespec="seconds")
