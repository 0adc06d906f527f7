"""Counts the behaviours of eight peers' suites that our checker shares.

    PYTHONPATH=hooks python benchmarks/links/peers/run.py [--verbose]

Sources are read as the command reads them; addresses and answers go through the real command, over loopback sockets, and
`answers.Server` gives them what their row says. Exit code 1 when a row that is no policy is wrong.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

import answers
import reading
from row import Behaviour, Reading

from guide.links.collect import collect_from


def read(rows: list[Reading]) -> dict[Reading, str]:
    """By row, what was found in place of what it wants; "" where it is right."""
    found = {}
    with tempfile.TemporaryDirectory() as temporary:
        for number, row in enumerate(rows):
            path = Path(temporary, f"cas{number}{row.suffix}")
            path.write_bytes(row.source.encode("utf-8", "surrogateescape"))
            collection = collect_from([str(path)], Path(temporary), ())
            links = sorted(link.url for link in collection.links)
            found[row] = (
                "" if links == sorted(row.links) and not collection.unread else f"{links} {collection.unread}"
            )
    return found


def main() -> int:
    """Prints the count of each suite, the policies and what is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--verbose", action="store_true", help="name each policy")
    options = parser.parse_args()
    found: dict[Reading | Behaviour, str] = {**read(reading.ROWS), **answers.ask(answers.ROWS)}
    checks, right, policies = Counter[str](), Counter[str](), Counter[str]()
    wrong = 0
    for row, instead in found.items():
        checks[row.suite] += 1
        if not instead:
            right[row.suite] += 1
            if row.policy:
                wrong += 1
                print(f"no policy any more: {row.suite}, {row.test}")
        elif row.policy:
            policies[row.suite] += 1
            if options.verbose:
                print(f"policy: {row.suite}, {row.test}: {row.policy}")
        else:
            wrong += 1
            print(f"WRONG: {row.suite}, {row.test}: {instead}")
    print("\n| suite | checks | right | policies |\n| --- | ---: | ---: | ---: |")
    for suite in checks:
        print(f"| {suite} | {checks[suite]} | {right[suite]} | {policies[suite]} |")
    print(f"| all | {checks.total()} | {right.total()} | {policies.total()} |")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
