"""Learns where the moments stand, how precise they are there, and which offset their clock lacks."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from furat.pages.moments import iso
from furat.profile.lesson import Lesson
from furat.profile.places import Rated, Sighting, best, proposed
from furat.profile.profile import KnownMoment, Place
from furat.profile.reading import first

LONGEST = 80
FARTHEST = timedelta(hours=14)
QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)
PRECISIONS = ("instant", "clock", "day")

Told = Callable[[Lesson], datetime | None]


class Match(NamedTuple):
    """How a printed moment is the one that the site tells."""

    precision: str
    """`instant`, `clock`, or `day`."""

    offset: timedelta
    """By how much the printed clock is before UTC."""


def learn_published(lessons: Sequence[Lesson]) -> KnownMoment:
    """Return where the moment of publication stands."""
    return _learn(lessons, lambda lesson: lesson.truth.published, lambda lesson: lesson.truth.modified)


def learn_modified(lessons: Sequence[Lesson]) -> KnownMoment:
    """Return where the moment of the last change stands."""
    return _learn(lessons, lambda lesson: lesson.truth.modified, lambda lesson: lesson.truth.published)


def match(printed: str, told: datetime) -> Match | None:
    """Return how what is printed is the moment ``told``, or None where it is another.

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
    offset = said.replace(tzinfo=UTC) - utc.replace(second=0 if not said.second else utc.second)
    return Match("clock", offset) if abs(offset) <= FARTHEST and not offset % QUARTER else None


def _may_be_day(day: datetime, utc: datetime) -> bool:
    """Return whether it is this day anywhere at that moment."""
    return (utc - FARTHEST).date() <= day.date() <= (utc + FARTHEST).date()


def _learn(lessons: Sequence[Lesson], wanted: Told, other: Told) -> KnownMoment:
    told = [lesson for lesson in lessons if wanted(lesson)]
    known = [_of(lessons_at, told, wanted, other) for lessons_at in PRECISIONS]
    return next((one for one in known if one.places), known[-1])


def _of(precision: str, lessons: Sequence[Lesson], wanted: Told, other: Told) -> KnownMoment:
    """Return what is known of the places that give the moment with this ``precision``."""

    def judge(place: Place, lesson: Lesson) -> bool | None:
        found = first(lesson.page, place)
        same = match(found[1], _sure(wanted(lesson))) if found else None
        return bool(same and PRECISIONS.index(same.precision) <= PRECISIONS.index(precision)) if found else None

    sightings = _sightings(lessons, wanted, precision)
    rated, wrong = best(proposed(sightings, len(lessons)), lessons, judge)
    for each in rated:
        offset = _offset(each.place, lessons, wanted) if precision == "clock" else timedelta()
        if offset is not None:
            contrast = _contrast(each, lessons, other)
            return _known(precision, [each, *(one for one in rated if one != each)], offset, contrast, len(lessons))
    return KnownMoment(wrong=wrong, seen=len(lessons), coverage=0.0)


def _known(precision: str, rated: list[Rated], offset: timedelta, contrast: int, seen: int) -> KnownMoment:
    return KnownMoment(
        places=tuple(each.place for each in rated),
        right=rated[0].right,
        seen=seen,
        distinct=rated[0].right,
        coverage=rated[0].right / seen,
        precision=precision,
        offset=_written(offset) if precision == "clock" else "",
        contrast=contrast,
    )


def _sightings(lessons: Sequence[Lesson], wanted: Told, precision: str) -> Iterator[Sighting]:
    for number, lesson in enumerate(lessons):
        for short in lesson.shorts:
            if len(short.printed) <= LONGEST and any(map(str.isdecimal, short.printed)):
                same = match(short.printed, _sure(wanted(lesson)))
                if same and same.precision == precision:
                    yield number, short.node, Place("", short.channel)


def _offset(place: Place, lessons: Sequence[Lesson], wanted: Told) -> timedelta | None:
    """Return the one offset that all clocks at ``place`` lack; None where it changes over the year."""
    offsets: Counter[timedelta] = Counter()
    for lesson in lessons:
        found = first(lesson.page, place)
        same = match(found[1], _sure(wanted(lesson))) if found else None
        if same and same.precision == "clock":
            offsets[same.offset] += 1
    return next(iter(offsets)) if len(offsets) == 1 else None


def _contrast(rated: Rated, lessons: Sequence[Lesson], other: Told) -> int:
    """Return on how many posts the place is not the other moment as well."""
    number = 0
    for index in rated.rights:
        found, instead = first(lessons[index].page, rated.place), other(lessons[index])
        number += bool(found and instead and match(found[1], instead) is None)
    return number


def _written(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _sure(moment: datetime | None) -> datetime:
    assert moment, "only lessons that tell it are asked"
    return moment
