"""Texts of words that were never used before, to be compared in pairs."""

from itertools import product

from furat.duplicates.pair import Verdict, pair
from furat.duplicates.signature import signature

Sentence = list[str]
LETTERS = "خذضظغش"
MADE = ["".join(letters) for letters in product(LETTERS, repeat=5)]
"""Words that are in no table: 7,776 of them."""


class Words:
    """Words that were not used before."""

    def __init__(self) -> None:
        self._left = iter(MADE)

    def some(self, count: int) -> Sentence:
        return [next(self._left) for _ in range(count)]

    def sentences(self, count: int, length: int = 10) -> list[Sentence]:
        return [self.some(length) for _ in range(count)]

    def reworded(self, sentences: list[Sentence], count: int) -> list[Sentence]:
        """Return ``sentences``, whose first ``count`` have two other words for the first and for the last."""
        changed = [[*self.some(2), *sentence[1:-1], *self.some(2)] for sentence in sentences[:count]]
        return [*changed, *sentences[count:]]


def signed(title: Sentence, *paragraphs: list[Sentence]) -> str:
    text = "\n\n".join(" ".join(f"{' '.join(sentence)}." for sentence in paragraph) for paragraph in paragraphs)
    return signature(" ".join(title), text)


def verdict(one: str, other: str) -> Verdict:
    """Return what is decided on a pair, which is the same in both orders."""
    found = pair(one, other)
    assert pair(other, one) == found
    return found


def facts(count: int) -> Sentence:
    return [str(1000 + number) for number in range(count)]


def telling(sentences: list[Sentence], count: int) -> list[Sentence]:
    """Return ``sentences`` with so many facts in their midst."""
    told = facts(count)
    places = range(len(sentences))
    return [[*sentences[place][:5], *told[place :: len(sentences)], *sentences[place][5:]] for place in places]
