"""The file of links of a corpus: the same bytes, whatever engine found them and in whatever batches they come."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from furat.corpus.relations import COPY

NAME = "links.parquet"

GROUP = 50_000
"""Rows in a group of the file."""


def write(batches: Iterable[pa.RecordBatch], path: Path) -> None:
    """Write the links, which come in the order of the articles, to ``path``."""
    with pq.ParquetWriter(path, COPY, compression="zstd", use_dictionary=False) as file:
        for group in _groups(batches):
            file.write_table(group.combine_chunks(), GROUP)


def _groups(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Yield tables of as many rows as a group has; the last one may have fewer."""
    held = COPY.empty_table()
    for batch in batches:
        held = pa.concat_tables([held, pa.Table.from_batches([batch]).cast(COPY)])
        while held.num_rows >= GROUP:
            yield held.slice(0, GROUP)
            held = held.slice(GROUP)
    if held.num_rows:
        yield held
