"""Reads pages by a site's profile."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborNode as Node

from furat import urls
from furat.pages.entry import Entry
from furat.pages.moment import Moment, iso
from furat.pages.page import Page, text
from furat.pages.paging import page_number
from furat.pages.taught import Taught, TaughtListing
from furat.profile.blocks import blocks
from furat.profile.lesson import plain
from furat.profile.links import base_of
from furat.profile.profile import KnownMoment, KnownTerms, Place, Profile
from furat.profile.reading import beside, first, matches
from furat.sections import Kind, Section


@dataclass(frozen=True)
class ProfileGuide:
    """Reads pages by the places of a profile: see `furat.pages.taught.Guide`."""

    profile: Profile

    def article(self, page: Page) -> Taught:
        """Return the fields of the article on ``page`` at learned places."""
        known = self.profile
        heading = _first(page, known.title.places)
        body = next((found[0] for place in known.body.places if (found := matches(page, place))), None)
        return Taught(
            proven=known.proven,
            heading=heading[0] if heading else None,
            title=heading[1] if heading else "",
            body=body,
            dropped=frozenset(self._dropped(body)) if body else frozenset(),
            authors=next(filter(None, (tuple(beside(page, place)) for place in known.authors.places)), ()),
            published=_moment(page, known.published),
            modified=_moment(page, known.modified),
            categories=tuple(_terms(page, known.categories, "category")),
            tags=tuple(_terms(page, known.tags, "tag")),
        )

    def listing(self, page: Page, kind: str, number: int) -> TaughtListing:
        """Return what page ``number`` of a listing of this ``kind`` has at learned places."""
        known = self.profile.listings.get(kind)
        if known is None:
            return TaughtListing()
        entries = next(filter(None, (tuple(_entries(page, place)) for place in known.places)), ())
        onward = (page.link(node) for place in known.next for node in matches(page, place)[:1])
        following = next((url for url in onward if url and page_number(url) == number + 1), None)
        return TaughtListing(entries, following, is_proven=known.is_proven)

    def _dropped(self, body: Node) -> Iterator[int]:
        known = self.profile.body
        for selector in known.dropped:
            yield from (node.mem_id for node in body.css(selector))
        if known.repeated:
            yield from (node.mem_id for node, printed in blocks(body) if plain(printed) in known.repeated)


def _first(page: Page, places: tuple[Place, ...]) -> tuple[Node, str] | None:
    return next(filter(None, (first(page, place) for place in places)), None)


def _moment(page: Page, known: KnownMoment) -> Moment | None:
    """Return the time at the first place that prints one, no more precise than the place is."""
    for place in known.places:
        found = first(page, place)
        if found and (value := iso(found[1])):
            return Moment(
                _stated(value, known), text(found[0]) or found[1], "time" if place.channel != "text" else "visible"
            )
    return None


def _stated(value: str, known: KnownMoment) -> str:
    """Return a printed time with the offset that the profile has learned.

    >>> _stated("2024-07-01T12:00:00+00:00", KnownMoment(precision="clock", offset="+03:00"))
    '2024-07-01T12:00:00+03:00'
    """
    if "T" not in value or known.precision == "instant":
        return value
    if known.precision == "day":
        return value[: len("2024-07-01")]
    wall = datetime.fromisoformat(value).replace(tzinfo=None)
    is_fixed = known.offset[0] in "+-"
    return f"{wall.isoformat()}{known.offset}" if is_fixed else wall.replace(tzinfo=ZoneInfo(known.offset)).isoformat()


def _terms(page: Page, known: KnownTerms, kind: Kind) -> Iterator[Section]:
    seen = set()
    for place in known.places[:1]:
        for node in matches(page, place):
            url, name = page.link(node), text(node)
            if url and name and base_of(url) == known.base and (address := urls.canonical(url)) not in seen:
                seen.add(address)
                yield Section(kind, name, url)


def _entries(page: Page, place: Place) -> Iterator[Entry]:
    seen = set()
    for node in matches(page, place):
        url, name = page.link(node), text(node)
        if url and name and (address := urls.canonical(url)) not in seen:
            seen.add(address)
            yield Entry(url, name)
