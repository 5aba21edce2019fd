"""Time-stamp tokens (RFC 3161): an authority's word that a root existed at a moment. They lie beside the manifests."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from furat.chain.finding import Finding, Weight
from furat.chain.leaves import CRAWL
from furat.chain.manifest import FOLDER
from furat.files import is_inside, reading

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

CALENDAR = ".ots"
"""How the name of an OpenTimestamps calendar ends here."""

NAME = re.compile(rf"(?P<crawl>{CRAWL})\.(?P<authority>[\w.-]+)\.(?P<digest>[0-9a-f]{{16}})\.(?:tsr|ots)")
"""A token's name ends with its own digest: not all of its bytes are signed."""

LARGEST = 1 << 16
"""The most bytes of a token."""

EXTRA = "pip install -r requirements-evidence.txt"


class Unproven(Exception):  # noqa: N818 (as Stop and Left are)
    """Raised when a token does not prove what it should; it says why."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token in a folder."""

    crawl: str
    """The manifest whose root it bears."""

    authority: str
    digest: str
    path: Path

    @property
    def place(self) -> str:
        """Its path, relative to the archive's folder."""
        return f"{FOLDER}/{self.path.name}"


def name(crawl: str, authority: str, answer: bytes) -> str:
    """Return the name of the file for the token in ``answer``."""
    kind = "ots" if authority.endswith(CALENDAR) else "tsr"
    return f"{crawl}.{authority}.{sha256(answer).hexdigest()[:16]}.{kind}"


def found(place: Path) -> list[Token]:
    """Return the tokens in the folder ``place``, by name."""
    paths = sorted([*place.glob("*.tsr"), *place.glob("*.ots")]) if place.is_dir() else []
    named = ((NAME.fullmatch(path.name), path) for path in paths if is_inside(place, path))
    return [Token(match["crawl"], match["authority"], match["digest"], path) for match, path in named if match]


def certificates(path: Path) -> "list[Certificate]":
    """Return the certificates in the PEM file at ``path``; raise ValueError or OSError if there are none."""
    from cryptography.x509 import load_pem_x509_certificates  # noqa: PLC0415 (slow to import)

    return load_pem_x509_certificates(path.read_bytes())


def moment(answer: bytes, root: str, roots: "Sequence[Certificate]" = (), nonce: int | None = None) -> str:
    """Return when the authority saw ``root``, in the form of `furat.clock.now`.

    The signature is checked by ``roots``, if there are any, as of that moment. Raises Unproven if the token is not one
    of this root, ImportError without the extra `evidence`.
    """
    from rfc3161_client import decode_timestamp_response  # noqa: PLC0415 (an extra)

    try:
        response = decode_timestamp_response(answer)
        if why := _fault(response, root, nonce) or (_unsigned(response, root, roots) if roots else None):
            raise Unproven(why)  # noqa: TRY301 (as those of the parser)
        return response.tst_info.gen_time.astimezone(UTC).isoformat(timespec="seconds")
    except Unproven:
        raise
    except Exception as error:  # noqa: BLE001 (the parser of a hostile token may raise anything)
        raise Unproven(f"it is not valid: {short(error)}") from None


def _fault(response: "TimeStampResponse", root: str, nonce: int | None) -> str | None:
    if response.status:
        return f"the authority refused (status {response.status})"
    told = response.tst_info
    if told.message_imprint.message != sha256(root.encode()).digest():
        return "it is of another root"
    return "it answers another request" if nonce is not None and told.nonce != nonce else None


def _unsigned(response: "TimeStampResponse", root: str, roots: "Sequence[Certificate]") -> str | None:
    """Return why the signature does not hold as of the token's own moment; None if it does."""
    from rfc3161_client import VerificationError, VerifierBuilder  # noqa: PLC0415 (an extra)

    try:
        VerifierBuilder(roots=list(roots)).build().verify_message(response, root.encode())
    except VerificationError as error:
        return f"its signature does not hold by these certificates: {short(error)}"
    return None


def findings(tokens: Iterable[Token], roots: "Sequence[Certificate]", by_crawl: dict[str, str]) -> Iterator[Finding]:
    """Yield what the ``tokens`` prove or fail to; ``by_crawl`` has the roots of sound manifests."""
    for token in tokens:
        try:
            with reading(token.path) as file:
                answer = file.read(LARGEST + 1)
        except OSError as error:
            yield Finding(token.place, f"it can't be read: {error}")
            continue
        if root := by_crawl.get(token.crawl):
            yield judged(token.place, answer, root, roots)
        else:
            yield Finding(token.place, "the manifest that it is of is missing or altered", Weight.OPEN)


def judged(place: str, answer: bytes, root: str, roots: "Sequence[Certificate]") -> Finding:
    """Return what the token ``answer`` at ``place`` says of ``root``, or why it proves nothing."""
    named = NAME.fullmatch(place.rpartition("/")[2])
    if not named or sha256(answer).hexdigest()[:16] != named["digest"]:
        return Finding(place, "it was altered: its name tells another digest")
    try:
        if place.endswith(CALENDAR):
            return Finding(place, _in_blocks(answer, root), Weight.NOTE)
        seen = moment(answer, root, roots)
    except Unproven as error:
        return Finding(place, str(error))
    except ImportError:
        return Finding(place, f"to check it, {EXTRA}", Weight.OPEN)
    if roots:
        return Finding(place, f"{named['authority']} saw this root on {seen}", Weight.NOTE)
    cure = "name its root certificate with --ca FILE to check who signed it"
    return Finding(place, f"{named['authority']} says that it saw this root on {seen}; {cure}", Weight.OPEN)


def _in_blocks(proof: bytes, root: str) -> str:
    from furat.chain.calendars import PENDING, blocks  # noqa: PLC0415 (it needs what is defined here)

    found = [f"block {height} of Bitcoin, if its Merkle root is {merkle}" for height, merkle in blocks(proof, root)]
    return f"this root is in {' and in '.join(found)}" if found else PENDING


def authorities(tokens: Iterable[Token], crawl: str) -> frozenset[str]:
    """Return the authorities that gave a token of the manifest of ``crawl``; those in damaged files do not count."""
    whole = set[str]()
    for token in tokens:
        with suppress(OSError):
            if token.crawl == crawl and _digest(token.path) == token.digest:
                whole.add(token.authority)
    return frozenset(whole)


def _digest(path: Path) -> str:
    with reading(path) as file:
        return sha256(file.read(LARGEST + 1)).hexdigest()[:16]


def short(error: Exception) -> str:
    return re.sub(r"\s+", " ", str(error))[:200] or type(error).__name__
