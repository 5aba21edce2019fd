"""Which article is a copy of which."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from operator import attrgetter
from typing import Literal

from furat.duplicates.keeper import Keeper, Memory
from furat.duplicates.pair import ENOUGH, likeness
from furat.duplicates.signature import END, line_keys, run_keys, sign, words

COMMON = 5
"""Articles under a key that make it the site's own: boilerplate, or the fixed words of a series."""

CHECKED = 4
"""Candidates looked at, so that a long series costs no more than a short one."""

LIKELY = 0.1
"""Share of an article's keys that a candidate has too."""


@dataclass(frozen=True, slots=True)
class Match:
    """The earlier article that an article copies."""

    of: str
    """Its id: the first article of the cluster."""

    kind: Literal["exact", "near"]
    """`exact`: the same words, however they are spelled; `near`: an edited copy."""

    similarity: float
    """The words that live on in the other text, as a share (0 to 1) of the words of both."""


class DuplicateIndex:
    """Tells copies from news, article by article, in the order in which they come.

    An article is compared with the first articles of clusters only. Whatever is linked
    is therefore a copy of what it is linked to, never the copy of a copy, and leaves
    no rows. In another order another article is the first, and an article that is near
    a copy, but not near its first, is news.
    """

    def __init__(self, keeper: Keeper | None = None) -> None:
        self._keeper: Keeper = Memory() if keeper is None else keeper

    def add(self, id: str, title: str, text: str) -> Match | None:
        """Return what the article copies, or None and keep it as the first of its cluster.

        Paragraphs of ``text`` stand on lines of their own. An id that was added before
        is read anew: its earlier state is forgotten.

        >>> index = DuplicateIndex()
        >>> index.add("1", "خبر", "افتتح المجلس المحلي في مدينة الرقة مدرسة جديدة بعد سنوات من الانتظار الطويل.")
        >>> index.add("2", "نبأ", "افتتح المجلس المحلّي في مدينة الرقه مدرسةً جديدة، بعد سنوات من الانتظار الطويل")
        Match(of='1', kind='exact', similarity=1.0)
        >>> index.add("3", "خبر", "افتتح المجلس المحلي في مدينة حلب مدرسة جديدة بعد سنوات من الانتظار الطويل.")
        """
        self._forget(id)
        told = words(title, text)
        digest = _digest(told)
        first = None if digest is None else self._keeper.first(digest)
        if first is not None:
            return Match(first, "exact", 1.0)
        signature = sign(told)
        keys = _keys(signature)
        holders = self._keeper.holders(keys)
        common = {key for key, ids in holders.items() if len(ids) >= COMMON}
        rare = keys - common
        match = self._near(signature, rare, {key: ids for key, ids in holders.items() if key not in common})
        if match is None:
            self._keeper.keep(id, digest, signature, rare)
        return match

    def _near(self, mine: str, rare: set[int], holders: Mapping[int, Sequence[str]]) -> Match | None:
        if len(holders) < LIKELY * len(rare):
            return None
        votes = Counter(chain.from_iterable(holders.values()))
        matches = []
        likely = [id for id, count in votes.items() if count >= LIKELY * len(rare)]
        for id in sorted(likely, key=votes.__getitem__, reverse=True)[:CHECKED]:
            theirs = self._keeper.signature(id)
            if theirs is not None:
                shared = {key for key, ids in holders.items() if id in ids}
                similarity = likeness(mine, theirs, _common(mine, theirs, shared))
                matches += [Match(id, "near", similarity)] if similarity is not None else []
        return max(matches, key=attrgetter("similarity"), default=None)

    def _forget(self, id: str) -> None:
        signature = self._keeper.signature(id)
        if signature is not None:
            self._keeper.forget(id, _keys(signature))


def _keys(signature: str) -> set[int]:
    return line_keys(signature).keys() | run_keys(signature)


def _common(mine: str, theirs: str, shared: set[int]) -> set[str]:
    """Return the sentences of both that others have too, and with the same neighbours."""
    rare = {line for key, lines in line_keys(mine).items() if key in shared for line in lines}
    return set(mine.split("\n")[1:]) & set(theirs.split("\n")[1:]) - rare


def _digest(words: list[str]) -> int | None:
    """Return 64 bits of hash, signed as SQLite's integers are; None where there is too little to hash."""
    end = words.index(END)
    title, text = words[:end], [word for word in words[end:] if word != END]
    if not text or len(title) + len(text) < ENOUGH:
        return None
    told = text if len(text) >= ENOUGH else [*title, END, *text]
    return int.from_bytes(blake2b(" ".join(told).encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
