"""The command `links`: reads the command line, runs or unites, writes the reports, returns the exit code."""

from __future__ import annotations

import json
import os
import sys
import traceback
import zlib
from pathlib import Path

from guide.links.addresses import host_of
from guide.links.collect import Collection, collect_from, collect_project, only_changed
from guide.links.known import Catalogue, add_hints, load_catalogue
from guide.links.options import LinkOptions, UsageError, check_together, parser, with_options
from guide.links.plan import make_plan, shard_of
from guide.links.remember import History
from guide.links.report import Report, Shard, lost_links, merge_reports, now, read_report, schema, to_json
from guide.links.rules import Rules, expired_rules, load_rules, unused_rules
from guide.links.run import LinkRun
from guide.links.show import github_annotations, markdown, progress, text
from guide.links.verdict import table
from guide.source.disk import sentence, write_text
from guide.text.problems import GuideError


def main(argv: list[str], root: Path) -> int:
    """Check the links of the project `root` (or of `--from`); returns the exit code. Whatever goes wrong is said in
    French on the standard error, with code 2: 1 means a dead link and nothing else."""
    try:
        command, options = parser(), LinkOptions()
        if merging := argv[:1] == ["merge"]:
            command.add_argument("files", nargs="*", type=Path)
            command.parse_intermixed_args(argv[1:], options)
        else:
            command.parse_args(argv, options)
        if options.verdicts or options.schema:
            print(table() if options.verdicts else json.dumps(schema(), ensure_ascii=False, indent=2))
            return 0
        check_together(options)
        return _merge(options, root) if merging else _links(options, root)
    except GuideError as error:
        print(error.summary(), file=sys.stderr)
    except UsageError as error:
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
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} : {str(error)[:200]}, {Path(place.filename).name}:{place.lineno}"


def _links(options: LinkOptions, root: Path) -> int:
    rules = with_options(load_rules(root), options)
    if expired := expired_rules(rules, now().date()):
        raise UsageError("\n         ".join(f"{place} : {sentence}" for place, sentence in expired))
    catalogue = load_catalogue(root)
    collection = _collect(options, rules, root)
    links = collection.links
    shard = None
    if options.shard:
        part, total = options.shard
        shard = _shard(collection, part, total)
        links = [link for link in links if shard_of(link, total) == part]
    partial = options.changed_since or options.shard
    if not links and not partial:
        raise UsageError(
            "\n         ".join(
                ("aucun lien trouvé, rien n’a été vérifié — nommez d’autres fichiers.", *collection.unread)
            )
        )
    plan = make_plan(links, rules, now().date(), bool(options.allow_private))
    whole = options.sources is None and not partial  # a week of the guide itself
    with History(options.memory(root)) as history:
        with progress(not options.no_progress) as show:
            report = LinkRun(plan, history, rules, catalogue, options, show).run()
        _count_the_week(report, history, whole)
    report.shard = shard
    report.failures += collection.unread
    if whole:
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
        collection.links = only_changed(collection.links, root, options.changed_since)
    return collection


def _count_the_week(report: Report, history: History, whole: bool) -> None:
    if whole and report.complete:
        history.record(now(), report.summary())
    report.weeks = [(run.day.isoformat(), run.counts) for run in history.runs]


def _shard(collection: Collection, part: int, total: int) -> Shard:
    """The share of one machine; all machines of a matrix know the hosts of the others."""
    hosts: list[dict[str, None]] = [{} for _ in range(total)]
    for link in collection.links:
        hosts[shard_of(link, total) - 1][host_of(link.url) or link.url] = None
    whole = zlib.crc32("\n".join(sorted(link.url for link in collection.links)).encode())
    return Shard(part, tuple(map(tuple, hosts)), f"{whole:08x}")


def _merge(options: LinkOptions, root: Path) -> int:
    """Unite the reports (`.json`) and, with `--history FILE`, the histories (`.jsonl`) that were named."""
    if missing := [str(path) for path in options.files if not path.is_file()]:
        raise UsageError(f"fichier introuvable : {', '.join(missing)} — vérifiez son nom")
    histories = [path for path in options.files if path.suffix == ".jsonl"]
    reports = [path for path in options.files if path.suffix != ".jsonl"]
    remembered = options.history not in {None, "none"}
    if not reports and not histories:
        raise UsageError("merge attend au moins un rapport JSON")
    if histories and not remembered:
        raise UsageError("des historiques sont donnés : dire avec --history où écrire leur réunion")
    report = merge_reports([read_report(path) for path in reports]) if reports else None
    ours = report is not None and any(
        place.file.startswith("data/") for link in report.links for place in link.places
    )
    if remembered:
        with History(options.memory(root)) as history:
            history.merge(histories)
            if report:
                _count_the_week(report, history, ours)
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
    outputs = [(options.json, to_json), (options.markdown, markdown)]
    if options.sarif or options.junit:
        from guide.links.machines import junit, sarif

        outputs += [(options.sarif, sarif), (options.junit, junit)]
    for path, written in outputs:
        if path:
            write_text(path, written(report))
    if options.github or os.environ.get("GITHUB_ACTIONS") == "true":
        print("\n".join(github_annotations(report)))
    sys.stdout.write(text(report))
    sys.stdout.flush()
    return report.exit_code()
