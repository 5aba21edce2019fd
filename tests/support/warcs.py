"""WARC files as other people's readers see them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from fastwarc.warc import ArchiveIterator
from warcio.archiveiterator import ArchiveIterator as Warcio


class Row(NamedTuple):
    """A record of a WARC file."""

    offset: int
    fields: dict[str, str]
    block: bytes

    @property
    def kind(self) -> str:
        return self.fields["WARC-Type"]

    @property
    def head(self) -> bytes:
        return self.block[: self.block.index(b"\r\n\r\n") + 4]


def by_warcio(path: Path) -> list[Row]:
    """Return the records of a file as warcio reads them."""
    return [*each_by_warcio(path)]


def each_by_warcio(path: Path) -> Iterator[Row]:
    """Yield the records of a file, up to where it is damaged, as warcio reads them."""
    with path.open("rb") as file:
        records = Warcio(file, no_record_parse=True)
        for record in records:
            block = record.raw_stream.read()
            yield Row(records.get_record_offset(), dict(record.rec_headers.headers), block)


def by_fastwarc(path: Path) -> list[Row]:
    """Return the records of a file as FastWARC reads them, each of which has the digests that it names."""
    with path.open("rb") as file:
        return [*map(_row, ArchiveIterator(file, parse_http=False))]


def _row(record: object) -> Row:
    assert record.verify_block_digest()  # type: ignore[attr-defined]
    return Row(record.stream_pos, dict(record.headers.to_tuples()), record.reader.read())  # type: ignore[attr-defined]


def files(data: Path) -> list[Path]:
    """Return the WARC files in a folder of archives."""
    return sorted(data.rglob("warc/*.warc.gz"))


def rows(data: Path) -> list[tuple[str, int, str, int, str, str]]:
    """Return what the archive names: article, revision, file, offset, record, digest."""
    (archive,) = data.rglob("archive.db")
    with closing(sqlite3.connect(archive)) as store:
        query = "SELECT article, revision, file, offset, record, digest FROM source ORDER BY number"
        return store.execute(query).fetchall()


def states(data: Path) -> set[tuple[str, int]]:
    """Return the article and revision of each state in the archive."""
    (archive,) = data.rglob("archive.db")
    with closing(sqlite3.connect(archive)) as store:
        query = "SELECT article, revision FROM revision UNION SELECT article, revision FROM state"
        return {*store.execute(query)}
