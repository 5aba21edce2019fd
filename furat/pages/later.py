"""Where a page links to the later pages of its article."""

import re
from collections.abc import Iterable, Iterator, Sequence

from selectolax.lexbor import LexborNode as Node
from w3lib.url import add_or_replace_parameter

from furat import urls
from furat.pages.lines import printed
from furat.pages.names import ancestors
from furat.pages.page import Page
from furat.pages.weights import COMMENTS

MOST_LINKS = 50
MOST_PAGES = 100
SHOWN = re.compile(r"(?<=/)\d{1,4}/?$|[?&]page=\d{1,4}")
"""What the address of a later page has beyond that of the first."""

NUMBERED = re.compile(r"(?:^|/)(\d{1,4})/?(?:#.*)?$|[?&]page=(\d{1,4})(?!\d)", re.ASCII)
"""The number in the address of a link that may be one to a later page."""

LONGEST = 9
"""Digits of a number, at most: longer ones take the square of it to read."""


class LaterPages:
    """The links of a page to the later pages of its article.

    Themes name these links as they like and put them where they like; their addresses are core's
    (https://developer.wordpress.org/reference/functions/_wp_link_page/). Readers may write to them in comments.
    """

    def __init__(self, page: Page) -> None:
        """Look at every link of ``page`` once."""
        self.page = page
        self._links: dict[int, list[Node]] = {}
        """The links whose address names a number, by that number."""
        for node in page.tree.css("a[href]"):
            if found := NUMBERED.search(node.attributes["href"] or ""):
                self._links.setdefault(int(found[1] or found[2]), []).append(node)

    def at(self, firsts: Iterable[str], number: int) -> str | None:
        """Return where a link leads to the page ``number`` of the article whose first page is at one of ``firsts``."""
        links = self._links.get(number, [])
        wanted = {urls.canonical(url) for first in firsts for url in addresses(first, number)} if links else set()
        for node in links[:MOST_LINKS]:
            url = self.page.link(node)
            if url and urls.canonical(url) in wanted and _may_be(node, number):
                return url
        return None

    def all(self, firsts: Sequence[str]) -> Iterator[str]:
        """Yield the addresses of the later pages, up to where the numbers stop; the one that is shown has no link."""
        missing = 0
        for number in range(2, MOST_PAGES):
            url = self.at(firsts, number)
            missing = 0 if url else missing + 1
            if missing > 1:
                return
            if url:
                yield url


def addresses(first: str, number: int) -> tuple[str, str]:
    """Return the two addresses that WordPress may give the page ``number`` of the article at ``first``.

    >>> addresses("https://example.org/a/", 2)
    ('https://example.org/a/2/', 'https://example.org/a/?page=2')
    """
    return f"{first.rstrip('/')}/{number}/", add_or_replace_parameter(first, "page", str(number))


def is_to_page(base: str, href: str, said: str) -> bool:
    """Return whether a link that prints ``said`` leads to that page of the article one page of which is at ``base``.

    >>> at = "https://example.org/a/2/"
    >>> is_to_page(at, "/a/3/", "3"), is_to_page(at, "/a/", "1"), is_to_page(at, "/b/3/", "3")
    (True, True, False)
    """
    if not said.isdecimal() or len(said) > LONGEST:
        return False
    url, number = urls.canonical(urls.absolute(base, href) or ""), int(said)
    firsts = (base, SHOWN.sub("", base))
    shown = addresses(firsts[0], number) + addresses(firsts[1], number) if number > 1 else firsts
    return url in map(urls.canonical, shown)


def _may_be(node: Node, number: int) -> bool:
    """Return whether a link stands in no comment, and prints no other number alone."""
    said = printed(node)
    is_another = said.isdecimal() and int(said[:LONGEST]) != number
    return not is_another and not any(map(_is_comments, ancestors(node)))


def _is_comments(node: Node) -> bool:
    given = node.attributes
    names = (*(f".{name}" for name in (given.get("class") or "").split()), f"#{given.get('id') or ''}")
    return not COMMENTS.isdisjoint(names)
