"""Finds and erases the WARC records of articles."""

import re
import shutil
import zlib
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from isal import isal_zlib

from furat.chain.blank import blank
from furat.chain.leaves import Part
from furat.chain.parts import GZIP, hashed
from furat.clock import now
from furat.files import is_inside, reading, replacing
from furat.store import Store
from furat.urls import canonical

HEAD = 1 << 14
"""The most bytes of the head of a WARC record."""

TARGET = re.compile(rb"^WARC-Target-URI: *<?([^\s>]*)", re.MULTILINE | re.IGNORECASE)
BLOCK = 1 << 20


def exchanges(store: Store, folder: Path, articles: Collection[str]) -> dict[str, list[Part]]:
    """Return the records of ``articles`` by the WARC file in ``folder`` that has them.

    They are those of the articles' own addresses, and those that a state of them was read from, such as an answer of
    the API that other articles share.
    """
    addresses = {url for article in articles for url in store.history.addresses(article)}
    sources = {(each.file, each.offset) for article in articles for each in store.sources.sources(article)}
    found = dict[str, list[Part]]()
    for path in sorted((folder / "warc").glob("[!.]*.warc.gz")):
        if is_inside(folder, path):
            name = f"warc/{path.name}"
            with reading(path) as file:
                parts = hashed(file, name)[1]
                own = [part for part in parts if (name, part.offset) in sources or _target(file, part) in addresses]
            found |= {name: own} if own else {}
    return found


def erase(path: Path, parts: Sequence[Part], moments: Mapping[tuple[str, int], str]) -> None:
    """Replace the WARC file at ``path`` by one that has blanks, as long, in the place of ``parts``.

    ``moments`` are those of the manifest that says so.
    """
    with reading(path) as file, replacing(path) as new:
        for part in parts:
            _copy(file, new, part.offset)
            new.write(blank(part.length, moments.get((part.path, part.offset)) or now()))
            file.seek(part.length, 1)
        shutil.copyfileobj(file, new, BLOCK)


def _copy(file: IO[bytes], new: IO[bytes], end: int) -> None:
    """Copy what is in ``file`` up to ``end``."""
    while left := min(end - file.tell(), BLOCK):
        new.write(file.read(left))


def _target(file: IO[bytes], part: Part) -> str | None:
    """Return the canonical address that a record is about; None if it has none."""
    file.seek(part.offset)
    with suppress(ValueError, zlib.error):
        head = isal_zlib.decompressobj(GZIP).decompress(file.read(min(part.length, HEAD)), HEAD)
        found = TARGET.search(head.partition(b"\r\n\r\n")[0])
        return canonical(found[1].decode("ascii")) if found else None
    return None
