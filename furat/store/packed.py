"""How items lie in the archive: JSON, a third of its size."""

import zlib

from isal import isal_zlib


def pack(text: str) -> bytes:
    """Return ``text`` compressed (zlib, RFC 1950), for a quarter of the CPU that Python's own zlib takes."""
    packed: bytes = isal_zlib.compress(text.encode(), 1)
    return packed


def plain(packed: bytes) -> str:
    """Return the text that was packed; an empty one where it is damaged, which is no JSON.

    >>> plain(pack("خبر")), plain(b"damaged")
    ('خبر', '')
    """
    try:
        return zlib.decompress(packed).decode()
    except (zlib.error, UnicodeDecodeError):
        return ""
