"""A time-stamping authority of OpenSSL's on loopback, with certificates of its own."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

CONFIGURATION = """
[req]
distinguished_name = name
[name]
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[tsa]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
authorityKeyIdentifier = keyid
[stamp]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


class Authority:
    """Signs the time; its ``answer`` may be replaced by another."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.url = f"http://127.0.0.1:{port}/tsr"
        self.asked = 0
        self.answer: Callable[[bytes], bytes | int] = self.stamp
        """Returns the answer to a request, or an HTTP status."""

        self.patience = Event()
        """Set at the end: who never answers waits for it."""

    @property
    def ca(self) -> Path:
        """The file with the root certificate."""
        return self.folder / "ca.pem"

    def stamp(self, query: bytes) -> bytes:
        """Return a token for ``query``."""
        (self.folder / "query.tsq").write_bytes(query)
        self._openssl("ts", "-reply", "-config", "tsa.cnf", "-section", "stamp", "-queryfile", "query.tsq", "-out", "r")
        return (self.folder / "r").read_bytes()

    def never(self, query: bytes) -> bytes:
        """Return nothing until the end."""
        self.patience.wait()
        return b""

    def make(self) -> None:
        """Make the certificates."""
        (self.folder / "tsa.cnf").write_text(CONFIGURATION)
        (self.folder / "serial").write_text("01")
        new = ("req", "-config", "tsa.cnf", "-nodes", "-newkey", "rsa:2048")
        self._openssl(*new, "-x509", "-subj", "/CN=CA", "-extensions", "ca", "-keyout", "ca.key", "-out", "ca.pem")
        self._openssl(*new, "-subj", "/CN=TSA", "-keyout", "tsa.key", "-out", "tsa.csr")
        signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "tsa.cnf", "-extensions", "tsa")
        self._openssl("x509", "-req", "-in", "tsa.csr", *signed, "-out", "tsa.pem")

    def _openssl(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)


@contextmanager
def stamping(folder: Path) -> Iterator[Authority]:
    """Yield an authority that answers until the context ends; its files are in ``folder``."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            authority.asked += 1
            answer = authority.answer(query)
            status, body = (answer, b"") if isinstance(answer, int) else (200, answer)
            self.send_response(status)
            self.send_header("Location", authority.url)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (its name there)
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        authority = Authority(folder, server.server_port)
        authority.make()
        Thread(target=server.serve_forever, daemon=True).start()
        yield authority
        authority.patience.set()
        server.shutdown()
