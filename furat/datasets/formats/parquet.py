"""Apache Parquet, in groups of rows that a reader can stream."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from furat.datasets.columns import Column, Kind, Record

TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "moment": pa.timestamp("us", tz="UTC"),
    "texts": pa.list_(pa.string()),
    "images": pa.list_(pa.struct([("url", pa.string()), ("caption", pa.string())])),
}


def schema(columns: Sequence[Column]) -> pa.Schema:
    """Return the Arrow schema of ``columns``, each with its meaning."""
    return pa.schema(
        [
            pa.field(column.name, TYPES[column.kind], column.is_optional, {"description": column.meaning})
            for column in columns
        ]
    )


class Parquet:
    """Writes records in groups of rows."""

    def __init__(self, file: pq.ParquetWriter) -> None:
        self.file = file

    def write(self, records: Sequence[Record]) -> None:
        arrays = [pa.array([record[field.name] for record in records], field.type) for field in self.file.schema]
        self.file.write_batch(pa.record_batch(arrays, schema=self.file.schema))


@contextmanager
def parquet(path: Path, columns: Sequence[Column]) -> Iterator[Parquet]:
    """Open a Parquet file, compressed with Zstandard; `open` makes it where there are no records at all."""
    with pq.ParquetWriter(path, schema(columns), compression="zstd", write_statistics=True) as file:
        yield Parquet(file)
