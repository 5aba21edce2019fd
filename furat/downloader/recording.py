"""Keeps the bytes of each exchange as Twisted sends and receives them: below decompression, in order and case."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from OpenSSL.crypto import FILETYPE_ASN1, dump_certificate
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory, _LenientHTTP11ClientProtocol
from twisted.internet.defer import Deferred
from twisted.web.iweb import IResponse

from furat.clock import moment

LARGEST_HEAD = 1 << 20
"""The most bytes that may come before the final response's head is over: interim responses may go on without end."""


@dataclass(slots=True)
class Recording:
    """The bytes of one exchange, while they come."""

    moment: str
    sent: bytes
    received: list[bytes] = field(default_factory=list)
    head: int | None = 0
    """How many bytes came before the head of the final response was over; None once it is."""

    address: str = ""
    """The IP address of the other end, which may be a proxy."""

    chain: tuple[bytes, ...] = ()
    """The certificates that the other end showed, in DER, its own first."""


class Recorder:
    """The recordings of the exchanges under way, each found by its request."""

    def __init__(self) -> None:
        self._of: WeakKeyDictionary[Request, Recording] = WeakKeyDictionary()
        self._current: Recording | None = None

    @contextmanager
    def receiving(self, recording: Recording) -> Iterator[None]:
        """Have what is signalled inside the context be of ``recording``."""
        self._current = recording
        try:
            yield
        finally:
            self._current = None

    def headers_received(self, request: Request) -> None:
        """Note whose recording this is: Scrapy signals it while Twisted parses the response's head."""
        if self._current:
            self._current.head = None
            self._of[request] = self._current

    def take(self, request: Request) -> Recording | None:
        """Return the recording of the exchange that answered ``request``; None if its handler made none."""
        return self._of.pop(request, None)

    def factory(self, *arguments: Any) -> "_RecordingFactory":
        """Return what makes a connection's protocol, as the connection pool asks."""
        return _RecordingFactory(self, *arguments)


class _RecordingFactory(_LenientHTTP11ClientFactory):
    def __init__(self, recorder: Recorder, *arguments: Any) -> None:
        super().__init__(*arguments)  # type: ignore[no-untyped-call]
        self.recorder = recorder

    def buildProtocol(self, _: object) -> "_RecordingProtocol":  # noqa: N802 (Twisted's name)
        protocol = _RecordingProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
        protocol.recorder = self.recorder
        return protocol


class _RecordingProtocol(_LenientHTTP11ClientProtocol):
    recorder: Recorder
    recording: Recording | None = None

    def request(self, request: Any) -> Deferred[IResponse]:
        written = _Written()
        request._writeHeaders(written, None)  # noqa: SLF001 (Furat's requests have no body, so this is all)
        self.recording = Recording(moment(), b"".join(written.lines))
        answer: Deferred[IResponse] = super().request(request)
        return answer

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 (Twisted's name)
        recording = self.recording
        if recording is None:  # what comes before a request is none of its response
            super().dataReceived(data)  # type: ignore[no-untyped-call]
            return
        if recording.head is not None:
            recording.head += len(data)
            if recording.head > LARGEST_HEAD:
                self.transport.abortConnection()  # type: ignore[union-attr]
                return
        recording.address, recording.chain = self.peer
        recording.received.append(data)
        with self.recorder.receiving(recording):
            super().dataReceived(data)  # type: ignore[no-untyped-call]

    @cached_property
    def peer(self) -> tuple[str, tuple[bytes, ...]]:
        """Whom the connection leads to: the address, and the certificates once they were shown."""
        transport: Any = self.transport
        shown: Any = ()
        with suppress(AttributeError):  # no TLS
            shown = transport.getHandle().get_peer_cert_chain() or ()
        return transport.getPeer().host, tuple(dump_certificate(FILETYPE_ASN1, each) for each in shown)


class _Written:
    def __init__(self) -> None:
        self.lines: list[bytes] = []

    def writeSequence(self, lines: list[bytes]) -> None:  # noqa: N802 (Twisted's name)
        self.lines += lines
