"""Does a page that answers 200 say that it is not there, or that its domain is for sale?"""

from __future__ import annotations

import functools
import re

from .page import Page
from .rules import Rules

_SHORT_TEXT = 700
_SEPARATOR = re.compile(r"\s+[|•·:»«<>–—-]+\s+|\s*[|•·»«]\s*|\s[–—-]\s|\s:\s")


@functools.lru_cache(maxsize=256)
def _union(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)", re.I)


def soft_404(page: Page, host: str, rules: Rules) -> str | None:
    """The words by which the page says that it does not exist, or None."""
    titles = _union(rules.soft_titles)
    for text in (page.title, page.heading):
        for part in (text, *_SEPARATOR.split(text)):
            if part and len(part) < 200 and titles.fullmatch(part.strip()):
                return part.strip()
    special = rules.host(host).soft_404
    if special and (found := _union(special).search(page.text)):
        return found[0]
    if (
        not page.long
        and len(page.text) <= _SHORT_TEXT
        and (found := _union(rules.soft_texts).search(page.text))
    ):
        return found[0]
    return None


def parked(page: Page, rules: Rules) -> str | None:
    """The words of a domain that is for sale or that nobody uses, or None."""
    if page.long or len(page.text) > _SHORT_TEXT:
        return None
    found = _union(rules.parked).search(f"{page.title} {page.text}")
    return found[0] if found else None


def title_changed(before: str, now: str) -> bool:
    """True when two titles of one address share less than a third of their words (numbers apart)."""
    old, new = _words(before), _words(now)
    return bool(old and new) and 3 * len(old & new) < len(old | new)


def _words(title: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", title.casefold()))
