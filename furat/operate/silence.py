"""Whether a newsroom is silent for longer than its own history makes likely."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from hijridate import Gregorian

ENOUGH = 30
"""Days with publications that make a history."""

HISTORY = 730
"""Days that are looked at: two years know each holiday twice, and habits of long ago tell nothing."""

YEAR = 355
"""Days (a Hijri year) that a history must span to know all holidays."""

UNKNOWN_HOLIDAYS = 4
"""Days more that are allowed where the history is shorter."""

REST = 0.25
"""A weekday on which a site publishes less often than this share of its busiest weekday is a day of rest."""

UNLIKELY = 1e-4
"""The chance of a silence, by the site's history, below which it is told."""

LONGEST = 60
"""Days: of a site that may well be silent for longer, silence tells nothing."""

FEASTS = {(9, 29), (9, 30), *((10, day) for day in range(1, 6)), *((12, day) for day in range(8, 15))}
"""Months and days of the Hijri calendar when newsrooms rest: the feasts after Ramadan and of the pilgrimage."""


@dataclass(frozen=True, slots=True)
class Silence:
    """How long nothing was published, and how long that may be."""

    last: date
    """The last day with a publication."""

    days: int
    """The days since then on which something used to be published, whole ones only."""

    limit: int
    """So many of them are likely enough."""

    @property
    def is_unlikely(self) -> bool:
        """Whether somebody should look."""
        return self.days > self.limit


def silence(published: Iterable[date], today: date) -> Silence | None:
    """Return what the days on which a site ``published`` tell of ``today``; None where they are too few or too rare.

    >>> week = [date(2026, 1, 1) + timedelta(days) for days in range(120) if days % 7 not in (1, 2)]
    >>> silence(week, week[-1] + timedelta(days=4))
    Silence(last=datetime.date(2026, 4, 30), days=1, limit=6)
    """
    days = sorted(set(published))
    days = [day for day in days if (days[-1] - day).days < HISTORY]
    if len(days) < ENOUGH:
        return None
    usual = _usual(days)
    gaps = [_between(one, other, usual) for one, other in pairwise(days)]
    spans_year = (days[-1] - days[0]).days >= YEAR
    limit = _limit(gaps) + (0 if spans_year else UNKNOWN_HOLIDAYS)
    if limit * 7 > LONGEST * len(usual):
        return None
    return Silence(days[-1], _between(days[-1], today, usual), limit)


def _limit(gaps: Sequence[int]) -> int:
    """Return the silence that is passed with a chance of UNLIKELY.

    The longest of n gaps is passed once in n and, where gaps have no memory, a silence c times as long once in n ** c.
    """
    factor = max(1.5, math.log(1 / UNLIKELY) / math.log(len(gaps)))
    return max(2, math.ceil(factor * max(gaps)))


def _usual(days: Sequence[date]) -> frozenset[int]:
    """Return the weekdays on which the site publishes."""
    count = Counter(day.weekday() for day in days)
    busiest = max(count.values())
    return frozenset(weekday for weekday in range(7) if count[weekday] >= REST * busiest)


def _between(one: date, other: date, usual: frozenset[int]) -> int:
    """Return how many days lie between two on which the site publishes, feasts left out."""
    between = (one + timedelta(days=days) for days in range(1, (other - one).days))
    return sum(day.weekday() in usual and not is_feast(day) for day in between)


@cache
def is_feast(day: date) -> bool:
    """Return whether newsrooms rest on ``day``, by the calendar of Umm al-Qura."""
    try:
        hijri = Gregorian.fromdate(day).to_hijri()
    except (OverflowError, ValueError):  # beyond the calendar's tables
        return False
    return (hijri.month, hijri.day) in FEASTS
