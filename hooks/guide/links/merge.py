"""`links merge`: one report and one history for those of several machines."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from guide.links.catalogue import add_hints, load_catalogue
from guide.links.remember import History
from guide.links.options import UsageError, parser, read_options
from guide.links.report import lost_links, merge_reports, read_report
from guide.links.writers import write_all


def merge(argv: list[str], root: Path) -> int:
    """Unite the reports (`.json`) and, with `--history FILE`, the histories (`.jsonl`) named in `argv`."""
    command = parser()
    command.add_argument("files", nargs="*", type=Path)
    arguments = command.parse_intermixed_args(argv)
    if arguments.help:
        print(command.format_help())
        return 0
    missing = [str(path) for path in arguments.files if not path.is_file()]
    if missing:
        raise UsageError(f"fichier introuvable : {', '.join(missing)}")
    histories = [path for path in arguments.files if path.suffix == ".jsonl"]
    reports = [path for path in arguments.files if path.suffix != ".jsonl"]
    if not reports and not histories:
        raise UsageError("merge attend au moins un rapport JSON")
    if histories and (not arguments.history or arguments.history == "none"):
        raise UsageError("des historiques sont donnés : dire avec --history où écrire leur réunion")
    options = read_options(arguments, root, os.environ.get("GITHUB_ACTIONS") == "true")
    if histories:
        with History(options.history) as history:
            history.merge(histories)
            for note in history.notes:
                print(note, file=sys.stderr)
    if not reports:
        return 0
    report = merge_reports([read_report(path) for path in reports])
    catalogue = load_catalogue(root)
    if any(place.file.startswith("data/") for link in report.links for place in link.places):
        report.failures += lost_links(report, catalogue)
    add_hints(report, catalogue)
    write_all(report, options)
    return report.exit_code()
