"""The replica's HTTP server: loopback only, in a thread of its own."""

import asyncio
import socket
import struct
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import mktime_tz, parsedate_tz
from functools import lru_cache
from http import HTTPStatus
from threading import Thread
from time import monotonic
from typing import NamedTuple, cast

import uvloop

from .faults import Fault
from .replica import Replica
from .site import Reply, Site
from .theme import BESIDE

REASONS = {status.value: status.phrase for status in HTTPStatus}
ZIPPED = ("text/html", "application/json", "application/rss+xml", "application/xml")
"""Types that nginx is told to pack: Atom is not among them."""

GZIP_HEADER = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"


class Request(NamedTuple):
    """One request as it came, and the status of its answer; 0 where the connection was reset."""

    method: str
    path: str
    status: int


class Served:
    """A replica on loopback: its address, a log of what was asked, and the faults that it shall have."""

    def __init__(self, replica: Replica, log_size: int | None = None) -> None:
        self.replica = replica
        self.url = ""
        self.requests: deque[Request] = deque(maxlen=log_size)
        self.moments: deque[float] = deque(maxlen=log_size)
        """When each of the requests came, in seconds on the monotonic clock."""
        self.faults: list[Fault] = []
        self.connections: set[Connection] = set()
        self.site: Site

    def truth(self) -> list[dict[str, object]]:
        """Return the replica's truth, with its addresses here."""
        return list(self.replica.truth(self.url))

    def listens(self, host: str, port: int) -> None:
        """Take the address."""
        base = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        self.url = f"{base}{self.replica.prefix}/"
        self.site = Site(self.replica, base)


class Connection(asyncio.Protocol):
    """Reads requests and answers them one by one, as many as the client sends."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.received = b""
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note that a client has come."""
        self.transport = cast("asyncio.Transport", transport)
        self.served.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a client that has gone."""
        self.served.connections.discard(self)

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete; none of them may have a body."""
        self.received += data
        while b"\r\n\r\n" in self.received:
            request, _, self.received = self.received.partition(b"\r\n\r\n")
            self._answer(request.decode("latin-1"))

    def _answer(self, request: str) -> None:
        line, _, headers = request.partition("\r\n")
        method, target, *_ = [*line.split(" "), "", ""]
        fault = next((fault for fault in self.served.faults if fault.strikes(target)), None)
        asked = _headers(headers)
        reply = self._reply(method, target, fault)
        if not fault and is_unchanged(reply, asked):
            reply = Reply(
                304, headers={name: reply.headers[name] for name in ("Last-Modified", "ETag") if name in reply.headers}
            )
        is_reset = fault is not None and fault.kind == "reset"
        self.served.requests.append(Request(method, target, 0 if is_reset else reply.status))
        self.served.moments.append(monotonic())
        if is_reset:
            self.transport.abort()
            return
        head, body = _pack(reply, zipped="gzip" in asked.get("accept-encoding", ""))
        self._send(head, b"" if method == "HEAD" else body, fault)
        if asked.get("connection") == "close":
            self.transport.close()

    def _reply(self, method: str, target: str, fault: Fault | None) -> Reply:
        if method not in {"GET", "HEAD"}:
            return Reply(405, headers={"Allow": "GET, HEAD"})
        reply = self.served.site.answer(target)
        return fault.apply(reply) if fault else reply

    def _send(self, head: bytes, body: bytes, fault: Fault | None) -> None:
        half = len(body) // 2
        match fault and fault.kind:
            case "truncated":
                self.transport.write(head + body[:half])
                self.transport.close()
            case "held":
                assert fault
                self.transport.write(head + body[:half])
                loop = asyncio.get_running_loop()
                fault.released.add_done_callback(lambda _: loop.call_soon_threadsafe(self.transport.write, body[half:]))
            case "overlong":
                self.transport.write(head + body + body[:half])
            case _:
                self.transport.write(head + body)


@contextmanager
def serve(
    replica: Replica,
    port: int = 0,
    log_size: int | None = None,
    host: str = "127.0.0.1",
    listener: socket.socket | None = None,
) -> Iterator[Served]:
    """Serve ``replica`` on a ``host`` of loopback while the context lasts; port 0 takes a free one.

    A ``listener`` that is given instead is closed in the end. The log keeps the last ``log_size`` requests, all of
    them if that is None.
    """
    served = Served(replica, log_size)
    loop = uvloop.new_event_loop()
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = listener or socket.create_server((host, port), family=family)
    server = loop.run_until_complete(loop.create_server(lambda: Connection(served), sock=listener))
    served.listens(host, listener.getsockname()[1])
    thread = Thread(target=loop.run_forever, name="replica", daemon=True)
    thread.start()
    try:
        yield served
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        for connection in tuple(served.connections):
            connection.transport.abort()
        server.close()
        loop.run_until_complete(server.wait_closed())
        loop.close()


def is_unchanged(reply: Reply, asked: dict[str, str]) -> bool:
    """Return whether WordPress answers 304: both validators must match where both are sent, and never a weak one."""
    tag, since = asked.get("if-none-match"), asked.get("if-modified-since")
    if "ETag" not in reply.headers or (tag is None and since is None):
        return False
    is_same = tag is None or tag == reply.headers["ETag"]
    return is_same and (since is None or _moment(since) >= _moment(reply.headers["Last-Modified"]))


def _moment(date: str) -> float:
    parsed = parsedate_tz(date)
    return mktime_tz(parsed) if parsed else 0.0


def _headers(lines: str) -> dict[str, str]:
    parted = (line.partition(":") for line in lines.split("\r\n"))
    return {name.lower(): value.strip() for name, _, value in parted}


def _pack(reply: Reply, *, zipped: bool) -> tuple[bytes, bytes]:
    """Return the head and the body of an answer as they are sent."""
    lines = [f"HTTP/1.1 {reply.status} {REASONS.get(reply.status, 'Unknown')}"]
    own, mark, after = reply.body.partition(BESIDE)
    same, packed = _same(mark + after, reply.filler)
    headers = dict(reply.headers)
    is_packed = "Content-Encoding" in headers
    if zipped and not is_packed and len(reply.body) > 512 and reply.content_type.startswith(ZIPPED):
        headers |= {"ETag": f"W/{headers['ETag']}"} if "ETag" in headers else {}
        end = struct.pack("<II", zlib.crc32(same, zlib.crc32(own)), len(own) + len(same))
        body = b"".join((GZIP_HEADER, _deflate(own, zlib.Z_FULL_FLUSH), packed, end))
        lines.append("Content-Encoding: gzip")
    else:
        body = own + same
    if reply.status != 304:
        lines += [f"Content-Type: {reply.content_type}", f"Content-Length: {len(body)}"]
    lines += ("Server: nginx", "Vary: Accept-Encoding")
    lines += (f"{name}: {value}" for name, value in headers.items())
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"), body


@lru_cache(maxsize=64)
def _same(html: bytes, filler: int) -> tuple[bytes, bytes]:
    """Return what many pages share, plain and deflated: so many kilobytes of style rules and the ``html`` after.

    Deflated pieces that end in a full flush can be joined (RFC 1951): none looks back into another.
    """
    rules = "".join(f".rep-{n:04x}{{margin:{n % 17}px {n % 13}px;color:#{n * 9:06x}}}\n" for n in range(25 * filler))
    style = f"<style>\n{rules[: 1000 * filler]}</style>\n".encode() if filler else b""
    return style + html, _deflate(style + html, zlib.Z_FINISH)


def _deflate(data: bytes, end: int) -> bytes:
    packer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush(end)
