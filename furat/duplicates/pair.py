"""Whether one of two texts is a copy of the other.

Copies and bulletins are equally alike: shingles of copies overlap by 0.46 to 0.85, of
bulletins by 0.61 to 0.81. What tells them apart is what differs. A copy rewords,
adds or leaves out a few sentences; a bulletin fills the same sentences with other
facts; a sequel begins anew and repeats the background.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product, takewhile

from furat.duplicates.signature import FACT, mask

ENOUGH = 12
"""Words that are told apart from any others: fewer say nothing without a title."""

ALIGNED = 0.5
"""Share of its skeleton that a sentence keeps when it is edited."""

WORDS_PER_CORRECTION = 200
"""Words among which a copy may correct one fact; a bulletin replaces more of them."""

LONGEST = 100
"""Sentences that are aligned: in texts of more, what the first of them say decides."""

SHORT = 4
"""Sentences to one reworded, up to which a text is short."""

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


@dataclass(frozen=True)
class Edit:
    """A sentence of one text and what became of it in the other."""

    mine: str
    theirs: str

    @cached_property
    def own(self) -> tuple[set[str], set[str]]:
        """The words of each that the other lacks."""
        return set(self.mine) - set(self.theirs), set(self.theirs) - set(self.mine)

    @property
    def is_reworded(self) -> bool:
        """Whether words were replaced, not only added or left out."""
        return all(self.own)

    @property
    def corrections(self) -> int:
        """How many facts were replaced by others."""
        mine, theirs = (sum(map(bool, map(FACT.match, own))) for own in self.own)
        return max(mine, theirs) if mine and theirs else 0


@dataclass(frozen=True)
class Pair:
    """Two texts, each a list of signed sentences, and what one made of the other."""

    a: list[str]
    b: list[str]
    same: set[str]
    edits: list[Edit]
    titles: list[Edit]

    @cached_property
    def words(self) -> tuple[int, int]:
        """How long the texts are."""
        return sum(map(len, self.a)), sum(map(len, self.b))

    @cached_property
    def kept(self) -> tuple[int, int]:
        """How many words of each live on in the other."""
        kept = {sentence: len(sentence) for sentence in self.same}
        for edit in self.edits:
            mine, theirs = edit.own
            kept[edit.mine] = sum(word not in mine for word in edit.mine)
            kept[edit.theirs] = sum(word not in theirs for word in edit.theirs)
        return sum(kept.get(s, 0) for s in self.a), sum(kept.get(s, 0) for s in self.b)

    @property
    def contradicts(self) -> bool:
        """Whether they say the same of other numbers, days or places."""
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
        if len(edits) > max(min(2, size // 2), size // 5):
            return True
        if len(edits) * SHORT >= size:
            return bool(titles) or any(_replace_alike(*pair) for pair in combinations(edits, 2))
        return any(_replace_alike(*pair) for pair in product(titles, edits))

    @property
    def begins_alike(self) -> bool:
        """Whether they have the title or the lead in common."""
        partners = {sentence: sentence for sentence in self.same}
        for edit in self.edits:
            if not edit.is_reworded:
                partners |= {edit.mine: edit.theirs, edit.theirs: edit.mine}
        return (
            any(len(title.mine) >= HEADLINE and not title.is_reworded for title in self.titles)
            or _opens(partners.get(self.a[0]), self.b)
            or _opens(partners.get(self.b[0]), self.a)
        )

    @property
    def is_copy(self) -> bool:
        """Whether an editor made one of the other."""
        if min(self.kept) < ENOUGH or self.contradicts or self.is_template:
            return False
        low, high = sorted(kept / words for kept, words in zip(self.kept, self.words, strict=True))
        if self.begins_alike:
            return low >= KEPT or (high >= WHOLE and low >= CUT)
        return low >= UNLED and len(self.same) >= UNLED_SENTENCES


def likeness(mine: str, theirs: str, ignored: AbstractSet[str] = frozenset()) -> float | None:
    """Return the share of words (0 to 1) that two signatures have in common, None where neither is a copy.

    Sentences that are ``ignored`` say nothing: they are the site's own.
    """
    title, *a = mine.split("\n")
    other_title, *b = theirs.split("\n")
    a = [sentence for sentence in a if sentence not in ignored]
    b = [sentence for sentence in b if sentence not in ignored]
    if not a or not b:
        return None
    same = set(a) & set(b)
    edits = align(*([sentence for sentence in text if sentence not in same][:LONGEST] for text in (a, b)))
    pair = Pair(a, b, same, edits, align([title], [other_title]))
    return round(sum(pair.kept) / sum(pair.words), 3) if pair.is_copy else None


def align(mine: list[str], theirs: list[str]) -> list[Edit]:
    """Return the sentences of ``mine`` that live on in ``theirs``, each with what became of it."""
    edits = []
    free = [(set(mask(sentence)), sentence) for sentence in theirs]
    for sentence in mine:
        skeleton = set(mask(sentence))
        likes = [2 * len(skeleton & other) / (len(skeleton) + len(other) or 1) for other, _ in free]
        best = max(likes, default=0)
        if best >= ALIGNED:
            edits.append(Edit(sentence, free.pop(likes.index(best))[1]))
    return edits


def _opens(lead: str | None, sentences: list[str]) -> bool:
    return lead is not None and sum(map(len, takewhile(lead.__ne__, sentences))) <= HEADER


def _replace_alike(one: Edit, other: Edit) -> bool:
    return all(words & others for words, others in zip(one.own, other.own, strict=True))
