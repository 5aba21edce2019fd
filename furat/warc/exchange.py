"""One exchange with a site: what was sent and received, without what must stay secret."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from furat.warc.payload import trailer

HEAD_END = re.compile(rb"\n\r?\n")
"""The end of a head: an empty line, by whichever line ends (RFC 9112, section 2.2)."""

INTERIM = re.compile(rb"HTTP/\d(?:\.\d)? +1\d\d\b")
"""The beginning of a response before the final one (RFC 9110, section 15.2)."""

STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})\b")
"""The beginning of a head; tools write those of HTTP/2, too, which has no such line."""

SECRET = frozenset({b"authorization", b"proxy-authorization", b"cookie", b"set-cookie", b"set-cookie2"})
"""Fields that hold credentials, in lower case."""

CHUNKED = re.compile(rb"^transfer-encoding:.*chunked", re.IGNORECASE | re.MULTILINE)

USER = re.compile(rb"(?:(?<=:[/\\]{2})|(?<=[\s<>=,;\"'][/\\]{2}))[^/?#\s\"'<>]+@")
"""A user's name and password in an address, which may begin with its host; a backslash there is a slash to browsers
(url.spec.whatwg.org, section 4.4)."""

WITHHELD = b" [redacted]"


@dataclass(frozen=True)
class Exchange:
    """A request and its response, byte by byte but for what was redacted."""

    url: str
    """The address that was requested, without a user's name."""

    moment: str
    """When the request was sent, as WARC-Date."""

    request: bytes
    """The request's head."""

    head: bytes
    """The response's head, from the status line to the empty line."""

    body: bytes
    """The response's body, in its transfer and content codings."""

    address: str = ""
    """The IP address of the server; empty if a proxy stood between."""

    chain: tuple[bytes, ...] = ()
    """The server's certificates in DER, its own first; empty without TLS."""

    request_lacks: tuple[str, ...] = ()
    """What was removed from the request."""

    response_lacks: tuple[str, ...] = ()
    """What was removed from the response."""

    truncated: str = ""
    """Why the body is shorter than announced, as WARC-Truncated."""

    @cached_property
    def digest(self) -> str:
        """The digest of the body, as WARC-Payload-Digest."""
        return digest(self.body)

    @property
    def status(self) -> int:
        """The HTTP status; 0 if there is none."""
        found = STATUS.match(self.head)
        return int(found[1]) if found else 0


def digest(content: bytes) -> str:
    """Return a digest as WARC records have it.

    >>> digest(b"")[:20]
    'sha256:e3b0c44298fc1'
    """
    return f"sha256:{sha256(content).hexdigest()}"


def parted(received: bytes) -> tuple[bytes, bytes]:
    """Return head and body of the final response in all that was ``received``; interim ones go.

    >>> parted(b"HTTP/1.1 103 Early Hints\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\nX: 1\\r\\n\\r\\nbody")
    (b'HTTP/1.1 200 OK\\r\\nX: 1\\r\\n\\r\\n', b'body')
    """
    begin = 0
    while INTERIM.match(received, begin) and (end := HEAD_END.search(received, begin)):
        begin = end.end()
    end = HEAD_END.search(received, begin)
    split = end.end() if end else len(received)
    return received[begin:split], received[split:]


def redact(head: bytes, secret: Collection[bytes] = ()) -> tuple[bytes, tuple[str, ...]]:
    """Return ``head`` without credentials, and what was removed; ``secret`` are further fields, in lower case.

    >>> redact(b"GET / HTTP/1.1\\r\\nCookie: a=1;\\r\\n b=2\\r\\nHost: e.org\\r\\n\\r\\n")
    (b'GET / HTTP/1.1\\r\\nCookie: [redacted]\\r\\nHost: e.org\\r\\n\\r\\n', ('Cookie',))
    """
    lines: list[bytes] = []
    gone: dict[str, None] = {}
    is_secret = False
    for line in head.split(b"\n"):
        is_secret = _is_secret(line, secret, goes_on=is_secret)
        name = line.partition(b":")[0]
        if is_secret and line[:1] not in b" \t":
            gone[name.strip().decode("latin-1")] = None
            lines.append(name + b":" + WITHHELD + b"\r" * line.endswith(b"\r"))
        elif not is_secret:
            lines.append(line)
    left, users = USER.subn(b"", b"\n".join(lines))
    return left, (*gone, *["user in an address"][:users])


def redact_trailer(head: bytes, body: bytes, secret: Collection[bytes] = ()) -> tuple[bytes, tuple[str, ...]]:
    """Return ``body`` without credentials in the fields after its chunks, if ``head`` says that it has chunks.

    >>> body = b"1\\r\\na\\r\\n0\\r\\nSet-Cookie: a=1\\r\\n\\r\\n"
    >>> redact_trailer(b"HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n", body)
    (b'1\\r\\na\\r\\n0\\r\\nSet-Cookie: [redacted]\\r\\n\\r\\n', ('Set-Cookie',))
    """
    if not CHUNKED.search(head):
        return body, ()
    begin = trailer(body)
    fields, gone = redact(body[begin:], secret)
    return (body[:begin] + fields, gone) if gone else (body, ())


def _is_secret(line: bytes, secret: Collection[bytes], *, goes_on: bool) -> bool:
    if line[:1] and line[:1] in b" \t":  # it goes on with the field of the line before (RFC 9112, section 5.2)
        return goes_on
    name = line.partition(b":")[0].strip().lower()
    return name in SECRET or name in secret
