"""The links of a page, and the kind of address that they lead to."""

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborNode as Node

from furat.arabic import fold
from furat.pages.page import Page, text

MOST_LINKS = 2_000


class Link(NamedTuple):
    """A link on a page."""

    node: Node
    base: str
    name: str
    """What it prints, folded."""


def links(page: Page) -> list[Link]:
    """Return the links of ``page`` in reading order."""
    found = ((node, page.link(node), fold(text(node))) for node in page.tree.css("body a[href]")[:MOST_LINKS])
    return [Link(node, base_of(url), name) for node, url, name in found if url and name]


@lru_cache(maxsize=4096)  # the pages of a site link to the same sections
def base_of(url: str) -> str:
    """Return the first part of an address's path, or the name that its query begins with.

    >>> base_of("https://example.org/category/news/"), base_of("https://example.org/?cat=4")
    ('category', 'cat')
    """
    parts = urlsplit(url)
    return unquote(parts.path.strip("/").split("/")[0]) or parts.query.partition("=")[0]
