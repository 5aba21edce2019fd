"""Dates as Arabic newsrooms print them."""

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from furat.arabic.calendars import gregorian
from furat.arabic.clock import hour_of, zone_of
from furat.arabic.days import MONTHS_IN_YEAR, WEEK, calendar_of, day_and_month, day_of, weekday_of
from furat.arabic.grammar import HOUR, WEEKDAY, places
from furat.arabic.machine import mailed, stamped, with_centuries
from furat.arabic.relative import moment_ago
from furat.arabic.shape import LONGEST, Line, Part, plain, read, visible
from furat.arabic.text import NON_JOINER, clean

PERSIAN = re.compile("[۰-۹]")
SCORE = re.compile(r":\d(?!\d)")
"""A score such as 3:2 is not an hour."""

ALWAYS = [24, 7]
"""24/7 is not a day."""

Told = tuple[date | datetime, str]
Where = dict[str, slice]


class ParsedDate(NamedTuple):
    """A printed date."""

    value: date | datetime
    """The day, or a datetime if an hour is printed; aware only if a zone is printed."""

    precision: str
    """How much was printed: `month`, `day`, `hour`, `minute` or `second`. Of a month and a year the value is the first
    day, of «منذ شهرين» the day two months ago."""


def parse_date(text: str, base: datetime | None = None) -> ParsedDate | None:
    """Return the date that ``text`` is, or None where it is none.

    The whole text must be a date line: labels, weekdays, hours and zones may stand with the
    date, and what pages print beside it, such as a place, a newsroom or a count of readers;
    other words may not. ``base`` is the moment at which the text was printed, in the
    site's own zone: without it «أمس» and «12 آذار» are None, for the clock is never read.
    The rules are in docs/ARABIC.md.

    >>> parse_date("نشر في: الخميس ٢٥ تموز/يوليو ٢٠٢٤").value
    datetime.date(2024, 7, 25)
    >>> parse_date("أحداث 8 آذار") is None
    True
    """
    if NON_JOINER in text:
        text = clean(text)  # which leaves those that show
    words = plain(with_centuries(visible(text), base) if "'" in text or "’" in text else text)
    if len(words) > LONGEST or words.startswith("/"):
        return None  # a path is no date
    found: Told | None = mailed(words, base)
    line = None if found else read(words)
    if line:
        found = _told(line, base, is_persian=bool(PERSIAN.search(text)))
    if base and not found:
        found = moment_ago(words, base)
        if line and not found and not SCORE.search(words):
            found = _without_date(line, base)
    return ParsedDate(*found) if found else None


def _told(line: Line, base: datetime | None, *, is_persian: bool) -> Told | None:
    where = places(line.shape)
    if where is None:
        return None
    if "stamp" in where:
        return stamped(*line.values[where["stamp"]])
    day, hour, zone = line.part(where["date"]), "time", "zone"
    if "other" in where:
        other = line.part(where["other"])
        calendars = [calendar_of(part, is_persian=is_persian) for part in (day, other)]
        if calendars[0] is not calendars[1] and "time" not in where:  # one day in two calendars, the hour behind both
            hour, zone = "late", "far"
        if calendars[1] is gregorian is not calendars[0]:
            day = other
        elif "y" not in day:
            day = _of_span(day, other)
    if line.shape[where["date"]] == "n/n" and not _is_day(line, where, day["n"]):
        return None
    found = day_of(day, base.date() if base else None, is_persian=is_persian)
    return _at(line, where, found, hour, zone) if found else None


def _of_span(first: Part, last: Part) -> Part:
    """Return the first day of a span with the year printed after its last day: «28 شباط – 2 آذار 2020»."""
    (day, month), (last_day, last_month) = map(day_and_month, (first, last))
    is_a_year_before = (month or 0, day or 0) > (last_month or 0, last_day or 0)
    return first | {"y": [last["y"][-1] - is_a_year_before]}


def _is_day(line: Line, where: Where, numbers: list[int]) -> bool:
    """Return whether n/n is a day: its first number can't be a month, or a label, weekday or hour stands beside it."""
    is_said = line.weekdays or "time" in where or "l" in line.shape
    return bool(is_said) or (numbers[0] > MONTHS_IN_YEAR and numbers != ALWAYS)


def _at(line: Line, where: Where, day: Told, hour: str = "time", zone: str = "zone") -> Told | None:
    if hour not in where:
        return day
    zone = zone if zone in where else "early"
    half = line.part(where.get("half") or where.get("part"))
    try:
        at, precision = hour_of(line.part(where[hour]), *half.get("a", [])[:1])
        return datetime.combine(day[0], at, zone_of(line.part(where.get(zone)))), precision
    except ValueError:
        return None


def _without_date(line: Line, base: datetime) -> Told | None:
    """Return the newest moment, not after ``base``, for a line with only a weekday or an hour."""
    if not line.weekdays:
        where = places(line.shape, (HOUR,))
        return _not_after(base, _at(line, where, (base.date(), "day")), timedelta(days=1)) if where else None
    where = places(line.shape, (WEEKDAY,))
    weekday = line.weekdays[0] if len(line.weekdays) == 1 else None
    if where is None or weekday is None:
        return None
    nearness = line.values[where["near"]][0] if "near" in where else None
    day = weekday_of(weekday, nearness, base.date())
    return _not_after(base, _at(line, where, (day, "day")), timedelta(days=WEEK))


def _not_after(base: datetime, found: Told | None, step: timedelta) -> Told | None:
    if not found or not isinstance(found[0], datetime):
        return found
    moment = found[0]
    is_known = moment.tzinfo and base.tzinfo
    late = moment > base if is_known else moment.replace(tzinfo=None) > base.replace(tzinfo=None)
    return (moment - step if late else moment), found[1]
