"""Which sentence of one text became which of another."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from furat.duplicates.signature import FACT, STYLED, mask

ALIGNED = 0.65
"""Share of its skeleton that a sentence keeps when it is edited."""

SETTLED = 0.8
"""Share that no other sentence is asked for any more."""


@dataclass(frozen=True)
class Edit:
    """A sentence of one text and what became of it in the other."""

    mine: str
    theirs: str

    @cached_property
    def own(self) -> tuple[set[str], set[str]]:
        """The words of each that the other lacks."""
        return set(self.mine) - set(self.theirs), set(self.theirs) - set(self.mine)

    @cached_property
    def facts(self) -> tuple[set[str], set[str]]:
        """The facts of each that the other lacks."""
        mine, theirs = self.own
        return mine & facts(self.mine), theirs & facts(self.theirs)

    @property
    def is_reworded(self) -> bool:
        """Whether words were replaced, not only added or left out, and not for the style alone."""
        return all(self.telling)

    @cached_property
    def telling(self) -> tuple[set[str], set[str]]:
        """The words of each that the other lacks, without those that are a matter of style."""
        mine, theirs = ({word for word in own if not STYLED.match(word)} for own in self.own)
        return mine, theirs

    @property
    def corrections(self) -> int:
        """How many facts were replaced by others."""
        return max(map(len, self.facts)) if all(self.facts) else 0

    @property
    def kept(self) -> tuple[int, int]:
        """How many words of each live on in the other."""
        mine, theirs = self.own
        return sum(word not in mine for word in self.mine), sum(word not in theirs for word in self.theirs)


def facts(sentence: str) -> set[str]:
    """Return the words of a signed sentence that say how many, when, where and who."""
    return set(FACT.findall(sentence))


def align(mine: Sequence[str], theirs: Iterable[str]) -> Iterator[Edit]:
    """Return the sentences of ``mine`` that live on in ``theirs``, each with what became of it."""
    free = [(set(mask(sentence)), sentence) for sentence in theirs]
    for sentence in mine:
        skeleton = set(mask(sentence))
        best, place = 0.0, 0
        for number, (other, _) in enumerate(free):
            like = 2 * len(skeleton & other) / (len(skeleton) + len(other) or 1)
            if like > best:
                best, place = like, number
                if like >= SETTLED:
                    break
        if best >= ALIGNED:
            yield Edit(sentence, free.pop(place)[1])
