"""The parts of a file, which follow each other without a gap: lines of a feed, gzip members of a WARC file."""

import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import PurePath
from typing import IO

from isal import isal_zlib

from furat.chain.leaves import File, Part

BLOCK = 1 << 18
"""The bytes that are read at a time."""

MOST = 1 << 20
"""The bytes that are unpacked at a time."""

GZIP = 31
"""The window bits by which zlib reads gzip."""

Piece = tuple[bytes, str]
"""Bytes of a part, and its digest after the last of them."""


def hashed(file: IO[bytes], path: str) -> tuple[File, list[Part]]:
    """Return what a manifest says of ``file``, which is at ``path``: of all of it, and of its parts.

    A torn end, as a kill leaves it, is the last part. Files of other kinds are one part.
    """
    whole, begin, end, parts = sha256(), 0, 0, list[Part]()
    for block, digest in _pieces(file, path):
        whole.update(block)
        end += len(block)
        if digest:
            parts.append(Part(begin, end - begin, digest, path))
            begin = end
    return File(end, whole.hexdigest(), path), parts


def _pieces(file: IO[bytes], path: str) -> Iterator[Piece]:
    match PurePath(path).suffix:
        case ".jsonl":
            return ((line, sha256(line).hexdigest()) for line in file)
        case ".gz":
            return _members(file)
    return _one(file)


def _one(file: IO[bytes]) -> Iterator[Piece]:
    digest, is_empty = sha256(), True
    for block in iter(lambda: file.read(BLOCK), b""):
        digest.update(block)
        is_empty = False
        yield block, ""
    yield b"", "" if is_empty else digest.hexdigest()


def _members(file: IO[bytes]) -> Iterator[Piece]:
    member = _Member()
    for block in iter(lambda: file.read(BLOCK), b""):
        at = 0
        while at < len(block):
            used = member.take(block[at:])
            yield block[at : at + used], member.digest
            at += used
            if member.digest:
                member = _Member()
    yield b"", member.torn


class _Member:
    """One gzip member (RFC 1952) as it is read."""

    def __init__(self) -> None:
        self._inflate = isal_zlib.decompressobj(GZIP)
        self._sha256 = sha256()
        self._is_broken = False
        self._is_empty = True
        self.digest = ""
        """Set once the member is over."""

    def take(self, block: bytes) -> int:
        """Return how many bytes of ``block`` belong to the member; what is no gzip has no end."""
        rest = 0 if self._is_broken else self._unpack(block)
        used = len(block) - rest
        self._sha256.update(block[:used])
        self._is_empty = False
        if not self._is_broken and self._inflate.eof:
            self.digest = self._sha256.hexdigest()
        return used

    @property
    def torn(self) -> str:
        """The digest of what the file's end cut off; empty if there is nothing."""
        return "" if self._is_empty else self._sha256.hexdigest()

    def _unpack(self, block: bytes) -> int:
        """Return how many bytes of ``block`` are left after the member's end."""
        try:
            while block and not self._inflate.eof:
                self._inflate.decompress(block, MOST)
                block = self._inflate.unconsumed_tail
        except zlib.error:
            self._is_broken = True
            return 0
        return len(self._inflate.unused_data)
