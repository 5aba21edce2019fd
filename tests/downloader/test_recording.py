"""What is recorded is bounded, whatever a server sends before it answers."""

from typing import Any

import pytest
from scrapy import Request
from twisted.internet import testing
from twisted.web import _newclient
from twisted.web.http_headers import Headers

from furat.downloader.recording import LARGEST_HEAD, Recorder

EARLY = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 100
REQUEST = Request("https://example.org/")


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def connection(recorder: Recorder) -> Any:
    """Return a connection that has sent `REQUEST`."""
    twisted: Any = _newclient
    transports: Any = testing
    protocol: Any = recorder.factory(lambda _: None, "").buildProtocol(None)
    protocol.makeConnection(transports.StringTransport())
    answer = protocol.request(twisted.Request(b"GET", b"/", Headers({b"host": [b"example.org"]}), None))
    answer.addCallbacks(lambda _: recorder.headers_received(REQUEST), lambda _: None)
    return protocol


def test_interim_responses_without_end_end_the_connection(connection: Any) -> None:
    for _ in range(2 * LARGEST_HEAD // len(EARLY)):
        connection.dataReceived(EARLY)

    assert connection.transport.disconnected
    assert sum(map(len, connection.recording.received)) <= LARGEST_HEAD


def test_a_body_may_be_larger_than_a_head(connection: Any, recorder: Recorder) -> None:
    connection.dataReceived(EARLY + b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n")
    for _ in range(4):
        connection.dataReceived(bytes(LARGEST_HEAD // 2))

    recording = recorder.take(REQUEST)

    assert recording
    assert sum(map(len, recording.received)) > 2 * LARGEST_HEAD
    assert not connection.transport.disconnected
