"""Conditional requests for feeds and sitemaps (RFC 9110, section 13)."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from scrapy.http import Response

from furat.clock import now

AHEAD = timedelta(days=1)
"""How far the clock of a server may be ahead of ours."""


def validator(response: Response) -> str:
    """Return the validator of this state: its Last-Modified or, without one, its ETag; empty if there is none.

    WordPress recognizes its date behind any proxy, but not an ETag that a proxy made weak.
    A date in the future comes from one odd post, and stays the same whatever is changed (RFC 9110, 8.8.2.1).
    """
    date, tag = (response.headers.get(name) or b"" for name in ("Last-Modified", "ETag"))
    with suppress(ValueError, OverflowError):
        if parsedate_to_datetime(date.decode("latin-1")).astimezone(UTC) > datetime.fromisoformat(now()) + AHEAD:
            return ""
    return (date or tag.removeprefix(b"W/")).decode("latin-1")


def condition(known: str | None) -> dict[str, str]:
    """Return the header of a request that is answered with 304 if nothing changed since a ``known`` validator.

    >>> condition('"a1"'), condition("Thu, 01 Jan 2026 00:00:00 GMT"), condition(None)
    ({'If-None-Match': '"a1"'}, {'If-Modified-Since': 'Thu, 01 Jan 2026 00:00:00 GMT'}, {})
    """
    if not known:
        return {}
    return {"If-None-Match" if known.startswith('"') else "If-Modified-Since": known}
