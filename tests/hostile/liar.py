"""A server on loopback that says what a table tells it to, down to the bytes."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import urlsplit

HERE = "http://here/"
"""Stands for the server's own address in what it says."""

HTML = "text/html; charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server says to one request; a text is sent as UTF-8."""

    body: str | bytes = ""
    status: str = "200 OK"
    """The status line after the protocol, be it nonsense."""
    headers: Mapping[str, str | bytes] = field(default_factory=dict)
    """Headers beside `Content-Length`; one of these names replaces that."""
    content_type: str | bytes | None = HTML
    is_silent: bool = False
    """Whether the connection is closed without a word."""
    is_held: bool = False
    """Whether it is said only when the server ends."""

    def raw(self, base: str) -> bytes:
        """Return all bytes of the answer of the server at ``base``."""
        body = _bytes(self.body).replace(HERE.encode(), base.encode())
        own = {} if self.content_type is None else {"Content-Type": self.content_type}
        headers = {"Content-Length": str(len(body)), **own, **self.headers}
        lines = [f"HTTP/1.1 {self.status}".encode("latin-1")]
        lines += [
            name.encode() + b": " + _bytes(value).replace(HERE.encode(), base.encode())
            for name, value in headers.items()
        ]
        return b"\r\n".join([*lines, b"", body])


Says = Answer | Callable[[int], Answer]
"""An answer, or what makes one of how often the address was asked for before."""

Table = Mapping[str, Says]
"""What is said at each address: a path with its query, a path alone, or `*` for all others."""


class Liar:
    """The server: its address, what it says, and what was asked."""

    def __init__(self, table: Table) -> None:
        self.table: dict[str, Says] = dict(table)
        self.asked: list[str] = []
        self.url = ""

    def answer(self, target: str) -> Answer:
        """Return what is said to a request for ``target``, and note the request."""
        before = self.asked.count(target)
        self.asked.append(target)
        keys = (target, urlsplit(target).path, "*")
        says = next((self.table[key] for key in keys if key in self.table), MISSING)
        return says(before) if callable(says) else says


MISSING = Answer(
    '<!DOCTYPE html><html lang="ar"><head><title>لا شيء هنا</title>'
    '<link rel="https://api.w.org/" href="/wp-json/"></head><body class="error404"><h1>لا شيء هنا</h1></body></html>',
    "404 Not Found",
)


@contextmanager
def lying(table: Table) -> Iterator[Liar]:
    """Serve ``table``, which may be changed meanwhile, on 127.0.0.1 while the context lasts."""
    liar, ended = Liar(table), Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer = liar.answer(self.path)
            if answer.is_held:
                ended.wait()
            self.close_connection = answer.is_silent
            if not answer.is_silent:
                self.wfile.write(answer.raw(liar.url))

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that goes is no fault of ours
        liar.url = f"http://127.0.0.1:{server.server_address[1]}/"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield liar
        finally:
            ended.set()
            server.shutdown()
            thread.join()


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode()
