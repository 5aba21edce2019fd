"""Parses the Retry-After header; `politeness` and `backoff` obey it."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 366.0 * 24 * 3600
"""The most seconds to wait; a longer time is a mistake."""

UNITS = (1, 1000)
"""Timestamps count seconds since 1970 in one of these parts of a second."""


def retry_after(value: str, now: datetime) -> float | None:
    """Return the seconds to wait from ``now`` (aware) on, from 0 to a year, that a Retry-After field asks for.

    The field is a number of seconds or an HTTP date in any form (RFC 9110, sections 10.2.3
    and 5.6.7), or a timestamp in (milli)seconds since 1970; None for anything else.

    >>> noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    >>> retry_after("120", noon), retry_after("Mon, 23 Nov 2026 12:02:00 GMT", noon), retry_after("soon", noon)
    (120.0, 120.0, None)
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return _seconds(float(value), now)
    try:
        moment = parsedate_to_datetime(value)
        seconds = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    except (ValueError, OverflowError):
        return None
    return max(seconds.total_seconds(), 0.0) if seconds.total_seconds() <= LONGEST else None


def _seconds(number: float, now: datetime) -> float | None:
    if number <= LONGEST:
        return number
    left = (number / unit - now.timestamp() for unit in UNITS)
    return next((max(seconds, 0.0) for seconds in left if abs(seconds) <= LONGEST), None)
