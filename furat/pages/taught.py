"""What a site's profile reads on one page: the profile itself lies above, for it is learned from whole pages."""

from dataclasses import dataclass
from typing import Protocol

from selectolax.lexbor import LexborNode as Node

from furat.pages.entry import Entry
from furat.pages.moment import Moment
from furat.pages.page import Page
from furat.sections import Section


@dataclass(frozen=True, slots=True)
class Taught:
    """What the places that a profile knows give on the page of an article; empty where they give nothing."""

    proven: frozenset[str] = frozenset()
    """The fields whose place was right on enough posts, wrong on none: it comes before every mark of the page."""

    heading: Node | None = None
    """The element that prints the title."""

    title: str = ""
    body: Node | None = None
    """The element that holds the text."""

    dropped: frozenset[int] = frozenset()
    """The `mem_id` of the elements in it that are not the article's."""

    authors: tuple[str, ...] = ()
    published: Moment | None = None
    modified: Moment | None = None
    categories: tuple[Section, ...] = ()
    tags: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class TaughtListing:
    """What the places that a profile knows give on the page of a listing."""

    entries: tuple[Entry, ...] = ()
    next_url: str | None = None
    is_proven: bool = False
    """Whether its places were right on enough pages, wrong on none."""


class Guide(Protocol):
    """Reads pages by what a site taught."""

    def article(self, page: Page) -> Taught:
        """Return what is taught of the article that ``page`` shows."""

    def listing(self, page: Page, kind: str, number: int) -> TaughtListing:
        """Return what is taught of the page ``number`` of a listing of this ``kind``."""
