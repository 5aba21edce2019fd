"""The heads of WARC records, and which part of its file each is."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from isal import isal_zlib
from isal.igzip_lib import IsalError

from furat.chain.leaves import Part
from furat.chain.parts import GZIP, hashed
from furat.files import is_inside, reading

HEAD = 1 << 14
"""The most bytes of the head of a WARC record."""

OFFSET = re.compile(r"\d{1,15}")
"""Where a record can begin."""

Place = tuple[str, int]
"""A WARC file and where a record begins in it."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record, by its head."""

    part: Part
    fields: Mapping[str, str]
    """By their names in lower case."""

    @property
    def id(self) -> str:
        """Its WARC-Record-ID."""
        return self.fields.get("warc-record-id", "")

    @property
    def refers_to(self) -> Place | None:
        """Where the record is that a revisit of Furat's own refers to."""
        place = self.fields.get("furat-refers-to-offset", "")
        is_place = OFFSET.fullmatch(place)
        return (self.fields.get("furat-refers-to-file", ""), int(place)) if is_place else None


def records(folder: Path, name: str) -> Iterator[Record]:
    """Yield the records of the WARC file ``name`` in the archive's ``folder``; none if it is not there."""
    path = folder / name
    if not (name.startswith("warc/") and is_inside(folder, path)):
        return
    with suppress(FileNotFoundError), reading(path) as file:
        for part in hashed(file, name)[1]:
            yield Record(part, _fields(file, part))


def _fields(file: IO[bytes], part: Part) -> dict[str, str]:
    """Return the fields of the head of a record; none if it is not readable."""
    file.seek(part.offset)
    with suppress(IsalError):  # type: ignore[arg-type]  # its stub declares the class as an instance
        text = isal_zlib.decompressobj(GZIP).decompress(file.read(min(part.length, HEAD)), HEAD)
        lines = text.partition(b"\r\n\r\n")[0].decode("utf-8", "replace").split("\r\n")[1:]
        pairs = (line.partition(":") for line in lines)
        return {name.strip().lower(): value.strip() for name, _, value in pairs}
    return {}
