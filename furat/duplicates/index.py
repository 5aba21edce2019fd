"""Finds the earlier article that an article copies."""

import re
from dataclasses import dataclass
from hashlib import blake2b
from operator import attrgetter
from typing import Literal
from zlib import crc32

from furat.duplicates.candidates import Candidate, candidates, rare
from furat.duplicates.keeper import Keeper, Memory
from furat.duplicates.keys import Hasher, keys, line_keys
from furat.duplicates.pair import ENOUGH, pair
from furat.duplicates.signature import END, LEAD_END, sign, spelled

ENDS = re.compile(f" (?:{END}|{LEAD_END})(?= )")


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

    An engine that runs the pieces in parallel comes to the same: `signature` and `digest`
    of each article, `keys` of each signature, `candidates` among the first articles, and
    of each candidate `pair`, with `boilerplate` left out.
    """

    def __init__(self, keeper: Keeper | None = None, hasher: Hasher = crc32) -> None:
        """Index what ``keeper`` holds by keys of ``hasher``, always the same for one keeper."""
        self._keeper: Keeper = Memory() if keeper is None else keeper
        self._hasher = hasher
        self._keeper.renew(self._keep)

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
        line = spelled(title, text)
        hashed = digest_of(line)
        first = None if hashed is None else self._keeper.first(hashed)
        if first is not None:
            return Match(first, "exact", 1.0)
        mine = sign(line)
        own = keys(mine, self._hasher)
        holders = self._keeper.holders(own)
        match = self._nearest(mine, candidates(own, holders))
        if match is None:
            self._keeper.keep(id, hashed, mine, rare(own, holders))
        return match

    def _nearest(self, mine: str, likely: list[Candidate]) -> Match | None:
        matches = []
        for (_, id), shared in likely:
            theirs = self._keeper.signature(id)
            if theirs is not None:
                verdict = pair(mine, theirs, boilerplate(mine, theirs, shared, self._hasher))
                matches += [Match(id, "near", verdict.similarity)] if verdict.is_copy else []
        return max(matches, key=attrgetter("similarity"), default=None)

    def _keep(self, id: str, title: str, text: str) -> None:
        line = spelled(title, text)
        mine = sign(line)
        own = keys(mine, self._hasher)
        self._keeper.keep(id, digest_of(line), mine, rare(own, self._keeper.holders(own)))

    def _forget(self, id: str) -> None:
        mine = self._keeper.signature(id)
        if mine is not None:
            self._keeper.forget(id, keys(mine, self._hasher))


def boilerplate(mine: str, theirs: str, shared: frozenset[int], hasher: Hasher = crc32) -> set[str]:
    """Return the sentences of both signatures that other articles have too, with the same neighbours.

    ``shared`` are the keys that only they and a few others have.
    """
    both = set(mine.split("\n")[1:]) & set(theirs.split("\n")[1:]) - {""}
    own = {line for key, lines in line_keys(mine, hasher).items() if key in shared for line in lines} if both else both
    return both - own


def digest(title: str, text: str) -> int | None:
    """Return the signed 64-bit hash that exact copies share, or None if the text is too short."""
    return digest_of(spelled(title, text))


def digest_of(line: str) -> int | None:
    title, _, text = f" {line} ".partition(f" {END} ")
    text = ENDS.sub("", f" {text}").strip(" ")
    count = text.count(" ") + 1 if text else 0
    if not count or count + len(title.split()) < ENOUGH:
        return None
    told = text if count >= ENOUGH else f"{title} {END} {text}".strip(" ")
    return int.from_bytes(blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
