"""Writes exchanges as WARC records: a response or a revisit, its request, the server's certificates once."""

from dataclasses import dataclass
from ssl import DER_cert_to_PEM_cert

from furat.warc.exchange import Exchange, digest
from furat.warc.files import WarcFiles
from furat.warc.record import HTTP, member, new_id

REVISIT = "http://netpreserve.org/warc/1.1/revisit/{}"
"""The profiles of `revisit` records (ISO 28500:2017, section 6.7)."""

NOT_MODIFIED = 304
MOST = 1000
"""The most payloads that one crawl remembers, to write each once."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a response is kept."""

    file: str
    """The WARC file, relative to the site's folder."""

    offset: int
    record: str
    digest: str
    url: str
    moment: str


class ExchangeWriter:
    """Writes the exchanges of one crawl."""

    def __init__(self, files: WarcFiles) -> None:
        self.files = files
        self.payloads: dict[str, Place] = {}
        """By their digests."""

        self.chains: dict[tuple[bytes, ...], str] = {}
        """The records of the certificates that were shown."""

    def write(self, exchange: Exchange, earlier: Place | None = None) -> Place:
        """Write ``exchange`` and return where its response is; ``earlier`` is an earlier one of the same article.

        Raises OSError if it can't be written.
        """
        record = new_id()
        same = self._same(exchange.digest, earlier) if exchange.body else None
        certificates = self._certificates(exchange)
        response = _response(exchange, record, self.chains.get(exchange.chain, ""))
        if same:
            response |= _revisit("identical-payload-digest", same)
        elif exchange.status == NOT_MODIFIED:
            response |= _revisit("server-not-modified", earlier)
        asked = {"WARC-Concurrent-To": f"<{record}>", "WARC-Payload-Digest": digest(b"")}
        request = member(_fields("request", new_id(), exchange) | asked, exchange.request)
        content = member(response, exchange.head, exchange.body) + request
        name, begin = self.files.append(certificates + content)
        place = Place(f"warc/{name}", begin + len(certificates), record, exchange.digest, exchange.url, exchange.moment)
        if not same and len(self.payloads) < MOST:
            self.payloads[exchange.digest] = place
        return place

    def _same(self, payload: str, earlier: Place | None) -> Place | None:
        """Return where ``payload`` is kept already."""
        return earlier if earlier and earlier.digest == payload else self.payloads.get(payload)

    def _certificates(self, exchange: Exchange) -> bytes:
        """Return the record of the server's certificates if this crawl has not written it yet."""
        if not exchange.chain or exchange.chain in self.chains:
            return b""
        record = new_id()
        self.chains[exchange.chain] = f"<{record}>"
        content = "".join(map(DER_cert_to_PEM_cert, exchange.chain)).encode()
        own = {"Content-Type": "application/pem-certificate-chain", "WARC-Payload-Digest": digest(content)}
        return member(_fields("metadata", record, exchange) | own | {"Furat-Redacted": ""}, body=content)


def _fields(kind: str, record: str, exchange: Exchange) -> dict[str, str]:
    return {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<{record}>",
        "WARC-Target-URI": exchange.url,
        "WARC-Date": exchange.moment,
        "Content-Type": HTTP.format(kind),
        "Furat-Redacted": ", ".join(exchange.request_lacks if kind == "request" else exchange.response_lacks),
    }


def _response(exchange: Exchange, record: str, chain: str) -> dict[str, str]:
    return _fields("response", record, exchange) | {
        "WARC-IP-Address": exchange.address,
        "WARC-Payload-Digest": "" if exchange.status == NOT_MODIFIED else exchange.digest,
        "WARC-Truncated": exchange.truncated,
        "Furat-Certificates": chain,
    }


def _revisit(profile: str, earlier: Place | None) -> dict[str, str]:
    """Return the fields of a revisit; those of Furat's own say where the ``earlier`` response is."""
    fields = {"WARC-Type": "revisit", "WARC-Profile": REVISIT.format(profile)}
    if earlier is None:
        return fields
    return fields | {
        "WARC-Refers-To": f"<{earlier.record}>",
        "WARC-Refers-To-Target-URI": earlier.url,
        "WARC-Refers-To-Date": earlier.moment,
        "Furat-Refers-To-File": earlier.file,
        "Furat-Refers-To-Offset": str(earlier.offset),
    }
