"""What `serve` shows while something is wrong: the last good page, under the list of what to repair."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from guide.text import french

NOTHING_YET = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Guide à réparer</title></head><body>
<main><h1>Le guide ne peut pas encore être construit</h1>
<p>Corrigez les problèmes de la liste et enregistrez le fichier. La page se recharge toute seule.</p></main></body></html>
"""


def over(html: str, problems: Sequence[str]) -> str:
    """The page with its problems on top, one « fichier:ligne:colonne: quoi — que faire » each."""
    count = "1 problème à corriger" if len(problems) == 1 else f"{len(problems)} problèmes à corriger"
    items = "".join(f"<li>{_item(each)}</li>" for each in problems)
    panel = (
        f'<details class="g-repair" open><summary>{count}</summary><ol>{items}</ol>'
        "<p>La page affichée est la dernière qui était juste. Elle se recharge dès que le fichier est corrigé.</p></details>"
    )
    before, body, rest = html.partition("<body>")
    return before + body + panel + rest


def _item(problem: str) -> str:
    place, _, text = problem.partition(": ")
    what, dash, remedy = text.rpartition(" — ")
    if not dash:
        return f"<code>{escape(place)}</code> {escape(text)}"
    return (
        f"<code>{escape(place)}</code> {escape(what)}<br><strong>{escape(french.first_up(remedy))}</strong>"
    )
