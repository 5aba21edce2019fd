"""Compares a file with the parts that a manifest says it has, and locates what differs."""

import mmap
import os
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePath
from typing import IO

from furat.chain.leaves import Part
from furat.chain.parts import MEMBER

LINE = b"\n"
"""What ends a line of a feed."""

BLOCK = 1 << 20

SPARE = 8
"""How many times its size of a file may be read before parts are no longer looked for where they should be."""


@dataclass(slots=True)
class Differences:
    """What differs, by the numbers of the parts from 0."""

    altered: dict[int, str] = field(default_factory=dict)
    """Each with the digest of what stands in its place."""

    missing: list[int] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    added: list[tuple[int, str]] = field(default_factory=list)
    """Where what no manifest knows begins in the file, and its digest."""

    def __bool__(self) -> bool:
        return bool(self.altered or self.missing or self.moved or self.added)


def is_whole(parts: Sequence[Part], size: int) -> bool:
    """Return whether ``parts`` follow each other without a gap from 0 to ``size``."""
    end = 0
    for part in parts:
        if part.offset != end or not part.length:
            return False
        end += part.length
    return end == size


def is_same(file: IO[bytes], parts: Sequence[Part]) -> tuple[bool, str]:
    """Return whether ``file`` consists of ``parts``, and the SHA-256 of all of it; it is read once."""
    whole, are_same = sha256(), True
    for part in parts:
        digest = sha256()
        for block in _blocks(file, part.length):
            digest.update(block)
            whole.update(block)
        are_same = are_same and digest.hexdigest() == part.sha256
    while block := file.read(BLOCK):
        are_same = False
        whole.update(block)
    return are_same, whole.hexdigest()


def _blocks(file: IO[bytes], length: int) -> Iterator[bytes]:
    while length and (block := file.read(min(length, BLOCK))):
        yield block
        length -= len(block)


def differences(file: IO[bytes], path: str, parts: Sequence[Part]) -> Differences:
    """Return how ``file``, which is at ``path``, differs from ``parts``; the work is linear in the size of both."""
    with _mapped(file) as view:
        comparison = _Comparison(view, PurePath(path).suffix, parts)
        comparison.read()
        return comparison.differences()


@contextmanager
def _mapped(file: IO[bytes]) -> Iterator[mmap.mmap | bytes]:
    if not os.fstat(file.fileno()).st_size:
        yield b""
        return
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        yield view


class _Comparison:
    """Reads a file part by part; where it loses the thread, it goes on at the next part that is known."""

    def __init__(self, view: mmap.mmap | bytes, suffix: str, parts: Sequence[Part]) -> None:
        self.view, self.suffix, self.parts = view, suffix, parts
        self.at = 0
        """How far the file is read."""
        self.next = 0
        """The number of the part that is expected there."""
        self.spare = SPARE * len(view)
        """The bytes that may still be read there: a forged manifest may promise parts far larger than the file."""
        self.order: dict[int, None] = {}
        """The parts that were found, in the order of the file."""
        self.strange: list[tuple[int, int, str]] = []
        """What no part is: the number that was expected there, where it begins, and its digest."""
        self.places = defaultdict[str, deque[int]](deque)
        for number, part in enumerate(parts):
            self.places[part.sha256].append(number)

    def read(self) -> None:
        """Read all of the file."""
        is_sure = True
        while self.at < len(self.view):
            is_sure = is_sure and self._read_in_place()
            if not is_sure:
                is_sure = self._read_piece()

    def differences(self) -> Differences:
        """Return what was found to differ."""
        count = len(self.parts)
        lost = {number for number in range(count) if number not in self.order}
        altered = {number: digest for number, _, digest in self.strange if number in lost}
        added = [(at, digest) for number, at, digest in self.strange if number not in lost]
        return Differences(altered, sorted(lost - {*altered}), _moved([*self.order]), added)

    def _read_in_place(self) -> bool:
        """Read the expected part, as it should be or replaced by as many bytes; return False if it is neither."""
        if self.next >= len(self.parts) or self.spare < 0:
            return False
        part = self.parts[self.next]
        end = self.at + part.length
        digest = self._digest(end)
        if digest == part.sha256:
            self.order[self.next] = None
        elif self._goes_on(end):
            self._place(digest)
        else:
            return False
        self.at, self.next = end, self.next + 1
        return True

    def _goes_on(self, end: int) -> bool:
        """Return whether the file goes on at ``end`` with the part after the expected one."""
        if self.next + 1 == len(self.parts):
            return end == len(self.view)
        after = self.parts[self.next + 1]
        return self._digest(end + after.length, end) == after.sha256

    def _read_piece(self) -> bool:
        """Read up to where a part may end; return whether that is a part."""
        end = self._end()
        number = self._place(self._digest(end))
        self.at, self.next = end, (self.next if number is None else number) + 1
        return number is not None

    def _place(self, digest: str) -> int | None:
        """Note what has this ``digest``; return the number of the part that it is, wherever that should be."""
        numbers = self.places.get(digest, ())
        while numbers:
            if (number := numbers.popleft()) not in self.order:
                self.order[number] = None
                return number
        self.strange.append((self.next, self.at, digest))
        return None

    def _end(self) -> int:
        """Return where what begins here may end."""
        if self.suffix == ".jsonl":
            return (self.view.find(LINE, self.at) + 1) or len(self.view)
        found = self.view.find(MEMBER, self.at + 1) if self.suffix == ".gz" else -1
        return found if found >= 0 else len(self.view)

    def _digest(self, end: int, begin: int | None = None) -> str:
        with memoryview(self.view) as view, view[self.at if begin is None else begin : end] as piece:
            self.spare -= len(piece)
            return sha256(piece).hexdigest()


def _moved(order: Sequence[int]) -> list[int]:
    """Return which of the numbers in ``order`` stand in the way of the longest run that rises.

    >>> _moved([0, 3, 1, 2, 4])
    [3]
    """
    ends, before = list[int](), dict[int, int | None]()
    for number in order:
        place = bisect_left(ends, number)
        before[number] = ends[place - 1] if place else None
        ends[place : place + 1] = [number]
    stays, last = set[int](), ends[-1] if ends else None
    while last is not None:
        stays.add(last)
        last = before[last]
    return sorted(set(order) - stays)
