"""Computes the day from the words of a date."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from furat.arabic.calendars import (
    HIJRI_YEARS,
    YEARS,
    Calendar,
    gregorian,
    hijri,
    newest,
    solar,
    this_year,
)
from furat.arabic.shape import Part

Day = tuple[date, str]
"""A day, or the first of a month, and its precision."""

MONTHS_IN_YEAR = 12
WEEK = 7
SPAN = 2
"""How many numbers a span of days within a month has: 3–5."""


def day_of(part: Part, base: date | None, *, is_persian: bool) -> Day | None:
    """Return the day or the month that a part of a line says, and its precision; without a year ``base`` tells it.

    ``is_persian`` says that the line has Persian digits.

    >>> day_of({"n": [25], "m": [7], "y": [2024]}, None, is_persian=False)
    (datetime.date(2024, 7, 25), 'day')
    """
    if "d" in part:
        return (base - timedelta(days=part["d"][0]), "day") if base else None
    calendar = calendar_of(part, is_persian=is_persian)
    day, month = day_and_month(part)
    if "y" not in part:
        found = _near(calendar, part, day, month, base) if base and day else None
        return (found, "day") if found else None
    year = part["y"][-1]  # an offset may stand before it
    if month is None or calendar is None or year not in (YEARS if calendar is gregorian else HIJRI_YEARS):
        return None
    if day is None:
        return (date(year, month, 1), "month") if calendar is gregorian and month <= MONTHS_IN_YEAR else None
    return (found, "day") if (found := calendar(year, month, day)) else None


def calendar_of(part: Part, *, is_persian: bool) -> Calendar | None:
    """Return the calendar of a part, by its month, its era or its year; None if they disagree."""
    if "f" in part:
        return solar
    if "h" in part:
        return hijri
    if "y" not in part or part["y"][-1] not in HIJRI_YEARS:
        return gregorian
    if "m" in part:
        return None
    eras = part.get("e", [])
    return solar if "solar" in eras or (is_persian and "lunar" not in eras) else hijri


def weekday_of(weekday: int, nearness: int | None, base: date) -> date:
    """Return the newest day with that weekday (1 is Monday) not after ``base``; with ``nearness`` before it.

    >>> weekday_of(4, None, date(2024, 7, 25)), weekday_of(4, 1, date(2024, 7, 25))
    (datetime.date(2024, 7, 25), datetime.date(2024, 7, 18))
    """
    back = (base.isoweekday() - weekday) % WEEK
    return base - timedelta(days=back or (WEEK if nearness else 0))


def _near(calendar: Calendar | None, part: Part, day: int, month: int | None, base: date) -> date | None:
    """Return the day of a part without a year: the newest one, or the one «الجاري» or «الماضي» means."""
    if calendar is None or (month is None and "D" not in part):
        return None
    if "D" not in part:
        return newest(calendar, month or 0, day, base)
    back = part["D"][0]
    if month is None:
        then = base - relativedelta(months=back)
        return gregorian(then.year, then.month, day)
    if "Y" in part:
        return calendar(this_year(calendar, base) - back, month, day)
    if back:
        return newest(calendar, month, day, base - timedelta(days=1))
    found = calendar(this_year(calendar, base), month, day)
    return found if found and (found.year, found.month) == (base.year, base.month) else None


def day_and_month(part: Part) -> tuple[int | None, int | None]:
    """Return the day and the month; None for a day that is not printed and for months that disagree."""
    numbers = part.get("N") or part.get("n") or [None]
    names = part.get("m") or part.get("h") or part.get("f")
    if names:
        is_span_back = len(numbers) == SPAN and numbers[0] > numbers[1]  # no span of days
        return numbers[0], names[0] if names[0] == names[-1] and not is_span_back else None
    if len(numbers) == 1:
        is_season = next(iter(part)) == "y" and (part["y"][0] + 1) % 100 == numbers[0]
        return (numbers[0], None) if "D" in part else (None, None if is_season else numbers[0])
    first, second = numbers
    day, month = (first, second) if next(iter(part)) == "n" else (second, first)
    return (month, day) if (month or 0) > MONTHS_IN_YEAR else (day, month)
