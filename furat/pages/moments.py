"""When an article was published and changed: all that its page says of it, and the best of that."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import islice
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode as Node

from furat.pages import layouts
from furat.pages.moment import EXACT, Moment, best, iso
from furat.pages.page import Page, Thing, strings
from furat.pages.place import Place
from furat.pages.shape import printed
from furat.pages.site_time import on_the_sites_clock

PUBLISHED = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "article:published",
    "parsely-pub-date",
    "publish_date",
    "publish-date",
    "pubdate",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.issued",
    "sailthru.date",
    "citation_publication_date",
    "date",
)
MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "article:modified", "dcterms.modified")
CHANGED = frozenset(
    {"updated", "modified", "updated-date", "date-modified", "post-modified", "last-updated", "post-updated"}
)


class Moments:
    """Collects the evidence of a page: ``own`` are the JSON-LD nodes that speak of its article."""

    def __init__(
        self,
        page: Page,
        own: Iterable[Thing],
        place: Place,
        *,
        is_head_trusted: bool,
    ) -> None:
        """Take what stands with the article as ``place`` tells."""
        self.page = page
        self.place = place
        self.own = list(own)
        self.meta = page.meta if is_head_trusted else {}
        self.times = [(node, _marks(node)) for node in islice(page.all("time"), MOST) if place.dates(node)]

    def published(self) -> Moment | None:
        """Return when the article was published.

        What is labelled comes before what is only printed, unless the two can't be reconciled: then the printed day.
        """
        labelled = best(self._labelled)
        if labelled and labelled.precision == EXACT:
            return self._reconciled(labelled)
        found = [*self._labelled, *self._printed(self.page.layout.DATE.split()), *self._linked()]
        if not best(found):
            found += self._printed(filter(layouts.is_date_like, self.page.parts))
        if not best(found):
            found += self._beside()
        told = best(found)
        return self._reconciled(told) if told else self._addressed(found) or next(iter(found), None)

    def _addressed(self, found: Iterable[Moment]) -> Moment | None:
        """Return the day that the address of the page tells, where nothing that was ``found`` can be read."""
        told = DATED.search(urlsplit(self.page.url).path)
        if told is None or (value := _day(told)) is None:
            return None
        printed = next((one.printed for one in found), "")
        return Moment(value, printed or "/".join(told.groups()), "url")

    def modified(self) -> str | None:
        """Return when the article was last changed."""
        found = best(self._changed)
        return found.value if found else None

    def heard(self) -> tuple[Moment, ...]:
        """Return all that speaks of the day, what is labelled first."""
        return (*self._labelled, *self._printed(self.page.layout.DATE.split()), *self._linked(), *self._changed)

    @cached_property
    def _labelled(self) -> list[Moment]:
        """What says to be the moment of publication; a mark is wrong where data call it that of the last change."""
        marked = [_of(node) for node, marks in self.times if marks & {"published", "datePublished"}]
        said = [
            *self._said("json-ld", (one for thing in self.own for one in strings(thing.get("datePublished")))),
            *self._said("meta", (one for name in PUBLISHED for one in self.meta.get(name, ()))),
        ]
        earlier = [one for one in said if one.value]
        if earlier and marked and marked[0].value and marked[0].day > earlier[0].day:
            changed = {one.day for one in self._said_changed() if one.value}
            marked = [one for one in marked if not one.value or one.day not in changed]
        return marked + said

    def _printed(self, names: Iterable[str]) -> Iterator[Moment]:
        # The first `time` is the article's, the others may be those of posts that the theme puts beside it.
        for node, marks in self.times[:1]:
            if self.page.layout.UPDATED_IS_PUBLISHED or not marks & CHANGED:
                yield _of(node)
        named = filter(self.place.dates, islice(self.page.parts.named(*names), MOST))
        for node in sorted(named, key=self.place.is_below):
            line = printed(node)
            if 0 < len(line) <= LONGEST and not node.css_first("time"):
                yield Moment(iso(line), line, "visible")

    def _linked(self) -> Iterator[Moment]:
        """Yield the day whose archive is linked, above, in words of the same day and year: whatever their order."""
        links = ((node, ARCHIVE.search(node.attributes.get("href") or "")) for node in self.page.parts.named("a"))
        for node, found in islice((link for link in links if link[1]), MOST):
            line = printed(node)
            if found and _tells(line, found) and self.place.dates(node) and not self.place.is_below(node):
                yield Moment(_day(found), line, "visible")

    def _beside(self) -> Iterator[Moment]:
        """Yield the first date among the lines that stand with the heading, where it is not that of a change."""
        for line in self.place.lines():
            said, *changed = (part.strip(AROUND) for part in UPDATED.split(line, maxsplit=1))
            is_own = all(map(iso, changed))  # an hour alone is that of the same day: all tells the change
            if is_own and DIGITS.search(said) and (value := iso(said)):
                yield Moment(value, said, "visible")
                return

    @cached_property
    def _changed(self) -> list[Moment]:
        first = best(self._labelled)
        marked = [_of(node) for node, marks in self.times if _is_changed(marks)]
        if self.page.layout.UPDATED_IS_PUBLISHED:
            marked = [moment for moment in marked if first and not _is_same(moment, first)]
        return marked + self._said_changed()

    def _said_changed(self) -> list[Moment]:
        said = (
            one for thing in self.own for name in ("dateModified", "datemodified") for one in strings(thing.get(name))
        )
        meta = (one for name in MODIFIED for one in self.meta.get(name, ()))
        return [*self._said("json-ld", said), *self._said("meta", meta)]

    def _said(self, source: str, said: Iterable[str]) -> Iterator[Moment]:
        return (Moment(iso(one), one, source) for one in said if one)

    def _reconciled(self, told: Moment) -> Moment:
        """Return the moment that ``told`` means beside the other evidence of the page."""
        own = next((one for one in self._printed(()) if one.value), None)
        if told.precision == EXACT:
            heard = (*self._labelled, *self._changed, *([own] if own else []))
            stated = [(one.moment, one.source == "time") for one in heard if one.value and one.precision == EXACT]
            is_a_themes = told.source == "time"
            told = replace(told, value=on_the_sites_clock(told.moment, stated, is_a_themes=is_a_themes).isoformat())
        if own is None or UPDATED.search(own.printed) or (told.day - own.day).days <= 1:
            return told  # a later day is that of a change, or of something else
        return own


LONGEST = 80
"""A date, with its weekday, its hour and a label, is no longer than this."""

MOST = 200
"""Elements with names of dates that are looked at."""

ARCHIVE = re.compile(r"/([12]\d{3})/(\d{1,2})/(\d{1,2})/?$", re.ASCII)
"""The end of the address of a day's archive (https://developer.wordpress.org/reference/functions/get_day_link/)."""

DATED = re.compile(r"/([12]\d{3})/(\d{1,2})/(\d{1,2})/[^/]+/?$", re.ASCII)
"""The end of an address that begins with the day (https://wordpress.org/documentation/article/customize-permalinks/)."""

DIGITS = re.compile(r"\d{4}|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2}")
UPDATED = re.compile(
    r"\b(?:last\s+)?(?:updated?|modified|edited|reviewed)\b|(?:آخر\s+)?تحديث|عُدّل|تعديل|©", re.IGNORECASE
)
AROUND = " \t\r\n|·•–—-/,،:"


def _tells(line: str, address: re.Match[str]) -> bool:
    """Return whether a ``line`` holds the year and the day in an address; the month may be a name."""
    year, _, day = map(int, address.groups())
    return len(line) <= LONGEST and {year, day} <= {int(number) for number in re.findall(r"\d{1,4}", line)}


def _day(address: re.Match[str]) -> str | None:
    """Return the day in an address as ISO 8601, or None where the calendar has none."""
    return iso("-".join(f"{int(number):02}" for number in address.groups()))


def _of(node: Node) -> Moment:
    line = printed(node)
    given = node.attributes.get("datetime") or node.attributes.get("content") or line
    return Moment(iso(given) or iso(line), line or given, "time")


def _is_changed(marks: set[str]) -> bool:
    return "dateModified" in marks or bool(marks & CHANGED and not marks & {"published", "datePublished"})


def _is_same(one: Moment, other: Moment) -> bool:
    """Return whether two moments are one, be one of them local time that is labelled as UTC."""
    if one.value == other.value or min(one.precision, other.precision) < EXACT or one.moment.utcoffset():
        return one.value == other.value
    return bool(on_the_sites_clock(one.moment, [(other.moment, False)], is_a_themes=True).utcoffset())


def _marks(node: Node) -> set[str]:
    attributes = node.attributes
    return {*(attributes.get("class") or "").split(), *(attributes.get("itemprop") or "").split()}
