"""Selects the earlier articles that an article may be a copy of."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import NamedTuple

COMMON = 5
"""A key shared by this many articles is boilerplate, or the fixed words of a series."""

CHECKED = 4
"""The most candidates compared, so that a long series costs no more than a short one."""

LIKELY, SURE = 0.1, 3
"""A candidate shares this part of the article's keys, or this number of them."""


Place = tuple[int | str, str]
"""An article's place in the order of archiving, and its id, which decides between equal places."""


class Candidate(NamedTuple):
    """An earlier article, and the keys that only it and a few others have in common with the one that is asked for."""

    place: Place
    shared: frozenset[int]


def rare(own: set[int], holders: Mapping[int, Sequence[Place]]) -> set[int]:
    """Return those of an article's keys that are not the site's own."""
    return own - {key for key, places in holders.items() if len(places) >= COMMON}


def candidates(own: AbstractSet[int], holders: Mapping[int, Sequence[Place]]) -> list[Candidate]:
    """Return the earlier articles that share most of the keys ``own``, those with more first, then the earlier.

    ``holders`` names under each key the first articles of clusters that have it, the earliest five or all.

    >>> a, b, c = (1, "a"), (2, "b"), (3, "c")
    >>> [found.place[1] for found in candidates({1, 2, 3}, {1: [c], 2: [b, a], 3: [c]})]
    ['c', 'a', 'b']
    """
    kept = {key: places for key, places in holders.items() if len(places) < COMMON}
    enough = min(SURE, LIKELY * (len(own) - len(holders) + len(kept)))
    votes = Counter(chain.from_iterable(kept.values()))
    likely = sorted((-count, place) for place, count in votes.items() if count >= enough)[:CHECKED]
    return [Candidate(place, frozenset(key for key in kept if place in kept[key])) for _, place in likely]
