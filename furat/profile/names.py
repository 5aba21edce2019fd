"""Learns where pages print the title and the authors."""

from collections.abc import Callable, Iterator, Sequence

from selectolax.lexbor import LexborNode as Node

from furat.profile.lesson import Lesson, plain
from furat.profile.places import best, proposed
from furat.profile.profile import Known, Place
from furat.profile.reading import beside, first

LONGEST_AFFIX = 40

Said = Callable[[Lesson], tuple[str, ...]]
"""Returns the title, or the names of the authors, that a lesson's feed or API gives."""

Read = Callable[[Lesson, Place], tuple[str, ...]]


def learn_title(lessons: Sequence[Lesson]) -> Known:
    """Return the place of the title."""
    return _learn(lessons, lambda lesson: (lesson.truth.title,), _first, is_labelled=False)


def learn_authors(lessons: Sequence[Lesson]) -> Known:
    """Return the place of the authors' names."""
    return _learn(lessons, lambda lesson: lesson.truth.authors, _beside, is_labelled=True)


def _learn(lessons: Sequence[Lesson], said: Said, read: Read, *, is_labelled: bool) -> Known:
    told = [lesson for lesson in lessons if any(said(lesson))]
    wanted = {id(lesson): frozenset(map(plain, said(lesson))) for lesson in told}

    def judge(place: Place, lesson: Lesson) -> bool | None:
        found = frozenset(map(plain, read(lesson, place)))
        return found == wanted[id(lesson)] if found else None

    sightings = (
        (number, *seen)
        for number, lesson in enumerate(told)
        for seen in _sightings(lesson, said(lesson)[0], is_labelled=is_labelled)
    )
    rated, wrong = best(proposed(sightings, len(told)), told, judge)
    right = {wanted[id(told[number])] for number in rated[0].rights} if rated else set()
    return Known(
        places=tuple(each.place for each in rated),
        right=rated[0].right if rated else 0,
        wrong=wrong,
        seen=len(told),
        distinct=len(right),
        coverage=rated[0].right / len(told) if rated else 0.0,
    )


def _sightings(lesson: Lesson, name: str, *, is_labelled: bool) -> Iterator[tuple[Node, Place]]:
    wanted = plain(name)
    for short, printed in lesson.plain_shorts:
        if printed == wanted:
            yield short.node, Place("", short.channel)
        elif is_labelled and name in short.printed:
            before, _, after = short.printed.partition(name)
            if len(before + after) <= LONGEST_AFFIX and not _goes_on(before[-1:], after[:1]):
                yield short.node, Place("", short.channel, before, after)


def _goes_on(before: str, after: str) -> bool:
    """Return whether the name is only a part of a word."""
    return before.isalnum() or after.isalnum()


def _first(lesson: Lesson, place: Place) -> tuple[str, ...]:
    found = first(lesson.page, place)
    return (found[1],) if found else ()


def _beside(lesson: Lesson, place: Place) -> tuple[str, ...]:
    return tuple(beside(lesson.page, place))
