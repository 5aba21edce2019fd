"""Compares two states of a text word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Sign = Literal["-", "+", " ", "…"]

BREAK = "\n"
"""The separator between the words of two paragraphs."""

ALIKE = 0.5
"""The least share of common words for paragraphs to count as edited, not as replaced."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that were deleted (`-`), added (`+`) or kept (a space); or how many paragraphs did not change (`…`)."""

    sign: Sign
    words: str


def compared(old: Sequence[str], new: Sequence[str]) -> Iterator[list[Piece]]:
    """Yield the paragraphs that differ, each in pieces, and between them the number of those that do not.

    >>> for line in compared(["أول", "قتل ثلاثة مدنيين"], ["أول", "قتل أربعة مدنيين"]):
    ...     [(piece.sign, piece.words) for piece in line]
    [('…', '1')]
    [(' ', 'قتل'), ('-', 'ثلاثة'), ('+', 'أربعة'), (' ', 'مدنيين')]
    """
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield [Piece("…", str(b - a))]
        else:
            yield from _edited(old[a:b], new[c:d])


def _edited(old: Sequence[str], new: Sequence[str]) -> Iterator[list[Piece]]:
    before, after = (f" {BREAK} ".join(part).split(" ") for part in (old, new))
    matcher = SequenceMatcher(None, before, after)
    if not (old and new) or matcher.ratio() < ALIKE:
        yield from ([Piece("-", paragraph)] for paragraph in old)
        yield from ([Piece("+", paragraph)] for paragraph in new)
        return
    words = [(sign, word) for sign, run in _runs(matcher, before, after) for word in run]
    for is_break, line in groupby(words, lambda word: word[1] == BREAK):
        if not is_break:
            runs = groupby(line, lambda word: word[0])
            yield [Piece(sign, " ".join(word for _, word in run)) for sign, run in runs]


def _runs(matcher: SequenceMatcher[str], before: list[str], after: list[str]) -> Iterator[tuple[Sign, list[str]]]:
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield " ", before[a:b]
        else:
            yield from (("-", before[a:b]), ("+", after[c:d]))
