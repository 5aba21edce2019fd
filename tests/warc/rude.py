"""A replica that sends what it sends in odd forms, and notes each byte."""

from collections.abc import Iterator

import pytest

from tests.replica import server
from tests.replica.faults import Fault

WORD = "the-reader-is-ali"
"""What is said in a cookie."""

EARLY = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"


class RudeConnection(server.Connection):
    """Sends chunks, fields after them, folded fields and odd cases, after an interim response."""

    asked: list[bytes]
    sent: list[bytes]

    def data_received(self, data: bytes) -> None:
        self.asked.append(data)
        super().data_received(data)

    def _send(self, head: bytes, body: bytes, fault: Fault | None) -> None:
        lines = [line for line in head.split(b"\r\n")[:-2] if not line.startswith(b"Content-Length")]
        odd = [b"X-fOlDed: a\r\n\tb", b"sErVeR:   rude", b"Set-Cookie: session=" + WORD.encode()]
        kept = [line for line in lines if not line.startswith(b"Server")]
        if body:
            odd.append(b"TRANSFER-encoding: chunked")
            body = b"".join(b"%X;odd\r\n%s\r\n" % (len(part), part) for part in _parts(body))
            body += b"0\r\nset-cookie: session=" + WORD.encode() + b"\r\nX-Digest: a\r\n\r\n"
        answer = b"\r\n".join([*kept, *odd]) + b"\r\n\r\n" + body
        self.sent.append(answer)
        self.transport.write(EARLY + answer)


def _parts(body: bytes) -> Iterator[bytes]:
    for begin in range(0, len(body), 7000):
        yield body[begin : begin + 7000]


@pytest.fixture
def rude(monkeypatch: pytest.MonkeyPatch) -> type[RudeConnection]:
    """Have replicas be rude; return what was sent and received."""
    connection = type("Connection", (RudeConnection,), {"asked": [], "sent": []})
    monkeypatch.setattr(server, "Connection", connection)
    return connection
