"""Learns where pages print dates, how precise these are, and which UTC offset they lack."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from furat.pages.moment import iso
from furat.profile.lesson import Lesson
from furat.profile.places import Rated, Sighting, best, proposed
from furat.profile.profile import KnownMoment, Place
from furat.profile.reading import first

LONGEST = 80
FARTHEST = timedelta(hours=14)
QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)
PRECISIONS = ("instant", "clock", "day")

SEASONS = ((11, 12, 1, 2), (5, 6, 7, 8))
"""Months in winter and in summer, in which clocks differ if there is daylight saving time."""

Pair = tuple[Lesson, datetime]
"""A lesson, and the time that the feed or API gives."""

Told = Callable[[Lesson], datetime | None]


class Match(NamedTuple):
    """How a printed date matches the time in the feed or API."""

    precision: str
    """`instant`, `clock`, or `day`."""

    offset: timedelta
    """How far the printed clock is ahead of UTC."""


def learn_published(lessons: Sequence[Lesson], zone: ZoneInfo) -> KnownMoment:
    """Return the place of the publication date; ``zone`` is the site's time zone, as far as known."""
    return _learn(lessons, lambda lesson: lesson.truth.published, lambda lesson: lesson.truth.modified, zone)


def learn_modified(lessons: Sequence[Lesson], zone: ZoneInfo) -> KnownMoment:
    """Return the place of the date of the last change."""
    return _learn(lessons, lambda lesson: lesson.truth.modified, lambda lesson: lesson.truth.published, zone)


def match(printed: str, told: datetime) -> Match | None:
    """Return how the ``printed`` date matches the time ``told`` by the feed or API; None if it is another time.

    >>> match("2024-07-01T12:00:00+00:00", datetime.fromisoformat("2024-07-01T09:00:00+00:00"))
    Match(precision='clock', offset=datetime.timedelta(seconds=10800))
    >>> match("1 July 2024", datetime.fromisoformat("2024-07-01T09:00:00+00:00")).precision
    'day'
    """
    value = iso(printed)
    if value is None:
        return None
    said, utc = datetime.fromisoformat(value), told.astimezone(UTC)
    if "T" not in value:
        near = abs(said.replace(hour=12, tzinfo=UTC) - utc)
        return Match("day", timedelta()) if near <= FARTHEST + DAY / 2 and _may_be_day(said, utc) else None
    if said.tzinfo and abs(said - utc) < timedelta(minutes=1):
        return Match("instant", timedelta())
    offset = said.replace(tzinfo=UTC) - utc.replace(second=said.second and utc.second)
    if said.utcoffset() and not offset:  # the feed labels local time as UTC: the page is right
        return Match("instant", offset)
    return Match("clock", offset) if abs(offset) <= FARTHEST and not offset % QUARTER else None


def _may_be_day(day: datetime, utc: datetime) -> bool:
    """Return whether the time ``utc`` falls on this day in any time zone."""
    return (utc - FARTHEST).date() <= day.date() <= (utc + FARTHEST).date()


def _learn(lessons: Sequence[Lesson], wanted: Told, other: Told, zone: ZoneInfo) -> KnownMoment:
    pairs = [(lesson, moment) for lesson in lessons if (moment := wanted(lesson))]
    known = (_of(precision, pairs, other, zone) for precision in PRECISIONS)
    refused = KnownMoment(seen=len(pairs), coverage=0.0)
    return next((one for one in known if one.places), refused)


def _of(precision: str, pairs: Sequence[Pair], other: Told, zone: ZoneInfo) -> KnownMoment:
    """Return what is known of the places that give the time with at least this ``precision``."""

    def judge(place: Place, pair: Pair) -> bool | None:
        found = first(pair[0].page, place)
        return _is_precise(match(found[1], pair[1]), precision) if found else None

    rated, wrong = best(proposed(_sightings(pairs, precision), len(pairs)), pairs, judge)
    for each in rated:
        offset = _offset(each.place, pairs, zone) if precision == "clock" else ""
        if offset is not None:
            return KnownMoment(
                places=(each.place, *(one.place for one in rated if one != each)),
                right=each.right,
                seen=len(pairs),
                distinct=each.right,
                coverage=each.right / len(pairs),
                precision=precision,
                offset=offset,
                contrast=_contrast(each, pairs, other),
            )
    return KnownMoment(wrong=wrong, seen=len(pairs), coverage=0.0)


def _sightings(pairs: Sequence[Pair], precision: str) -> Iterator[Sighting]:
    for number, (lesson, moment) in enumerate(pairs):
        for short in lesson.shorts:
            is_dated = len(short.printed) <= LONGEST and any(map(str.isdecimal, short.printed))
            if is_dated and _is_precise(match(short.printed, moment), precision):
                yield number, short.node, Place("", short.channel)


def _is_precise(same: Match | None, precision: str) -> bool:
    return same is not None and PRECISIONS.index(same.precision) <= PRECISIONS.index(precision)


def _offset(place: Place, pairs: Sequence[Pair], zone: ZoneInfo) -> str | None:
    """Return what the times at ``place`` lack: the zone, or the same offset in all seasons; None if neither fits."""
    found = ((first(lesson.page, place), moment) for lesson, moment in pairs)
    matched = ((moment, match(one[1], moment)) for one, moment in found if one)
    offsets = {moment: same.offset for moment, same in matched if same and same.precision == "clock"}
    if all(zone.utcoffset(moment.astimezone(zone)) == offset for moment, offset in offsets.items()):
        return zone.key
    is_of_all_seasons = all(any(moment.month in season for moment in offsets) for season in SEASONS)
    return _written(*set(offsets.values())) if is_of_all_seasons and len(set(offsets.values())) == 1 else None


def _contrast(rated: Rated, pairs: Sequence[Pair], other: Told) -> int:
    """Return on how many posts the place does not match the ``other`` time too."""
    asked = ((first(pairs[index][0].page, rated.place), other(pairs[index][0])) for index in rated.rights)
    return sum(bool(found and instead and match(found[1], instead) is None) for found, instead in asked)


def _written(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
