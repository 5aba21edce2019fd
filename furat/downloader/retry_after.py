"""When a site asks to come back."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 366.0 * 24 * 3600
"""Seconds; what asks for longer is no plan but a mistake."""

UNITS = (1, 1000)
"""Parts of a second in which programs count moments from 1970 on."""


def retry_after(value: str, now: datetime) -> float | None:
    """Return the seconds to wait from ``now`` (aware) on, from 0 to a year, as a Retry-After field asks.

    It is a number of seconds or any form of HTTP date (RFC 9110, sections 10.2.3
    and 5.6.7), or a moment that a program counts from 1970 on; None for anything else.

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
