"""The records of a corpus: those of its sources, with the links of the corpus."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from furat.corpus.parts import Part
from furat.corpus.sources import Opened
from furat.corpus.tables import COLUMNS
from furat.datasets.columns import CORPUS, columns
from furat.datasets.formats.parquet import schema
from furat.datasets.splits import Splits

ADDED = [column.name for column in CORPUS]


def write(opened: Opened, part: Part, shown: pa.Table, splits: Splits | None, paths: Sequence[Path]) -> list[int]:
    """Write the records of a ``part`` to ``paths``, one for each split; return how many each holds."""
    made = schema(columns(corpus=True, splits=splits is not None))
    counts = [0] * len(paths)
    with ExitStack() as stack:
        files = [
            stack.enter_context(pq.ParquetWriter(path, made, compression="zstd", use_dictionary=False))
            for path in paths
        ]
        for table in records(opened, part, shown):
            for number, records_of_split in enumerate(_split(table, splits)):
                files[number].write_table(records_of_split.cast(made))
                counts[number] += records_of_split.num_rows
    return counts


def records(opened: Opened, part: Part, shown: pa.Table) -> Iterator[pa.Table]:
    """Yield the records of a ``part`` that are ``shown``: of the states that an id has in several places, the last."""
    rows = {key: row for row, key in enumerate(_keys(shown, opened.identity))}
    for told in opened.articles(part, COLUMNS) if rows else ():
        found = pa.array([rows.pop(key, None) for key in _keys(told, opened.identity)], pa.int64())
        known = shown.take(found.drop_null())
        table = told.filter(pc.is_valid(found))
        place = table.schema.get_field_index("first_seen")
        table = table.set_column(place, table.schema.field(place), known["first_seen"])
        for name in ADDED:
            table = table.append_column(name, known[name])
        yield table


def _keys(table: pa.Table, identity: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(table[name].to_pylist() for name in identity), strict=True)


def _split(table: pa.Table, splits: Splits | None) -> Iterator[pa.Table]:
    """Yield the records of each split; no cluster lies across two."""
    if splits is None:
        yield table
        return
    named = pa.array([splits.of(cluster) for cluster in table["corpus_cluster"].to_pylist()], pa.string())
    table = table.append_column("split", named)
    for name in splits.names:
        yield table.filter(pc.equal(named, name))
