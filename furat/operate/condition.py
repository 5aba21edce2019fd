"""The state of an archive: when it was crawled, how that ended, and what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from furat.clock import now
from furat.operate.signs import signs
from furat.operate.trouble import ACTIVE, Trouble, age, moment_of, verdict
from furat.outcomes import Ending
from furat.store import Store
from furat.store.health import Backlog, Begun
from furat.terminal import several

LATE = 2
"""Intervals between crawls after which one that did not begin is missed."""

OFTEN = timedelta(minutes=5)
"""Crawls that begin more often are begun by hand."""

SLACK = timedelta(minutes=10)
"""How much later a crawl may begin than at its usual moment."""

HELD = timedelta(days=1)
"""How long one crawl may hold an archive before somebody should look."""


@dataclass(frozen=True, slots=True)
class Condition:
    """The state of an archive, as a few rows of it tell."""

    last: Begun | None
    """The crawl that ended last."""

    complete: str | None
    """When the last complete crawl ended."""

    running: Begun | None
    """The crawl that holds the archive."""

    backlog: Backlog
    given_up: int
    next_due: str | None
    """When a crawl should begin, if the last ones did so at intervals."""

    troubles: tuple[Trouble, ...]

    @property
    def needs_person(self) -> bool:
        """Whether something is wrong that nobody has got used to."""
        return not all(trouble.is_accepted for trouble in self.troubles)


def condition(store: Store, holder: str | None, tries: int) -> Condition:
    """Return the state of the archive in ``store``, which ``holder`` holds; ``tries`` failed visits are given up."""
    crawls = store.health.crawls()
    last = next((each for each in crawls if each.ended), None)
    running = crawls[0] if crawls and holder and not crawls[0].ended else None
    given_up = store.waivers.given_up(tries)
    interval = _interval(crawls)
    next_due = moment_of(crawls[0].began) + interval if interval else None
    troubles = [
        *_verdict(store, crawls),
        *_late(crawls, next_due, interval, running),
        *_killed(crawls, running),
        *held_long(running, holder),
        *_given_up(given_up),
        *signs(store, crawls),
    ]
    complete = store.health.last_complete()
    due = next_due.isoformat(timespec="seconds") if next_due else None
    return Condition(last, complete, running, store.health.backlog(), given_up, due, tuple(troubles))


def held_long(running: Begun | None, holder: str | None) -> Iterator[Trouble]:
    """Yield what is wrong where one crawl holds the archive for very long."""
    if running and holder and age(running.began) > HELD:
        cure = "See in its log whether it goes on; end it with `kill` if not: nothing is lost."
        yield Trouble("held", f"one crawl holds the archive ({holder})", cure, running.began)


def _verdict(store: Store, crawls: list[Begun]) -> Iterator[Trouble]:
    """Yield what is wrong as the last crawl found it that was let come to an end of its own."""
    judged = [each for each in crawls if each.exit_code is not None and each.ending not in ACTIVE]
    for last in judged[:1]:
        ending = Ending(last.ending or Ending.FINISHED)
        since = store.health.first_after(store.health.last_complete())
        yield from verdict(ending, int(last.exit_code or 0), last.detail or "", since)


def _interval(crawls: list[Begun]) -> timedelta | None:
    """Return how far apart crawls begin, usually; None where they are too few, or too close, to be scheduled."""
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(moment_of(each.began) for each in crawls)]
    usual = timedelta(seconds=median(gaps)) if len(gaps) > 1 else timedelta()
    return usual if usual >= OFTEN else None


def _late(
    crawls: list[Begun], next_due: datetime | None, interval: timedelta | None, running: Begun | None
) -> Iterator[Trouble]:
    if not (next_due and interval) or running:
        return
    if moment_of(now()) > next_due + (LATE - 1) * interval + SLACK:
        cure = "See whether cron, the timer or Scrapyd still starts them."
        yield Trouble("late", "no crawl began, though they used to at intervals", cure, crawls[0].began)


def _killed(crawls: list[Begun], running: Begun | None) -> Iterator[Trouble]:
    broken = [each for each in crawls if each != running and not each.ended]
    if len(broken) > 1 and broken == [each for each in crawls if each != running][: len(broken)]:
        cure = "See in the system's log who kills them: memory, a time limit, a restart."
        yield Trouble("killed", f"the last {len(broken)} crawls were killed", cure, broken[-1].began)


def _given_up(given_up: int) -> Iterator[Trouble]:
    if given_up:
        cure = "See `scrapy pending`; waive what is not to be had: `scrapy pending --waive URL --because TEXT`."
        yield Trouble("given_up", f"{several(given_up, 'article')} could not be read: given up", cure)
