"""Takes the codings of HTTP from a body, as far as it really has them."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from isal.igzip_lib import DECOMP_GZIP, IgzipDecompressor, IsalError
from scrapy.utils._compression import _inflate, _unbrotli, _unzstd
from scrapy.utils.gz import gunzip

PART = 8 << 20
"""The most bytes that are decompressed at once."""

LARGEST = 32 << 20
"""The most bytes of a page, as DOWNLOAD_MAXSIZE."""

MOST_CODINGS = 3
"""The most content codings that are taken off one page."""

MOST_CHUNKS = 1_000_000
"""The most chunks of a body that are looked at: more are an attack, and take longer than a stop may wait."""

SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
"""A chunk's size line (RFC 9112, section 7.1)."""


def _gunzip(body: bytes) -> bytes:
    """Return what is in the gzip members of ``body``, also if it is cut off."""
    packed = IgzipDecompressor(flag=DECOMP_GZIP)
    size = int.from_bytes(body[-4:], "little")  # as it claims (RFC 1952, section 2.3.1)
    with suppress(IsalError):  # type: ignore[arg-type]  # its stub declares the class as an instance
        page: bytes = packed.decompress(body, min(size, PART))
        if packed.eof and not packed.unused_data:
            return page
    return gunzip(body, max_size=LARGEST)


CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": lambda body: _inflate(body, max_size=LARGEST),
    "br": lambda body: _unbrotli(body, max_size=LARGEST),
    "zstd": lambda body: _unzstd(body, max_size=LARGEST),
}


def plain(body: bytes, headers: Iterable[tuple[str, str]]) -> bytes:
    """Return ``body`` without the codings that the ``headers`` name.

    Many tools store a body decoded beside the headers of the coded one: a coding that it does not have is passed over.

    >>> plain(b"3\\r\\nabc\\r\\n0\\r\\n\\r\\n", [("Transfer-Encoding", "chunked")])
    b'abc'
    >>> plain(b"abc", [("Content-Encoding", "br")])
    b'abc'
    """
    fields = [(name.lower(), value.lower()) for name, value in headers]
    if any(name == "transfer-encoding" and "chunked" in value for name, value in fields):
        body = unchunked(body)
    named = ",".join(value for name, value in fields if name == "content-encoding").split(",")
    for coding in [name.strip() for name in named if name.strip()][: -MOST_CODINGS - 1 : -1]:
        body = _decoded(body, coding)
    return body


def _decoded(body: bytes, coding: str) -> bytes:
    try:
        return CODINGS[coding](body) or body if coding in CODINGS else body
    except Exception:  # noqa: BLE001 (each library has errors of its own; the body is then read as it is)
        return body


def unchunked(body: bytes) -> bytes:
    """Return the chunks of ``body`` joined; up to where it is cut off; unchanged if it does not begin with a chunk.

    >>> unchunked(b"3\\r\\nabc\\r\\n5\\r\\nde"), unchunked(b"<html>")
    (b'abcde', b'<html>')
    """
    if not SIZE.match(body):
        return body
    joined, view = bytearray(), memoryview(body)
    for begin, end in _chunks(body):
        joined += view[begin:end]
    return bytes(joined)


def trailer(body: bytes) -> int:
    """Return where the fields begin that follow the last of the chunks of ``body``; its length if they are cut off.

    >>> body = b"3\\r\\nabc\\r\\n0\\r\\nSet-Cookie: a=1\\r\\n\\r\\n"
    >>> body[trailer(body):], trailer(b"3\\r\\nab")
    (b'Set-Cookie: a=1\\r\\n\\r\\n', 5)
    """
    end = 0
    for begin, end in _chunks(body):  # noqa: B007 (the last one)
        pass
    last = SIZE.match(body, _after(body, end))
    return last.end() if last and not int(last[1], 16) else len(body)


def _chunks(body: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each chunk of ``body`` begins and ends, without the last, which is empty; `MOST_CHUNKS` at most."""
    size = SIZE.match(body)
    for _ in range(MOST_CHUNKS):
        if not size or not (length := int(size[1], 16)):
            return
        yield size.end(), size.end() + length
        size = SIZE.match(body, _after(body, size.end() + length))


def _after(body: bytes, end: int) -> int:
    """Return where the line after a chunk begins that ends at ``end``."""
    return end + (2 if body[end : end + 2] == b"\r\n" else 1 if body[end : end + 1] == b"\n" else 0)
