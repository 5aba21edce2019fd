"""Chooses which sitemaps of an index are read: those with new or edited posts, and the others by and by."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from furat.clock import now, utc
from furat.pages import Address

MOST = 10
"""How many sitemaps are read at a time, unless more have changed for sure: an edit moves posts of many to others."""

NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Listed:
    """A sitemap as an index lists it, and what is known of it."""

    address: Address
    known: str | None = None
    """Its date in the index when it was read last; empty if it could not be read to its end then."""

    walked: str | None = None
    """When it was read to its end last."""

    @property
    def changed(self) -> str | None:
        """When it was last changed according to the index; None if that is unknown, or yet to come."""
        moment = utc(self.address.lastmod)
        return moment if moment and moment <= now() else None

    @property
    def is_unread(self) -> bool:
        """Whether it was never read to its end since it was requested."""
        return self.walked is None or self.known == ""

    @property
    def may_have_changed(self) -> bool:
        """Whether it may differ from what was read; a date alone says nothing of the rest of that day."""
        return self.is_unread or not self.changed or self.known != self.address.lastmod or self.changed >= self._day

    @property
    def _day(self) -> str:
        """The day on which it was read if its date in the index is a day; the end of time otherwise."""
        return (self.walked or "")[:10] if self.changed and "T" not in self.changed else "~"


def chosen(sitemaps: Sequence[Listed]) -> list[Listed]:
    """Return which of the ``sitemaps`` of an index are read; all that may have changed, unless they are many.

    An index that tells when its sitemaps were changed dates one with a new or edited post later than all before. In
    one without dates, new posts come at either end of those that were read.

    >>> listed = (Address(f"/{day}", f"2026-01-{day}") for day in range(11, 29))
    >>> moved = [Listed(each, "2026-01-27", "2026-02-01") for each in listed]
    >>> len(chosen(moved[:9])), len(chosen(moved)), chosen(moved)[0].address.url
    (9, 10, '/28')
    """
    candidates = [each for each in sitemaps if each.may_have_changed]
    if len(candidates) <= MOST:
        return candidates
    newest = max((utc(each.known) or "" for each in sitemaps if each.changed), default="")
    surely = [each for each in candidates if each.is_unread or (each.changed and each.changed >= newest)]
    first = dict.fromkeys((*surely, *_ends(each for each in candidates if not (each.changed or each.is_unread))))
    others = sorted((each for each in candidates if each not in first), key=lambda each: each.walked or "")
    return [*first, *others[: max(MOST - len(first), 0)]]


def _ends(sitemaps: Iterable[Listed]) -> list[Listed]:
    """Return the first and the last of each run of ``sitemaps`` whose addresses differ by their numbers only.

    The last that was read before may have had room for posts that came since, whatever follows it now.
    """
    runs = defaultdict(list)
    for each in sitemaps:
        runs[NUMBER.sub("", each.address.url)].append(each)
    return [end for run in runs.values() for end in dict.fromkeys((run[0], run[-1]))]
