"""Splits WARC files into records: whatever one of them holds, the others are found."""

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import IO

from isal.igzip_lib import DECOMP_GZIP, IgzipDecompressor, IsalError

from furat.files import reading

CHUNK = 1 << 16
PART = 1 << 17
"""The most bytes that are decompressed at a time: room for them is made before it is known how many there are."""

LARGEST = 64 << 20
"""The most bytes of a record: twice the largest page that a crawl takes. A larger one is left out."""

MAGIC = b"\x1f\x8b\x08"
"""How a gzip member begins (RFC 1952, section 2.3.1)."""

VERSION = b"WARC/"
START = re.compile(rb"(?:\A|(?<=\n))WARC/[01]\.\d{1,2}\r?\n")
LENGTH = re.compile(rb"\nContent-Length[ \t]*:[ \t]*([^\r\n]{0,40})\r?\n", re.IGNORECASE)
HEAD_END = re.compile(rb"\n\r?\n")
HEAD = re.compile(rb"\n(\r?\n)|\nWARC/[01]\.\d")
"""The end of a head, or the beginning of another record, before which it has none."""

LONGEST_HEAD = 64 << 10
FIRST = 1 << 12
"""Bytes that tell whether something is a gzip member of WARC records."""

FALSE_STARTS = 10_000
"""How many places in a row may look like the beginning of a gzip member and be none."""

WASTE = 4
"""How many times the size of a file is read at most, beside `LARGEST`, for what begins like a gzip member and is none:
each may go on to the end of the file, and all may lie in each other."""

Content = bytes | mmap
Place = tuple[int, int]
"""Where a record begins, or its gzip member does, in the file; and where in what that member holds."""


def records(path: Path, offset: int = 0) -> Iterator[tuple[Place, bytes]]:
    """Yield each record of the file at ``path`` from ``offset`` on, without compression, and where it begins.

    What is no record is left out. Raises OSError if there is no regular file, or if one kind of file was put behind the
    other: compressed and plain.
    """
    with reading(path) as file:
        size = file.seek(0, 2)
        file.seek(offset)
        start = file.read(FIRST)
        if start.startswith(MAGIC) or not START.search(start + file.read(CHUNK)):
            for begin, content in _members(file, offset):
                yield from (((begin, inside), record) for inside, record in split(content))
        elif offset < size:
            with mmap(file.fileno(), 0, access=ACCESS_READ) as plain:
                end = offset
                for begin, record in split(plain, offset):
                    yield (begin, 0), record
                    end = begin + len(record)
                if plain[end : end + FIRST].lstrip(b"\r\n").startswith(MAGIC):
                    raise _changed(end)


def record_at(path: Path, place: Place) -> bytes | None:
    """Return the record at ``place`` of the file at ``path``, the first of its gzip member if that says 0; else None.

    Raises as `records`, and ValueError for a place where no file reaches.
    """
    offset, inside = place
    if inside:
        first = next(split(_packed(path, offset), inside), None)
        return first[1] if first and first[0] == inside else None
    found = next(records(path, offset), None)
    return found[1] if found and found[0][0] == offset else None


@lru_cache(maxsize=1)
def _packed(path: Path, offset: int) -> bytes:
    """Return what the gzip member at ``offset`` holds: many records, if a whole file was packed at once."""
    with reading(path) as file:
        return _member(file, offset)[1]


def split(content: Content, begin: int = 0) -> Iterator[tuple[int, bytes]]:
    """Yield each record in ``content``, and where it begins; one of another length than it says is given its own.

    >>> wrong, right = (b"WARC/1.1\\nContent-Length: %d\\n\\n%s" % each for each in ((99, b"one"), (3, b"two")))
    >>> [record[-8:] for _, record in split(wrong + b"\\n\\n" + right)]
    [b': 3\\n\\none', b': 3\\n\\ntwo']
    """
    found = START.search(content, begin)
    while found:
        begin = found.start()
        head = HEAD.search(content, begin, begin + LONGEST_HEAD)
        said = LENGTH.search(content, begin, head.end()) if head and head[1] else None
        end = _end(content, head.end(), said[1]) if head and said else None
        found = START.search(content, found.end() if end is None else end)
        if end is None:
            end = _trimmed(content, found.start() if found else len(content))
        if head and said and end - begin <= LARGEST:
            length = str(max(end - head.end(), 0)).encode()
            yield begin, content[begin : said.start(1)] + length + content[said.end(1) : max(end, head.end())]


def _end(content: Content, begin: int, said: bytes) -> int | None:
    """Return where a block ends that begins at ``begin``; None if its length is not what is ``said``."""
    digits = said.strip()
    if not digits.isdigit() or len(digits) > len(str(len(content))):
        return None
    end = begin + int(digits)
    is_followed = content[end : end + 4] == b"\r\n\r\n" or content[end : end + 2] == b"\n\n"
    return end if end == len(content) or is_followed else None


def _trimmed(content: Content, end: int) -> int:
    """Return ``end`` without the empty lines before it, which separate records."""
    tail = bytes(content[max(end - 4, 0) : end])
    return end - (4 if tail == b"\r\n\r\n" else 2 if tail.endswith(b"\n\n") else 0)


def _members(file: IO[bytes], offset: int) -> Iterator[tuple[int, bytes]]:
    """Yield the content of each gzip member that begins like a record, and where the member begins."""
    begin, false, left = _magic(file, offset), 0, LARGEST + WASTE * os.fstat(file.fileno()).st_size
    while begin is not None and false < FALSE_STARTS and left >= 0:
        length, content = _member(file, begin)
        if length is None:
            false, left = false + 1, left - (file.tell() - begin)
        else:
            false = 0
        if content:
            yield begin, content
        end = begin + (length or 1)
        begin = _magic(file, end)
        if length is not None and begin != end:
            file.seek(end)
            if START.match(file.read(FIRST)):
                raise _changed(end)


def _changed(end: int) -> OSError:
    """Return the error for a file of which one part is compressed and the other is not."""
    cut = f"head -c {end} FILE > first; tail -c +{end + 1} FILE > second"
    return OSError(
        f"compressed and plain records follow each other at byte {end}, so that what follows is left out; {cut}"
    )


def _member(file: IO[bytes], begin: int) -> tuple[int | None, bytes]:
    """Return the length of the member at ``begin``, and its content if it is no larger than `LARGEST`.

    The length is None if there is no whole member of WARC records.
    """
    file.seek(begin)
    packed = IgzipDecompressor(flag=DECOMP_GZIP)
    read, size, parts = 0, 0, []
    try:
        while not packed.eof:
            chunk = file.read(CHUNK if read else FIRST) if packed.needs_input else b""
            if packed.needs_input and not chunk:
                return None, b""
            read += len(chunk)
            part = packed.decompress(chunk, PART if size else len(VERSION))
            if size == 0 and part and not part.startswith(VERSION[: len(part)]):
                return None, b""
            size += len(part)
            if size <= LARGEST:
                parts.append(part)
    except IsalError:  # type: ignore[misc]  # its stub declares the class as an instance
        return None, b""
    return read - len(packed.unused_data), b"".join(parts) if size <= LARGEST else b""


def _magic(file: IO[bytes], begin: int) -> int | None:
    """Return where the next gzip member may begin, from ``begin`` on; None if there is none."""
    file.seek(begin)
    before = b""
    while chunk := file.read(CHUNK):
        place = (before + chunk).find(MAGIC)
        if place >= 0:
            return begin - len(before) + place
        begin += len(chunk)
        before = chunk[-2:]
    return None
