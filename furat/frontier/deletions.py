"""Decides which missing articles are deleted and get a tombstone; `store.articles.write_tombstone` writes it."""

import logging
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import accumulate
from typing import TypeVar

from furat.clock import later, now
from furat.exceptions import NotUnderstood
from furat.store import Store
from furat.store.frontier import PendingVisit
from furat.store.known import Known

logger = logging.getLogger(__name__)

APART = timedelta(hours=3)
"""The least time between the two findings that prove an article gone: an outage is over by then."""

LASTING = timedelta(weeks=4)
"""After so long between earlier findings, listings have no say that were not read since the first: many never are."""

WITNESSES = 3
"""How many other articles must have answered in the crawl that writes a tombstone."""

UNLIKELY = 1e-4
"""A crawl is not believed if it finds so many missing that the site's history makes it less likely than this."""

SHARE = 1 / 3
"""The largest share of an archive that may vanish at once, unless it is a single article."""

SAMPLE = 20
"""How many articles are visited at most if a list suddenly leaves out more than is likely."""

T = TypeVar("T")

FIRST_LOOK, LAST_LOOK = timedelta(days=1), timedelta(days=365)
"""After how long an article with a tombstone is looked for again: doubled each time, from the first to the longest."""

CURE = (
    "no tombstone was written: look at them in a browser; once the site works again, run the same command again; "
    "if they were deleted, add -s FURAT_QUARANTINE=False"
)


@dataclass(frozen=True, slots=True)
class Usual:
    """How many articles of an archive are usually deleted at a time."""

    articles: int
    """How many are not known to be gone."""

    deleted: int = 0
    """How many were found gone until now."""

    days: int = 0
    """On how many days that was found."""

    def allows(self, missing: int, days: int = 1) -> bool:
        """Return whether it is likely that so many articles vanish at once, or in so many ``days`` (Poisson).

        >>> [Usual(1000).allows(missing) for missing in (1, 6, 7, 100)]
        [True, True, False, False]
        >>> Usual(1000, deleted=400, days=20).allows(30), Usual(9).allows(3), Usual(8).allows(3)
        (True, True, False)
        >>> [Usual(1000).allows(12, days) for days in (1, 2, 7)]
        [False, False, True]
        """
        if missing <= 1:
            return True
        mean = min(max(1.0, self.deleted / max(self.days, 1)) * days, 500.0)
        fewer = sum(math.exp(i * math.log(mean) - mean - math.lgamma(i + 1)) for i in range(missing))
        return missing <= SHARE * self.articles and 1 - fewer >= UNLIKELY


class Deletions:
    """The articles that a crawl finds missing, until their tombstones may be written."""

    def __init__(self, store: Store, *, believes_all: bool) -> None:
        """``believes_all`` turns the checks off: every missing article may get a tombstone."""
        self.store = store
        self.believes_all = believes_all
        self.usual = Usual(*store.articles.deletions())
        self.missing: dict[str, str] = {}
        """The addresses of the articles that were found missing, by id."""

        self._ages: dict[str, int] = {}
        """How many days ago each of them was found missing first, by id."""

        self.alive: set[str] = set()
        """The ids of some articles that answered."""

        self._ripe: list[str] = []
        self._has_asked = False

    def find(self, known: Known, url: str, status: int, crawl: str) -> None:
        """Record that an article was found missing."""
        if known.gone is not None:
            self.store.articles.look_again(known.id, known.looks + 1, _after(FIRST_LOOK * 2 ** min(known.looks, 10)))
            return
        self.store.articles.suspect(known.id, crawl, now(), status)
        self.missing[known.id] = url
        self._ages[known.id] = _age(known)
        if self._is_ripe(known):
            self._ripe.append(known.id)

    def see(self, article: str) -> None:
        """Record that an article answered."""
        if len(self.alive) < WITNESSES:
            self.alive.add(article)

    def sample(self, missing: Sequence[T]) -> Sequence[T]:
        """Return those of the articles ``missing`` from a list that are visited: all, or some if so many are unlikely.

        A list may leave out what the site still has; if it does not, those few are enough to stop the crawl.
        """
        if self.believes_all or self.usual.allows(len(missing)):
            return missing
        return missing[:: -(-len(missing) // SAMPLE)]

    def may_be_dead(self, number: int) -> bool:
        """Return whether it is likely that so many listed addresses lead nowhere while the site works as usual."""
        return self.believes_all or replace(self.usual, articles=self.usual.articles + number).allows(number)

    def doubt(self) -> NotUnderstood | None:
        """Return why the crawl stops if more is missing than is likely; None if it may go on.

        What vanished day by day is weighed by the days that it took; what vanished on one day stays unlikely for ever.
        """
        if self.believes_all or self._is_likely():
            return None
        address = next(iter(self.missing.values()))
        return NotUnderstood(
            f"{len(self.missing)} of {self.usual.articles} archived articles are missing at once, such as {address};"
            f" {CURE}"
        )

    def witnesses(self) -> Iterator[PendingVisit]:
        """Yield, once, other articles to visit before tombstones are written, to see whether the site serves any."""
        if self._ripe and not self._has_asked and len(self.alive) < WITNESSES:
            self._has_asked = True
            found = self.store.frontier.witnesses(WITNESSES + len(self.missing))
            yield from [visit for visit in found if visit.article not in self.missing][:WITNESSES]

    def ripe(self) -> Iterator[PendingVisit]:
        """Yield, once, the articles whose tombstones are to be written if they are still missing."""
        ripe, self._ripe = self._ripe, []
        others = self.usual.articles - len(self.missing)
        if ripe and len(self.alive) < min(WITNESSES, others):
            logger.warning(
                "No tombstones were written: only %d other articles answered, and %d must; run the same command again",
                len(self.alive),
                min(WITNESSES, others),
            )
            return
        yield from self.store.frontier.of(ripe)

    def _is_likely(self) -> bool:
        """Return whether so many articles may have vanished in any days that begin or end when the last one did."""
        found, last = Counter(self._ages.values()), next(reversed(self._ages.values()), 0)
        earlier, since = sorted(age for age in found if age >= last), sorted(age for age in found if age <= last)[::-1]
        return all(
            self.usual.allows(missing, abs(age - last) + 1)
            for ages in (earlier, since)
            for age, missing in zip(ages, accumulate(found[age] for age in ages), strict=True)
        )

    def _is_ripe(self, known: Known) -> bool:
        """Return whether an earlier finding lies far enough back, and no listing shows the article any more."""
        first = known.suspected_at or ""
        if known.suspected_status is None or not is_apart(first):
            return False
        is_lasting = later(first, LASTING) <= known.seen <= now()  # it was found missing then, too
        return not self.store.listings.shows(known.id, first if is_lasting else "")


def is_apart(moment: str) -> bool:
    """Return whether ``moment`` is at least `APART` ago; False for an empty one."""
    return moment != "" and datetime.fromisoformat(now()) - datetime.fromisoformat(moment) >= APART


def _age(known: Known) -> int:
    """Return how many days ago the article was first found missing; 0 if that is now."""
    first = known.suspected_at if known.suspected_status is not None else None
    return max((datetime.fromisoformat(now()) - datetime.fromisoformat(first)).days, 0) if first else 0


def _after(time: timedelta) -> str:
    return (datetime.fromisoformat(now()) + min(time, LAST_LOOK)).isoformat()
