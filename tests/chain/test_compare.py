"""A line or record that was altered, lost, moved or added is told as that, by its number."""

import gzip
import random
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest

from furat.chain.compare import SPARE, Differences, differences, is_whole
from furat.chain.leaves import Part
from furat.chain.parts import BLOCK, hashed

TRIES = 120
CRAWL = "20260101T000000Z-00ff"
FEED, WARC = f"feed/news-{CRAWL}.jsonl", f"warc/{CRAWL}-00000.warc.gz"

Pieces = list[bytes]
Damage = Callable[[Pieces, bytes, random.Random], tuple[Pieces, Differences]]


def lost(pieces: Pieces, _: bytes, chance: random.Random) -> tuple[Pieces, Differences]:
    gone = sorted(chance.sample(range(len(pieces)), chance.randrange(1, len(pieces) + 1)))
    return [piece for number, piece in enumerate(pieces) if number not in gone], Differences(missing=gone)


def flipped(pieces: Pieces, _: bytes, chance: random.Random) -> tuple[Pieces, Differences]:
    number = chance.randrange(len(pieces))
    text = bytearray(pieces[number])
    text[chance.randrange(len(text))] ^= 1 << chance.randrange(8)
    return [*pieces[:number], bytes(text), *pieces[number + 1 :]], Differences(altered={number: ANY})


def replaced(pieces: Pieces, other: bytes, chance: random.Random) -> tuple[Pieces, Differences]:
    number = chance.randrange(len(pieces))
    return [*pieces[:number], other, *pieces[number + 1 :]], Differences(altered={number: ANY})


def added(pieces: Pieces, other: bytes, chance: random.Random) -> tuple[Pieces, Differences]:
    number = chance.randrange(len(pieces) + 1)
    at = sum(map(len, pieces[:number]))
    return [*pieces[:number], other, *pieces[number:]], Differences(
        added=[(at, hashed(BytesIO(other), FEED)[0].sha256)]
    )


def moved(pieces: Pieces, _: bytes, chance: random.Random) -> tuple[Pieces, Differences]:
    number = chance.randrange(len(pieces) - 2)  # of two neighbours either may have moved
    return [*pieces[:number], *pieces[number + 1 :], pieces[number]], Differences(moved=[number])


@pytest.mark.parametrize("path", [FEED, WARC], ids=["feed", "WARC"])
@pytest.mark.parametrize("damage", [lost, flipped, replaced, added, moved])
def test_damage_is_told_as_what_it_is(damage: Damage, path: str, tmp_path: Path) -> None:
    chance = random.Random(f"{damage.__name__} {path}")  # noqa: S311 (a repeatable test)
    for _ in range(TRIES):
        pieces = [piece(path, chance) for _ in range(chance.randrange(3, 9))]
        parts = hashed(BytesIO(b"".join(pieces)), path)[1]
        assert [part.length for part in parts] == [*map(len, pieces)]
        after, expected = damage(pieces, piece(path, chance), chance)
        (tmp_path / "file").write_bytes(b"".join(after))

        with (tmp_path / "file").open("rb") as file:
            found = differences(file, path, parts)

        assert found == expected, (pieces, after)


def piece(path: str, chance: random.Random) -> bytes:
    text = chance.randbytes(chance.randrange(1, 60))
    return gzip.compress(text) if path == WARC else text.hex().encode() + b"\n"


@pytest.mark.parametrize("order", [0, 1])
def test_promises_of_large_parts_cost_no_more_than_the_file(
    tmp_path: Path, order: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines, read = [b"line %4d\n" % number for number in range(1000)], list[int]()
    (tmp_path / "feed.jsonl").write_bytes(b"".join(line * 2 for line in lines))
    size = (tmp_path / "feed.jsonl").stat().st_size
    pairs = ((Part(0, len(line), sha256(line).hexdigest(), FEED), Part(0, size // 2, "0" * 64, FEED)) for line in lines)
    promised = [part for pair in pairs for part in (pair if order == 0 else pair[::-1])]

    def counted(piece: memoryview) -> Any:
        read.append(len(piece))
        return sha256(piece)

    monkeypatch.setattr("furat.chain.compare.sha256", counted)
    with (tmp_path / "feed.jsonl").open("rb") as file:
        found = differences(file, FEED, promised)

    false = {number for number, part in enumerate(promised) if part.sha256 == "0" * 64}
    assert {*found.altered, *found.missing} == false
    assert sum(read) <= (SPARE + 3) * size


def test_a_damaged_member_ends_where_the_next_one_begins() -> None:
    chance = random.Random(5)  # noqa: S311 (a repeatable test)
    for _ in range(TRIES):
        pieces = [piece(WARC, chance) for _ in range(chance.randrange(3, 9))]
        text = bytearray(pieces.pop(chance.randrange(len(pieces))))
        text[chance.choice([0, 1, 2, -8, -1])] ^= 1 << chance.randrange(8)  # what begins it, or its check and its size
        pieces.insert(number := chance.randrange(len(pieces) + 1), bytes(text))

        whole, parts = hashed(BytesIO(b"".join(pieces)), WARC)

        assert is_whole(parts, whole.size)
        assert {part.sha256 for part in parts} >= {sha256(each).hexdigest() for each in pieces}, number


def test_a_member_after_damage_may_begin_at_the_end_of_a_block() -> None:
    whole = gzip.compress(b"WARC/1.1")
    for before in range(4):
        damaged = b"?" * (BLOCK - before)

        parts = hashed(BytesIO(damaged + whole + whole), WARC)[1]

        assert [part.length for part in parts] == [len(damaged), len(whole), len(whole)]
