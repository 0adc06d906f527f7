"""The report for people: terminal text, Markdown of the weekly issue, GitHub annotations. All in French."""

from __future__ import annotations

from collections.abc import Iterator

from guide.links.report import Report, Result
from guide.links.verdict import LABELS, Verdict
from guide.text.problems import visible

ORDER = (Verdict.UNSAFE, Verdict.BROKEN, Verdict.MOVED, Verdict.SUSPECT, Verdict.BLOCKED, Verdict.UNREACHABLE)
_HEADINGS = {
    Verdict.UNSAFE: "Adresses dangereuses (jamais demandées)",
    Verdict.BROKEN: "Liens morts",
    Verdict.MOVED: "Pages déménagées",
    Verdict.SUSPECT: "Liens douteux",
    Verdict.BLOCKED: "À vérifier à la main",
    Verdict.UNREACHABLE: "Sites injoignables",
}
_SHOWN = 50


def text(report: Report) -> str:
    """The report of the terminal: problems first, counts last."""
    lines: list[str] = []
    for verdict in ORDER:
        links = report.with_verdict(verdict)
        if links:
            lines += ["", f"{_HEADINGS[verdict]} ({len(links)})"]
            lines += [line for link in links for line in _terminal(link, report)]
    lines += [
        "",
        *(f"Attention : {note}" for note in report.notes),
        *(f"ÉCHEC : {one}" for one in report.failures),
    ]
    if report.no_network:
        lines.append("Réseau absent : aucun site n’a pu être joint, rien n’est conclu.")
    if report.cut_short:
        lines.append("Temps épuisé ou arrêt demandé : rapport partiel.")
    lines += [counts(report), conclusion(report), ""]
    return "\n".join(map(visible, lines)).lstrip("\n")  # strangers' titles must not drive our terminal


def _terminal(link: Result, report: Report) -> Iterator[str]:
    sure = "" if link.confirmed or link.verdict is not Verdict.BROKEN else " (à confirmer un autre jour)"
    yield f"  {link.url}"
    yield f"    {link.message}{sure}"
    places = [str(place) for place in link.places]
    more = f" et {len(places) - 5} autres" if len(places) > 5 else ""
    yield f"    dans {', '.join(places[:5])}{more}"
    hint = report.hints.get(link.url)
    if hint and link.verdict in {Verdict.BROKEN, Verdict.SUSPECT}:
        yield f"    à chercher : {hint.search}"
        if hint.archive:
            yield f"    copie archivée : {hint.archive}"


def counts(report: Report) -> str:
    """« 120 liens : 110 valides, … » with every verdict that occurs."""
    parts = [f"{number} {LABELS[Verdict(verdict)]}" for verdict, number in report.summary().items() if number]
    links, asked = (("s" if number > 1 else "") for number in (len(report.links), report.requests))
    return f"{len(report.links)} lien{links} : {', '.join(parts) or 'aucun'} ; {report.requests} demande{asked} au réseau."


def conclusion(report: Report) -> str:
    dead = [
        link for link in report.links if link.confirmed and link.verdict in {Verdict.BROKEN, Verdict.UNSAFE}
    ]
    if dead:
        many = "s" if len(dead) > 1 else ""
        return f"{len(dead)} lien{many} mort{many} confirmé{many} ou dangereux : à corriger."
    return "Aucun lien mort confirmé."


def github_annotations(report: Report) -> list[str]:
    """GitHub workflow commands: errors for what fails the run, warnings for what a person should look at."""
    lines = []
    for link in report.links:
        if link.verdict in {Verdict.OK, Verdict.UNCHECKED}:
            continue
        fatal = link.confirmed and link.verdict in {Verdict.BROKEN, Verdict.UNSAFE}
        level = "error" if fatal else "notice" if link.verdict is Verdict.MOVED else "warning"
        place = link.places[0] if link.places else None
        where = f" file={_property(place.file)},line={place.line}," if place else " "
        lines.append(
            f"::{level}{where}title=Lien {_property(LABELS[link.verdict])}::{_data(f'{link.url} : {link.message}')}"
        )
    return lines


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def markdown(report: Report) -> str:
    """The body of the weekly issue."""
    lines = ["# État des liens du guide", "", f"Passage du {report.finished[:10]}. {counts(report)}", ""]
    lines += [f"- **{one}**" for one in (*report.failures, *report.notes)]
    if report.no_network:
        lines.append("- **Réseau absent : rien n’est conclu.**")
    if report.cut_short:
        lines.append("- **Temps épuisé : rapport partiel.**")
    lines.append(f"- {conclusion(report)}")
    for verdict in ORDER:
        links = report.with_verdict(verdict)
        if not links:
            continue
        lines += ["", f"## {_HEADINGS[verdict]} ({len(links)})", ""]
        for link in links[:_SHOWN]:
            lines += _markdown_link(link, report)
        if len(links) > _SHOWN:
            lines.append(f"- … et {len(links) - _SHOWN} autres dans le rapport complet.")
    return "\n".join(lines) + "\n"


def _markdown_link(link: Result, report: Report) -> Iterator[str]:
    box = "[ ] " if link.verdict in {Verdict.UNSAFE, Verdict.BROKEN, Verdict.BLOCKED} else ""
    sure = "" if link.confirmed or link.verdict is not Verdict.BROKEN else " *(à confirmer un autre jour)*"
    yield f"- {box}`{link.url.replace('`', '%60')}`{sure}"
    yield f"  {_escape(link.message)}"
    yield "  " + ", ".join(f"`{str(place).replace('`', '%60')}`" for place in link.places[:5])
    hint = report.hints.get(link.url)
    if hint and link.verdict in {Verdict.BROKEN, Verdict.SUSPECT}:
        archive = f" ; copie archivée : {_escape(hint.archive)}" if hint.archive else ""
        yield f"  À chercher : {_escape(hint.search)}{archive}"


def _escape(value: str) -> str:
    """Titles come from strangers' pages: no markup, no mention, no image of theirs in our issue."""
    for character in "\\`*_[]<>#|!@":
        value = value.replace(character, f"&#{ord(character)};" if character in "<>@" else f"\\{character}")
    return visible(value.replace("\n", " "))
