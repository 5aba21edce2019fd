"""Dates as Arabic newsrooms print them."""

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from furat.arabic.calendars import gregorian
from furat.arabic.clock import hour_of, zone_of
from furat.arabic.days import MONTHS_IN_YEAR, WEEK, calendar_of, day_of, weekday_of
from furat.arabic.grammar import HOUR, PATTERNS, STAMPED, WEEKDAY
from furat.arabic.machine import mailed, stamped
from furat.arabic.relative import moment_ago
from furat.arabic.shape import LONGEST, Line, plain, read

PERSIAN = re.compile("[۰-۹]")
SCORE = re.compile(r":\d(?!\d)")
"""No hour: 3:2."""

ALWAYS = [24, 7]
"""No day: 24/7."""

Told = tuple[date | datetime, str]


class ParsedDate(NamedTuple):
    """A printed date."""

    value: date | datetime
    """The day, or the moment where an hour is printed; aware only where a zone is printed."""

    precision: str
    """How much was printed: `month` (the value is its first day), `day`, `hour`, `minute` or `second`."""


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
    words = plain(text)
    if len(words) > LONGEST:
        return None
    found = mailed(words, base) or (moment_ago(words, base) if base else None)
    if not found and (line := read(words)):
        found = _told(line, base, is_persian=bool(PERSIAN.search(text)))
        if base and not found and not SCORE.search(words):
            found = _without_date(line, base)
    return ParsedDate(*found) if found else None


def _told(line: Line, base: datetime | None, *, is_persian: bool) -> Told | None:
    if "i" in line.shape:
        stamp = STAMPED.fullmatch(line.shape)
        return stamped(line.values[stamp.start("stamp")]) if stamp else None
    match = next(filter(None, (pattern.fullmatch(line.shape) for pattern in PATTERNS)), None)
    return _dated(line, match, base, is_persian=is_persian) if match else None


def _dated(line: Line, match: re.Match[str], base: datetime | None, *, is_persian: bool) -> Told | None:
    day, other = line.part(match, "date"), line.part(match, "other")
    hour, zone = "time", "zone"
    if other:
        calendars = [calendar_of(part, is_persian=is_persian) for part in (day, other)]
        if calendars[1] is gregorian is not calendars[0]:
            day = other
            hour, zone = (hour, zone) if match["time"] else ("late", "far")
        elif "y" not in day:
            return None  # «12 آذار – 15 آذار 2020» is a span of days
    if line.shape[slice(*match.span("date"))] == "n/n" and not _is_day(line, match, day["n"]):
        return None
    found = day_of(day, base.date() if base else None, is_persian=is_persian)
    return _at(line, match, found, hour, zone) if found else None


def _is_day(line: Line, match: re.Match[str], numbers: list[int]) -> bool:
    """Tell 25/7 from a fraction or a mark such as 3/4: no month has its first number, or something says that it is a day."""
    is_said = line.weekdays or match["time"] or "l" in line.shape
    return bool(is_said) or (numbers[0] > MONTHS_IN_YEAR and numbers != ALWAYS)


def _at(line: Line, match: re.Match[str], day: Told, hour: str = "time", zone: str = "zone") -> Told | None:
    clock = line.part(match, hour)
    if not clock:
        return day
    halves = line.part(match, "half").get("a") or line.part(match, "part").get("a") or [""]
    at = hour_of(clock, halves[0])
    return (datetime.combine(day[0], at[0], zone_of(line.part(match, zone))), at[1]) if at else None


def _without_date(line: Line, base: datetime) -> Told | None:
    """Return the newest moment that a weekday or an hour alone says, not after ``base``."""
    today = base.date()
    if not line.weekdays and (match := HOUR.fullmatch(line.shape)):
        found = _at(line, match, (today, "day"))
        return _not_after(base, found, timedelta(days=1))
    if [bool(weekday) for weekday in line.weekdays] != [True] or not (match := WEEKDAY.fullmatch(line.shape)):
        return None
    nearness = line.part(match, "date").get("D", [None])[0]
    day = weekday_of(line.weekdays[0] or 0, nearness, today)
    return _not_after(base, _at(line, match, (day, "day")), timedelta(days=WEEK))


def _not_after(base: datetime, found: Told | None, step: timedelta) -> Told | None:
    if not found or not isinstance(found[0], datetime):
        return found
    moment = found[0]
    is_known = moment.tzinfo and base.tzinfo
    late = moment > base if is_known else moment.replace(tzinfo=None) > base.replace(tzinfo=None)
    return (moment - step if late else moment), found[1]
