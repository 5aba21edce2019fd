"""When a site asks to come back."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 366.0 * 24 * 3600
"""Seconds; what asks for longer is no plan but a mistake."""


def retry_after(value: str, now: datetime) -> float | None:
    """Return the seconds to wait from ``now`` (aware) on, from 0 to a year, as a Retry-After field asks.

    It is a number of seconds or any form of HTTP date (RFC 9110, sections 10.2.3
    and 5.6.7); None for anything else.

    >>> noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    >>> retry_after("120", noon), retry_after("Mon, 23 Nov 2026 12:02:00 GMT", noon), retry_after("soon", noon)
    (120.0, 120.0, None)
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value), LONGEST)
    try:
        moment = parsedate_to_datetime(value)
        seconds = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    except (ValueError, OverflowError):
        return None
    return min(max(seconds.total_seconds(), 0.0), LONGEST)
