"""Where things lie: the part of an article, the part of a key, and the files that hold these parts.

What belongs together is brought together by its part, and the rest of that part is read beside it: a task looks up in
a file what would else be shuffled.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from furat.corpus.folder import Folder

Batches = Iterator[pa.RecordBatch]

PARTS = 1 << 20
"""The number of an article tells its place in the order, times this, and the part that it lies in: so many at most."""


class Files(NamedTuple):
    """The files of a relation by the numbers of its parts; a part without rows has none."""

    folder: Folder
    names: Mapping[int, str]

    def read(self, part: int, *columns: str) -> Batches:
        """Yield the rows of a part."""
        if part in self.names:
            yield from self.folder.read(self.names[part], columns)

    def columns(self, part: int, *columns: str) -> list[pa.Array]:
        """Return ``columns`` of a part that has rows."""
        return list(pa.Table.from_batches(self.read(part, *columns)).combine_chunks().to_batches()[0].columns)


def runs(batches: Batches, column: str, parts: int) -> Iterator[tuple[int, Batches]]:
    """Yield the rows of each part, which follow one another; it is what ``column`` leaves, divided by ``parts``.

    >>> rows = [pa.record_batch({"number": numbers}) for numbers in ([12, 22, 13], [3, 4])]
    >>> [(part, [len(batch) for batch in of]) for part, of in runs(iter(rows), "number", 10)]
    [(2, [2]), (3, [1, 1]), (4, [1])]
    """
    pieces = (piece for batch in batches if batch.num_rows for piece in _pieces(batch, column, parts))
    for part, of in groupby(pieces, itemgetter(0)):
        yield part, map(itemgetter(1), of)


def _pieces(batch: pa.RecordBatch, column: str, parts: int) -> Iterator[tuple[int, pa.RecordBatch]]:
    found = batch.column(column).to_numpy() % parts
    starts = [0, *(np.flatnonzero(found[1:] != found[:-1]) + 1).tolist(), len(found)]
    for start, end in pairwise(starts):
        yield int(found[start]), batch.slice(start, end - start)


def rows_of(numbers: pa.Array, wanted: pa.Array) -> pa.Array:
    """Return where in ``numbers``, which are in no order, those that are ``wanted`` stand.

    >>> rows_of(pa.array([5, 3, 9]), pa.array([3, 9, 3])).to_pylist()
    [1, 2, 1]
    """
    known = numbers.to_numpy()
    order = np.argsort(known)
    return pa.array(order[np.searchsorted(known, wanted.to_numpy(), sorter=order)])


def of_numbers(batches: Batches) -> Iterator[int]:
    """Yield the numbers that `stages.numbers` gives to tasks."""
    for batch in batches:
        yield from batch.column(0).to_pylist()


def batch_of(schema: pa.Schema, columns: Sequence[object]) -> pa.RecordBatch:
    """Return a batch of ``columns``, which are arrays or lists."""
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
