"""When an article was published and changed: all that its page says of it, and the best of that."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache

from selectolax.lexbor import LexborNode as Node

from furat.arabic import parse_date
from furat.pages import layouts
from furat.pages.page import Page, Thing, strings, text

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
)
MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "article:modified", "dcterms.modified")
CHANGED = frozenset(
    {"updated", "modified", "updated-date", "date-modified", "post-modified", "last-updated", "post-updated"}
)
ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?)?")


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
    def day(self) -> date:
        """The day, in its own offset."""
        return date.fromisoformat(self.when[:10])


class Moments:
    """Collects the evidence of a page: ``own`` are the JSON-LD nodes that speak of its article."""

    def __init__(
        self, page: Page, own: Iterable[Thing], belongs: Callable[[Node], bool], *, is_head_trusted: bool
    ) -> None:
        self.page = page
        self.belongs = belongs
        self.own = list(own)
        self.meta = page.meta if is_head_trusted else {}
        self.times = [(node, _marks(node)) for node in page.all("time") if belongs(node)]

    def published(self) -> Moment | None:
        """Return when the article was published.

        What is labelled comes before what is only printed; of two that agree on the day the more precise one is taken.
        """
        if self._labelled and self._labelled.precision == EXACT:
            return self._labelled
        found = [*self._marked(), *self._printed(self.page.layout.DATE.split())]
        if not best(found):
            found += self._printed(filter(layouts.is_date_like, self.page.parts))
        return best(found) or next(iter(found), None)

    def modified(self) -> str | None:
        """Return when the article was last changed."""
        found = best(self._changed())
        return found.value if found else None

    @cached_property
    def _labelled(self) -> Moment | None:
        return best(self._marked())

    def _marked(self) -> Iterator[Moment]:
        yield from (_of(node) for node, marks in self.times if marks & {"published", "datePublished"})
        yield from self._said("json-ld", (one for thing in self.own for one in strings(thing.get("datePublished"))))
        yield from self._said("meta", (one for name in PUBLISHED for one in self.meta.get(name, ())))

    def _printed(self, names: Iterable[str]) -> Iterator[Moment]:
        # The first `time` is the article's, the others may be those of posts that the theme puts beside it.
        for node, marks in self.times[:1]:
            if self.page.layout.UPDATED_IS_PUBLISHED or not marks & CHANGED:
                yield _of(node)
        for node in filter(self.belongs, self.page.parts.named(*names)):
            printed = text(node)
            if 0 < len(printed) <= LONGEST and not node.css_first("time"):
                yield Moment(iso(printed), printed, "visible")

    def _changed(self) -> Iterator[Moment]:
        first = self._labelled
        for node, marks in self.times:
            if "dateModified" in marks or (marks & CHANGED and not marks & {"published", "datePublished"}):
                moment = _of(node)
                if not self.page.layout.UPDATED_IS_PUBLISHED or (first and moment.value != first.value):
                    yield moment
        said = (
            one for thing in self.own for name in ("dateModified", "datemodified") for one in strings(thing.get(name))
        )
        yield from self._said("json-ld", said)
        yield from self._said("meta", (one for name in MODIFIED for one in self.meta.get(name, ())))

    def _said(self, source: str, said: Iterable[str]) -> Iterator[Moment]:
        return (Moment(iso(one), one, source) for one in said if one)


EXACT = 3
LONGEST = 80
"""A date, with its weekday, its hour and a label, is no longer than this."""


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
        return value.isoformat() if ":" in found[0] else value.date().isoformat()
    parsed = parse_date(printed)
    return parsed.value.isoformat() if parsed and parsed.precision != "month" else None


def _of(node: Node) -> Moment:
    printed = text(node)
    given = node.attributes.get("datetime") or node.attributes.get("content") or printed
    return Moment(iso(given) or iso(printed), printed or given, "time")


def _marks(node: Node) -> set[str]:
    attributes = node.attributes
    return {*(attributes.get("class") or "").split(), *(attributes.get("itemprop") or "").split()}
