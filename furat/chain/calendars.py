"""OpenTimestamps (opentimestamps.org): calendars gather roots into one that goes into a block of Bitcoin, hours later.

A proof is that of a file with the root, 64 digits: `ots verify` checks it by a Bitcoin node, which nobody here has.
"""

from hashlib import sha256
from typing import TYPE_CHECKING

from furat.chain.asking import fetched
from furat.chain.tokens import Unproven, short
from furat.urls import host_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from opentimestamps.core.timestamp import DetachedTimestampFile, Timestamp

HEADERS = {"Accept": "application/vnd.opentimestamps.v1"}
PENDING = "it waits for a block of Bitcoin"


def submit(url: str, root: str) -> bytes:
    """Return the proof that the calendar at ``url`` gives of ``root``; it is pending."""
    from opentimestamps.core.op import OpSHA256  # noqa: PLC0415 (an extra)
    from opentimestamps.core.serialize import BytesDeserializationContext  # noqa: PLC0415
    from opentimestamps.core.timestamp import DetachedTimestampFile, Timestamp  # noqa: PLC0415

    digest = sha256(root.encode()).digest()
    answer = fetched(f"{url.rstrip('/')}/digest", digest, HEADERS)
    stamp = Timestamp.deserialize(BytesDeserializationContext(answer), digest)
    return _bytes(DetachedTimestampFile(OpSHA256(), stamp))


def upgrade(url: str, proof: bytes, root: str) -> bytes:
    """Return the ``proof`` with what the calendar at ``url`` knows by now; raise Unproven if it still waits.

    Whatever addresses the proof names, only that calendar is asked.
    """
    from opentimestamps.core.notary import PendingAttestation  # noqa: PLC0415 (an extra)
    from opentimestamps.core.serialize import BytesDeserializationContext  # noqa: PLC0415
    from opentimestamps.core.timestamp import Timestamp  # noqa: PLC0415

    found = _read(proof, root)
    for stamp in list(_stamps(found.timestamp)):
        named = [each for each in stamp.attestations if isinstance(each, PendingAttestation)]
        if any(host_folder(each.uri) == host_folder(url) for each in named):
            answer = fetched(f"{url.rstrip('/')}/timestamp/{stamp.msg.hex()}", None, HEADERS)
            stamp.merge(Timestamp.deserialize(BytesDeserializationContext(answer), stamp.msg))
    if not _blocks(found):
        raise Unproven(PENDING)
    return _bytes(found)


def blocks(proof: bytes, root: str) -> list[tuple[int, str]]:
    """Return the blocks of Bitcoin that a ``proof`` of ``root`` leads to, each with the Merkle root that it must have.

    None while it is pending. Raises Unproven if it is no proof of this root, ImportError without the extra `evidence`.
    """
    return _blocks(_read(proof, root))


def _blocks(found: "DetachedTimestampFile") -> list[tuple[int, str]]:
    from opentimestamps.core.notary import BitcoinBlockHeaderAttestation  # noqa: PLC0415 (an extra)

    leads = found.timestamp.all_attestations()
    return sorted(
        (each.height, message[::-1].hex()) for message, each in leads if isinstance(each, BitcoinBlockHeaderAttestation)
    )


def _read(proof: bytes, root: str) -> "DetachedTimestampFile":
    from opentimestamps.core.serialize import BytesDeserializationContext  # noqa: PLC0415 (an extra)
    from opentimestamps.core.timestamp import DetachedTimestampFile  # noqa: PLC0415

    try:
        found = DetachedTimestampFile.deserialize(BytesDeserializationContext(proof))
    except Exception as error:  # noqa: BLE001 (the parser of a hostile proof may raise anything)
        raise Unproven(f"it is not valid: {short(error)}") from None
    if found.file_digest != sha256(root.encode()).digest():
        raise Unproven("it is of another root")
    return found


def _stamps(stamp: "Timestamp") -> "Iterator[Timestamp]":
    """Yield all that ``stamp`` leads to."""
    yield stamp
    for each in stamp.ops.values():
        yield from _stamps(each)


def _bytes(found: "DetachedTimestampFile") -> bytes:
    from opentimestamps.core.serialize import BytesSerializationContext  # noqa: PLC0415 (an extra)

    context = BytesSerializationContext()
    found.serialize(context)
    return bytes(context.getbytes())
