"""The front matter of a page: what may be said at its head, and how it is checked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from guide.data.model.types import Entry, Flag, Number, Prose, RoleId, Text, limit

Address = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*$")]


class InSearch(Entry):
    """What the search does with a page, and how finely it reads it."""

    weight: Number = Field(
        default=100, ge=1, le=200, description="Confiance accordée à la page comme réponse, sur cent"
    )
    site: Flag = Field(
        default=False,
        description="true : page pour qui tient le site, jamais devant une page pour les lecteurs",
    )
    listed: Flag = Field(
        default=False, description="true : ses éléments sont des résultats, comme les mots d’un lexique"
    )
    entry: Text | None = Field(default=None, description="Mot affiché devant ses éléments")
    flat: Flag = Field(default=False, description="true : ses éléments ne sont pas des résultats à eux seuls")
    deepest: Literal["h1", "h2", "h3", "h4", "h5", "h6"] = Field(
        default="h6", description="Dernier niveau de titre qui soit un résultat à lui seul"
    )
    skipped: tuple[Text, ...] = Field(default=(), description="Balises et classes qui ne sont pas lues")
    repeats: Flag = Field(default=False, description="true : redit ce que d’autres pages expliquent")
    overview: Flag = Field(
        default=False,
        description="true : résume des éléments que d’autres pages expliquent, et les cite en une ligne",
    )


class PageMeta(Entry):
    """Front matter of a page."""

    title: Annotated[Text, limit(characters=70)] = Field(description="Titre de la page, unique")
    description: Annotated[Prose, limit(characters=200)] = Field(
        description="Une phrase pour les moteurs de recherche"
    )
    keywords: tuple[Text, ...] = Field(default=(), description="Mots tapés dans la recherche")
    who: tuple[RoleId, ...] = Field(default=(), description="Pour qui")
    when: Prose | None = Field(default=None, description="Quand")
    hide: tuple[Literal["navigation", "toc", "path"], ...] = Field(
        default=(), description="Ce qu’il faut cacher : navigation, toc, path"
    )
    former: tuple[Address, ...] = Field(
        default=(), description="Anciennes adresses, qui mènent encore à la page"
    )
    foot: Flag = Field(default=True, description="false pour ne pas lister les sources en bas de page")
    search: InSearch = Field(default_factory=InSearch, description="Place de la page dans la recherche")
    list: Flag = Field(default=False, description="true : une liste à consulter, sans limite de longueur")
    booklet: Literal["last", "none"] | None = Field(
        default=None,
        description="Dans le guide complet en PDF : last, à la fin ; none, absente ; sinon, à la place du menu",
    )
    printed: Flag = Field(
        default=False, description="true : cette page est aussi dans le livret à imprimer, sans ses sources"
    )
