"""A loopback server that hears what operators are told: a webhook, and healthchecks."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

SECRET = "t0p-s3cret"  # noqa: S105 (nobody's)


class Ear:
    """What was heard."""

    def __init__(self, port: int) -> None:
        self.notify = f"json://127.0.0.1:{port}/hook/{SECRET}"
        self.ping = f"http://127.0.0.1:{port}/ping/{SECRET}"
        self.heard: list[tuple[str, str]] = []
        self.status = 200

    @property
    def messages(self) -> list[str]:
        """The messages, in their order."""
        return [json.loads(body)["message"] for path, body in self.heard if path.startswith("/hook/")]

    @property
    def pings(self) -> list[str]:
        """What followed the address of each ping."""
        start = f"/ping/{SECRET}"
        return [path.removeprefix(start) for path, _ in self.heard if path.startswith(start)]


@contextmanager
def listening() -> Iterator[Ear]:
    """Yield an ear that hears until the context ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            ear.heard.append((self.path, body.decode()))
            self.send_response(ear.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (its name there)
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        ear = Ear(server.server_port)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield ear
        finally:
            server.shutdown()
            thread.join()
