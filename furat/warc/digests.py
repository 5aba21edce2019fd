"""Digests of payloads, as WARC records of all tools name them."""

import hashlib
from base64 import b32encode
from collections.abc import Iterator

from furat.warc.payload import unchunked
from furat.warc.reader import Kept

ALGORITHMS = {"md5", "sha1", "sha256", "sha512"}


def has_payload(kept: Kept, labelled: str) -> bool:
    """Return whether the payload of ``kept`` has this digest, however its tool takes the payload.

    The standard means the body without transfer coding; some take it as it stands in the record, others unpacked.
    """
    return any(is_digest(labelled, payload) for payload in _payloads(kept))


def is_digest(labelled: str, payload: bytes) -> bool:
    """Return whether ``labelled``, an algorithm and a value in hexadecimal or Base32, is of ``payload``.

    >>> is_digest("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", b""), is_digest("md5:D41D8CD98F00B204E9800998ECF8427E", b"")
    (True, True)
    >>> is_digest("sha1:AAAA", b""), is_digest("crc32:0", b"")
    (False, False)
    """
    name, _, value = labelled.lower().partition(":")
    name = name.replace("-", "")
    if name not in ALGORITHMS:
        return False
    digest = hashlib.new(name, payload, usedforsecurity=False).digest()
    return value.rstrip("=") in (digest.hex(), b32encode(digest).decode().lower().rstrip("="))


def _payloads(kept: Kept) -> Iterator[bytes]:
    yield kept.body
    yield unchunked(kept.body)
    yield kept.page()
