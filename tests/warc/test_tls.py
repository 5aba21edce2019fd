"""Through TLS, the certificates that the server showed are kept once."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.replica import Replica
from tests.replica.server import _pack
from tests.replica.site import Site
from tests.support.certificates import expired
from tests.support.crawls import Crawler
from tests.support.warcs import by_warcio, files


@contextmanager
def served(replica: Replica, certificate: Path) -> Iterator[str]:
    """Serve ``replica`` with a certificate on loopback, and yield its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            head, body = _pack(site.answer(self.path), zipped=True)
            self.wfile.write(head + body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    site = Site(replica, f"https://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"{site.base}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_certificates_are_kept_once_and_named_by_each_response(crawl: Crawler, data: Path, tmp_path: Path) -> None:
    certificate = expired(tmp_path / "certificate.pem")
    with served(Replica(3, weight=0), certificate) as site:
        crawled = crawl(site, FURAT_WARC=1, DOWNLOAD_VERIFY_CERTIFICATES=False)

    assert crawled.exit_code == 0, crawled.log
    rows = by_warcio(files(data)[0])
    (shown,) = [row for row in rows if row.kind == "metadata"]
    assert shown.block.strip() in certificate.read_bytes()
    assert shown.fields["Content-Type"] == "application/pem-certificate-chain"
    responses = [row for row in rows if row.kind in {"response", "revisit"}]
    assert {row.fields["Furat-Certificates"] for row in responses} == {shown.fields["WARC-Record-ID"]}
