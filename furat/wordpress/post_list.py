"""Compares the API's list of posts, in the order of their numbers, with the numbers that the archive knows."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import pairwise

import orjson

MOST_PAGES = 20_000
"""How many pages are read at most, beyond any newsroom: a site may say that it has a billion posts."""


class UnorderedError(ValueError):
    """The site's list is not in the order that was asked for, or its pages are not full."""


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring pages of the site's list, and the run of known posts that must be on them."""

    pages: range
    known: range


class Bisection:
    """Reads only pages around which the counts differ: one post that is gone takes the logarithm of their number.

    Pages between two others that were read are left out if as many posts are known there as the site lists. One page
    is always read, another one each time, so that in the end a post is missed even if another took its place.

    >>> lists = Bisection(range(1, 801), total=799, size=100, first=5)
    >>> listed = [post for post in range(1, 801) if post != 150]
    >>> while number := lists.page:
    ...     lists.read(listed[100 * (number - 1) : 100 * number], len(listed))
    >>> lists.missing, lists.added
    ({150}, set())
    """

    def __init__(self, known: Sequence[int], total: int, size: int, first: int) -> None:
        """``known`` is sorted; the site lists ``total`` posts, one at least, ``size`` on a page.

        Of its pages, the one numbered ``first`` from 0 is read first.
        """
        self.missing: set[int] = set()
        """The known posts that the site does not list."""

        self.added: set[int] = set()
        """The listed posts that were not known."""

        self.is_sure = True
        """Whether all is compared, and no post was deleted meanwhile: that moves others to pages read before."""

        self._known, self._total, self._size = known, total, size
        self._span: Span | None = Span(range(-(-total // size)), range(len(known)))
        self._page = first % max(len(self._span.pages), 1)
        self._spans: list[Span] = []
        self._read = 0

    @property
    def page(self) -> int | None:
        """The number of the page to be read next; None if the lists are compared."""
        return self._page + 1 if self._span else None

    def read(self, numbers: Sequence[int], total: int) -> None:
        """Take the posts on that page, of ``total`` posts by now; raise UnorderedError if they can't be on it."""
        span, page = self._span, self._page
        assert span
        self.is_sure &= total >= self._total
        if not (numbers or self.is_sure):  # there is no such page any more
            self._span = None
            return
        full = min((page + 1) * self._size, total) - page * self._size
        if not numbers or len(numbers) != full or any(one >= other for one, other in pairwise(numbers)):
            raise UnorderedError(
                f"page {page + 1} of the list of posts is not in the order of their numbers, or not full"
            )
        low = bisect_left(self._known, numbers[0], span.known.start, span.known.stop)
        high = bisect_right(self._known, numbers[-1], low, span.known.stop)
        self.missing.update({*self._known[low:high]}.difference(numbers))
        self.added.update({*numbers}.difference(self._known[low:high]))
        self._read += 1
        self._spans.append(Span(range(span.pages.start, page), range(span.known.start, low)))
        self._spans.append(Span(range(page + 1, span.pages.stop), range(high, span.known.stop)))
        self.is_sure &= self._read < MOST_PAGES
        self._span = self._next() if self._read < MOST_PAGES else None

    def whole(self) -> "Enumeration":
        """Return the comparison of the same lists that needs no order."""
        return Enumeration(self._known, self._total, self._size)

    def _next(self) -> Span | None:
        """Return the next span that must be read, and set its middle page."""
        while self._spans:
            span = self._spans.pop()
            if not span.pages:
                self.missing.update(self._known[span.known.start : span.known.stop])
            elif self._count(span.pages) != len(span.known):
                self._page = span.pages[len(span.pages) // 2]
                return span
        return None

    def _count(self, pages: range) -> int:
        return min(pages.stop * self._size, self._total) - pages.start * self._size


class Enumeration:
    """Reads the whole list, in whatever order it is; unless it holds as many posts as it says, it proves nothing."""

    def __init__(self, known: Sequence[int], total: int, size: int) -> None:
        self.missing: set[int] = set()
        self.added: set[int] = set()
        self.is_sure = False
        self._known, self._total, self._pages = known, total, min(-(-total // size), MOST_PAGES)
        self._read = 0
        self._listed: set[int] = set()

    @property
    def page(self) -> int | None:
        """The number of the page to be read next; None if the lists are compared."""
        return self._read + 1 if self._read < self._pages else None

    def read(self, numbers: Sequence[int], _: int) -> None:
        """Take the posts on that page; an empty one is the last."""
        self._read = self._read + 1 if numbers else self._pages
        self._listed.update(numbers)
        if self.page is None and len(self._listed) == self._total:
            self.is_sure = True
            self.missing = {*self._known} - self._listed
            self.added = self._listed.difference(self._known)


@dataclass(frozen=True, slots=True)
class Differences:
    """The posts that only the site's list or only the archive has, for whatever reason: they are no news."""

    listed: frozenset[int] = frozenset()
    """On the site's list and not archived by that number: posts with a password, or pages that print no number."""

    unlisted: frozenset[int] = frozenset()
    """Archived, and not on the site's list: deleted some hours ago, or left out of the list by the site."""

    @classmethod
    def from_json(cls, text: str | None) -> "Differences":
        """Return what `to_json` wrote; none without a ``text``.

        >>> Differences.from_json(Differences(frozenset({7})).to_json()) == Differences(frozenset({7}))
        True
        """
        return cls(*map(frozenset, orjson.loads(text))) if text else cls()

    def to_json(self) -> str:
        """Return them as JSON."""
        return orjson.dumps([sorted(self.listed), sorted(self.unlisted)]).decode()

    def after(self, listed: Iterable[int], missing: Iterable[int] = ()) -> "Differences":
        """Return what they are after the site ``listed`` some posts, and others were ``missing``."""
        seen, gone = frozenset(listed), frozenset(missing)
        return Differences((self.listed - gone) | seen, (self.unlisted | gone) - seen)

    def among(self, archived: Collection[int]) -> "Differences":
        """Return those that still are differences if the archive has these posts."""
        return Differences(self.listed.difference(archived), self.unlisted.intersection(archived))

    def known(self, archived: Iterable[int], others: Collection[int]) -> Sequence[int]:
        """Return the sorted numbers of the posts that the site's list should hold.

        ``archived`` are sorted, each once; ``others`` are of other types, which have lists of their own.

        >>> [*Differences(frozenset({7}), frozenset({2})).known([1, 2, 3, 4], {4})]
        [1, 3, 7]
        """
        archived = array("q", archived)
        both = merge(archived, sorted(self.listed.difference(archived)))
        return array("q", (number for number in both if number not in self.unlisted and number not in others))


Comparison = Bisection | Enumeration
