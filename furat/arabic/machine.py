"""Moments as machines write them: ISO 8601 and RFC 3339, RFC 9557, RFC 822 and 5322, RFC 850."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_tz
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from furat.arabic.calendars import YEARS

_CLOCK = r"\d\d(?::?\d\d(?::?\d\d(?:[.,]\d+)?)?)?"
_OFFSET = r" ?(?:z|[+-]\d\d(?::?\d\d)?)"
_SUFFIX = r"(?:\(\??[a-z0-9/+:?-]+\))*"
STAMP = (
    rf"\d{{4}}-\d\d-\d\d(?:t{_CLOCK}(?:{_OFFSET})?| \d\d:\d\d(?::\d\d(?:[.,]\d+)?)?{_OFFSET}"
    rf"| \d\d:\d\d:\d\d[.,]\d+){_SUFFIX}"
    rf"|\d{{8}}t{_CLOCK}(?:{_OFFSET})?|\d{{4}}-?w\d\d-?[1-7](?:t{_CLOCK}(?:{_OFFSET})?)?"
)
"""One word of a plain line: a date with an hour, or a day of a week of a year."""

_STAMP = re.compile(rf"(?P<day>[\dw-]+?)(?:[t ](?P<clock>{_CLOCK})(?P<offset>{_OFFSET})?)?(?P<suffix>{_SUFFIX})")
MIDNIGHT = re.compile("24[:0]*(?:[.,]0+)?")
"""24:00 is 00:00 of the next day (ISO 8601)."""

TAG = re.compile(r"\((\??)([^)]+)\)")

MAIL = re.compile(
    r"(?:[a-z]{3,9}, ?)?\d{1,2}[ -][a-z]{3}[ -](?P<year>\d\d|[12]\d{3}) \d\d:\d\d(?P<seconds>:\d\d)?"
    r" (?:[+-]\d{4}|gmt|utc?|z|[ecmp][sd]t)(?: ?\([^()]*\))?"
)
"""A moment in feeds, mails and server headers; RFC 850 uses hyphens and two-digit years."""

APOSTROPHE = re.compile(r"(?<!\w)['’‘](\d\d)(?![\w:'’])")
CENTURY, HALF_CENTURY = 100, 50
PIVOT = 1969
"""Without a base, two-digit years begin at 1969, as in POSIX."""

PRECISIONS = {2: "hour", 4: "minute", 6: "second"}


def stamped(stamp: str) -> tuple[date | datetime, str] | None:
    """Return the moment or day of a word that matches `STAMP`, and its precision.

    >>> stamped("2024-07-25t10:30+03:00(asia/damascus)")[0].isoformat()
    '2024-07-25T10:30:00+03:00'
    >>> stamped("2024-w30-4")
    (datetime.date(2024, 7, 25), 'day')
    """
    match = _STAMP.fullmatch(stamp)
    if match is None:
        return None
    try:
        day = date.fromisoformat(match["day"].upper())
        clock = match["clock"] or "00"
        if MIDNIGHT.fullmatch(clock):
            day, clock = day + timedelta(days=1), "00" + clock[2:]
        hour = time.fromisoformat(f"{clock}{(match['offset'] or '').strip()}".upper())
    except (ValueError, OverflowError):
        return None
    if day.year not in YEARS or not match["clock"]:
        return (day, "day") if day.year in YEARS else None
    moment = _in_zone(datetime.combine(day, hour), match["suffix"])
    digits = re.sub(r"[.,].*|:", "", match["clock"])
    return (moment, PRECISIONS[len(digits)]) if moment else None


def _in_zone(moment: datetime, suffix: str) -> datetime | None:
    """Return the moment in the zone of its RFC 9557 suffix, or None if a critical tag is unknown or contradicts it."""
    for critical, tag in TAG.findall(suffix):
        zone = _zones().get(tag)
        local = moment.replace(tzinfo=ZoneInfo(zone)) if zone else moment
        is_heeded = tag.startswith("u-ca?") or (zone and (not moment.utcoffset() or moment == local))
        if critical and not is_heeded:
            return None
        moment = moment if moment.tzinfo else local
    return moment


@cache
def _zones() -> dict[str, str]:
    """Return the names of zones by their spelling in a plain line."""
    return {name.lower().replace("_", "-"): name for name in available_timezones()}


def mailed(line: str, base: datetime | None) -> tuple[datetime, str] | None:
    """Return the moment and precision of a plain line in the format of mails, feeds or server headers, else None."""
    match = MAIL.fullmatch(line)
    parts = parsedate_tz(line) if match else None
    if not match or not parts:
        return None
    year = int(match["year"])
    try:
        zone = timezone(timedelta(seconds=parts[9])) if parts[9] else UTC
        moment = datetime(_full(year, base) if year < CENTURY else year, *parts[1:6], tzinfo=zone)
    except ValueError:
        return None
    return (moment, "second" if match["seconds"] else "minute") if moment.year in YEARS else None


def with_centuries(text: str, base: datetime | None) -> str:
    """Return ``text`` with four-digit years in place of those with an apostrophe.

    >>> with_centuries("5 مارس '17", None)
    '5 مارس 2017'
    """
    return APOSTROPHE.sub(lambda year: str(_full(int(year[1]), base)), text)


def _full(year: int, base: datetime | None) -> int:
    """Return the year for two digits: at most fifty years ahead of the base (RFC 9110, 5.6.7)."""
    first = base.year - HALF_CENTURY + 1 if base else PIVOT
    return first + (year - first) % CENTURY
