"""Compression of items in the archive: JSON, at two fifths of its size."""

import sqlite3
import zlib

from isal import isal_zlib
from isal.igzip_lib import IsalError

from furat.exceptions import Incomplete

LARGEST = 64 << 20
"""The most bytes of an item: twice the largest page that is read. A row that unpacks to more is an attack."""

RATIO = 1032
"""The most bytes that one byte unpacks to (https://www.zlib.net/zlib_tech.html)."""


def pack(text: str | bytes) -> bytes:
    """Return ``text`` compressed (zlib, RFC 1950), for an eighth of the CPU that Python's own zlib takes.

    Raises Incomplete if it is too large to be read again.
    """
    encoded = text.encode() if isinstance(text, str) else text
    if len(encoded) > LARGEST:
        raise Incomplete(f"the article is too large: {len(encoded)} bytes, and the limit is {LARGEST}")
    packed: bytes = isal_zlib.compress(encoded, 0)
    return packed


def unpack(packed: bytes) -> bytes:
    """Return the bytes that were packed; raise sqlite3.DatabaseError, as for a damaged row, if that can't be done.

    >>> unpack(pack("خبر")).decode()
    'خبر'
    """
    try:
        return _unpacked(packed)
    except (IsalError, zlib.error) as error:  # type: ignore[misc]  # its stub declares the class as an instance
        raise sqlite3.DatabaseError(f"a revision can't be read: {error}") from None


def plain(packed: bytes) -> str:
    """Return the text that was packed; an empty one, which is no JSON, if it is damaged or too large.

    >>> plain(pack("خبر")), plain(b"damaged")
    ('خبر', '')
    """
    try:
        return _bounded(packed).decode()
    except (zlib.error, UnicodeDecodeError):
        return ""


def _unpacked(packed: bytes) -> bytes:
    if len(packed) * RATIO > LARGEST:
        return _bounded(packed)
    text: bytes = isal_zlib.decompress(packed)
    return text


def _bounded(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    text = unpacker.decompress(packed, LARGEST)
    if not unpacker.eof:
        raise zlib.error("it is cut off, or too large")
    return text
