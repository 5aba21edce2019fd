"""WARC records as gzip members, one each."""

from collections.abc import Mapping
from io import BytesIO
from uuid import uuid4

from isal import igzip
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from furat.clock import moment
from furat.warc.exchange import digest

VERSION = "WARC/1.1"

LEVEL = 2
"""Of igzip: a tenth of the CPU of zlib's usual level, for a few more bytes; what comes packed stays as it is."""

HTTP = "application/http; msgtype={}"


class AsReceived(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """A head that is written byte by byte as it was received."""

    def __init__(self, head: bytes) -> None:
        super().__init__("", [])
        self.headers_buff = head

    def __bool__(self) -> bool:
        """Return True: without parsed fields it would count as no head."""
        return True

    def compute_headers_buffer(self, _: object = None) -> None:
        """Leave the bytes alone."""


def new_id() -> str:
    """Return a new WARC-Record-ID, without angle brackets."""
    return f"urn:uuid:{uuid4()}"


def member(fields: Mapping[str, str], head: bytes = b"", body: bytes = b"") -> bytes:
    """Return the record with these ``fields`` and this block, as one gzip member; the ``body`` of a revisit stays out.

    `Content-Length` and the digest of the block are added. Fields without a value are left out.
    """
    kind = fields["WARC-Type"]
    block = digest(head if kind == "revisit" else head + body)
    named = {name: value for name, value in fields.items() if value} | {"WARC-Block-Digest": block}
    headers = StatusAndHeaders("", [*named.items()], protocol=VERSION)
    record = ArcWarcRecord("warc", kind, headers, BytesIO(body), AsReceived(head), fields["Content-Type"], len(body))
    record.payload_length = len(body)
    plain = BytesIO()
    WARCWriter(plain, gzip=False, warc_version=VERSION).write_record(record)
    packed: bytes = igzip.compress(plain.getvalue(), LEVEL)
    return packed


def warcinfo(name: str, about: Mapping[str, str]) -> bytes:
    """Return the record with which the file of this ``name`` begins, which says ``about`` what it is."""
    fields = {
        "WARC-Type": "warcinfo",
        "WARC-Record-ID": f"<{new_id()}>",
        "WARC-Date": moment(),
        "WARC-Filename": name,
        "Content-Type": "application/warc-fields",
    }
    return member(fields, body=lines(about))


def lines(values: Mapping[str, str]) -> bytes:
    """Return ``values`` as `application/warc-fields`; what would break a line is replaced.

    >>> lines({"software": "Furat", "operator": "a\\nb", "robots": ""})
    b'software: Furat\\r\\noperator: a b\\r\\n'
    """
    return "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in values.items() if value).encode(
        errors="replace"
    )
