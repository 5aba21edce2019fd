"""Learns where listings have the links to their entries and to their next page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborNode as Node

from furat import urls
from furat.pages.entry import Entry
from furat.pages.page import Page, text
from furat.pages.paging import page_number
from furat.profile.lesson import plain
from furat.profile.places import best, proposed
from furat.profile.profile import KnownListing, Place
from furat.profile.reading import matches

MOST_LINKS = 2_000
SAME = 0.8
"""The least share of a page's entries that its feed must have too: some posts are sticky, or in another order."""


@dataclass(frozen=True)
class Sheet:
    """One page of a listing, and the entries that the site says it shows."""

    page: Page
    number: int
    """The number of the page, from 1."""

    shown: tuple[Entry, ...]

    @cached_property
    def wanted(self) -> Mapping[str, str]:
        """The titles of the entries that the page must show, by canonical address."""
        return {urls.canonical(entry.url): plain(entry.title) for entry in self.shown}

    def links(self) -> list[Node]:
        """Return the links to entries that print their titles; if none does, all links to entries."""
        found = [(node, self.wanted[self.address(node)]) for node in self._all if self.address(node) in self.wanted]
        return [node for node, title in found if plain(text(node)) == title] or [node for node, _ in found]

    def onward(self) -> list[Node]:
        """Return the links to the next page."""
        return [node for node in self._all if page_number(self.page.link(node) or "") == self.number + 1]

    def address(self, node: Node) -> str:
        """Return the canonical address that a link leads to; empty if it leads nowhere."""
        url = self.page.link(node)
        return urls.canonical(url) if url else ""

    @cached_property
    def _all(self) -> list[Node]:
        return self.page.tree.css("body a[href]")[:MOST_LINKS]


def learn_listing(sheets: Sequence[Sheet]) -> KnownListing:
    """Return the places of the links to entries and to the next page; each kind of listing is learned separately."""
    entries = ((number, node, SHAPE) for number, sheet in enumerate(sheets) for node in sheet.links())
    rated, wrong = best(proposed(entries, len(sheets), is_row=True), sheets, _shows_all)
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
    """Return whether the links at ``place`` lead to the entries and to hardly anything else."""
    found = {sheet.address(node) for node in matches(sheet.page, place)}
    most = max(len(found), len(sheet.wanted))
    return len(found & sheet.wanted.keys()) >= SAME * most if found else None


def _leads_on(place: Place, sheet: Sheet) -> bool | None:
    found = matches(sheet.page, place)
    return page_number(sheet.page.link(found[0]) or "") == sheet.number + 1 if found else None
