"""Whether articles that are missing are gone: deletion is evidence, not a count."""

import logging
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from furat.clock import now
from furat.exceptions import NotUnderstood
from furat.store import Store
from furat.store.frontier import PendingVisit
from furat.store.known import Known

logger = logging.getLogger(__name__)

APART = timedelta(hours=3)
"""How far the two findings lie apart, at least, that show that an article is gone: an outage is over by then."""

WITNESSES = 3
"""Other articles that must have answered in the crawl that writes a tombstone."""

UNLIKELY = 1e-4
"""A crawl that finds more missing than the site's history gives this chance is not believed."""

SHARE = 1 / 3
"""No more of an archive than this vanishes at once, unless it is a single article."""

FIRST_LOOK, LAST_LOOK = timedelta(days=1), timedelta(days=365)
"""When an article is looked for again after its tombstone was written; each time twice as late."""

CURE = (
    "no tombstone was written: look at them in a browser; once the site is itself again, run the same command again; "
    "if they were deleted, add -s FURAT_QUARANTINE=False"
)


@dataclass(frozen=True, slots=True)
class Usual:
    """How much of an archive vanishes at a time."""

    articles: int
    """Those that are not known to be gone."""

    deleted: int = 0
    """Those that were found gone until now."""

    days: int = 0
    """The days on which that was found."""

    def allows(self, missing: int) -> bool:
        """Return whether it is likely that so many articles vanish at once (Poisson).

        >>> [Usual(1000).allows(missing) for missing in (1, 6, 7, 100)]
        [True, True, False, False]
        >>> Usual(1000, deleted=400, days=20).allows(30), Usual(3).allows(2)
        (True, False)
        """
        if missing <= 1:
            return True
        mean = min(max(1.0, self.deleted / max(self.days, 1)), 500.0)
        fewer = sum(math.exp(i * math.log(mean) - mean - math.lgamma(i + 1)) for i in range(missing))
        return missing <= SHARE * self.articles and 1 - fewer >= UNLIKELY


class Deletions:
    """The articles that a crawl finds missing, until their tombstones may be written."""

    def __init__(self, store: Store, *, believes_all: bool) -> None:
        """Take whether the operator wants the site taken as it is."""
        self.store = store
        self.believes_all = believes_all
        self.usual = Usual(*store.articles.deletions())
        self.missing: dict[str, str] = {}
        """The addresses of the articles that were found missing, by id."""

        self.alive: set[str] = set()
        """The ids of some articles that answered."""

        self._ripe: list[str] = []
        self._has_asked = False

    def find(self, known: Known, url: str, status: int, crawl: str) -> None:
        """Note that an article was found missing."""
        if known.gone is not None:
            self.store.articles.look_again(known.id, known.looks + 1, _after(FIRST_LOOK * 2 ** min(known.looks, 10)))
            return
        self.store.articles.suspect(known.id, crawl, now(), status)
        self.missing[known.id] = url
        if self._is_ripe(known):
            self._ripe.append(known.id)

    def see(self, article: str) -> None:
        """Note that an article answered."""
        if len(self.alive) < WITNESSES:
            self.alive.add(article)

    def may_be_dead(self, number: int) -> bool:
        """Return whether it is likely that so many listed addresses lead nowhere, though the site is itself."""
        return self.believes_all or replace(self.usual, articles=self.usual.articles + number).allows(number)

    def doubt(self) -> NotUnderstood | None:
        """Return why the crawl stops where more is missing than is likely; None if it may go on."""
        if self.believes_all or self.usual.allows(len(self.missing)):
            return None
        address = next(iter(self.missing.values()))
        return NotUnderstood(
            f"{len(self.missing)} of {self.usual.articles} archived articles are missing at once, such as {address};"
            f" {CURE}"
        )

    def witnesses(self) -> Iterator[PendingVisit]:
        """Yield, once, articles to visit that show whether the site still serves any, if tombstones wait for that."""
        if self._ripe and not self._has_asked and len(self.alive) < WITNESSES:
            self._has_asked = True
            found = self.store.frontier.witnesses(WITNESSES + len(self.missing))
            yield from [visit for visit in found if visit.article not in self.missing][:WITNESSES]

    def ripe(self) -> Iterator[PendingVisit]:
        """Yield, once, the articles whose tombstones are to be written if they are still missing."""
        ripe, self._ripe = self._ripe, []
        others = self.usual.articles - len(self.missing)
        if ripe and len(self.alive) < min(WITNESSES, others):
            logger.warning("No tombstones: of the other articles only %d answered", len(self.alive))
            return
        yield from self.store.frontier.of(ripe)

    def _is_ripe(self, known: Known) -> bool:
        """Return whether an article was found missing long ago too, and no listing shows it any more."""
        is_found = known.suspected_status is not None and is_apart(known.suspected_at)
        return is_found and not self.store.listings.shows(known.id)


def is_apart(moment: str | None) -> bool:
    """Return whether ``moment`` lies far enough in the past."""
    return moment is not None and datetime.fromisoformat(now()) - datetime.fromisoformat(moment) >= APART


def _after(time: timedelta) -> str:
    return (datetime.fromisoformat(now()) + min(time, LAST_LOOK)).isoformat()
