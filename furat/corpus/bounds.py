"""Bounds on what a Parquet file of strangers asks for: in it a few bytes can stand for any number of texts and rows."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

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


@contextmanager
def opened(path: Path, groups: Sequence[int] | None = None) -> Iterator[pq.ParquetFile]:
    """Yield a Parquet file of which some ``groups`` of rows are to be read, or all.

    Raises WrongUsage where it is none, or where no file that holds articles would be like it.
    """
    try:
        with reading(path) as file:
            told = os.fstat(file.fileno())
            metadata = _metadata(path, told.st_ino, told.st_size, told.st_mtime_ns)
            asked = range(metadata.num_row_groups) if groups is None else groups
            repeated = _checked(path, map(metadata.row_group, asked), told.st_size)
            yield pq.ParquetFile(file, metadata=metadata, read_dictionary=repeated)
    except (pa.ArrowException, OSError) as error:
        raise foreign(str(path), str(error)) from None


def batches(file: pq.ParquetFile, path: Path, groups: Sequence[int], names: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Yield the columns ``names`` of some groups of rows, a handful at a time."""
    allowed = max(LARGEST, RATIO * path.stat().st_size)
    for batch in file.iter_batches(PART, groups, names):
        allowed -= _size_of(batch)
        if allowed < 0:
            raise foreign(str(path), f"it is {path.stat().st_size} bytes, and says {RATIO} times as much")
        yield from _bounded(batch, path)


@lru_cache(maxsize=1)  # a large file is opened for each of its parts
def _metadata(path: Path, *_: int) -> pq.FileMetaData:
    return pq.read_metadata(path)


def _checked(path: Path, groups: Iterable[pq.RowGroupMetaData], size: int) -> list[str]:
    """Return the columns that may hold each text once for many rows, to be read as they are."""
    repeated = set[str]()
    for column in (group.column(number) for group in groups for number in range(group.num_columns)):
        name, taken = column.path_in_schema, column.total_uncompressed_size
        if column.num_values > size or taken > max(LARGEST, RATIO * column.total_compressed_size):
            raise foreign(str(path), f"{size} bytes would be {column.num_values} values of {name} in {taken} bytes")
        if "DELTA_BYTE_ARRAY" in column.encodings:
            raise foreign(str(path), f"{name} is encoded as DELTA_BYTE_ARRAY, in which no length is bounded")
        if column.physical_type == "BYTE_ARRAY" and any("DICTIONARY" in each for each in column.encodings):
            repeated.add(name)
    return sorted(repeated)


def _bounded(batch: pa.RecordBatch, path: Path) -> Iterator[pa.RecordBatch]:
    """Yield a batch in parts that are not too large, with every text written out."""
    if _size_of(batch) <= LARGEST:
        yield batch
    elif batch.num_rows == 1:
        raise foreign(str(path), f"a row of it is larger than {LARGEST} bytes")
    else:
        half = batch.num_rows // 2
        for rows in (range(half), range(half, batch.num_rows)):
            yield from _bounded(batch.take(pa.array(rows)), path)


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
