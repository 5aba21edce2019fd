"""Learns how listings show their entries, and what leads to their next page."""

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
"""The share of a page's entries that its feed must have: posts of the same second change places, others are sticky."""


@dataclass(frozen=True)
class Sheet:
    """One page of a listing, and the entries that the site says it shows."""

    page: Page
    number: int
    """Of the page, from 1."""

    shown: tuple[Entry, ...]

    @cached_property
    def wanted(self) -> Mapping[str, str]:
        """The titles of what it must show, by canonical address."""
        return {urls.canonical(entry.url): plain(entry.title) for entry in self.shown}

    def links(self) -> list[Node]:
        """Return the links that print the titles of entries; where none does, all that lead to them."""
        found = [(node, self.wanted[self.address(node)]) for node in self._all if self.address(node) in self.wanted]
        return [node for node, title in found if plain(text(node)) == title] or [node for node, _ in found]

    def onward(self) -> list[Node]:
        """Return the links to the next page."""
        return [node for node in self._all if page_number(self.page.link(node) or "") == self.number + 1]

    def address(self, node: Node) -> str:
        """Return where a link leads, canonical; empty if it leads nowhere."""
        url = self.page.link(node)
        return urls.canonical(url) if url else ""

    @cached_property
    def _all(self) -> list[Node]:
        return self.page.tree.css("body a[href]")[:MOST_LINKS]


def learn_listing(sheets: Sequence[Sheet]) -> KnownListing:
    """Return where the links to the entries and to the next page stand; the kinds of listings are learned apart."""
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
