"""Whether one of two texts is a copy of the other.

Copies and bulletins are equally alike: shingles of copies overlap by 0.46 to 0.85, of
bulletins by 0.61 to 0.81. What tells them apart is what differs. A copy rewords,
adds or leaves out sentences and keeps the facts; a bulletin fills the same sentences
with other facts; a sequel begins anew and repeats the background.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product, takewhile

from furat.duplicates.alignment import Edit, align, facts
from furat.duplicates.signature import parts

ENOUGH = 12
"""Words that are told apart from any others: fewer say nothing without a title."""

WORDS_PER_CORRECTION = 200
"""Words among which a copy may correct one fact; a bulletin replaces more of them."""

LONGEST = 100
"""Sentences that are aligned: in texts of more, what the first of them say decides."""

SHORT = 4
"""Sentences to one reworded, up to which a text is short."""

IDENTIFIED = 4
"""Facts that both texts tell, from which on they tell of the same and may be reworded throughout."""

HEADER = 15
"""Words that an agency may put before the lead."""

HEADLINE = 4
"""Words that make a title somebody's own."""

KEPT = 0.55
"""Share of both texts that lives on in a copy with the same title or the same lead."""

WHOLE, CUT = 0.9, 0.3
"""Share of the shorter and of the longer text that lives on where one is cut short."""

UNLED, UNLED_SENTENCES = 0.75, 5
"""Share of both texts and number of sentences that live on in a copy with another title and another lead."""

LEAD = 3
"""Sentences that a lead may have."""


@dataclass(frozen=True)
class Pair:
    """Two texts, each a list of signed sentences, and what one made of the other."""

    a: list[str]
    b: list[str]
    same: set[str]
    edits: list[Edit]
    titles: list[Edit]
    leads: tuple[set[str], set[str]]

    @cached_property
    def words(self) -> tuple[int, int]:
        """How long the texts are."""
        return sum(map(len, self.a)), sum(map(len, self.b))

    @cached_property
    def kept(self) -> tuple[int, int]:
        """How many words of each live on in the other."""
        kept = {sentence: len(sentence) for sentence in self.same}
        for edit in self.edits:
            kept[edit.mine], kept[edit.theirs] = edit.kept
        return sum(kept.get(s, 0) for s in self.a), sum(kept.get(s, 0) for s in self.b)

    @cached_property
    def facts(self) -> set[str]:
        """What both texts tell in the same sentences."""
        found: set[str] = set()
        for sentence in self.same:
            found |= facts(sentence)
        for edit in self.edits:
            found |= facts(edit.mine) & facts(edit.theirs)
        return found

    @property
    def contradicts(self) -> bool:
        """Whether they say the same of other numbers, days, places or persons."""
        corrections = sum(edit.corrections for edit in self.edits + self.titles)
        return corrections * WORDS_PER_CORRECTION > min(self.words)

    @property
    def is_template(self) -> bool:
        """Whether one text has its slots filled twice: in many sentences, or with one subject for another.

        A copy has one or two sentences reworded, a long one every fifth. A subject is
        replaced in the title too; in a short text it is enough that the title is reworded
        or that the same word goes twice.
        """
        size = min(len(self.a), len(self.b))
        titles, edits = ([edit for edit in edits if edit.is_reworded] for edits in (self.titles, self.edits))
        if any(_replace_alike(*pair) for pair in product(titles, edits)):
            return True
        if len(self.facts) >= IDENTIFIED:
            return False
        if len(edits) > max(min(2, size // 2), size // 5):
            return True
        return len(edits) * SHORT >= size and (bool(titles) or any(_replace_alike(*pair) for pair in combinations(edits, 2)))

    @property
    def begins_alike(self) -> bool:
        """Whether they have the title or the lead in common."""
        partners = {sentence: sentence for sentence in self.same}
        for edit in self.edits:
            partners |= {edit.mine: edit.theirs, edit.theirs: edit.mine}
        return (
            any(len(title.mine) >= HEADLINE and not title.is_reworded for title in self.titles)
            or _opens(partners.get(self.a[0]), self.b)
            or _opens(partners.get(self.b[0]), self.a)
        )

    @property
    def goes_on_alike(self) -> bool:
        """Whether all is alike but the lead."""
        partners = self.same | {edit.mine for edit in self.edits} | {edit.theirs for edit in self.edits}
        if len(self.facts) < IDENTIFIED:
            return False
        for text, lead in zip((self.a, self.b), self.leads, strict=True):
            others = [sentence for sentence in text if sentence not in partners]
            if len(others) > LEAD or not lead.issuperset(others):
                return False
        return True

    @property
    def is_copy(self) -> bool:
        """Whether an editor made one of the other."""
        if min(self.kept) < ENOUGH or self.contradicts or self.is_template:
            return False
        low, high = sorted(kept / words for kept, words in zip(self.kept, self.words, strict=True))
        if self.begins_alike or self.goes_on_alike:
            return low >= KEPT or (high >= WHOLE and low >= CUT)
        return low >= UNLED and len(self.same) + len(self.edits) >= UNLED_SENTENCES


def pair(mine: str, theirs: str, ignored: AbstractSet[str] = frozenset()) -> float | None:
    """Return the share of words (0 to 1) that two signatures have in common, None where neither is a copy.

    Sentences that are ``ignored`` say nothing: they are the site's own.
    """
    compared = compare(mine, theirs, ignored)
    return round(sum(compared.kept) / sum(compared.words), 3) if compared and compared.is_copy else None


def compare(mine: str, theirs: str, ignored: AbstractSet[str] = frozenset()) -> Pair | None:
    title, lead, rest = parts(mine)
    other_title, other_lead, other_rest = parts(theirs)
    a = [sentence for sentence in lead + rest if sentence not in ignored]
    b = [sentence for sentence in other_lead + other_rest if sentence not in ignored]
    if not a or not b:
        return None
    same = set(a) & set(b)
    limit = min(sum(map(len, a)), sum(map(len, b))) / WORDS_PER_CORRECTION
    titles = [*align([title], [other_title])]
    corrections = sum(edit.corrections for edit in titles)
    edits = []
    for edit in align(*([sentence for sentence in text if sentence not in same][:LONGEST] for text in (a, b))):
        if corrections > limit:
            return None
        edits.append(edit)
        corrections += edit.corrections
    if corrections > limit:
        return None
    return Pair(a, b, same, edits, titles, (set(lead), set(other_lead)))


def _opens(lead: str | None, sentences: list[str]) -> bool:
    return lead is not None and sum(map(len, takewhile(lead.__ne__, sentences))) <= HEADER


def _replace_alike(one: Edit, other: Edit) -> bool:
    return all(words & others for words, others in zip(one.telling, other.telling, strict=True))
