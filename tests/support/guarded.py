"""A replica behind a password, or behind a proxy, that keeps what it was sent."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

from tests.replica import Replica
from tests.replica.server import _pack
from tests.replica.site import Site


@dataclass
class Guarded:
    """Its address, what it wants, and what came."""

    site: Site
    url: str
    wants: str | None
    """The field `Authorization` that opens it."""

    status: int = 401
    heads: list[tuple[str, Message]] = field(default_factory=list)
    """The targets of the requests, and their headers."""

    def all_sent(self, name: str) -> set[str | None]:
        """Return the values of a field."""
        return {head[name] for _, head in self.heads}


def basic(user: str, password: str) -> str:
    return f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"


@contextmanager
def guarded(replica: Replica, wants: str | None = None, status: int = 401, host: str = "") -> Iterator[Guarded]:
    """Serve ``replica`` to those who send what it ``wants``, under the name of another ``host`` where one is given."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            there.heads.append((self.path, self.headers))
            if there.wants and self.headers["Authorization"] != there.wants:
                self.send_response(there.status)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            head, body = _pack(there.site.answer(parts._replace(scheme="", netloc="").geturl()), zipped=False)
            self.wfile.write(head + body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    own = f"http://127.0.0.1:{server.server_address[1]}"
    there = Guarded(Site(replica, host or own), f"{own}{replica.prefix}/", wants, status)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()
