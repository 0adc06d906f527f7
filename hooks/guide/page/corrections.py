"""Where a reader proposes a correction: the repository's web editor at the right line, else a letter begun for them."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from guide.data.model.taxonomy import Site
from guide.text.problems import Place

BRANCH = "main"


def address(site: Site, place: Place, what: str, shown_at: str) -> str | None:
    """The address that opens a correction of `what`, written at `place` and shown at the address `shown_at`.

    None while `data/site.yml` names neither a repository nor a contact.
    """
    if site.repository:
        return editor(site.repository, place)
    if site.contact_email:
        return letter(site, what, shown_at)
    return None


def editor(repository: str, place: Place) -> str:
    """The web editor of GitHub, GitLab or Gitea (whose address is GitHub's but for one word) at the line of `place`."""
    host = urlsplit(repository).hostname or ""
    way = "-/edit" if "gitlab" in host else "_edit" if "codeberg" in host or "gitea" in host else "edit"
    return f"{repository.rstrip('/')}/{way}/{BRANCH}/{quote(place.file)}#L{place.line}"


def letter(site: Site, what: str, shown_at: str) -> str:
    """A `mailto:` address (RFC 6068) with what the editors need to find the place again."""
    body = "\r\n".join(
        (
            f"Élément : {what}",
            f"Adresse : {shown_at}",
            f"Version : {site.version}",
            "",
            "Phrase en cause :",
            "",
            "Ce qu’il faudrait dire, et d’après quelle source :",
            "",
        )
    )
    subject = f"Correction : {what}"
    return f"mailto:{quote(site.contact_email or '', safe='@')}?subject={quote(subject)}&body={quote(body)}"
