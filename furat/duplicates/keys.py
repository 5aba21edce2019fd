"""What an article is found by: hashes of its sentences and of its runs of words."""

from collections.abc import Callable
from hashlib import blake2b
from itertools import pairwise
from zlib import crc32

from furat.duplicates.signature import NUMBER_BYTE, WIDTH

OWN = 5
"""Words that make a sentence somebody's own; shorter ones are alike by chance."""

RUN, RUNS, BEGINNING = 4, 12, 250
"""Words in a run, runs that stand for an article, words among which they are found."""

PLACES = [slice(WIDTH * place, WIDTH * (place + RUN)) for place in range(BEGINNING - RUN + 1)]
"""Where the runs are, in bytes."""

Hash = Callable[[bytes], int]


def long_hash(data: bytes) -> int:
    """Return 64 bits of hash, signed as SQLite's and Parquet's integers are.

    Hashes of 32 bits (`zlib.crc32`) are two thirds of the rows and do for 10^8 articles.
    """
    return int.from_bytes(blake2b(data, digest_size=8).digest(), signed=True)


def keys(signature: str, hash: Hash = crc32) -> set[int]:
    """Return what the article of ``signature`` is found by."""
    return line_keys(signature, hash).keys() | run_keys(signature, hash)


def line_keys(signature: str, hash: Hash = crc32) -> dict[int, tuple[str, ...]]:
    """Return the lines of ``signature``, each alone and each with its neighbour, by their hashes.

    Archives repeat sentences, but seldom two in a row.
    """
    signature = signature.replace("\n\n", "\n").rstrip("\n")
    lines, data = signature.split("\n"), signature.encode().split(b"\n")
    alone = {hash(one): (line,) for one, line in zip(data, lines, strict=True) if len(line) >= OWN}
    return alone | dict(zip(map(hash, map(b"\n".join, pairwise(data))), pairwise(lines), strict=True))


def run_keys(signature: str, hash: Hash = crc32) -> list[int]:
    """Return the smallest hashes among those of the runs of words in the text's beginning.

    A bottom-k sketch (Cohen and Kaplan, 2007, doi:10.1145/1281100.1281133): texts that
    share runs share small ones, and of a text whose every sentence was edited only runs
    stay. Runs with facts come first: they alone tell a bulletin from its series.
    """
    data = signature.encode().partition(b"\n")[2].replace(b"\n", b"")
    runs = [*map(hash, map(data.__getitem__, PLACES[: max(0, len(data) // WIDTH - RUN + 1)]))]
    telling: set[int] = set()
    for found in NUMBER_BYTE.finditer(data, 0, WIDTH * BEGINNING):
        place = found.start() // WIDTH
        telling.update(runs[max(0, place - RUN + 1) : place + 1])
    return [*sorted(telling)[:RUNS], *sorted({*runs} - telling)][:RUNS]
