"""site: the whole guide in a folder; nothing is made, nor loaded, where nothing has changed."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from guide.commands.common import add_build_options, add_site, asked
from guide.commands.swap import FRESH, refusal, swap, workshop
from guide.site.unchanged import Stamp
from guide.text.arguments import FrenchParser
from guide.text.problems import visible


def site(arguments: list[str], root: Path) -> int:
    """Builds `site/` beside the old one and swaps them, so that a failure leaves the last good site."""
    parser = FrenchParser("site", "Construit le guide complet dans un dossier.")
    add_site(parser, root)
    add_build_options(parser)
    options = parser.parse_args(arguments)
    if why := refusal(options.output, root):
        print(visible(why), file=sys.stderr)
        return 2
    target = Path(os.path.realpath(options.output))
    started = time.monotonic()
    stamp = Stamp(root, target, asked(options))
    with workshop(target) as folder:
        if (said := stamp.said()) is not None:
            print("".join(f"{line}\n" for line in said), end="", file=sys.stderr)
            print(f"{_size(target)}, rien n’a changé : {target}")
            return 0
        import generator  # slow to load, as what it builds with
        from guide.site.build import prepare
        from guide.text.stages import Stages

        build = prepare(root, asked(options), stages=Stages())
        if code := generator.build_site(build, folder / FRESH):
            return code
        swap(folder, target)
    if build.alone:
        stamp.put(build.said)
    print(f"{_size(target)}, en {time.monotonic() - started:.1f} s : {target}")
    return 0


def _size(site: Path) -> str:
    files = [path for path in site.rglob("*") if path.is_file()]
    pages, sheets = (sum(path.name.endswith(end) for path in files) for end in ("index.html", ".pdf"))
    return f"{pages} pages, {sheets} PDF, {sum(path.stat().st_size for path in files) / 1e6:.1f} Mo"
