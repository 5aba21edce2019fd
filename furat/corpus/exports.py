"""Datasets that were exported from archives, as sources of a corpus."""

import gzip
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from os.path import lexists
from pathlib import Path
from typing import IO, ClassVar, cast

import pyarrow as pa
import pyarrow.parquet as pq
from zstandard import ZstdDecompressor, ZstdError

from furat.corpus.bounds import batches, opened
from furat.corpus.parts import PART, Part
from furat.corpus.stages import Stages, of
from furat.corpus.tables import COLUMNS, LAST, foreign, table, tables
from furat.datasets.columns import Column
from furat.datasets.formats.parquet import schema
from furat.datasets.publishing import sha256_of
from furat.datasets.takedowns import NAME, comparable, names
from furat.files import check_regular, irregular, reading

ENDINGS = (".parquet", ".jsonl", ".jsonl.gz", ".jsonl.zst")

NAMES = ("id", "url", "post_id")
"""What a takedown may name an article by."""

LONGEST = 64 << 20
"""The most bytes of a line: far more than any article has."""


@dataclass(frozen=True, slots=True)
class Export:
    """An exported dataset: one or more Parquet files."""

    path: Path
    files: list[Path]

    identity: ClassVar = ("id", "seen")
    """As in `Archive`; files may hold several states of an article."""

    @property
    def hidden(self) -> frozenset[str]:
        """What the list of takedowns names that lies beside the dataset, or in the archive that it lies in."""
        lists = [place / NAME for place in (self.path, *self.path.parents[:2])]
        asked = {name for path in lists if lexists(path) for name in names(_content(path), path)}
        known = {comparable(name) for name in asked}
        found = {id for id, *others in self._names() if not known.isdisjoint((id, *others))} if asked else set[str]()
        return frozenset(asked | found)

    def parts(self) -> Iterator[Part]:
        """Yield its files, by some groups of rows at a time."""
        hashed = ((file, sha256_of(file)) for file in self.files)
        places = ((file, digest, groups) for file, digest in hashed for groups in _grouped(file))
        for number, (file, digest, groups) in enumerate(places):
            state = of(digest, str(groups))
            yield Part(number, (file, groups), state, state)

    def articles(self, part: Part, wanted: Sequence[Column]) -> Iterator[pa.Table]:
        """Yield the articles of a part: the columns that are ``wanted``."""
        file, groups = part.where
        names = {*LAST, *(column.name for column in wanted)}
        with opened(file, groups) as parquet:
            present = [name for name in parquet.schema_arrow.names if name in names]
            for batch in batches(parquet, file, groups, present):
                yield table(pa.Table.from_batches([batch]), str(file), wanted)

    def _names(self) -> Iterator[tuple[str, ...]]:
        """Yield of each article what a takedown may name it by."""
        for part in self.parts():
            for told in self.articles(part, COLUMNS):
                for id, url, post_id in zip(*(told[name].to_pylist() for name in NAMES), strict=True):
                    yield id, comparable(url), str(post_id)


@contextmanager
def opened_export(path: Path, key: str, stages: Stages) -> Iterator[Export]:
    """Yield the dataset at ``path``; lines are first written as Parquet, in ``stages``."""
    if path.is_dir():
        yield Export(path, parquets(path))
    elif path.name.lower().endswith(".parquet"):
        yield Export(path, [path])
    else:
        check_regular(path)
        read = stages.stage(f"read/{key}", sha256_of(path), lambda part: _converted(path, part))
        yield Export(path, [read.path])


def parquets(folder: Path) -> list[Path]:
    """Return the files of the release in ``folder``, or those that lie in it."""
    data = folder / "data"
    if data.is_symlink():
        raise irregular(data)
    return sorted(data.glob("*.parquet")) or sorted(folder.glob("*.parquet"))


def _grouped(path: Path) -> list[list[int]]:
    """Return the numbers of the groups of rows in a file, gathered to parts."""
    parts: list[list[int]] = [[]]
    rows = 0
    with opened(path) as file:
        table(file.schema_arrow.empty_table(), str(path))  # its columns are those of a dataset, or it is refused
        for number in range(file.num_row_groups):
            parts[-1].append(number)
            rows += file.metadata.row_group(number).num_rows
            if rows >= PART:
                parts.append([])
                rows = 0
    return [part for part in parts if part] or [[]]


def _converted(path: Path, part: Path) -> None:
    with reading(path) as file, pq.ParquetWriter(part, schema(COLUMNS), compression="zstd") as writer:
        for told in tables(_lines(file, path), str(path)):
            writer.write_table(told)


def _lines(file: IO[bytes], path: Path) -> Iterator[bytes]:
    """Yield the lines of a file, which may be compressed."""
    name = path.name.lower()
    try:
        if name.endswith(".gz"):
            file = cast("IO[bytes]", gzip.GzipFile(fileobj=file))
        elif name.endswith(".zst"):
            reader = ZstdDecompressor().stream_reader(file, read_across_frames=True)
            file = cast("IO[bytes]", BufferedReader(reader))
        while line := file.readline(LONGEST):
            if len(line) == LONGEST:
                raise foreign(str(path), f"a line is longer than {LONGEST} bytes")
            if line := line.strip():
                yield line
    except (EOFError, OSError, ZstdError, zlib.error) as error:
        raise foreign(str(path), str(error)) from None


def _content(path: Path) -> bytes:
    with reading(path) as file:
        return file.read()
