"""Which sentence of one text became which of another, and what was edited in it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Self

from furat.duplicates.signature import FACT, STYLED, mask

ALIGNED = 0.65
"""Share of its skeleton that a sentence keeps when it is edited: below, it is another sentence."""

SETTLED = 0.8
"""Share from which on no other sentence is looked for."""


class Edit(NamedTuple):
    """A sentence of one text and what became of it in the other."""

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
        """The words lost and gained, without those that are a matter of style."""
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
    def kept(self) -> tuple[int, int]:
        """How many words of each live on in the other."""
        return sum(word not in self.lost for word in self.mine), sum(word not in self.gained for word in self.theirs)


def facts(sentence: str) -> list[str]:
    """Return the words of a signed sentence that say how many, when, where and who."""
    return FACT.findall(sentence)


def align(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[Edit]:
    """Return the sentences of ``mine`` that live on in ``theirs``, each with what became of it."""
    free = [*theirs]
    skeletons: dict[str, set[str]] = {}
    for sentence in mine if free else ():
        place = _place(set(mask(sentence)), free, skeletons)
        if place is not None:
            yield Edit.of(sentence, free.pop(place))


def _place(skeleton: set[str], free: list[str], skeletons: dict[str, set[str]]) -> int | None:
    """Return where in ``free`` stands what is most like ``skeleton``, the first of equals; None where nothing is."""
    best, place = 0.0, None
    for number, sentence in enumerate(free):
        other = skeletons.get(sentence)
        if other is None:
            other = skeletons[sentence] = {*mask(sentence)}
        like = 2 * len(skeleton & other) / (len(skeleton) + len(other) or 1)
        if like > best:
            best, place = like, number
            if like >= SETTLED:
                break
    return place if best >= ALIGNED else None
