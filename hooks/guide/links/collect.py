"""Every external address of a project, with each place where it stands; or those on lines changed since a revision."""

from __future__ import annotations

import os
import re
import stat
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from guide.links.bare import Found, scan_list, scan_source, scan_table, scan_yaml
from guide.links.markup import decoded, scan_html
from guide.links.options import UsageError
from guide.links.prose import scan_markdown, scan_mdx
from guide.links.report import LinkPlace
from guide.source import kept as keep
from guide.source.disk import reason, sentence
from guide.source.git import GitError, git, require
from guide.source.kept import NOTHING, Kept
from guide.source.yaml_source import read_text

if TYPE_CHECKING:  # what checks the links of others loads no reader of YAML
    from guide.source.yaml_source import Source

_KINDS = {
    **dict.fromkeys((".md", ".markdown", ".mkd", ".mdown", ".qmd", ".rmd"), scan_markdown),
    ".mdx": scan_mdx,
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml", ".svg"), scan_html),
    **dict.fromkeys((".yml", ".yaml"), scan_yaml),
    **dict.fromkeys((".txt", ".urls", ".list"), scan_list),
    **dict.fromkeys((".csv", ".tsv"), scan_table),
}
_ASKED_FOR = {".txt", ".csv", ".tsv", ".svg"}  # read when named, not when met in a folder
_SKIP_FOLDERS = {"node_modules", "__pycache__", "site-packages"}
_EXTERNAL = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|https?[;,.]?//)", re.I)  # the last: without its colon
_NOT_LINKS = re.compile(r"^(?:javascript|data|blob|about|file|chrome|urn|\w:\\)", re.I)
MAX_BYTES = 30_000_000

# Said in full, so that no setting of the person's own git changes what is read, nor any line that begins with « ++ ».
_MARK = "apres/"
_DIFF = (
    "diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--inter-hunk-context=0", "--relative",
    "--src-prefix=avant/", f"--dst-prefix={_MARK}", "--submodule=short", "--no-renames", "--output-indicator-new=>",
)  # fmt: skip
_ESCAPES = {b"t": b"\t", b"n": b"\n", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}
_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@")


@dataclass(slots=True)
class Link:
    """An address exactly as written and its places, in reading order; `former` when only skipped keys hold it."""

    url: str
    places: list[LinkPlace] = field(default_factory=list)
    former: bool = True


# File, key, what stands before its value in a link, and after. Of the repository, only the web editors that
# guide.corrections leads to: one address for each entry of the data, and no document.
_OWN = (
    ("mkdocs.yml", "site_url", "", ("",)),
    ("data/site.yml", "url", "", ("",)),
    ("data/site.yml", "contact_email", "mailto:", ("",)),
    ("data/site.yml", "repository", "", ("/edit", "/_edit", "/-/edit")),
)


@dataclass(slots=True)
class Collection:
    """The links in reading order, and a French sentence for each file that could not be read whole."""

    links: list[Link] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def collect_project(
    root: Path,
    skip_keys: Iterable[str],
    built: bool = True,
    kept: Kept = NOTHING,
    sources: Mapping[str, Source] | None = None,
) -> Collection:
    """The links of `data/*.yml`, `docs/**/*.md` and, once built, `site/**/*.html` (its own address left out).

    `sources` are the files of data, by name, where they were read before.
    """
    data = sorted((root / "data").glob("*.yml"))
    files = [path for path in data if path.name != "link-rules.yml"]
    files += [path for path in _walk(root / "docs") if path.suffix == ".md"]
    if built:
        files += [path for path in _walk(root / "site") if path.suffix in {".html", ".htm"}]
    read = {source.file: source for source in (sources or {}).values()}
    return _gather(files, root, set(skip_keys), own_sites(root), kept, read)


def collect_from(sources: Iterable[str], root: Path, skip_keys: Iterable[str]) -> Collection:
    """The links of the files and folders given. Raises UsageError for one that does not exist."""
    files: list[Path] = []
    for source in sources:
        path = Path(source)
        if path.is_dir():
            files += [one for one in _walk(path) if one.suffix.lower() in _KINDS.keys() - _ASKED_FOR]
        elif path.is_file():
            files.append(path)
        else:
            raise UsageError(f"{source} : ni fichier, ni dossier de ce nom — vérifiez son nom.")
    return _gather(files, root, set(skip_keys), (), NOTHING, {})


def own_sites(root: Path) -> tuple[str, ...]:
    """The addresses of this guide itself: where it is published, and where each page lets its readers write to it."""
    from guide.source.yaml_builder import top_texts  # the reader of YAML is loaded where there is some

    found = ["https://guide.example"]  # until `url` is set
    texts = {name: top_texts(read_text(root / name, root)[0]) for name in {row[0] for row in _OWN}}
    for name, key, before, afters in _OWN:
        if value := texts[name].get(key, "").strip():
            found += [f"{before}{value.rstrip('/')}{after}" for after in afters]
    return tuple(url.rstrip("/") for url in found)


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in _SKIP_FOLDERS
        )
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))


def _gather(
    files: list[Path],
    root: Path,
    skip_keys: set[str],
    own: tuple[str, ...],
    kept: Kept,
    read: Mapping[str, Source],
) -> Collection:
    links: dict[str, Link] = {}
    collection = Collection()
    for path in files:
        shown = _shown(path, root)
        met = scan_source(read[shown]) if shown in read else _scan(path, shown, collection, kept)
        for found in met:
            url = found.url.strip()
            if not _EXTERNAL.match(url) or _NOT_LINKS.match(url):
                continue
            url = f"https:{url}" if url.startswith("//") else url
            if not url.isprintable():
                url = _printable(url)
            if own and any(
                url == site or url.startswith((f"{site}/", f"{site}#", f"{site}?")) for site in own
            ):
                continue
            link = links.get(url)
            if link is None:
                link = links[url] = Link(url)
            link.places.append(LinkPlace(shown, found.line, found.path))
            link.former = link.former and bool(
                found.path and skip_keys & set(re.findall(r"[\w-]+", found.path))
            )
    collection.links = list(links.values())
    return collection


def _printable(url: str) -> str:
    """As a browser reads it: line ends and tabs left out; what no text may hold replaced."""
    return re.sub(r"[\t\r\n]", "", url).encode("utf-8", "replace").decode("utf-8")


def _scan(path: Path, shown: str, collection: Collection, kept: Kept) -> list[Found]:
    """What one file holds. A file that cannot be read is said, and never ends the run."""
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            collection.unread.append(f"{shown} : ni fichier ni dossier, laissé de côté.")
            return []
        if state.st_size > MAX_BYTES:
            collection.unread.append(
                f"{shown} : fichier trop gros pour être lu ({MAX_BYTES // 1_000_000} Mo au plus)."
            )
            return []
        content, suffix = path.read_bytes(), path.suffix.lower()
        found = kept.get(keep.name(suffix, content), lambda: _KINDS.get(suffix, scan_list)(decoded(content)))
        return [Found(*each) for each in found]
    except OSError as error:
        collection.unread.append(sentence(error) or f"{shown} : fichier illisible ({reason(error)}).")
    except Exception as error:  # a stranger's file has found a fault of ours: the others must still be read
        collection.unread.append(f"{shown} : fichier non lu ({type(error).__name__} : {str(error)[:120]}).")
    return []


def _shown(path: Path, root: Path) -> str:
    for base in (root, Path.cwd()):
        try:
            return path.resolve().relative_to(base.resolve()).as_posix()
        except ValueError:
            continue
    return path.as_posix()


def only_changed(links: list[Link], root: Path, revision: str) -> list[Link]:
    """The links with a place on a changed or new line. Built pages do not count: their sources do."""
    lines = changed_lines(root, revision)
    kept = []
    for link in links:
        places = [place for place in link.places if place.line in lines.get(place.file, ())]
        if places:
            kept.append(Link(link.url, places, link.former))
    return kept


def changed_lines(root: Path, revision: str) -> dict[str, set[int]]:
    """By file, the numbers of the lines that `revision` had not. Raises UsageError when git cannot tell."""
    try:
        require(root, revision)
        difference = git(root, *_DIFF, revision, "--", ".")
        others = git(root, "ls-files", "--others", "--exclude-standard", "-z")
    except GitError as error:
        raise UsageError(f"--changed-since : {error}") from None
    lines: dict[str, set[int]] = defaultdict(set)
    file = ""
    for line in difference.split("\n"):
        if line.startswith("+++ "):
            name = _unquoted(line[4:].rstrip("\t\r"))
            file = name.removeprefix(_MARK) if name.startswith(_MARK) else ""
        elif found := _HUNK.match(line):
            first, count = int(found[1]), int(found[2] or 1)
            lines[file].update(range(first, first + count))
    for name in others.split("\0"):
        path = root / name
        if name and path.is_file():
            lines[name].update(range(1, path.read_bytes().count(b"\n") + 2))
    return lines


def _unquoted(name: str) -> str:
    """A file's name as git writes it: between quotes, as in C, when it holds a quote or a control character."""
    if not name.startswith('"'):
        return name
    raw = re.sub(
        rb"\\([0-7]{3}|.)",
        lambda found: bytes([int(found[1], 8)]) if len(found[1]) == 3 else _ESCAPES.get(found[1], found[1]),
        name[1:-1].encode("utf-8", "surrogateescape"),
    )
    return raw.decode("utf-8", "replace")
