"""The keys of an article: hashes of its sentences and of its runs of words."""

import re
from functools import lru_cache
from itertools import islice, pairwise
from typing import Protocol
from zlib import crc32

from furat.duplicates.signature import KNOWN

OWN = 5
"""The fewest words of a sentence that is a key; shorter ones are alike by chance."""

RUN, RUNS, BEGINNING = 4, 8, 250
"""Words in a run, runs kept of an article, and the words at its beginning that they come from."""

FACT = re.compile(KNOWN)


class Hasher(Protocol):
    """A hash function for keys."""

    def __hash__(self) -> int:
        """Functions have one; that line_keys can remember by it is what is asked for here."""

    def __call__(self, data: bytes, value: int = 0, /) -> int:
        """Return the hash of ``data`` that goes on where that of what stands before, ``value``, ended."""


def keys(signature: str, hasher: Hasher = crc32) -> set[int]:
    """Return the keys of the article with this ``signature``."""
    return line_keys(signature, hasher).keys() | run_keys(signature, hasher)


@lru_cache(maxsize=1)  # asked for again with every candidate
def line_keys(signature: str, hasher: Hasher = crc32) -> dict[int, tuple[str, ...]]:
    """Return the lines of ``signature``, each alone and each with its neighbour, by their hashes.

    Archives repeat sentences, but seldom two in a row.
    """
    signature = signature.replace("\n\n", "\n").rstrip("\n")
    lines, data = signature.split("\n"), signature.encode().split(b"\n")
    hashes = [*map(hasher, data)]
    alone = {one: (line,) for one, line in zip(hashes, lines, strict=True) if len(line) >= OWN}
    return alone | dict(zip(map(hasher, data[1:], hashes), pairwise(lines), strict=True))


def run_keys(signature: str, hasher: Hasher = crc32) -> list[int]:
    """Return the hashes of some runs of words in the text's beginning: of those whose CRC-32 is smallest.

    A bottom-k sketch (Cohen and Kaplan, 2007, doi:10.1145/1281100.1281133): texts that
    share runs share small ones, and of a text whose every sentence was edited only runs
    stay. Runs with facts come first, those that begin with one before all: they alone tell
    a bulletin from its series. They are the same runs for every ``hasher``.
    """
    text = "".join(signature.split("\n")[1:])[:BEGINNING]
    data = text.encode()  # four bytes a word
    facts = [fact.start() for fact in FACT.finditer(text)]
    found: dict[int, int] = {}
    before = (fact - words for fact in facts for words in range(1, RUN))
    for places in (facts, before, range(len(text))):
        runs = {crc32(data[4 * at : 4 * (at + RUN)]): at for at in places if 0 <= at <= len(text) - RUN}
        found |= {each: runs[each] for each in sorted(runs.keys() - found)}
        if len(found) >= RUNS:
            break
    return [hasher(data[4 * at : 4 * (at + RUN)]) for at in islice(found.values(), RUNS)]
