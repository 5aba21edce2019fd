"""Reads delivered feed files, to check them against the archive."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import orjson

LARGEST = 1 << 63
"""The least number that SQLite can't hold."""


class Numbers:
    """A set of row numbers, a bit each.

    >>> numbers = Numbers()
    >>> numbers.add(9), numbers.add(9), 9 in numbers, 8 in numbers, 999 in numbers
    (True, False, True, False, False)
    """

    def __init__(self) -> None:
        self._bits = bytearray()

    def __contains__(self, number: int) -> bool:
        place, bit = divmod(number, 8)
        return place < len(self._bits) and bool(self._bits[place] >> bit & 1)

    def add(self, number: int) -> bool:
        """Add ``number``, and return whether it is new."""
        place, bit = divmod(number, 8)
        if place >= len(self._bits):
            self._bits.extend(bytes(place + 1))
        is_new = number not in self
        self._bits[place] |= 1 << bit
        return is_new


def key_of(record: Mapping[str, object]) -> tuple[str, int] | None:
    """Return the id and the revision of ``record``; None if it lacks them, or has a number that no archive has.

    >>> key_of({"id": "example.org/7", "revision": 2}), key_of({"id": "example.org/7", "revision": 1 << 63})
    (('example.org/7', 2), None)
    """
    match record:
        case {"id": str(article), "revision": int(revision)} if -LARGEST <= revision < LARGEST:
            return article, revision
    return None


def read(path: Path) -> Iterator[dict[str, object]]:
    """Yield the records of the JSON Lines file at ``path``; an empty one for a line that is no record, or cut off."""
    with path.open("rb") as lines:
        for line in lines:
            yield parsed(line)


def parsed(line: bytes) -> dict[str, object]:
    """Return the record in ``line``; an empty one if there is none, or it is cut off.

    >>> parsed(b'{"id": "a"}\\n'), parsed(b'{"id": "a"}'), parsed(b"[]\\n")
    ({'id': 'a'}, {}, {})
    """
    try:
        record = orjson.loads(line) if line.endswith(b"\n") else {}
    except orjson.JSONDecodeError:
        return {}
    return record if isinstance(record, dict) else {}


def is_of(line: bytes, articles: Collection[str]) -> bool:
    """Return whether the record in ``line`` is of one of ``articles``; the last line of a file may lack its end.

    >>> [is_of(line, ["a/1"]) for line in (b'{"id": "a/1"}', b'{"id": ["a/1"]}\\n', b'{"id": "a/11"}\\n')]
    [True, False, False]
    """
    if not any(article.encode() in line for article in articles):
        return False
    article = parsed(line.removesuffix(b"\n") + b"\n").get("id")
    return isinstance(article, str) and article in articles
