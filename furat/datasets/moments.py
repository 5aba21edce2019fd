"""Printed moments as points in time."""

from datetime import UTC, datetime


def precision(moment: str | None) -> str | None:
    """Return how exact a moment of the feed is: `second` or `day`; None where there is none.

    >>> precision("2024-07-25"), precision("2024-07-25T10:00:00+03:00"), precision(None)
    ('day', 'second', None)
    """
    if not moment:
        return None
    return "second" if "T" in moment else "day"


def point(moment: str | None) -> datetime | None:
    """Return a moment of the feed as a point in time, UTC: a day begins at midnight UTC.

    None where it has no zone, or is no moment, as in an archive that others wrote.

    >>> point("2016-01-07T13:40:53+02:00").isoformat(), point("2016-01-07").isoformat()
    ('2016-01-07T11:40:53+00:00', '2016-01-07T00:00:00+00:00')
    """
    if not moment:
        return None
    try:
        value = datetime.fromisoformat(moment)
        return _in_utc(value, is_day="T" not in moment)
    except (ValueError, OverflowError):  # the first or the last day of all calendars, as no newsroom printed it
        return None


def _in_utc(value: datetime, *, is_day: bool) -> datetime | None:
    if value.tzinfo is None:
        return value.replace(tzinfo=UTC) if is_day else None
    return value.astimezone(UTC)
