"""What a moment means on the clock of its site, where it is labelled as UTC.

WordPress before 5.3, and some themes still, print local time labelled `+00:00`; plugins for search engines print
true UTC (https://make.wordpress.org/core/2019/09/23/date-time-improvements-wp-5-3/).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

FARTHEST = timedelta(hours=14)
QUARTER = timedelta(minutes=15)


def on_the_sites_clock(told: datetime, stated: Iterable[tuple[datetime, bool]], *, is_a_themes: bool) -> datetime:
    """Return ``told`` as the clock of the site shows it; without an offset where that is all that can be known.

    ``stated`` are the other moments of the page, each with whether a theme printed it, as themes err.

    >>> noon, true = datetime.fromisoformat("2024-07-25T12:00:00+00:00"), datetime.fromisoformat("2024-07-25T09:00:00Z")
    >>> on_the_sites_clock(noon, [(true, False)], is_a_themes=True).isoformat()
    '2024-07-25T12:00:00+03:00'
    """
    if told.utcoffset():
        return told
    others = [*stated]
    for other, is_printed in others:
        if other == told and other.utcoffset():
            return other
        if is_a_themes and not is_printed and (local := _local(told, other)):
            return local
    is_contradicted = is_a_themes and any(other.utcoffset() for other, _ in others)
    return told.replace(tzinfo=None) if is_contradicted else told


def _local(told: datetime, other: datetime) -> datetime | None:
    """Return ``told`` with the offset that tells it from the ``other``, which means the same; None if it can't."""
    gap = told - other
    if not gap or abs(gap) > FARTHEST or gap % QUARTER:
        return None
    if not other.utcoffset():
        return told.replace(tzinfo=timezone(gap))
    return other if other.replace(tzinfo=None) == told.replace(tzinfo=None) else None
