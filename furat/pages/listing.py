"""The page of a listing: its entries, and the way to the next page."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice, takewhile
from urllib.parse import urlsplit, urlunsplit

from selectolax.lexbor import LexborNode as Node

from furat import urls
from furat.pages.entry import Entry
from furat.pages.names import ancestors
from furat.pages.page import Attributes, Page, section_kind, text
from furat.pages.paging import PAGE, base_of, page_number
from furat.pages.shown import Shown
from furat.pages.weigh import holder
from furat.sections import Kind, Section

LISTINGS = frozenset({"archive", "home", "blog", "search"})
NOT_LISTINGS = frozenset({"single", "error404"})

NEXT_LINKS = (
    "a.next[href], .older a[href], .nav-previous a[href], a[rel=next], link[rel=next], .wp-block-query-pagination-next,"
    " .pagination-next a[href], .pages-nav .next a[href], .ast-pagination .next, a.older-posts"
)
PAGINATION = (
    ".pagination, .page-numbers, .nav-links, .wp-block-query-pagination, .penci-pagination, .jeg_pagination, .page-nav,"
    " .pages-nav, .wp-pagenavi, .posts-navigation, .paging-navigation"
)
MORE = (
    "a[class*=load-more], a[class*=loadmore], a[class*=load_more], a[class*=show-more], a[class*=ajax-more],"
    " button[class*=load-more], button[class*=loadmore], button[class*=load_more], span[class*=load-more],"
    " .jeg_block_loadmore a, #infinite-handle, .infinite-scroll-trigger, .elementor-load-more-anchor, [data-next-page],"
    " body.infinite-scroll, .ajax-load-more-wrap"
)
AROUND_SECTIONS: Mapping[str, Kind] = {
    "menu-item-object-category": "category",
    "cat-item": "category",
    "menu-item-object-post_tag": "tag",
}
"""What WordPress calls the items of its menus and widgets that lead to sections."""

HEADINGS = (("h2", "h3", "h4"), ("h5",), ("h6",))
"""What may print the titles where no name tells; themes of cards use the lower ones."""

MOST_HEADINGS = 300
SEVERAL = 3
NOT_ARTICLE = re.compile(r"[/?&](?:author[/=]|wp-content/|page/\d|cat=|feed/?$)")
PAGED = re.compile(r"(?:\w+-)?paged-(\d+)")
LABEL = re.compile(
    r"^(?:category|categories|tag|author|archives?|month|year|day|browsing|results for"
    r"|(?:ال)?(?:تصنيف|قسم|وسم|وسوم|أرشيف|شهر|سنة|يوم|كاتب))\s*:\s*",
    re.IGNORECASE,
)


class ListingPage(Page):
    """Reads a listing: the home page, a category, a tag, an author or a month."""

    @cached_property
    def is_listing(self) -> bool:
        """Whether core's body classes say so; on other pages, whether several entries are there."""
        if self.body_classes & NOT_LISTINGS:
            return False
        return bool(self.body_classes & LISTINGS) or (not self.body_classes and len(self.entries) >= SEVERAL)

    @property
    def root(self) -> str:
        """The address of the host's first page."""
        return urlunsplit(urlsplit(self.url)._replace(path="/", query="", fragment=""))

    @property
    def name(self) -> str:
        """The heading of the section without its label; empty where the page has none."""
        heading = next((node for node in self.all(self.layout.HEADING) if text(node)), None)
        inner = (heading.css("h1 span:not(.screen-reader-text)") or heading.css("h1")) if heading else []
        return LABEL.sub("", next(filter(None, map(text, inner)), text(heading)))

    # Entries

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The articles of the listing in reading order, each once."""
        found: dict[str, Entry] = {}
        for entry in self._items() or self._headings():
            found.setdefault(urls.canonical(entry.url), entry)
        return tuple(found.values())

    def _items(self) -> list[Entry]:
        for names in self.layout.ITEMS.split():
            items = sorted(self.parts.named(*names.split("|")), key=self.parts.position)
            if shown := [entry for node in _outermost(items) if (entry := self._entry(node))]:
                return shown
        return []

    def _headings(self) -> list[Entry]:
        ranks = (islice(self.parts.named(*rank), MOST_HEADINGS) for rank in HEADINGS)
        entries = ([(node, entry) for node in rank if (entry := self._entry(node))] for rank in ranks)
        shown = next(filter(None, entries), [])
        around = holder((node, 1) for node, _ in shown)
        return [entry for node, entry in shown if around and around.mem_id in {each.mem_id for each in ancestors(node)}]

    def _entry(self, item: Node) -> Entry | None:
        """Return the entry that an item, or a heading in or around a link, shows: what prints the title comes first."""
        shown = Shown(item)
        for link, title in shown.titles():
            url = self.address(link)
            if url and self._is_article(link.get("rel") or "", url):
                return Entry(url, title, shown.moment(self.layout))
        return None

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
        """The address of the next page: as printed, or counted where only a button loads more; None on the last."""
        return self.linked_next or self._counted_next()

    @cached_property
    def linked_next(self) -> str | None:
        """The address of the next page as the page links to it, so that it must be there."""
        wanted = self.number + 1
        if wanted in self._numbered:
            return self._numbered[wanted]
        links = (self.link(node) for node in self.tree.css(NEXT_LINKS))
        return next(
            (url for url in links if url and self._host == urls.authority(url) and page_number(url) == wanted), None
        )

    def _counted_next(self) -> str | None:
        more = self.tree.css_first(MORE)
        if more is None or not self.entries:
            return None
        given = urls.absolute(self.base, more.attributes.get("data-next-page"))
        return given or self._counted(self.number + 1)

    @property
    def total_pages(self) -> int | None:
        """How many pages the listing has; None where the page does not say."""
        if self.next_url is None:
            return self.number
        return max(self._numbered, default=None) if self._is_numbered else None

    def _counted(self, number: int) -> str:
        parts = urlsplit(self.url)
        path = PAGE.sub(f"/page/{number}/", parts.path, count=1)
        return urlunsplit(parts._replace(path=path, fragment=""))

    @cached_property
    def _numbered(self) -> dict[int, str]:
        """The pages of this listing that are linked here, by their numbers."""
        here = base_of(self.url)
        found: dict[int, str] = {}
        for _, attributes in self._links:
            if "page" in (attributes["href"] or "") or "page" in (attributes.get("class") or ""):
                url = self.address(attributes)
                if url and base_of(url) == here:
                    found.setdefault(page_number(url), url)
        return found

    @property
    def _is_numbered(self) -> bool:
        """Whether a page's number is printed as a link: the last one is always among them in core's pagination."""
        numbers = (text(node) for node in self.tree.css(PAGINATION))
        return any(re.search(r"\d", number) for number in numbers)

    # What else it leads to

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Every section that the page links to, menus and sidebars included, each once."""
        marked: list[Node] = []
        placed: dict[Kind, list[Node]] = {"category": [], "tag": []}
        for node, attributes in self._links:
            if _is_marked(attributes):
                marked.append(node)
            elif kind := _placed(node, attributes):
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

    @cached_property
    def _links(self) -> list[tuple[Node, Attributes]]:
        return [(node, node.attributes) for node in self.tree.css("a[href]")]


def _is_marked(attributes: Attributes) -> bool:
    """Return whether a link says itself that it leads to a section."""
    href, rel = attributes["href"] or "", attributes.get("rel")
    return "category/" in href or "tag/" in href or (rel is not None and "tag" in rel.lower().split())


def _placed(node: Node, attributes: Attributes) -> Kind | None:
    """Return the kind of section that a link leads to by its place in a menu, a widget or a cloud of tags."""
    around = node.parent
    for name in ((around and around.attributes.get("class")) or "").split():
        if name in AROUND_SECTIONS:
            return AROUND_SECTIONS[name]
    return "tag" if "tag-cloud-link" in (attributes.get("class") or "").split() else None


def _outermost(items: Iterable[Node]) -> Iterator[Node]:
    """Return the items that lie in no other; a page that a builder made is an item of core's, but no entry."""
    outermost: set[int] = set()
    around: set[int] = set()  # what holds them: whatever else it holds lies in none of them
    for node in items:
        if "type-page" in (node.attributes.get("class") or "").split() or node.tag in ("body", "main"):
            continue
        above = [*takewhile(lambda id_: id_ not in around, (each.mem_id for each in ancestors(node)))]
        if outermost.isdisjoint(above):
            outermost.add(node.mem_id)
            around.update(above)
            yield node
