"""The page of a listing: its entries, and the way to the next page."""

import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import urlsplit, urlunsplit

from selectolax.lexbor import LexborNode as Node

from furat import urls
from furat.pages import cards, dated, labels
from furat.pages.around import Surroundings
from furat.pages.entry import Entry
from furat.pages.page import Attributes, Page, section_kind
from furat.pages.pager import Pager
from furat.pages.paging import base_of, page_number
from furat.pages.section_links import is_language, is_marked, placed_kind
from furat.pages.shown import Lead, leads
from furat.pages.taught import Guide, TaughtListing
from furat.sections import Kind, Section

LISTINGS = frozenset({"archive", "home", "blog", "search"})
NOT_LISTINGS = frozenset({"single", "error404"})

CORE = LISTINGS | NOT_LISTINGS | {"page", "attachment", "single-post"}
"""What body_class() says of the kind of a page; a theme may do without, or hide it."""

SEVERAL = 3
MOST = 100
NOT_ARTICLE = re.compile(r"[/?&](?:author[/=]|wp-content/|page/\d|cat=|feed/?$)")
SHORT = re.compile(r"\?p=(\d{1,18})")
PAGED = re.compile(r"(?:\w+-)?paged-(\d{1,9})")


class ListingPage(Page):
    """Reads a listing: the home page, a category, a tag, an author or a month."""

    def __init__(self, html: str | bytes, url: str, guide: Guide | None = None) -> None:
        """Take what the site itself taught as ``guide``."""
        super().__init__(html, url)
        self._guide = guide

    @cached_property
    def is_listing(self) -> bool:
        """Whether core's body classes say so; on other pages, whether several entries are there."""
        if self.body_classes & NOT_LISTINGS:
            return False
        return bool(self.body_classes & LISTINGS) or (not self.body_classes & CORE and len(self.entries) >= SEVERAL)

    @property
    def root(self) -> str:
        """The address of the host's first page."""
        return urlunsplit(urlsplit(self.url)._replace(path="/", query="", fragment=""))

    @property
    def name(self) -> str:
        """The heading of the section without its label; empty where the page has none."""
        found = (labels.heading(node) for node in self.all(self.layout.HEADING))
        return next(filter(None, found), "")

    # Entries

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The articles of the listing in reading order, each once."""
        found: dict[str, Entry] = {}
        for entry in self._shown():
            found.setdefault(urls.canonical(entry.url), entry)
        taught = self._taught.entries if self._taught.is_proven else ()
        return taught if len(taught) > len(found) else tuple(found.values())

    @cached_property
    def _taught(self) -> TaughtListing:
        """What the site taught of the listings that its home page begins."""
        is_home = base_of(self.url) == base_of(self.root)
        return self._guide.listing(self, "home", self.number) if self._guide and is_home else TaughtListing()

    @cached_property
    def posts(self) -> frozenset[int]:
        """The numbers of the posts that WordPress marks here as the listing's."""
        return frozenset(cards.marked(self._items(".type-post")))

    @property
    def unlinked(self) -> frozenset[int]:
        """The numbers of those posts to which nothing leads here: their entries are their short addresses."""
        short = (SHORT.fullmatch(entry.url.removeprefix(self.root)) for entry in self.entries)
        return self.posts & {int(found[1]) for found in short if found}

    def _shown(self) -> Iterator[Entry]:
        read = cards.Cards(self._leads, self._surroundings)
        for names in (cards.THEMES, *cards.COMMON):
            nodes = self._items(names)
            found = read.entries(nodes)
            if len(found) > (names == cards.THEMES):  # a single one may be a theme's name for all of them
                yield from (self._in_item(lead, read) for lead in found)
                yield from self._unlinked(nodes, read)
                return
        yield from self._unmarked()

    def _unmarked(self) -> Iterator[Entry]:
        """Yield the entries of a page that names no items."""
        found = cards.headed(self._leads)
        if len(found) < SEVERAL:
            found = max(found, cards.alike(self._leads), key=len)
        shared = dated.shared(self._leads)
        yield from (Entry(lead.url, lead.title, dated.moment(dated.card(lead, shared))) for lead in found)

    def _in_item(self, lead: Lead, read: cards.Cards) -> Entry:
        item = self._surroundings.nodes[lead.around.item]
        return Entry(lead.url, read.title(lead), dated.moment(item))

    def _unlinked(self, nodes: list[Node], read: cards.Cards) -> Iterator[Entry]:
        """Yield the posts to which nothing leads, at their short addresses: a theme links a post by its title."""
        for number, node in cards.marked(nodes).items():
            if not read.has_leads(node):
                yield Entry(f"{self.root}?p={number}")

    def _items(self, names: str) -> list[Node]:
        found = cards.items(self._surroundings, names)
        return [node for node in found if self._surroundings.part(node) in self._matter]

    @cached_property
    def _surroundings(self) -> Surroundings:
        return Surroundings(self.tree, cards.NAMES)

    @cached_property
    def _leads(self) -> list[Lead]:
        """The links of the page's own part."""
        return [lead for lead in self._all_leads if lead.around.beside in self._matter]

    @cached_property
    def _all_leads(self) -> list[Lead]:
        return [*leads(self._surroundings, self._article_at)]

    @cached_property
    def _matter(self) -> frozenset[int]:
        """The `mem_id` of the parts beside that are the listing after all; 0 stands for what is in none of them."""
        return cards.matter(self.tree, self._all_leads, self._surroundings)

    def _article_at(self, link: Attributes) -> str | None:
        """Return where a link to an article leads; None of any other. Most articles are linked several times."""
        key = link.get("rel") or "", link.get("href") or ""
        if key not in self._led:
            url = self.address(link)
            self._led[key] = url if url and self._is_article(key[0], url) else None
        return self._led[key]

    @cached_property
    def _led(self) -> dict[tuple[str, str], str | None]:
        return {}

    def _is_article(self, rel: str, url: str) -> bool:
        return (
            urls.authority(url) == self._host
            and not section_kind(rel, url)
            and not NOT_ARTICLE.search(url)
            and base_of(url) not in self._bases
        )

    @cached_property
    def _host(self) -> str:
        return urls.authority(self.url)

    @cached_property
    def _bases(self) -> tuple[str, str]:
        """What leads to this listing, or to the site's own."""
        return base_of(self.url), base_of(self.root)

    # Paging

    @cached_property
    def number(self) -> int:
        """The number of this page of the listing, from 1."""
        marked = next(filter(None, map(PAGED.fullmatch, self.body_classes)), None)
        return int(marked[1]) if marked else page_number(self.url)

    @cached_property
    def next_url(self) -> str | None:
        """The address of the next page: as printed, or counted where only a script leads there; None on the last."""
        if self.linked_next or not self.entries:
            return self.linked_next
        return self._taught.next_url or self._pager.scripted or self._pager.more

    @property
    def linked_next(self) -> str | None:
        """The address of the next page as the page links to it, so that it must be there."""
        return self._pager.linked

    @property
    def is_next_promised(self) -> bool:
        """Whether the next page must be there, by a link or by its number in a pager that a script follows."""
        return bool(self.next_url and (self._pager.linked or self._pager.scripted))

    @property
    def total_pages(self) -> int | None:
        """How many pages the listing has; None where the page does not say."""
        return self.number if self.next_url is None else self._pager.last

    @cached_property
    def _pager(self) -> Pager:
        return Pager(self, self.number, self._links)

    # What else it leads to

    @cached_property
    def languages(self) -> tuple[Section, ...]:
        """The home pages of the site's other languages, as its head names them, or as a switcher leads to them."""
        here = urls.canonical(self.url)
        named = self.tree.css("a[hreflang], link[rel=alternate][hreflang]")[:MOST]
        links = ((node, node.attributes.get("hreflang") or "", self.link(node)) for node in named)
        told = ((name, url) for node, name, url in links if url and (node.tag != "a" or is_language(url, name)))
        found = {urls.canonical(url): (name, url) for name, url in told}
        return tuple(
            Section("home", name, url)
            for address, (name, url) in found.items()
            if address != here and name != "x-default"
        )

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Every section that the page links to, menus and sidebars included, each once."""
        marked: list[Node] = []
        placed: dict[Kind, list[Node]] = {"category": [], "tag": []}
        for node, attributes in self._links:
            if is_marked(attributes):
                marked.append(node)
            elif kind := placed_kind(node, attributes):
                placed[kind].append(node)
        found = self.sections_of(marked)
        for kind, nodes in placed.items():
            for address, section in self.sections_of(nodes, kind).items():
                found.setdefault(address, section)
        return tuple(found.values())

    @property
    def leads(self) -> list[str]:
        """The addresses of the entries; where there are none, of all links but those to this page itself."""
        found = filter(None, (self.address(attributes) for _, attributes in self._links))
        here = urls.canonical(self.url)
        return [entry.url for entry in self.entries] or [url for url in found if urls.canonical(url) != here]

    @property
    def _links(self) -> list[tuple[Node, Attributes]]:
        return self._surroundings.links
