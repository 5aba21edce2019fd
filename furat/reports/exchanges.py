"""Finds and erases the WARC records of articles."""

import shutil
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from furat.chain.blank import blank
from furat.chain.heads import Record, records
from furat.chain.leaves import Part
from furat.clock import now
from furat.files import reading, replacing
from furat.store import Store
from furat.urls import canonical

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
        name = f"warc/{path.name}"
        own = [
            each.part
            for each in records(folder, name)
            if (name, each.part.offset) in sources or _target(each) in addresses
        ]
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


def _target(record: Record) -> str | None:
    """Return the canonical address that a ``record`` is about; None if it has none."""
    with suppress(ValueError):
        return canonical(record.fields["warc-target-uri"].strip("<>")) if "warc-target-uri" in record.fields else None
    return None
