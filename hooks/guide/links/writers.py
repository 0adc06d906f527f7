"""Writes a report everywhere it was asked for; the text for people goes to the standard output."""

from __future__ import annotations

import sys
from pathlib import Path

from guide.links.options import Options, UsageError
from guide.links.report import Report, to_json
from guide.links.text import github_annotations, markdown, text
from guide.source.disk import write_text


def write_all(report: Report, options: Options) -> None:
    """Raises UsageError when a file cannot be written."""
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
            raise UsageError(f"{path} : écriture impossible ({error.strerror})") from None
    if options.annotations:
        print("\n".join(github_annotations(report)))
    sys.stdout.write(text(report))
    sys.stdout.flush()
