"""When an article was published and changed: all that its page says of it, and the best of that."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from itertools import islice

from selectolax.lexbor import LexborNode as Node

from furat.arabic import is_likely, parse_date
from furat.pages import layouts
from furat.pages.page import Page, Thing, strings
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
ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that a page gives, and where."""

    value: str | None
    """ISO 8601: with an offset, without one, or a date alone; None where it can't be read by itself."""

    printed: str
    source: str

    @property
    def precision(self) -> int:
        """How much is known: 3 with an offset, 2 with an hour, 1 for a day."""
        return 1 + ("T" in self.when) + ("+" in self.when or "-" in self.when[len("2024-07-25") :])

    @property
    def when(self) -> str:
        """The value; a moment without one is asked for nothing else."""
        return self.value or ""

    @property
    def moment(self) -> datetime:
        """The value as a moment; only where it is exact."""
        return datetime.fromisoformat(self.when)

    @property
    def day(self) -> date:
        """The day, in its own offset."""
        return date.fromisoformat(self.when[:10])


class Moments:
    """Collects the evidence of a page: ``own`` are the JSON-LD nodes that speak of its article."""

    def __init__(
        self,
        page: Page,
        own: Iterable[Thing],
        belongs: Callable[[Node], bool],
        near: Callable[[], Iterable[str]],
        *,
        is_head_trusted: bool,
    ) -> None:
        """Take ``near`` as what gives the lines that stand with the heading."""
        self.page = page
        self.belongs = belongs
        self.near = near
        self.own = list(own)
        self.meta = page.meta if is_head_trusted else {}
        self.times = [(node, _marks(node)) for node in islice(page.all("time"), MOST) if belongs(node)]

    def published(self) -> Moment | None:
        """Return when the article was published.

        What is labelled comes before what is only printed, unless the two can't be reconciled: then the printed day.
        """
        labelled = best(self._labelled)
        if labelled and labelled.precision == EXACT:
            return self._reconciled(labelled)
        found = [*self._labelled, *self._printed(self.page.layout.DATE.split())]
        if not best(found):
            found += self._printed(filter(layouts.is_date_like, self.page.parts))
        if not best(found):
            found += self._beside()
        told = best(found)
        return self._reconciled(told) if told else next(iter(found), None)

    def modified(self) -> str | None:
        """Return when the article was last changed."""
        found = best(self._changed)
        return found.value if found else None

    def heard(self) -> tuple[Moment, ...]:
        """Return all that speaks of the day, what is labelled first."""
        return (*self._labelled, *self._printed(self.page.layout.DATE.split()), *self._changed)

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
        for node in filter(self.belongs, islice(self.page.parts.named(*names), MOST)):
            line = printed(node)
            if 0 < len(line) <= LONGEST and not node.css_first("time"):
                yield Moment(iso(line), line, "visible")

    def _beside(self) -> Iterator[Moment]:
        """Yield the first date among the lines that stand with the heading, where it is not that of a change."""
        for line in self.near():
            if DIGITS.search(line) and not UPDATED.search(line) and (value := iso(line.strip(AROUND))):
                yield Moment(value, line.strip(AROUND), "visible")
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


EXACT = 3
LONGEST = 80
"""A date, with its weekday, its hour and a label, is no longer than this."""

MOST = 200
"""Elements with names of dates that are looked at."""

DIGITS = re.compile(r"\d{4}|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2}")
UPDATED = re.compile(r"\b(?:updated?|modified|edited|reviewed)\b|تحديث|عُدّل|تعديل|©", re.IGNORECASE)
AROUND = " \t\r\n|·•–—-/,،:"


def best(found: Iterable[Moment]) -> Moment | None:
    """Return the most precise of those that agree with the first: within a day, for the sake of zones."""
    known = (moment for moment in found if moment.value)
    first = next(known, None)
    if first is None or first.precision == EXACT:
        return first
    near = (moment for moment in known if abs((moment.day - first.day).days) <= 1)
    return max((first, *near), key=lambda moment: moment.precision)


@lru_cache(maxsize=4096)  # a page gives the same moment several times, and its listings give it too
def iso(printed: str) -> str | None:
    """Return a printed moment as ISO 8601, or None where it can't be read by itself.

    >>> iso("2020-04-05 08:11:50 +0000"), iso("2024-07-25T00:00")
    ('2020-04-05T08:11:50+00:00', '2024-07-25T00:00:00')
    """
    if found := ISO.match(printed.strip()):
        try:
            value = datetime.fromisoformat(found[0].replace(" ", "T", 1).replace(" ", ""))
        except ValueError:
            return None
        if not is_likely(value):
            return None
        return value.isoformat() if ":" in found[0] else value.date().isoformat()
    parsed = parse_date(printed)
    if parsed is None or parsed.precision == "month" or not is_likely(parsed.value):
        return None
    return parsed.value.isoformat()


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
