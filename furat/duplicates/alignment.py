"""Which sentence of one text became which of another."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from furat.duplicates.signature import FACT, mask

ALIGNED = 0.5
"""Share of its skeleton that a sentence keeps when it is edited."""


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
        """Whether words were replaced, not only added or left out."""
        return all(self.own)

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


def align(mine: Iterable[str], theirs: Iterable[str]) -> list[Edit]:
    """Return the sentences of ``mine`` that live on in ``theirs``, each with what became of it."""
    free = {number: (set(mask(sentence)), sentence) for number, sentence in enumerate(theirs)}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, (skeleton, _) in free.items():
        for word in skeleton:
            places[word].append(number)
    edits = []
    for sentence in mine:
        skeleton = set(mask(sentence))
        shared = Counter(number for word in skeleton for number in places.get(word, ()) if number in free)
        likes = {n: 2 * count / (len(skeleton) + len(free[n][0])) for n, count in shared.items()}
        best = min(likes, key=lambda n: (-likes[n], n), default=None)
        if best is not None and likes[best] >= ALIGNED:
            edits.append(Edit(sentence, free.pop(best)[1]))
    return edits
