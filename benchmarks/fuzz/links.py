"""Feeds the readers of the link check strangers' bytes; exit code 1 at the first file that kills, lies or lasts.

    PYTHONPATH=hooks .venv/bin/python benchmarks/fuzz/links.py --files 10000 --seed 1

Six kinds (Markdown, MDX, HTML, YAML, lists, tables), from grammar of their own, repeated, cut and mixed; one in a hundred
is of 1 MB, and must be read in 2 s of processor. A line that the file has not, or a file given up, is a failure.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from guide.links.collect import collect_from

PIECES = {
    ".md": ["[a](", "](", "[", "]", "(", ")", "![", "`", "```\n", "~~~\n", "> ", "- ", "1. ", "    ", "\n", "\n\n", "|", "| - |\n",
            "<a href='", "<!--", "-->", "<", ">", "*", "_", "**", "~~", "&amp;", "&#", "\\", "[^1]: ", "[r]: ", "!!! note\n", ": ",
            '=== "x"\n', "{{ x }}", "---\n", "https://a.fr/x", "<https://b.fr>", "mailto:a@b.fr", "$", "\t", "# ", "{: ", "{a=", "#b ", '"', "}"],
    ".html": ["<a href=", "<a href='", '<a href="', "<img srcset='", "a 1x, ", "<script>", "</script>", "<style>", "url(", "<!--", "-->",
              "<![x]]>", "<?", "<!", "</", "<", ">", "'", '"', "=", " ", "\n", "&region=", "&copy", "&#x", "<base href='http://c.fr/'>",
              "<meta http-equiv=refresh content='0;url=", "<template>", "<textarea>", "<title>", "https://a.fr/x", "<svg><use href='"],
    ".yml": ["- ", "a: ", "? ", ": ", "[", "]", "{", "}", ",", "\n", "\n  ", "&x ", "*x ", "<<: *x\n", "|\n", ">-\n", "'", '"', "# ", "---\n",
             "!t ", "%YAML 1.1\n", "https://a.fr/x", "\t", "\u2028", "\x85"],
    ".txt": ["https://a.fr/x", " ", "\n", "\t", "#", ",", ";", "(", ")", "[", "]", "tel:+33 1", "mailto:a@b.fr", "a:", "…", "://", "&nbsp;"],
    ".csv": ["https://a.fr/x", ",", ";", "\t", '"', "\n", "\r", "'", " ", "a"],
}  # fmt: skip
PIECES[".mdx"] = [
    *PIECES[".md"],
    "{/*",
    "*/}",
    "import x\n",
    "export y\n",
    "<X ",
    "<X>\n",
    "</X>\n",
    " href=",
    "/>",
    "<>",
]
ODD = ["\0", "\r\n", "\x0c", "\u200b", "é", "\ufeff", "\U0001f600", "\ud800", "\x1b"]


def make(random: Random, suffix: str, size: int) -> bytes:
    """One file of about `size` bytes."""
    pieces = random.sample(PIECES[suffix], random.randint(1, min(8, len(PIECES[suffix]))))
    if random.random() < 0.3:
        pieces.append(random.choice(ODD))
    block = "".join(random.choice(pieces) for _ in range(random.randint(1, 200)))
    text = (block * (size // max(len(block), 1) + 1))[:size] if random.random() < 0.5 else ""
    while len(text) < size:
        text += random.choice(pieces) * random.choice((1, 1, 1, 2, 50))
    data = text.encode("utf-8", "surrogatepass")
    if random.random() < 0.05:
        data = random.randbytes(size)
    return data


def main() -> int:
    """Runs the cases and prints what became of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    slowest: dict[str, tuple[float, int]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(options.seed, options.seed + options.files):
            random = Random(seed)
            suffix = random.choice(list(PIECES))
            large = random.random() < 0.01
            path = Path(folder, f"cas{suffix}")
            path.write_bytes(make(random, suffix, 1_000_000 if large else random.randint(1, 3_000)))
            began = time.process_time()
            collection = collect_from([str(path)], Path(folder), ())
            spent = time.process_time() - began
            lines = path.read_bytes().count(b"\n") + path.read_bytes().count(b"\r") + 1
            places = [place for link in collection.links for place in link.places]
            if collection.unread or any(not 1 <= place.line <= lines for place in places):
                print(f"seed {seed} ({suffix}): {collection.unread or 'a line that is not there'}")
                return 1
            if spent > 2:
                print(f"seed {seed} ({suffix}): {spent:.1f} s")
                counts["slow"] += 1
            counts[suffix] += 1
            counts["of 1 MB"] += large
            counts["places"] += len(places)
            slowest[suffix] = max(slowest.get(suffix, (0.0, 0)), (spent, seed))
    print(dict(counts), {suffix: f"{spent:.2f} s (seed {seed})" for suffix, (spent, seed) in slowest.items()})
    return 1 if counts["slow"] else 0


if __name__ == "__main__":
    sys.exit(main())
