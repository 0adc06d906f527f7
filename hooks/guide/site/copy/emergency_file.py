"""urgence.html: the emergency pages as one file, for a phone's downloads or a USB stick."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from guide.data import palette
from guide.data.guide import Guide
from guide.data.model.facts import Contact
from guide.page.offline_copy import EMERGENCY, offline_until
from guide.page.view import Options, View
from guide.review.overdue import overdue, trust
from guide.site.copy.age import Age
from guide.site.copy.standalone import sealed
from guide.text import minify
from guide.text.address import join

HERE = Path(__file__).parent


def files(guide: Guide, options: Options, titles: Mapping[str, str]) -> dict[str, bytes]:
    """Address → content of the file, rendered from the same data as the pages."""
    view = View(guide, options, posixpath.dirname(EMERGENCY), titles)
    age = Age(options.today, offline_until(guide, options), guide.site.version)
    renew = "Demandez une copie neuve à la personne qui suit ce guide."
    if guide.site.url:
        address = join(guide.site.url, EMERGENCY)
        renew = f'Copie neuve : <a href="{address}">{address}</a>.'
    body = view.render(
        "urgence-file",
        situations=guide.incident.situations,
        clocks=guide.incident.clocks,
        contacts=_called(guide),
    )
    facts = [
        guide.facts[name] for name in (*view.cited["fact"], *(clock.fact for clock in guide.incident.clocks))
    ]
    actions = [action for situation in guide.incident.situations for action in situation.do]
    dated = [*facts, *_called(guide), *(guide.laws[name] for name in view.cited["law"])]
    drawn = palette.alone(guide.root).strip() if guide.drawings else ""
    html = view.render(
        "urgence-frame",
        age=Markup(age.line(renew)),
        body=Markup(body),
        late=overdue({fact.id: fact for fact in facts}, options.today),
        trust=trust(dated),
        advice=sum(each.pending for each in (*guide.incident.imperatives, *actions)),
        review=min(each.review_by for each in dated),
        style=Markup(minify.sheet((HERE / "urgence.css").read_text(encoding="utf-8") + drawn)),
        script=Markup((HERE / "age.js").read_text(encoding="utf-8")),
    )
    return {EMERGENCY: (sealed(html) + "\n").encode()}


def _called(guide: Guide) -> list[Contact]:
    """Help in case of danger, then everybody whom a situation says to call, in the order of the data."""
    named = {name for situation in guide.incident.situations for name in situation.contacts} | {
        "police-secours"
    }
    return [contact for contact in guide.contacts.values() if contact.id in named]
