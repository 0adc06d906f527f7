"""JSON-LD of the pages: what search engines may show of an emergency before the page is opened."""

from __future__ import annotations

import json
from typing import Any

from guide.page.document import Page
from guide.page.view import View
from guide.source import tree
from guide.text.address import join


def for_page(page: Page, view: View) -> str:
    """A `<script type="application/ld+json">` for the pages that have a true equivalent, else nothing."""
    url = join(view.options.site_url, page.address)
    data: dict[str, Any] | None = None
    if page.id == tree.HOME:
        data = {
            "@type": "WebSite",
            "name": view.guide.site.name,
            "url": url,
            "inLanguage": "fr",
            "description": view.text(view.guide.site.description),
        }
    elif situation := next((each for each in view.guide.incident.situations if each.page == page.id), None):
        data = {
            "@type": "HowTo",
            "name": page.meta.title,
            "url": url,
            "inLanguage": "fr",
            "description": view.text(situation.summary),
            "step": [
                {"@type": "HowToStep", "position": rank, "text": view.text(action.text)}
                for rank, action in enumerate(situation.do, 1)
            ],
        }
    elif page.id == view.guide.pages.glossary:
        data = {
            "@type": "DefinedTermSet",
            "name": page.meta.title,
            "url": url,
            "inLanguage": "fr",
            "hasDefinedTerm": [
                {
                    "@type": "DefinedTerm",
                    "name": term.term,
                    "description": view.text(term.definition),
                    "url": f"{url}#{term.id}",
                }
                for term in view.guide.glossary.values()
            ],
        }
    if data is None:
        return ""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, separators=(",", ":"))
    # « </ » would close the script element early (HTML standard, script data state).
    return f'<script type="application/ld+json">{text.replace("<", chr(92) + "u003c")}</script>'
