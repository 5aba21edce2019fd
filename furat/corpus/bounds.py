"""Bounds on what a Parquet file of strangers asks for: in it a few bytes can stand for any number of texts and rows."""

import os
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from furat.corpus.parts import PART
from furat.corpus.tables import foreign
from furat.files import reading

LARGEST = 64 << 20
"""The most bytes that are in memory at a time: far more than the articles of a part have."""

RATIO = 500
"""How many times what a file takes on the disk a column that is large may take in memory; texts take ten times that."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """A Parquet file of strangers, open to be read."""

    file: IO[bytes] | pa.NativeFile
    metadata: pq.FileMetaData
    name: str
    size: int

    @property
    def schema(self) -> pa.Schema:
        """Its columns and their types."""
        return pq.ParquetFile(self.file, metadata=self.metadata).schema_arrow

    @property
    def groups(self) -> list[int]:
        """How many rows each of its groups has."""
        return [self.metadata.row_group(number).num_rows for number in range(self.metadata.num_row_groups)]

    def batches(self, groups: Sequence[int], wanted: Container[str]) -> Iterator[pa.RecordBatch]:
        """Yield the columns that are ``wanted`` of some groups of rows, a handful at a time.

        Raises WrongUsage where no file that holds articles would be like it.
        """
        repeated = _checked(self.name, map(self.metadata.row_group, groups), self.size)
        file = pq.ParquetFile(self.file, metadata=self.metadata, read_dictionary=repeated)
        present = [column for column in file.schema_arrow.names if column in wanted]
        allowed = max(LARGEST, RATIO * self.size)
        for batch in file.iter_batches(PART, groups, present):
            allowed -= _size_of(batch)
            if allowed < 0:
                raise foreign(self.name, f"it is {self.size} bytes, and says {RATIO} times as much")
            yield from _bounded(batch, self.name)


@contextmanager
def opened(path: Path) -> Iterator[Bounded]:
    """Yield the Parquet file at ``path``; raise WrongUsage where it is none."""
    try:
        with reading(path) as file:
            told = os.fstat(file.fileno())
            metadata = _metadata(path, told.st_ino, told.st_size, told.st_mtime_ns)
            yield Bounded(file, metadata, str(path), told.st_size)
    except (pa.ArrowException, OSError) as error:
        raise foreign(str(path), str(error)) from None


@lru_cache(maxsize=1)  # a large file is opened for each of its parts
def _metadata(path: Path, *_: int) -> pq.FileMetaData:
    return pq.read_metadata(path)


def _checked(file: str, groups: Iterable[pq.RowGroupMetaData], size: int) -> list[str]:
    """Return the columns that may hold each text once for many rows, to be read as they are."""
    repeated = set[str]()
    for column in (group.column(number) for group in groups for number in range(group.num_columns)):
        name, taken = column.path_in_schema, column.total_uncompressed_size
        if column.num_values > size or taken > max(LARGEST, RATIO * column.total_compressed_size):
            raise foreign(file, f"{size} bytes would be {column.num_values} values of {name} in {taken} bytes")
        if "DELTA_BYTE_ARRAY" in column.encodings:
            raise foreign(file, f"{name} is encoded as DELTA_BYTE_ARRAY, in which no length is bounded")
        if column.physical_type == "BYTE_ARRAY" and any("DICTIONARY" in each for each in column.encodings):
            repeated.add(name)
    return sorted(repeated)


def _bounded(batch: pa.RecordBatch, name: str) -> Iterator[pa.RecordBatch]:
    """Yield a batch in parts that are not too large, with every text written out."""
    if _size_of(batch) <= LARGEST:
        yield batch
    elif batch.num_rows == 1:
        raise foreign(name, f"a row of it is larger than {LARGEST} bytes")
    else:
        half = batch.num_rows // 2
        for rows in (range(half), range(half, batch.num_rows)):
            yield from _bounded(batch.take(pa.array(rows)), name)


def _size_of(batch: pa.RecordBatch) -> int:
    return sum(map(_size, batch.columns))


def _size(array: pa.Array) -> int:
    """Return how many bytes an array takes with every text written out."""
    if pa.types.is_dictionary(array.type):
        lengths = pc.binary_length(array.dictionary).cast(pa.int64())
        return pc.sum(lengths.take(array.indices)).as_py() or 0
    if pa.types.is_nested(array.type):
        inner = array.flatten() if pa.types.is_struct(array.type) else [array.values]
        return sum(map(_size, inner))
    return int(array.nbytes)
