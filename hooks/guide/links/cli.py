"""The command `links`: reads the command line, runs or unites, writes the reports, returns the exit code."""

from __future__ import annotations

import os
import sys
import zlib
from argparse import Namespace
from pathlib import Path

from guide.links.collect import Collection, collect_from, collect_project
from guide.links.known import Catalogue, add_hints, load_catalogue
from guide.links.options import LinkOptions, UsageError, parser, read_options, with_options
from guide.links.plan import host_of, make_plan, shard_of
from guide.links.progress import progress
from guide.links.remember import History
from guide.links.report import (
    Report,
    ReportError,
    Shard,
    lost_links,
    merge_reports,
    now,
    read_report,
    to_json,
)
from guide.links.rules import Rules, expired_rules, load_rules, unused_rules
from guide.links.run import LinkRun
from guide.links.settings import RunSettings
from guide.links.show import github_annotations, markdown, text
from guide.source.disk import reason, sentence, write_text
from guide.text.problems import GuideError


def main(argv: list[str], root: Path) -> int:
    """Check the links of the project `root` (or of `--from`); returns the exit code. Whatever goes wrong is said in
    French on the standard error, with code 2: 1 means a dead link and nothing else."""
    try:
        command = parser()
        if merging := argv[:1] == ["merge"]:
            command.add_argument("files", nargs="*", type=Path)
        arguments = command.parse_intermixed_args(argv[1:]) if merging else command.parse_args(argv)
        if arguments.verdicts or arguments.schema:
            return _explain(arguments)
        return _merge(arguments, root) if merging else _links(arguments, root)
    except GuideError as error:
        print(error.summary(), file=sys.stderr)
    except (UsageError, ReportError) as error:
        print(f"Erreur : {error}", file=sys.stderr)
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"Erreur : {sentence(error) or error}", file=sys.stderr)
    except Exception as error:  # a fault of ours: never a code that speaks of the links
        print(f"Erreur : le contrôle s’est arrêté ({_where(error)}).", file=sys.stderr)
    return 2


def _where(error: BaseException) -> str:
    """What a maintainer needs to find the fault, on one line."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    at = f", {Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else ""
    return f"{type(error).__name__} : {str(error)[:200]}{at}"


def _explain(arguments: Namespace) -> int:
    if arguments.verdicts:
        from guide.links.verdict import table

        print(table())
    if arguments.schema:
        import json

        from guide.links.report import schema

        print(json.dumps(schema(), ensure_ascii=False, indent=2))
    return 0


def _links(arguments: Namespace, root: Path) -> int:
    options = read_options(arguments, root, os.environ.get("GITHUB_ACTIONS") == "true")
    rules = with_options(load_rules(root), arguments)
    if expired := expired_rules(rules, now().date()):
        raise UsageError("\n         ".join(expired))
    catalogue = load_catalogue(root)
    collection = _collect(options, rules, root)
    links = collection.links
    shard = None
    if options.shard:
        part, total = options.shard
        shard = _shard(collection, part, total)
        links = [link for link in links if shard_of(link, total) == part]
    if not links and not (options.changed_since or options.shard):
        raise UsageError(
            "\n         ".join(("aucun lien trouvé : rien n’a été vérifié.", *collection.unread))
        )
    plan = make_plan(links, rules, now().date(), bool(options.allow))
    with History(options.history) as history:
        ca = str(options.ca) if options.ca else None
        settings = RunSettings(rules, catalogue, options.allow, ca, processes=options.processes)
        with progress(options.progress) as show:
            settings.progress = show
            report = LinkRun(plan, history, settings).run()
        partial = options.changed_since or options.shard
        if report.complete and not partial and options.sources is None:  # a week of the guide itself
            history.record(now(), report.summary())
        report.weeks = [(run.day.isoformat(), run.counts) for run in history.runs]
    report.shard = shard
    report.failures += collection.unread
    if options.sources is None and not partial:
        report.notes += unused_rules(rules, plan.used)
        report.failures += lost_links(report, catalogue.by_url)
    if not links:
        print("Aucun lien à vérifier dans cette sélection.")
    return _finish(report, options, catalogue, root)


def _collect(options: LinkOptions, rules: Rules, root: Path) -> Collection:
    if options.sources is None:
        collection = collect_project(root, rules.skip_keys)
    else:
        collection = collect_from(options.sources, root, rules.skip_keys)
    if options.changed_since:
        from guide.links.changed import only_changed

        collection.links = only_changed(collection.links, root, options.changed_since)
    return collection


def _shard(collection: Collection, part: int, total: int) -> Shard:
    """The share of one machine; all machines of a matrix know the hosts of the others."""
    hosts: list[dict[str, None]] = [{} for _ in range(total)]
    for link in collection.links:
        hosts[shard_of(link, total) - 1][host_of(link)] = None
    whole = zlib.crc32("\n".join(sorted(link.url for link in collection.links)).encode())
    return Shard(part, tuple(map(tuple, hosts)), f"{whole:08x}")


def _merge(arguments: Namespace, root: Path) -> int:
    """Unite the reports (`.json`) and, with `--history FILE`, the histories (`.jsonl`) that were named."""
    if missing := [str(path) for path in arguments.files if not path.is_file()]:
        raise UsageError(f"fichier introuvable : {', '.join(missing)}")
    histories = [path for path in arguments.files if path.suffix == ".jsonl"]
    reports = [path for path in arguments.files if path.suffix != ".jsonl"]
    if not reports and not histories:
        raise UsageError("merge attend au moins un rapport JSON")
    if histories and (not arguments.history or arguments.history == "none"):
        raise UsageError("des historiques sont donnés : dire avec --history où écrire leur réunion")
    options = read_options(arguments, root, os.environ.get("GITHUB_ACTIONS") == "true")
    report = merge_reports([read_report(path) for path in reports]) if reports else None
    ours = report is not None and any(
        place.file.startswith("data/") for link in report.links for place in link.places
    )
    if arguments.history and arguments.history != "none":
        with History(options.history) as history:
            history.merge(histories)
            if report and ours and report.complete:
                history.record(now(), report.summary())
            if report:
                report.weeks = [(run.day.isoformat(), run.counts) for run in history.runs]
            for note in history.notes:
                print(note, file=sys.stderr)
    if report is None:
        return 0
    catalogue = load_catalogue(root)
    if ours and report.complete:
        report.failures += lost_links(report, catalogue.by_url)
    return _finish(report, options, catalogue, root)


def _finish(report: Report, options: LinkOptions, catalogue: Catalogue, root: Path) -> int:
    """Write the report everywhere it was asked for; the text for people goes to the standard output."""
    add_hints(report, catalogue)
    if options.fix:
        from guide.links.fix import fix

        report.notes += fix(report, catalogue, root)
    outputs: list[tuple[Path, str]] = []
    if options.json:
        outputs.append((options.json, to_json(report)))
    if options.markdown:
        outputs.append((options.markdown, markdown(report)))
    if options.sarif or options.junit:
        from guide.links.machines import junit, sarif

        outputs += [(options.sarif, sarif(report))] if options.sarif else []
        outputs += [(options.junit, junit(report))] if options.junit else []
    for path, content in outputs:
        try:
            write_text(path, content)
        except OSError as error:
            raise UsageError(f"{path} : écriture impossible ({reason(error)})") from None
    if options.annotations:
        print("\n".join(github_annotations(report)))
    sys.stdout.write(text(report))
    sys.stdout.flush()
    return report.exit_code()
