"""What one page sees while it is written: the guide, the day, its links, and what it has cited so far."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from guide.data.guide import Guide
from guide.data.literals import INSERT
from guide.data.model.checklist import Measure
from guide.data.model.facts import Contact
from guide.data.model.resources import Resource
from guide.data.model.types import Doubtful
from guide.data.model.words import GlossaryTerm
from guide.links.status import LinkReport, LinkStatus
from guide.page import corrections
from guide.source import tree
from guide.text import french, verbatim
from guide.text.address import join
from guide.text.problems import Place

if TYPE_CHECKING:
    import jinja2

    from guide.page.sheet import Sheet

TO_CHECK = "à vérifier"


class Addresses(StrEnum):
    """How fragments of HTML name a page: as a browser follows it, or by its source where the generator resolves it."""

    FOLDERS = "page/"
    FILES = "page.html"
    SOURCES = "page.md"


@dataclass(frozen=True, slots=True)
class Options:
    """What varies from one build to the next: the day, the shape of addresses, the link report."""

    today: dt.date
    addresses: Addresses = Addresses.FOLDERS
    links: LinkReport = field(default_factory=LinkReport)
    site_url: str = "https://guide.example/"
    complete: bool = False  # for readers: with the whole guide in one PDF
    draft: bool = False  # `serve`: an earlier booklet will do while pages are edited
    sheets: tuple[Sheet, ...] = ()  # printed before the pages that show them
    emergency: tuple[str, ...] = ()  # facts that the Urgence pages state, known once these are rendered


class View:
    """Renders fragments for one page; `cited` gathers what they cite, for `compose`, which returns it.

    A `brief` one leaves sources to the site.
    """

    brief = False
    CITED = ("fact", "law", "contact", "resource")

    def __init__(self, guide: Guide, options: Options, page_id: str, titles: Mapping[str, str]) -> None:
        self.guide, self.options, self.page_id, self.titles = guide, options, page_id, titles
        # By kind, ids in order of first use.
        self.cited: dict[str, dict[str, None]] = {kind: {} for kind in self.CITED}
        self.drawn: dict[str, int] = {}  # how often the page has shown a drawing: ids stay apart
        self._rows: dict[str, dict[str, int]] = {}  # file of data → id → rank, once asked for
        self._environment: jinja2.Environment | None = None

    @property
    def today(self) -> dt.date:
        return self.options.today

    def insert(self, text: str) -> str:
        """`text` with its inserts replaced by the values of the data."""
        return INSERT.sub(lambda match: self.value(match[1], match[2]), text)

    def insert_markdown(self, text: str) -> str:
        """The same in Markdown: a value stays text, whatever signs it holds."""
        return INSERT.sub(lambda match: verbatim.markdown(self.value(match[1], match[2])), text)

    def value(self, kind: str, name: str) -> str:
        """What one insert stands for, noted as cited by this page; uncertain values say so."""
        self.cite([name], kind)
        if kind == "fact":
            fact = self.guide.facts[name]
            return fact.value + self._doubt(fact)
        if kind == "law":
            law = self.guide.laws[name]
            return law.inline + self._doubt(law)
        contact = self.guide.contacts[name]
        return (contact.phone or contact.name) + self._doubt(contact)

    @staticmethod
    def _doubt(entry: Doubtful) -> str:
        return f" ({TO_CHECK})" if entry.doubtful else ""

    def text(self, prose: str) -> str:
        """Prose of the data as plain typeset text."""
        return french.typeset(self.insert(prose))

    def prose(self, prose: str | None) -> Markup:
        """Prose of the data as escaped, typeset HTML."""
        return Markup(escape(self.text(prose), quote=False)) if prose else Markup("")

    def href(self, page_id: str, anchor: str = "") -> str:
        """Relative address of a page from this one, for HTML."""
        return self._relative(page_id, anchor, self.options.addresses)

    def markdown_href(self, page_id: str, anchor: str = "") -> str:
        """Relative path of a page's source from this one's, for Markdown: generators resolve it themselves."""
        return self._relative(page_id, anchor, Addresses.SOURCES)

    def file(self, path: str) -> str:
        """Relative address of a generated file from this page."""
        return posixpath.relpath(path, self._base(self.options.addresses))

    def _relative(self, page_id: str, anchor: str, addresses: Addresses) -> str:
        target = self._address(page_id, addresses)
        path = posixpath.relpath(target or ".", self._base(addresses))
        if target.endswith("/") or target == "":
            path = "./" if path == "." else path + "/"
        return path + (f"#{anchor}" if anchor else "")

    def _base(self, addresses: Addresses) -> str:
        """The folder from which this page's links start."""
        return posixpath.dirname(self._address(self.page_id, addresses)) or "."

    def on_site(self, anchor: str = "") -> str:
        """Where this page is read on the site, as people copy it by hand; its title while there is no address."""
        if not self.guide.site.url:
            return f"page « {french.typeset(self.titles[self.page_id])} » du site"
        address = join(self.guide.site.url, self._address(self.page_id, Addresses.FOLDERS))
        return address.removeprefix("https://").removeprefix("www.") + (f"#{anchor}" if anchor else "")

    def _address(self, page_id: str, addresses: Addresses) -> str:
        address = tree.address(page_id)
        if addresses is Addresses.FOLDERS:
            return address
        page_id = address.removesuffix("/")
        is_folder = (self.guide.root / "docs" / page_id / "index.md").exists()
        ending = addresses.value.removeprefix("page")
        return posixpath.join(page_id, "index" + ending) if is_folder else page_id + ending

    def resource(self, resource_id: str) -> Resource:
        """A resource, noted as cited by this page."""
        self.cite([resource_id])
        return self.guide.resources[resource_id]

    def cite(self, names: Iterable[str], kind: str = "resource") -> None:
        """Notes what the page relies on: the ids of its sources, or of facts, laws, contacts."""
        self.cited[kind].update(dict.fromkeys(names))

    def link(self, resource_id: str, label: str | None = None) -> Markup:
        """A link to a resource by its title; without address, to its entry in the catalogue."""
        resource = self.resource(resource_id)
        words = Markup(escape(french.typeset(label or resource.title), quote=False))
        title_lang = resource.title_lang or resource.lang
        lang = f' lang="{title_lang}"' if title_lang != "fr" and label is None else ""
        if resource.link:
            lang += f' hreflang="{resource.lang}"' if resource.lang != "fr" else ""
            return Markup(f'<a href="{escape(resource.link)}"{lang}>{words}</a>')
        return Markup(f'<a href="{self.href(self.guide.pages.catalogue, resource.id)}"{lang}>{words}</a>')

    def correct(self, place: Place, what: str, anchor: str = "") -> Markup:
        """A link to propose a correction of `what`; nothing while there is nowhere to send it."""
        page = self._address(self.page_id, Addresses.FOLDERS)
        shown_at = join(self.options.site_url, page + (f"#{anchor}" if anchor else ""))
        target = corrections.address(self.guide.site, place, what, shown_at)
        if target is None:
            return Markup("")
        hidden = f'<span class="g-vh"> : {escape(what)}</span>'
        return Markup(f'<a class="g-correct" href="{escape(target)}">Proposer une correction{hidden}</a>')

    def written(self, file: str, key: str) -> Place:
        """Where `data/<file>.yml` (« resources », « facts ») writes the entry with this id; to the line for an editor on the web."""
        if not self.guide.site.repository:
            return Place(f"data/{file}.yml")
        if file not in self._rows:
            self._rows[file] = {id: row for row, id in enumerate(getattr(self.guide, file))}
        return self.guide.place(file, self._rows[file][key])

    def links(self, resource_ids: Iterable[str]) -> Markup:
        """Several resources in one sentence part, separated by semicolons."""
        return Markup(french.NBSP + "; ").join(self.link(each) for each in resource_ids)

    @staticmethod
    def expansion(term: GlossaryTerm) -> Markup:
        """An acronym in full, its English words marked as such."""
        words = Markup(escape(french.typeset(term.expansion or ""), quote=False))
        english = Markup(escape(french.typeset(term.english or ""), quote=False))
        return words.replace(english, Markup(f'<span lang="en">{english}</span>'), 1) if english else words

    def link_state(self, resource: Resource) -> LinkStatus | None:
        """The last check of the resource's address, None where it was never checked."""
        return self.options.links.by_url.get(resource.link) if resource.link else None

    def never_opened(self, resources: Iterable[Resource]) -> int:
        """How many of these have an address that neither the check nor a hand has opened."""
        return sum(
            1
            for each in resources
            if each.link and not each.checked_by_hand and self.link_state(each) is None
        )

    def label(self, kind: str, name: str) -> str:
        """The words shown for an id of the taxonomy, such as `roles`, `referent`."""
        return next(str(term.label) for term in getattr(self.guide.taxonomy, kind) if term.id == name)

    def outside(self, roles: Collection[str]) -> bool:
        """Whether one of these roles is that of a company."""
        return any(role.outside for role in self.guide.taxonomy.roles if role.id in roles)

    def page_of(self, measure: Measure) -> str:
        """The page on which a measure is explained."""
        return next(group.page for group in self.guide.taxonomy.groups if group.id == measure.group)

    def drawing(self, name: str) -> Markup:
        """A drawing with its words, described for screen readers; as often as a page likes."""
        picture = self.guide.pictures[name]
        times = self.drawn[name] = self.drawn.get(name, 0) + 1
        for source in picture.said.sources:
            self.resource(source)
        return Markup(picture.inline(self.text, f"-{times}" if times > 1 else ""))

    def pictogram(self, name: str) -> Markup:
        """A pictogram beside the words that say the same."""
        return Markup(self.guide.pictures[name].silent(self.text))

    def phone(self, contact: Contact) -> Markup:
        """A number that a phone dials at a touch."""
        parts = re.split(r"( ou | ; | \()", contact.phone or "")
        return Markup("").join(self._dial(part) if part[:1].isdigit() else part for part in parts)

    def numbers(self, contact: Contact) -> list[dict[str, str]]:
        """Each number of a contact that may be shown here: what is dialled, what is said, and how (« (SMS) »)."""
        if "tel:" not in self.phone(contact):
            return []
        return [
            {"dial": _dialled(number), "said": number.replace(" ", french.NBSP), "how": how}
            for number, how in contact.numbers
        ]

    @staticmethod
    def _dial(number: str) -> Markup:
        label = escape(number).replace(" ", french.NBSP)
        return Markup(f'<a href="tel:{_dialled(number)}">{label}</a>')

    def render(self, template: str, **values: Any) -> str:
        """A fragment of HTML without blank lines, safe inside Markdown; a line that starts with `## ` is a heading."""
        if self._environment is None:
            from guide.page.templating import environment  # slow to load, and mostly no page is rendered

            compiled = self.guide.root / ".cache" / "templates"
            self._environment = environment(compiled, self.prose, self._asked())
        html = french.typeset_html(self._environment.get_template(template + ".html.j2").render(**values))
        lines = (line.strip() for line in html.splitlines() if line.strip())
        return "\n".join(
            f"\n{verbatim.heading(line)}\n" if line.startswith(("## ", "### ")) else line for line in lines
        )

    def _asked(self) -> dict[str, Any]:
        """What a template may ask of the page for which it is rendered."""
        return {
            "view": self,
            "guide": self.guide,
            "site": self.guide.site,
            "correct": self.correct,
            "file": self.file,
            "href": self.href,
            "label": self.label,
            "link": self.link,
            "links": self.links,
            "outside": self.outside,
            "phone": self.phone,
            "written": self.written,
        }


def _dialled(number: str) -> str:
    return re.sub(r"\D", "", number)
