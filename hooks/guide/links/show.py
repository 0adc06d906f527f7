"""What people are told, in French: how far the run is, then its report as text, Markdown of the weekly issue, GitHub
annotations."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from guide.links.report import Report, Result
from guide.links.verdict import Verdict
from guide.text.problems import visible

_SHOWN = 50
_LAST = 10  # dead links named again at the very end
_GITHUB = {"error": "error", "warning": "warning", "note": "notice"}
_AGAIN_AFTER = {True: 0.2, False: 15.0}  # seconds, on a terminal or not
_KNOWN_AFTER = 3.0  # seconds before what is left can be said
_WIDTH = 20

Progress = Callable[[int, int, int], None]  # done, total, problems


@contextmanager
def progress(wanted: bool) -> Iterator[Progress | None]:
    """Yields what writes one line of ours, again in place on a terminal, now and then elsewhere; None when nothing must
    be shown."""
    if not wanted:
        yield None
        return
    terminal = sys.stderr.isatty()
    began = last = time.monotonic()

    def show(done: int, total: int, problems: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _AGAIN_AFTER[terminal] and not (done == total and (terminal or total > 200)):
            return
        last = now
        line = f"{done} adresses sur {total}, {problems} à revoir{_left(done, total, now - began)}"
        if terminal:
            bar = "█" * (_WIDTH * done // total)
            print(f"\r\x1b[K{bar:·<{_WIDTH}} {line}", end="", file=sys.stderr, flush=True)
        else:
            print(line, file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        if terminal:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _left(done: int, total: int, spent: float) -> str:
    """The time that is left, at the pace so far."""
    if spent < _KNOWN_AFTER or not 0 < done < total:
        return ""
    seconds = spent / done * (total - done)
    return (
        f", encore {seconds / 60:.0f} min environ" if seconds >= 90 else f", encore {seconds:.0f} s environ"
    )


def text(report: Report) -> str:
    """The report of the terminal: problems first, what to do next and counts last."""
    lines: list[str] = []
    for verdict, links in _sections(report):
        lines += ["", f"{verdict.heading} ({len(links)})"]
        lines += [line for link in links for line in _terminal(link, report)]
        lines += [f"  → {verdict.todo}"] if verdict.todo else []
    lines += [
        "",
        *(f"Attention : {note}" for note in report.notes),
        *(f"ÉCHEC : {one}" for one in report.failures),
        *_incomplete(report),
        counts(report),
        conclusion(report),
        *_to_open(report),
        "",
    ]
    return "\n".join(map(visible, lines)).lstrip("\n")  # strangers' titles must not drive our terminal


def _sections(report: Report) -> Iterator[tuple[Verdict, list[Result]]]:
    for verdict in Verdict:
        links = report.with_verdict(verdict)
        if verdict.heading and links:
            yield verdict, links


def _incomplete(report: Report) -> Iterator[str]:
    yield from (f"Incomplet : {one}" for one in report.missing)
    if report.no_network:
        yield "Réseau absent : aucun site n’a pu être joint, rien n’est conclu."
    if report.cut_short:
        yield "Temps épuisé ou arrêt demandé : rapport partiel."


def _terminal(link: Result, report: Report) -> Iterator[str]:
    yield f"  {link.url}"
    yield f"    {link.message}{_doubt(link)}"
    yield f"    dans {_places(link)}"
    if hint := report.hints.get(link.url):
        yield f"    à chercher : {hint.search}"
        if hint.archive:
            yield f"    copie archivée : {hint.archive}"


def _doubt(link: Result) -> str:
    return "" if link.confirmed or link.verdict is not Verdict.BROKEN else " (à confirmer un autre jour)"


def _places(link: Result) -> str:
    """Each line to open, the first five of them."""
    more = f" et {len(link.places) - 5} autres" if len(link.places) > 5 else ""
    return ", ".join(map(str, link.places[:5])) + more


def counts(report: Report) -> str:
    """« 120 liens : 110 valides, … » with every verdict that occurs."""
    parts = [Verdict.of(name).counted(number) for name, number in report.summary().items() if number]
    links, asked = (("s" if number > 1 else "") for number in (len(report.links), report.requests))
    return f"{len(report.links)} lien{links} : {', '.join(parts) or 'aucun'} ; {report.requests} demande{asked} au réseau."


def conclusion(report: Report) -> str:
    dead = sum(link.fatal for link in report.links)
    if not dead:
        return "Aucun lien mort confirmé."
    many = "s" if dead > 1 else ""
    return f"{dead} lien{many} mort{many} confirmé{many} ou dangereux : à corriger."


def _to_open(report: Report) -> Iterator[str]:
    """What to do next, for each dead link: the line to open. The last thing that a terminal shows."""
    fatal = [link for link in report.links if link.fatal]
    for link in fatal[:_LAST]:
        yield f"  ouvrir {_places(link)} : {link.url}"
    if len(fatal) > _LAST:
        yield f"  … et {len(fatal) - _LAST} autres, ci-dessus."


def github_annotations(report: Report) -> list[str]:
    """GitHub workflow commands: errors for what fails the run, warnings for what a person should look at."""
    lines = []
    for link in report.links:
        if level := _GITHUB.get(link.level):
            place = link.places[0] if link.places else None
            where = f" file={_property(place.file)},line={place.line}," if place else " "
            message = _data(f"{link.url} : {link.message}")
            lines.append(f"::{level}{where}title=Lien {_property(link.verdict.label)}::{message}")
    return lines


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def markdown(report: Report) -> str:
    """The body of the weekly issue: what is incomplete, what changed, then each verdict."""
    lines = ["# État des liens du guide", "", f"Passage du {report.finished[:10]}. {counts(report)}", ""]
    lines += [f"- **{one}**" for one in (*report.failures, *report.notes, *_incomplete(report))]
    lines.append(f"- {conclusion(report)}")
    changed = [link for link in report.links if link.url in report.before]
    if changed:
        lines += ["", f"## Ce qui a changé ({len(changed)})", ""]
        lines += _cut([f"- {_code(link.url)} : {_change(link, report)}" for link in changed])
    for verdict, links in _sections(report):
        lines += ["", f"## {verdict.heading} ({len(links)})", ""]
        lines += [verdict.todo, ""] if verdict.todo else []
        lines += _cut(["\n".join(_markdown_link(link, report)) for link in links])
    return "\n".join(lines) + "\n"


def _cut(items: list[str]) -> Iterable[str]:
    yield from items[:_SHOWN]
    if len(items) > _SHOWN:
        yield f"- … et {len(items) - _SHOWN} autres dans le rapport complet."


def _change(link: Result, report: Report) -> str:
    return f"{Verdict.of(report.before[link.url]).label} → {link.verdict.label}"


def _markdown_link(link: Result, report: Report) -> Iterator[str]:
    doubt = f" *({_doubt(link).strip(' ()')})*" if _doubt(link) else ""
    yield f"- {'[ ] ' if link.verdict.by_hand else ''}{_code(link.url)}{doubt}"
    yield f"  {_escape(link.message)}"
    yield "  " + ", ".join(_code(str(place)) for place in link.places[:5])
    if hint := report.hints.get(link.url):
        archive = f" ; copie archivée : {_escape(hint.archive)}" if hint.archive else ""
        yield f"  À chercher : {_escape(hint.search)}{archive}"


def _code(value: str) -> str:
    return f"`{value.replace('`', '%60')}`"


def _escape(value: str) -> str:
    """Titles come from strangers' pages: no markup, no mention, no image of theirs in our issue."""
    for character in "\\`*_[]<>#|!@":
        value = value.replace(character, f"&#{ord(character)};" if character in "<>@" else f"\\{character}")
    return visible(value.replace("\n", " "))
