"""What stands in a WARC file instead of a record that was taken away on purpose: as long, so that no other moves."""

import struct
import zlib
from uuid import NAMESPACE_URL, uuid5

COMMENT = b"\x1f\x8b\x08\x10\0\0\0\0\0\xff"
"""The header of a gzip member with a comment, which may have any length (RFC 1952, section 2.3)."""

RECORD = """\
WARC/1.1\r
WARC-Type: metadata\r
WARC-Record-ID: <urn:uuid:{id}>\r
WARC-Date: {moment}\r
Content-Type: text/plain\r
Content-Length: {length}\r
\r
{words}\r
\r
"""
WORDS = "Taken away on purpose"


def blank(length: int, moment: str) -> bytes:
    """Return a gzip member of ``length`` bytes with a record that says when another was taken away.

    >>> len(blank(300, "2026-01-01T00:00:00+00:00")), len(blank(60, "2026-01-01T00:00:00+00:00"))
    (300, 60)
    """
    text = RECORD.format(
        id=uuid5(NAMESPACE_URL, f"{moment} {length}"),
        moment=moment.replace("+00:00", "Z"),
        length=len(WORDS),
        words=WORDS,
    ).encode()
    member = _member(text, length) or _member(b"", length)
    return member or bytes(length)  # no gzip member is so short


def _member(text: bytes, length: int) -> bytes | None:
    pack = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = pack.compress(text) + pack.flush()
    end = packed + struct.pack("<II", zlib.crc32(text), len(text))
    room = length - len(COMMENT) - 1 - len(end)
    return COMMENT + b" " * room + b"\0" + end if room >= 0 else None
