"""What the tasks of a cluster do with keys: bring those of one key together, and see who has met whom there."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from furat.corpus.folder import Folder
from furat.corpus.relations import POSTING
from furat.corpus.spark.files import PARTS, Batches, Files, batch_of, of_numbers, runs
from furat.corpus.spark.tasks import told_of
from furat.duplicates.candidates import COMMON

HELD = pa.schema([pa.field("bucket", pa.int64(), nullable=False), pa.field("number", pa.int64())])
"""The articles that have keys in a bucket. A bucket is the keys that leave the same, divided by how many there are."""

MET = pa.schema([*POSTING, pa.field("of", pa.int64())])
"""The earlier firsts under each key of each article; null once, where there are so many that the key is boilerplate."""

Numbers = NDArray[np.int64]


def exploded(batches: Batches, articles: Files) -> Batches:
    """Read every key of every article in the parts of these numbers."""
    for part in of_numbers(batches):
        for batch in articles.read(part, "number", "keys"):
            number, keys = batch.columns
            yield batch_of(POSTING, [pc.list_flatten(keys), number.take(pc.list_parent_indices(keys))])


def posted(batches: Batches, buckets: int, to: Folder) -> Batches:
    """Write postings, which come in the order of buckets and keys, to a part for each bucket."""
    for bucket, rows in runs(batches, "key", buckets):
        yield told_of(to.write(shared(rows), POSTING, str(bucket)))


def shared(batches: Batches) -> Batches:
    """Leave out the keys that one article alone has, of postings in the order of keys.

    >>> rows = [pa.record_batch({"key": keys, "number": keys}) for keys in ([1, 2], [2, 2, 3], [4], [4, 5])]
    >>> [key for batch in shared(iter(rows)) for key in batch.column("key").to_pylist()]
    [2, 2, 2, 4, 4]
    """
    held, again = None, False  # the last row, and whether the one before it has its key
    for batch in filter(len, batches):
        rows = batch if held is None else pa.concat_batches([held, batch])
        keys = rows.column("key").to_numpy()
        alike = keys[1:] == keys[:-1]
        before = np.concatenate([[again], alike])
        yield rows.slice(0, len(alike)).filter(pa.array(before[:-1] | alike))
        held, again = rows.slice(len(alike)), bool(before[-1])
    if held is not None and again:
        yield held


def held(batches: Batches, articles: Files, buckets: int) -> Batches:
    """Tell the buckets of the articles with these numbers, which come part by part."""
    for part, rows in runs(batches, "number", PARTS):
        wanted = pa.chunked_array([batch.column("number") for batch in rows])
        for batch in articles.read(part, "number", "keys"):
            number, keys = batch.filter(pc.is_in(batch.column("number"), wanted)).columns
            places = pc.list_flatten(keys).to_numpy() % buckets, number.take(pc.list_parent_indices(keys))
            yield from pa.table([*places], HELD.names).group_by(HELD.names).aggregate([]).to_batches()


def met(batches: Batches, postings: Files, buckets: int) -> Batches:
    """Return whom the articles meet under the keys of each bucket, if those that are named with it are no firsts."""
    for bucket, rows in runs(batches, "bucket", buckets):
        copies = pa.chunked_array([batch.column("number") for batch in rows]).drop_null().to_numpy()
        yield from _met(postings.read(bucket, *POSTING.names), np.sort(copies))


def _met(batches: Batches, copies: Numbers) -> Batches:
    known, before = None, np.empty(0, np.int64)  # the last key, and up to five firsts that have it
    for batch in filter(len, batches):
        keys, numbers = (column.to_numpy() for column in batch.columns)
        before = before[: COMMON if keys[0] == known else 0]
        keys = np.concatenate([np.full(len(before), keys[0]), keys])
        numbers = np.concatenate([before, numbers])
        is_first = np.append(copies, -1)[np.searchsorted(copies, numbers)] != numbers
        yield _earlier(keys, numbers, is_first, len(before))
        known, before = keys[-1], numbers[is_first & (keys == keys[-1])]


def _earlier(keys: Numbers, numbers: Numbers, is_first: NDArray[np.bool_], start: int) -> pa.RecordBatch:
    """Return the firsts before each row under its key, from row ``start`` on."""
    firsts = numbers[is_first]
    so_far: Numbers = np.cumsum(is_first) - is_first  # firsts before each row, under any key
    begins = np.searchsorted(keys, keys)  # of each row the first with its key
    earlier: Numbers = (so_far - so_far[begins])[start:]
    is_common = earlier >= COMMON
    counts: Numbers = np.where(is_common, 1, earlier)
    rows = np.repeat(np.arange(start, len(keys)), counts)
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    of = pa.array(firsts[so_far[begins][rows] + nth], mask=np.repeat(is_common, counts))
    return batch_of(MET, [keys[rows], numbers[rows], of])
