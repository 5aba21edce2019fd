"""The current time: no other module reads a clock."""

from datetime import UTC, datetime, time, timedelta


def now() -> str:
    """Return the current time as the store and the feed write it: ISO 8601, UTC, whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def moment() -> str:
    """Return the current time as WARC records write it (WARC-Date): ISO 8601, UTC, microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def time_of_day() -> time:
    """Return the time of the day in the zone of this machine, by which cron and systemd start crawls too."""
    return datetime.now(UTC).astimezone().time()


def is_over(moment: str | None, time: timedelta) -> bool:
    """Return whether ``moment``, in the form of `now`, is more than ``time`` away; True for None (never).

    >>> day = timedelta(days=1)
    >>> is_over(now(), day), is_over("2999-01-01T00:00:00+00:00", day), is_over(None, day)
    (False, True, True)
    """
    return moment is None or abs(datetime.now(UTC) - datetime.fromisoformat(moment)) > time


def later(moment: str, time: timedelta) -> str:
    """Return the moment so much ``time`` after one in the form of `now`.

    >>> later("2026-01-02T03:04:05+00:00", timedelta(days=1))
    '2026-01-03T03:04:05+00:00'
    """
    return (datetime.fromisoformat(moment) + time).isoformat(timespec="seconds")


def utc(moment: str | None) -> str | None:
    """Return ``moment`` in the form of `now`; a date stays a date; None for a time without an offset.

    >>> utc("2026-01-02T03:04:05+03:00"), utc("2026-01-02"), utc("2026-01-02T03:04:05")
    ('2026-01-02T00:04:05+00:00', '2026-01-02', None)
    """
    if not moment or "T" not in moment:
        return moment or None
    value = datetime.fromisoformat(moment)
    try:
        return value.astimezone(UTC).isoformat(timespec="seconds") if value.tzinfo else None
    except OverflowError:  # the first or last day that a datetime can hold
        return None
