"""Learns how listings show their entries, and what leads to their next page."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborNode as Node

from furat import urls
from furat.pages.page import Page, text
from furat.pages.paging import page_number
from furat.profile.places import best, proposed
from furat.profile.profile import KnownListing, Place
from furat.profile.reading import matches

MOST_LINKS = 2_000


@dataclass(frozen=True)
class Sheet:
    """One page of a listing, and the addresses that the site says it shows."""

    page: Page
    number: int
    """Of the page, from 1."""

    shown: tuple[str, ...]

    @cached_property
    def wanted(self) -> frozenset[str]:
        """The addresses that it must show, canonical."""
        return frozenset(map(urls.canonical, self.shown))

    def links(self) -> list[Node]:
        """Return the links to entries; one of a picture prints no title."""
        return [node for node in self._all if text(node) and self.address(node) in self.wanted]

    def onward(self) -> list[Node]:
        """Return the links to the next page."""
        return [node for node in self._all if page_number(self.page.link(node) or "") == self.number + 1]

    def address(self, node: Node) -> str:
        """Return where a link leads, canonical; empty where it leads nowhere."""
        url = self.page.link(node)
        return urls.canonical(url) if url else ""

    @cached_property
    def _all(self) -> list[Node]:
        return self.page.tree.css("body a[href]")[:MOST_LINKS]


def learn_listing(sheets: Sequence[Sheet]) -> KnownListing:
    """Return where the links to the entries and to the next page stand; the kinds of listings are learned apart."""
    entries = ((number, node, SHAPE) for number, sheet in enumerate(sheets) for node in sheet.links())
    rated, wrong = best(proposed(entries, len(sheets)), sheets, _shows_all)
    onward = ((number, node, SHAPE) for number, sheet in enumerate(sheets) for node in sheet.onward())
    following, _ = best(proposed(onward, len(sheets)), sheets, _leads_on)
    return KnownListing(
        places=tuple(each.place for each in rated),
        right=rated[0].right if rated else 0,
        wrong=wrong,
        seen=len(sheets),
        distinct=rated[0].right if rated else 0,
        next=tuple(each.place for each in following),
    )


SHAPE = Place("", "href")


def _shows_all(place: Place, sheet: Sheet) -> bool | None:
    """Return whether the links at ``place`` lead to the entries and to nothing else."""
    found = {sheet.address(node) for node in matches(sheet.page, place) if text(node)}
    return found == sheet.wanted if found else None


def _leads_on(place: Place, sheet: Sheet) -> bool | None:
    found = matches(sheet.page, place)
    return page_number(sheet.page.link(found[0]) or "") == sheet.number + 1 if found else None
