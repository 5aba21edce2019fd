"""Copies found, real news wrongly linked, speed and memory: Furat and its peers on the same news.

    python -m bench.duplicates [documents ...]      default: 2000 50000

The peers are optional: see requirements-bench.txt. They see the text as
Furat does, folded, so that what is compared is the method and not the spelling.
"""

import gc
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

from bench.news import News, archive
from bench.newsroom import archive as newsroom
from furat.arabic import fold
from furat.duplicates import DuplicateIndex

Add = Callable[[News], bool]

THRESHOLD = {"datasketch": 0.8, "rensa": 0.7}
"""Jaccard similarity: of 0.4, 0.5, 0.6, 0.7 and 0.8 that with the best F1 on 2,000 documents."""

BITS = 3
"""Bits of 64 by which simhashes of copies may differ: the package's own choice. With 8 its F1 on 2,000 documents
rises from 0.54 to 0.68, and 50,000 take more than 25 minutes."""

PERMUTATIONS = 128


class Figures(NamedTuple):
    """What one contender did with one archive."""

    f1: float
    wrong: float
    speed: float
    memory: float
    kinds: str
    """Copies found of each kind, and news linked."""


def furat() -> Add:
    index = DuplicateIndex()
    return lambda news: index.add(news.id, news.title, news.text) is not None


def exact_hashing() -> Add:
    seen: set[bytes] = set()

    def add(news: News) -> bool:
        digest = sha256(fold(news.text).encode()).digest()
        is_copy = digest in seen
        seen.add(digest)
        return is_copy

    return add


def datasketch() -> Add:
    module = import_module("datasketch")
    lsh = module.MinHashLSH(threshold=THRESHOLD["datasketch"], num_perm=PERMUTATIONS)

    def add(news: News) -> bool:
        sketch = module.MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([shingle.encode() for shingle in _shingles(news.text)])
        is_copy = bool(lsh.query(sketch))
        lsh.insert(news.id, sketch)
        return is_copy

    return add


def rensa() -> Add:
    module, threshold = import_module("rensa"), THRESHOLD["rensa"]
    lsh = module.RMinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, num_bands=32)
    sketches: list[Any] = []

    def add(news: News) -> bool:
        sketch = module.RMinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update(_shingles(news.text))
        is_copy = any(sketch.jaccard(sketches[other]) >= threshold for other in lsh.query(sketch))
        lsh.insert(len(sketches), sketch)
        sketches.append(sketch)
        return is_copy

    return add


def simhash() -> Add:
    module = import_module("simhash")
    index = module.SimhashIndex([], k=BITS)

    def add(news: News) -> bool:
        value = module.Simhash(_shingles(news.text))
        is_copy = bool(index.get_near_dups(value))
        index.add(news.id, value)
        return is_copy

    return add


CONTENDERS = {
    "furat": furat,
    "exact hashing": exact_hashing,
    "datasketch": datasketch,
    "rensa": rensa,
    "simhash": simhash,
}


def measure(name: str, archive: list[News]) -> Figures:
    """Return what the contender of that name makes of ``archive``, with a fresh process' memory."""
    add = CONTENDERS[name]()
    before = _resident()
    start = process_time()
    linked = [add(news) for news in archive]
    seconds = process_time() - start
    hits = sum(is_linked and news.of is not None for is_linked, news in zip(linked, archive, strict=True))
    copies = sum(news.of is not None for news in archive)
    wrong = sum(linked) - hits
    return Figures(
        f1=2 * hits / (sum(linked) + copies),
        wrong=wrong / (len(archive) - copies),
        speed=len(archive) / seconds,
        memory=(_resident() - before) / len(archive),
        kinds=_kinds(archive, linked),
    )


def _kinds(archive: list[News], linked: list[bool]) -> str:
    """Return by kind how many were linked of how many, copies before news, so that no gap hides in an average."""
    told = Counter((news.of is None, news.kind) for news in archive)
    found = Counter((news.of is None, news.kind) for news, is_linked in zip(archive, linked, strict=True) if is_linked)
    return "  ".join(f"{kind[1]} {found[kind]}/{count}" for kind, count in sorted(told.items()))


def main(sizes: Iterable[int]) -> None:
    for size in sizes:
        compare("news", archive(size))
        compare("newsroom", newsroom(size))


def compare(source: str, news: list[News]) -> None:
    """Print what every contender makes of the same news."""
    print(f"{len(news)} documents of bench.{source}, {sum(one.of is not None for one in news)} copies")
    print(f"{'':16}{'F1':>8}{'real news linked':>18}{'docs/CPU s':>12}{'bytes/doc':>11}")
    for name in CONTENDERS:
        if name not in ("furat", "exact hashing") and not find_spec(name):
            print(f"{name:16}  not installed")
            continue
        with get_context("fork").Pool(1) as pool:
            figures = pool.apply(measure, (name, news))
        print(f"{name:16}{figures.f1:8.3f}{figures.wrong:18.2%}{figures.speed:12.0f}{figures.memory:11.0f}")
        if name == "furat":
            print(f"  {figures.kinds}")


def _shingles(text: str) -> list[str]:
    words = fold(text).split()
    return [" ".join(words[i : i + 5]) for i in range(max(1, len(words) - 4))]


def _resident() -> int:
    gc.collect()
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main(map(int, sys.argv[1:] or ["2000", "50000"]))
