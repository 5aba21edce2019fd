"""Aligns the sentences of two texts and lists the edits in each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple, Self

from furat.duplicates.signature import FACT, STYLED, mask

ALIGNED = 0.65
"""An edited sentence keeps this share of its skeleton; below, it is another sentence."""

SETTLED = 0.8
"""From this share on, the search stops."""

SLOT = 3
"""The most words by which the sentences of a series differ. A short sentence that keeps as many is edited, too."""

SPREAD = 30
"""The most words among which those are looked for, so that a sentence without end takes no time."""


class Edit(NamedTuple):
    """A sentence of one text and its counterpart in the other."""

    mine: str
    theirs: str
    lost: set[str]
    """The words of mine that theirs lacks."""
    gained: set[str]
    """The words of theirs that mine lacks."""

    @classmethod
    def of(cls, mine: str, theirs: str) -> Self:
        """Return what was edited between two sentences."""
        a, b = set(mine), set(theirs)
        return cls(mine, theirs, a - b, b - a)

    @property
    def replaced(self) -> tuple[set[str], set[str]]:
        """The words lost and gained, without words of style."""
        return {word for word in self.lost if not STYLED.match(word)}, {w for w in self.gained if not STYLED.match(w)}

    @property
    def is_reworded(self) -> bool:
        """Whether words were replaced, not only added or left out, and not for the style alone."""
        return all(self.replaced)

    @property
    def corrections(self) -> int:
        """How many facts were replaced by others."""
        if not self.lost and not self.gained:
            return 0
        told = facts(self.mine), facts(self.theirs)
        if told[0] == told[1]:
            return 0
        mine, theirs = map(Counter, told)
        lost, gained = (mine - theirs).total(), (theirs - mine).total()
        return max(lost, gained) if lost and gained else 0

    @property
    def fills_a_slot(self) -> bool:
        """Whether a few words stand in the places of others, neither of them known facts nor all of them of style."""
        mine, theirs = _differing(*sorted((self.mine, self.theirs)))
        if self.corrections or max(len(mine), len(theirs)) > SPREAD:
            return False
        edits = [edit for edit in SequenceMatcher(None, mine, theirs).get_opcodes() if edit[0] != "equal"]
        lost = "".join(mine[begin:end] for _, begin, end, _, _ in edits)
        gained = "".join(theirs[begin:end] for _, _, _, begin, end in edits)
        is_filled = {kind for kind, *_ in edits} == {"replace"} and max(len(lost), len(gained)) <= SLOT
        return is_filled and not all(map(STYLED.match, lost + gained))

    @property
    def kept(self) -> tuple[int, int]:
        """How many words of each sentence the other has too."""
        return sum(word not in self.lost for word in self.mine), sum(word not in self.gained for word in self.theirs)


@lru_cache(maxsize=4096)  # a series is compared sentence by sentence, again and again
def facts(sentence: str) -> tuple[str, ...]:
    """Return the facts of a signed sentence: numbers, days, places and persons."""
    return tuple(FACT.findall(sentence))


def align(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[Edit]:
    """Yield an edit for each sentence of ``mine`` that has a counterpart in ``theirs``."""
    free = [*theirs]
    for sentence in mine if free else ():
        place = _place(_skeleton(sentence), free)
        if place is not None:
            yield Edit.of(sentence, free.pop(place))


def _place(skeleton: frozenset[str], free: list[str]) -> int | None:
    """Return the place in ``free`` of the sentence most like ``skeleton``, the first of equals, or None."""
    best, place = 0.0, None
    for number, sentence in enumerate(free):
        other = _skeleton(sentence)
        shared, longer = len(skeleton & other), max(len(skeleton), len(other))
        like = 2 * shared / (len(skeleton) + len(other) or 1)
        if like > best and (like >= ALIGNED or longer - shared <= SLOT <= shared):
            best, place = like, number
            if like >= SETTLED:
                break
    return place


def _differing(mine: str, theirs: str) -> tuple[str, str]:
    """Return the words from the first that differs to the last."""
    before = _shared(mine, theirs)
    mine, theirs = mine[before:], theirs[before:]
    after = _shared(mine[::-1], theirs[::-1])
    return mine[: len(mine) - after], theirs[: len(theirs) - after]


def _shared(mine: str, theirs: str) -> int:
    """Return the number of words at the beginning that are equal."""
    return sum(1 for _ in takewhile(lambda words: words[0] == words[1], zip(mine, theirs, strict=False)))


@lru_cache(maxsize=4096)
def _skeleton(sentence: str) -> frozenset[str]:
    """Return the words of a signed sentence that are no facts."""
    return frozenset(mask(sentence))
