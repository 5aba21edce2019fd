"""Proposes places on a site's pages that may print a field, and rates them on the lessons."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from selectolax.lexbor import LexborNode as Node

from furat.profile.paths import Path, likeness, merged, path, selectors, tags
from furat.profile.profile import Place

L = TypeVar("L")

SHARE = 0.6
"""The least share of the posts on which a place must be right."""

KEPT = 5
SEEDS = 3
"""How many elements of one kind are tried on a page."""

MOST_GROUPS = 12
MOST_PLACES = 120

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

Sighting = tuple[int, Node, Place]
"""The number of a lesson, an element that shows the wanted value, and in which form; its place has no selector yet."""

Judge = Callable[[Place, L], bool | None]
"""Returns whether a place is right on a lesson's page; None if it gives nothing there."""


@dataclass(frozen=True, slots=True)
class Rated:
    """A place, and how often it was right."""

    place: Place
    right: int
    wrong: int
    rights: frozenset[int] = frozenset()
    """The numbers of the lessons on which it was right."""


def proposed(sightings: Iterable[Sighting], lessons: int, *, is_row: bool = False) -> Iterator[Place]:
    """Yield the places that ``sightings`` have in common, those of most lessons first, each with a selector.

    For elements in a row, such as categories, no position in that row is proposed.
    """
    groups: defaultdict[tuple[tuple[str, ...], Place], defaultdict[int, list[Path]]]
    groups = defaultdict(lambda: defaultdict(list))
    for number, node, shape in sightings:
        way = path(node)
        groups[tags(way), shape][number].append(way)
    often = sorted(groups.items(), key=lambda group: _order(group[0][0], group[0][1], len(group[1])))
    seen = set()
    for (_, shape), ways in often[:MOST_GROUPS]:
        if len(ways) < min(2, lessons):
            continue
        for selector in (selector for way in _common(ways) for selector in selectors(way, is_row=is_row)):
            if (place := replace(shape, selector=selector)) not in seen:
                seen.add(place)
                yield place


def _common(ways: Mapping[int, list[Path]]) -> Iterator[Path]:
    """Yield what the paths of most lessons have in common; of several on a page, the one most similar to the others."""
    fewest = min(ways.values(), key=len)
    seeds = {way[0].names: way for way in reversed(fewest)}
    for seed in [*seeds.values()][-SEEDS:]:
        yield merged(max(found, key=lambda way: likeness(way, seed)) for found in ways.values())


def _order(way: tuple[str, ...], shape: Place, lessons: int) -> tuple[int, bool, bool, int]:
    """Return the sort key of a group: first many lessons, then no label, then headings, then the innermost element."""
    return -lessons, bool(shape.before or shape.after), way[0] not in HEADINGS, -len(way)


def best(places: Iterable[Place], lessons: Sequence[L], judge: Judge[L]) -> tuple[list[Rated], int]:
    """Return the places that are right on most lessons and wrong on none, best first, and how many were wrong."""
    found: list[Rated] = []
    wrong = 0
    for place in islice(places, MOST_PLACES):
        rated = _rate(place, lessons, judge)
        wrong += rated.wrong
        if not rated.wrong and rated.right >= max(1, SHARE * len(lessons)):
            found.append(rated)
        if sum(each.right == len(lessons) for each in found) == KEPT:
            break
    found.sort(key=lambda each: (-each.right, len(each.place.before + each.place.after)))
    return found[:KEPT], wrong


def _rate(place: Place, lessons: Sequence[L], judge: Judge[L]) -> Rated:
    """Return how often a place is right; stop early if it will be refused."""
    right: set[int] = set()
    wrong = 0
    for number, lesson in enumerate(lessons):
        verdict = judge(place, lesson)
        if verdict:
            right.add(number)
        wrong += verdict is False
        if wrong or number + 1 - len(right) > (1 - SHARE) * len(lessons):
            break
    return Rated(place, len(right), wrong, frozenset(right))
