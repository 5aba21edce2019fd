"""What the chain of manifests costs: `python -m bench.chain [MEGABYTES]`.

A feed and a WARC file are made, of records as crawls leave them. Each figure is the best of several runs in one
process; beside them what hashing each byte once costs.
"""

import gzip
import json
import random
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from furat.chain.record import record
from furat.chain.verify import Verification

CRAWL = "20260101T000000Z-00ff"
SITE = "https://example.org/"
LINE, PAGE = 5000, 90_000
"""Bytes of a line of a feed, and of a page."""

RUNS = 5


def main(megabytes: int) -> None:
    for name, make in (("feed", feed), ("WARC", warc)):
        with TemporaryDirectory() as scratch:
            folder = Path(scratch)
            path = make(folder, megabytes << 20)
            size, mib = path.stat().st_size, path.stat().st_size / (1 << 20)
            once = best(lambda path=path: sha256(path.read_bytes()))  # type: ignore[misc]
            written = best(lambda folder=folder: anew(folder))  # type: ignore[misc]
            checked = best(lambda folder=folder: whole(folder))  # type: ignore[misc]
            parts = sum(b'"part ' in line for line in next((folder / "manifests").iterdir()).open("rb"))
            share = 100 * sum(each.stat().st_size for each in (folder / "manifests").iterdir()) / size
            print(
                f"{name}: manifest {1000 * written / parts:.3f} ms CPU a part, {share:.1f} % of the size; "
                f"verify {mib / checked:.0f} MB/s; each byte hashed once {mib / once:.0f} MB/s"
            )


def anew(folder: Path) -> None:
    """Write the manifest again."""
    (folder / "manifests" / f"{CRAWL}.json").unlink(missing_ok=True)
    record(folder, CRAWL, SITE, [], None)


def whole(folder: Path) -> None:
    """Check the folder."""
    assert not list(Verification(folder).findings())


def feed(folder: Path, size: int) -> Path:
    """Return a feed of about ``size`` bytes."""
    chance = random.Random(1)  # noqa: S311 (repeatable)
    path = folder / "feed" / f"news-{CRAWL}.jsonl"
    path.parent.mkdir()
    with path.open("w") as file:
        for number in range(size // LINE):
            file.write(json.dumps({"id": number, "text": chance.randbytes(LINE // 2).hex()}) + "\n")
    return path


def warc(folder: Path, size: int) -> Path:
    """Return a WARC file of about ``size`` bytes."""
    chance = random.Random(1)  # noqa: S311 (repeatable)
    words = [chance.randbytes(4).hex() for _ in range(3000)]
    path = folder / "warc" / f"{CRAWL}-00000.warc.gz"
    path.parent.mkdir()
    with path.open("wb") as file:
        while file.tell() < size:
            page = " ".join(chance.choices(words, k=PAGE // 9)).encode()
            file.write(gzip.compress(page, 2) + gzip.compress(page[:300]))
    return path


def best(work: Callable[[], object]) -> float:
    """Return the least CPU time of several runs."""
    return min(timed(work) for _ in range(RUNS))


def timed(work: Callable[[], object]) -> float:
    begin = process_time()
    work()
    return process_time() - begin


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 50)
