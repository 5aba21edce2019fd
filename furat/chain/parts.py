"""The parts of a file, which follow each other without a gap: lines of a feed, gzip members of a WARC file."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import PurePath
from typing import IO, TYPE_CHECKING

from isal import isal_zlib
from isal.igzip_lib import IsalError

from furat.chain.leaves import File, Part

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

BLOCK = 1 << 18
"""The bytes that are read at a time."""

MOST = 1 << 20
"""The bytes that are unpacked at a time."""

GZIP = 31
"""The window bits by which zlib reads gzip."""

MEMBER = b"\x1f\x8b\x08"
"""What begins a gzip member (RFC 1952, section 2.3.1); inside of one these bytes are rare."""

Piece = tuple[bytes, str]
"""Bytes of a part, and its digest after the last of them."""


def hashed(file: IO[bytes], path: str) -> tuple[File, list[Part]]:
    """Return what a manifest says of ``file``, which is at ``path``: of all of it, and of its parts."""
    whole = sha256()
    parts = list(parts_of(file, path, whole))
    return File(file.tell(), whole.hexdigest(), path), parts


def parts_of(file: IO[bytes], path: str, whole: "Hash") -> Iterator[Part]:
    """Yield what a manifest says of the parts of ``file``, which is at ``path``; ``whole`` is told all bytes.

    A torn end, as a kill leaves it, is the last part. What is damaged in a WARC file ends where the next member may
    begin. Files of other kinds are one part.
    """
    begin = end = 0
    for block, digest in _pieces(file, path):
        whole.update(block)
        end += len(block)
        if digest:
            yield Part(begin, end - begin, digest, path)
            begin = end


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
        if block.endswith((MEMBER[:1], MEMBER[:2])):
            block += file.read(len(MEMBER))  # noqa: PLW2901 (a member may begin here)
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
        """Return how many bytes of ``block`` belong to the member; a broken one ends where another may begin."""
        rest = 0 if self._is_broken else self._unpack(block)
        if self._is_broken:
            found = block.find(MEMBER, self._is_empty)  # it may begin as a member itself
            rest = 0 if found < 0 else len(block) - found
        used = len(block) - rest
        self._sha256.update(block[:used])
        self._is_empty = False
        if self._inflate.eof or (self._is_broken and rest):
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
        except IsalError:  # type: ignore[misc]  # its stub declares the class as an instance
            self._is_broken = True
            return 0
        return len(self._inflate.unused_data)
