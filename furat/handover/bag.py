"""BagIt metadata (RFC 8493) for a package: in its folder `bagit`, as a WACZ has no place for them at its root.

Unpacked, and with the files of `bagit` moved up, a package is a bag; its payload is what lies in `data`.
"""

from collections.abc import Collection, Iterator

from furat import __version__
from furat.clock import now
from furat.handover.packing import Packed, Packing

FOLDER = "bagit"
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def add(packing: Packing, about: str) -> None:
    """Add the metadata to a package that has all other files but its description; ``about`` is a line on it."""
    payload = [each for each in packing.files if each.name.startswith("data/")]
    others = [each for each in packing.files if each not in payload]
    tags = [
        packing.add(f"{FOLDER}/bagit.txt", [DECLARATION.encode()]),
        packing.add(f"{FOLDER}/bag-info.txt", [_info(payload, about).encode()]),
        packing.add(f"{FOLDER}/manifest-sha256.txt", _listed(payload)),
    ]
    packing.add(f"{FOLDER}/tagmanifest-sha256.txt", _listed([*others, *tags]))


def _info(payload: Collection[Packed], about: str) -> str:
    size = sum(each.size for each in payload)
    return (
        f"Bag-Software-Agent: Furat {__version__}\nBagging-Date: {now()[:10]}\n"
        f"External-Description: {about}\nPayload-Oxum: {size}.{len(payload)}\n"
    )


def _listed(files: Collection[Packed]) -> Iterator[bytes]:
    """Yield a line for each of ``files``, with the name that it has once the files of `bagit` were moved up."""
    return (f"{each.sha256}  {each.name.removeprefix(f'{FOLDER}/')}\n".encode() for each in files)
