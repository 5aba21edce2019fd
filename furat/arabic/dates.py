"""Dates as Arabic newsrooms print them."""

import re
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from furat.arabic.ago import moment_ago
from furat.arabic.calendars import HIJRI_YEARS, YEARS, gregorian, hijri, newest
from furat.arabic.clock import hour_of, zone_of
from furat.arabic.shape import DAY_FIRST, HOUR_FIRST, LONGEST, MONTH_ALONE, STAMPED, Line, Part, plain, read

MAIL = re.compile(
    r"(?:[a-z]{3}, )?\d{1,2} [a-z]{3} [12]\d{3} \d\d:\d\d(?P<seconds>:\d\d)? (?:[+-]\d{4}|gmt|utc?|z)",
)
"""A moment as feeds and mails have it (RFC 822, RFC 5322)."""

MONTHS_IN_YEAR = 12


class ParsedDate(NamedTuple):
    """A printed date."""

    value: date | datetime
    """The day, or the moment where an hour is printed; aware only where a zone is printed."""

    precision: str
    """How much was printed: `month` (the value is its first day), `day`, `hour`, `minute` or `second`."""


def parse_date(text: str, base: datetime | None = None) -> ParsedDate | None:
    """Return the date that ``text`` is, or None where it is none.

    The whole text must be a date line: labels, weekdays, hours and zones may stand with the
    date, other words may not. ``base`` is the moment at which the text was printed, in the
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
    if mail := MAIL.fullmatch(words):
        return _mailed(mail)
    if base and (told := moment_ago(words, base)):
        return ParsedDate(*told)
    line = read(words)
    return _dated(line, base) if line else None


def _mailed(mail: re.Match[str]) -> ParsedDate | None:
    try:
        return ParsedDate(parsedate_to_datetime(mail[0]), "second" if mail["seconds"] else "minute")
    except ValueError:
        return None


def _dated(line: Line, base: datetime | None) -> ParsedDate | None:
    if "i" in line.shape:
        match = STAMPED.fullmatch(line.shape)
        return match and _stamped(line.values[match.start("stamp")])
    shape = line.shape
    match = DAY_FIRST.fullmatch(shape) or HOUR_FIRST.fullmatch(shape) or MONTH_ALONE.fullmatch(shape)
    if match is None:
        return None
    day = line.part(match, "date")
    hour, zone = "time", "zone"
    if match["other"] and _is_hijri(day) != _is_hijri(other := line.part(match, "other")):
        day = other if _is_hijri(day) else day
        hour, zone = (hour, zone) if match["time"] else ("late", "far")
    if match["other"] and "y" not in day:
        return None  # «12 آذار – 15 آذار 2020» is a span of days
    found = _day(day, base)
    return _at(found, line.part(match, hour), line.part(match, zone)) if found and match[hour] else found


def _stamped(stamp: str) -> ParsedDate | None:
    day, clock = stamp[:10], stamp[11:].replace(" ", "")
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}".upper())
    except ValueError:
        return None
    precision = ("hour", "minute", "second")[min(re.split(r"[z+-]", clock)[0].count(":"), 2)]
    return ParsedDate(moment, precision) if moment.year in YEARS else None


def _at(day: ParsedDate, hour: Part, zone: Part) -> ParsedDate | None:
    clock = hour_of(hour)
    return clock and ParsedDate(datetime.combine(day.value, clock[0], zone_of(zone)), clock[1])


def _is_hijri(part: Part) -> bool:
    return "h" in part or ("y" in part and part["y"][0] in HIJRI_YEARS)


def _day(part: Part, base: datetime | None) -> ParsedDate | None:
    if "d" in part:
        return ParsedDate(base.date() - timedelta(days=part["d"][0]), "day") if base else None
    day, month = _day_and_month(part)
    is_hijri = _is_hijri(part)
    if month is None or ("m" in part and is_hijri):
        return None
    found: date | None = None
    if "y" not in part:
        found = newest(month, day, base.date(), is_hijri=is_hijri) if base and day else None
    elif not is_hijri:
        found = gregorian(part["y"][0], month, 1 if day is None else day) if part["y"][0] in YEARS else None
    elif day and part["y"][0] in HIJRI_YEARS:
        found = hijri(part["y"][0], month, day)
    return ParsedDate(found, "month" if day is None else "day") if found else None


def _day_and_month(part: Part) -> tuple[int | None, int | None]:
    """Return the day, which may be unprinted, and the month, or no month where names disagree."""
    numbers, names = part.get("n", [None]), part.get("m") or part.get("h")
    if names:
        return numbers[0], names[0] if names[0] == names[-1] else None
    if len(numbers) == 1:
        is_season = next(iter(part)) == "y" and (part["y"][0] + 1) % 100 == numbers[0]
        return None, None if is_season else numbers[0]
    day, month = numbers if next(iter(part)) == "n" else reversed(numbers)
    return (month, day) if month > MONTHS_IN_YEAR else (day, month)
