"""An OpenTimestamps calendar on loopback; its blocks are nobody's."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation
from opentimestamps.core.op import OpAppend, OpSHA256
from opentimestamps.core.serialize import BytesSerializationContext
from opentimestamps.core.timestamp import Timestamp


class Calendar:
    """Takes digests; once it has a ``block``, what it was given is in it."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.url = f"ots+{self.address}"
        self.block: int | None = None
        self.named = self.address
        """The calendar that its pending proofs name."""

        self.asked: list[str] = []

    def pending(self, digest: bytes) -> bytes:
        """Return a proof that waits."""
        stamp = Timestamp(digest)
        stamp.ops.add(OpAppend(b"salt")).ops.add(OpSHA256()).attestations.add(PendingAttestation(self.named))
        return packed(stamp)

    def upgraded(self, commitment: bytes) -> bytes | None:
        """Return the way from ``commitment`` to a block; None as long as there is none."""
        if self.block is None:
            return None
        stamp = Timestamp(commitment)
        stamp.ops.add(OpSHA256()).attestations.add(BitcoinBlockHeaderAttestation(self.block))
        return packed(stamp)


def packed(stamp: Timestamp) -> bytes:
    context = BytesSerializationContext()
    stamp.serialize(context)
    return bytes(context.getbytes())


@contextmanager
def calendar() -> Iterator[Calendar]:
    """Yield a calendar that answers until the context ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.answer(made.pending(self.rfile.read(int(self.headers.get("Content-Length") or 0))))

        def do_GET(self) -> None:
            self.answer(made.upgraded(bytes.fromhex(self.path.rpartition("/")[2])))

        def answer(self, body: bytes | None) -> None:
            made.asked.append(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (its name there)
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made = Calendar(server.server_port)
        Thread(target=server.serve_forever, daemon=True).start()
        yield made
        server.shutdown()
