"""What leads from one page of a listing to the next."""

import re
from collections.abc import Mapping
from functools import cached_property
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from selectolax.lexbor import LexborNode as Node

from furat import urls
from furat.pages.lines import printed
from furat.pages.page import Attributes, Page
from furat.pages.paging import PAGE, base_of, page_number

NEXT_LINKS = (
    ".next, .older, .nav-previous, a[rel=next], link[rel=next], .wp-block-query-pagination-next,"
    " .pagination-next, a.older-posts"
)
"""What leads on, or stands around the link that does: selectors of one part, for those of two look at all around."""

MORE = (
    "a[class*=load-more], a[class*=loadmore], a[class*=load_more], a[class*=show-more], a[class*=ajax-more],"
    " button[class*=load-more], button[class*=loadmore], button[class*=load_more], span[class*=load-more],"
    " .jeg_block_loadmore, #infinite-handle, .infinite-scroll-trigger, .elementor-load-more-anchor, [data-next-page],"
    " body.infinite-scroll, .ajax-load-more-wrap"
)
SCRIPTED = "[data-page], [data-paged], [data-page-number], [data-pageno], a[href^='#'], a[href^='javascript:'], button"
"""What a script may follow to a page with a number."""

DATA = ("data-page", "data-paged", "data-page-number", "data-pageno")
PAGERS = re.compile(r"pag(?:e|ing|inat|ed)|nav", re.IGNORECASE)
SLIDERS = re.compile(r"swiper|slick|slide|carousel|owl|flex-|tab|gallery|ticker|menu", re.IGNORECASE)
"""What has numbers of its own, for what it shows in turn."""

MOST, FEW, LAST = 200, 20, 100_000


class Pager:
    """Reads what a listing's page ``number`` prints of the others; ``links`` are all links of the page."""

    def __init__(self, page: Page, number: int, links: list[tuple[Node, Attributes]]) -> None:
        self.page = page
        self.number = number
        self.links = links

    @cached_property
    def linked(self) -> str | None:
        """The address of the next page as the page links to it, so that it must be there."""
        wanted = self.number + 1
        if wanted in self.numbered:
            return self.numbered[wanted]
        host = urls.authority(self.page.url)
        nodes = (inner for node in self.page.tree.css(NEXT_LINKS)[:MOST] for inner in islice(node.traverse(), FEW))
        links = (self.page.link(node) for node in nodes if node.tag in ("a", "link"))
        found = (url for url in links if url and urls.authority(url) == host and page_number(url) == wanted)
        return next(found, None)

    @property
    def scripted(self) -> str | None:
        """The address of the next page where only a script follows its number: it must be there, if not under it."""
        return self.counted(self.number + 1) if self.number + 1 in self.numbers else None

    @property
    def more(self) -> str | None:
        """The address of the next page where only a button loads more: nobody knows whether there is more."""
        button = self.page.tree.css_first(MORE)
        if button is None:
            return None
        given = urls.absolute(self.page.base, button.attributes.get("data-next-page"))
        return given or self.counted(self.number + 1)

    @cached_property
    def last(self) -> int | None:
        """The number of the last page, which core prints among others; None where no number is printed."""
        return max((*self.numbered, *self.numbers), default=None) if self._is_printed or self.numbers else None

    @property
    def numbered(self) -> Mapping[int, str]:
        """The pages of this listing that are linked here, by their numbers."""
        return {number: self.page.link(node) or "" for number, node in self._linked.items()}

    @cached_property
    def _linked(self) -> dict[int, Node]:
        here = base_of(self.page.url)
        found: dict[int, Node] = {}
        for node, attributes in self.links:
            if "page" in (attributes["href"] or "") or "page" in (attributes.get("class") or ""):
                url = self.page.address(attributes)
                if url and base_of(url) == here:
                    found.setdefault(page_number(url), node)
        return found

    @property
    def _is_printed(self) -> bool:
        """Whether a link to another page prints a number: where there are only arrows, the last one is not linked."""
        return any(str.isdecimal(letter) for node in self._linked.values() for letter in printed(node))

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The pages whose numbers are printed in a pager that only a script follows."""
        found = (_number(node) for node in self.page.tree.css(SCRIPTED)[:MOST] if _is_in_pager(node))
        return frozenset(number for number in found if 0 < number < LAST)

    def counted(self, number: int) -> str:
        """Return where WordPress has the page ``number`` of this listing."""
        parts = urlsplit(self.page.url)
        query = dict(parse_qsl(parts.query))
        if not query.keys().isdisjoint(("cat", "tag", "author", "m", "paged")):  # a site without permalinks
            asked = urlencode({**query, "paged": str(number)})
            return urlunsplit(parts._replace(query=asked, fragment=""))
        path = PAGE.sub(f"/page/{number}/", parts.path, count=1)
        return urlunsplit(parts._replace(path=path, fragment=""))


def _number(node: Node) -> int:
    """Return the number of the page that ``node`` leads to, as it says or prints; 0 where it is none."""
    given = node.attributes
    said = next((given[name] for name in DATA if given.get(name)), None) or printed(node)
    return int(said) if said.isdecimal() and len(said) < len(str(LAST)) else 0


def _is_in_pager(node: Node) -> bool:
    """Return whether a name on ``node`` or close around it tells of pages, and it leads nowhere by itself."""
    href = node.attributes.get("href") or ""
    if href and not href.startswith(("#", "javascript:")):
        return False
    near = [each for each in (node, node.parent, node.parent and node.parent.parent) if each]
    names = " ".join(each.attributes.get("class") or "" for each in near)
    says = any(node.attributes.get(name) for name in DATA) or PAGERS.search(names)
    return bool(says) and not SLIDERS.search(names)
