"""Decides whether one of two texts is a copy of the other, and why.

Copies and bulletins are equally alike: shingles of copies overlap by 0.46 to 0.85, of
bulletins by 0.61 to 0.81. What tells them apart is what differs. A copy rewords,
adds or leaves out sentences and keeps the facts; a bulletin fills the same sentences
with other facts; a sequel begins anew and repeats the background.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import combinations, product, takewhile
from typing import NamedTuple

from furat.duplicates.alignment import Edit, align, facts
from furat.duplicates.signature import parts

ENOUGH = 12
"""The fewest common words that prove anything."""

WORDS_PER_CORRECTION = 200
"""A copy may correct one fact per this many words below the lead; a bulletin replaces more."""

LONGEST = 100
"""The most sentences aligned; in longer texts the first ones decide."""

IDENTIFIED = 4
"""Two texts with this many facts in common are about the same event."""

REWORDED, REWORDED_SHARE = 2, 5
"""A copy of few facts may reword two sentences, but no more than half; in a long one, every fifth."""

SLOTS = 2
"""Bulletins of a series may differ in this many sentences, by a few words in each, and in nothing else."""

SERIES = 120
"""From this many words on, with enough facts in common, another word is a correction, not another name."""

SHORT = 4
"""A text with fewer sentences per reworded sentence is short."""

HEADER = 15
"""The most words that an agency puts before the lead."""

HEADLINE = 4
"""The fewest words that make a title distinctive."""

KEPT = 0.55
"""A copy with the same title, lead or body keeps this share of both texts."""

WHOLE, CUT = 0.9, 0.3
"""If one text is cut short, these shares of the shorter and the longer text are kept."""

LEAD = 3
"""The most sentences of a rewritten lead."""

UNLED, UNLED_SENTENCES = 0.75, 5
"""A copy with another beginning keeps this share of both texts and this many sentences."""


class Reason(StrEnum):
    """The reason for a decision: what the two texts have."""

    LITTLE = "too few words in common"
    FACTS = "the same sentences with other numbers, days, places or persons"
    TEMPLATE = "the same sentences with other words in many of them, or with another subject"
    OTHER = "too much that the other text lacks"
    BEGINNING = "the same title or lead, and most of both texts in common"
    CUT = "the same beginning, and one is cut short"
    BODY = "the same text below another lead"
    MOST = "nearly all of both texts in common"


COPIES = frozenset({Reason.BEGINNING, Reason.CUT, Reason.BODY, Reason.MOST})


class Verdict(NamedTuple):
    """Whether two texts are copies."""

    reason: Reason
    similarity: float = 0
    """The share of words (0 to 1) in common; 0 if facts decide before it is computed."""

    @property
    def is_copy(self) -> bool:
        """Whether one is an edited version of the other."""
        return self.reason in COPIES


@dataclass(frozen=True)
class Pair:
    """Two texts as lists of signed sentences, and the edits between them."""

    a: list[str]
    b: list[str]
    leads: tuple[set[str], set[str]]
    same: set[str]
    edits: list[Edit]
    titles: list[Edit]

    @cached_property
    def words(self) -> tuple[int, int]:
        """How long the texts are."""
        return sum(map(len, self.a)), sum(map(len, self.b))

    @cached_property
    def kept(self) -> tuple[int, int]:
        """How many words of each text the other has too."""
        kept = {sentence: len(sentence) for sentence in self.same}
        for edit in self.edits:
            kept[edit.mine], kept[edit.theirs] = edit.kept
        return sum(kept.get(s, 0) for s in self.a), sum(kept.get(s, 0) for s in self.b)

    @cached_property
    def partners(self) -> dict[str, str]:
        """The sentences with a counterpart in the other text, and that counterpart."""
        return (
            {s: s for s in self.same} | {e.mine: e.theirs for e in self.edits} | {e.theirs: e.mine for e in self.edits}
        )

    @cached_property
    def is_identified(self) -> bool:
        """Whether the common sentences share enough facts to be about the same event."""
        told = set(facts("\n".join(self.same)))
        edited = (set(facts(edit.mine)).intersection(facts(edit.theirs)) for edit in self.edits)
        return len(told.union(*edited)) >= IDENTIFIED

    @property
    def is_template(self) -> bool:
        """Whether one text has its slots filled twice: in many sentences, or with one subject for another.

        A subject is replaced in the title too; in a short text of few facts it is enough
        that the title is reworded or that the same word goes twice.
        """
        if self.fills_a_slot:
            return min(self.words) < SERIES or not self.is_identified
        size = min(len(self.a), len(self.b))
        titles, edits = ([edit for edit in edits if edit.is_reworded] for edits in (self.titles, self.edits))
        if any(_replace_alike(*pair) for pair in product(titles, edits)):
            return True
        if self.is_identified:
            return False
        if len(edits) > max(min(REWORDED, size // 2), size // REWORDED_SHARE):
            return True
        is_short = len(edits) * SHORT >= size
        return is_short and (bool(titles) or any(_replace_alike(*pair) for pair in combinations(edits, 2)))

    @property
    def fills_a_slot(self) -> bool:
        """Whether the texts are equal apart from one or two places with another name."""
        edits = [*self.titles, *self.edits]
        changed = [edit for edit in edits if edit.mine != edit.theirs]
        return (
            0 < len(changed) <= SLOTS
            and all(edit.fills_a_slot for edit in changed)
            and self.partners.keys() >= {*self.a, *self.b}
        )

    @property
    def begins_alike(self) -> bool:
        """Whether they have the title or the lead in common; one that is reworded, if it stands first in both."""
        if any(len(title.mine) >= HEADLINE and not title.is_reworded for title in self.titles):
            return True
        a, b = self.a[0], self.b[0]
        reworded = {sentence for edit in self.edits if edit.is_reworded for sentence in edit[:2]}
        if a in reworded or b in reworded:
            return self.is_identified and self.partners.get(a) == b
        return _opens(self.partners.get(a), self.b) or _opens(self.partners.get(b), self.a)

    @property
    def begins_anew(self) -> bool:
        """Whether either text continues with its own news below its own lead."""
        return any(
            not lead.issuperset(takewhile(lambda sentence: sentence not in self.partners, text))
            for text, lead in zip((self.a, self.b), self.leads, strict=True)
        )

    @property
    def goes_on_alike(self) -> bool:
        """Whether they share enough facts and differ only in short leads."""
        others = ([sentence for sentence in text if sentence not in self.partners] for text in (self.a, self.b))
        return self.is_identified and all(
            len(own) <= LEAD and lead.issuperset(own) for own, lead in zip(others, self.leads, strict=True)
        )

    @property
    def reason(self) -> Reason:
        """The reason, if facts have not decided already."""
        if min(self.kept) < ENOUGH:
            return Reason.LITTLE
        if self.is_template:
            return Reason.TEMPLATE
        low, high = sorted(kept / words for kept, words in zip(self.kept, self.words, strict=True))
        begins_alike = self.begins_alike
        if low >= KEPT and (begins_alike or self.goes_on_alike):
            return Reason.BEGINNING if begins_alike else Reason.BODY
        if high >= WHOLE and low >= CUT and (begins_alike or self.goes_on_alike):
            return Reason.CUT
        if low < UNLED or len(self.same) + len(self.edits) < UNLED_SENTENCES or self.begins_anew:
            return Reason.OTHER
        return Reason.MOST


def pair(mine: str, theirs: str, ignored: AbstractSet[str] = frozenset()) -> Verdict:
    """Return whether two signatures are of copies; the same in either order of the two, up to equally good alignments.

    ``ignored`` sentences are boilerplate and are not compared.

    >>> from furat.duplicates.signature import signature
    >>> text = "افتتح المجلس في مدينة {} مدرسة جديدة بعد سنوات من الانتظار الطويل"
    >>> pair(signature("خبر", text.format("حلب")), signature("خبر", text.format("حمص"))).reason.name
    'FACTS'
    """
    title, lead, rest = parts(mine)
    other_title, other_lead, other_rest = parts(theirs)
    titles = [*align([title], [other_title])]
    if any(edit.corrections for edit in titles):
        return Verdict(Reason.FACTS)
    a, b = (
        [sentence for sentence in text if sentence not in ignored] for text in (lead + rest, other_lead + other_rest)
    )
    same = set(a) & set(b)
    words, corrections, edits = min(sum(map(len, a)), sum(map(len, b))), 0, []
    for edit in align(*([sentence for sentence in text if sentence not in same][:LONGEST] for text in (a, b))):
        edits.append(edit)
        corrections += edit.corrections * (words if edit.mine in lead and edit.theirs in other_lead else 1)
        if corrections * WORDS_PER_CORRECTION > words:
            return Verdict(Reason.FACTS)
    compared = Pair(a, b, (set(lead), set(other_lead)), same, edits, titles)
    return Verdict(compared.reason, round(sum(compared.kept) / (sum(compared.words) or 1), 3))


def _opens(lead: str | None, sentences: list[str]) -> bool:
    return lead is not None and sum(map(len, takewhile(lead.__ne__, sentences))) <= HEADER


def _replace_alike(one: Edit, other: Edit) -> bool:
    return all(words & others for words, others in zip(one.replaced, other.replaced, strict=True))
