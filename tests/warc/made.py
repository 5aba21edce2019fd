"""WARC files as other tools make them, of pages of a replica."""

import gzip
import zlib
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urlsplit

import brotli
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.replica import Replica
from tests.replica.server import _pack
from tests.replica.site import Site

BASE = "https://example.org"


def pages(replica: Replica, base: str = BASE) -> Iterator[tuple[str, bytes]]:
    """Yield the address and the content of each page of each post."""
    site = Site(replica, base)
    for post in replica.truth(base):
        for url in (str(post["url"]), *(f"{post['url']}{number}/" for number in range(2, 9))):
            answer = site.answer(urlsplit(url).path)
            if answer.status == 200:
                yield url, _pack(answer, zipped=False)[1]


def response(  # noqa: PLR0913 (what a record may have)
    url: str,
    body: bytes,
    *,
    date: str = "2025-06-01T10:00:00Z",
    status: str = "200 OK",
    content_type: str = "text/html; charset=UTF-8",
    version: str = "1.0",
    packed: bool = True,
    kind: str = "response",
    digest: str = "",
    http: tuple[tuple[str, str], ...] = (),
) -> bytes:
    """Return a record as warcio writes it."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=packed, warc_version=version)
    headers = StatusAndHeaders(status, [("Content-Type", content_type), *http], protocol="HTTP/1.1")
    named = {"WARC-Date": date} | ({"WARC-Payload-Digest": digest} if digest else {})
    record = writer.create_warc_record(
        url, kind, payload=BytesIO(body), http_headers=headers, warc_headers_dict=named, length=len(body)
    )
    writer.write_record(record)
    return out.getvalue()


def chunked(body: bytes) -> bytes:
    """Return ``body`` in chunks, the last of which is cut off at its end."""
    parts = [body[begin : begin + 5000] for begin in range(0, len(body), 5000)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n"


CODED = [
    (lambda body: body, ()),
    (chunked, (("Transfer-Encoding", "chunked"),)),
    (gzip.compress, (("Content-Encoding", "gzip"),)),
    (lambda body: chunked(gzip.compress(body)), (("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"))),
    (brotli.compress, (("content-encoding", "br"),)),
    (zlib.compress, (("Content-Encoding", "deflate"),)),
    (lambda body: body, (("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))),  # stored decoded
    (lambda body: body, (("Content-Length", "7"), ("Content-Encoding", "unknown"))),
]
"""How a body may be stored, and what its head then says."""
