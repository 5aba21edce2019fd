"""The file of links is the same bytes in whatever batches its rows come."""

from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from furat.corpus import links
from furat.corpus.relations import COPY

ROWS = 10


def rows(number: int) -> pa.RecordBatch:
    """Return so many links, all different."""
    each = [
        {
            "id": f"a.example/{place}",
            "corpus_duplicate_of": f"b.example/{place}",
            "corpus_duplicate_kind": "near",
            "corpus_similarity": place / ROWS,
        }
        for place in range(number)
    ]
    return pa.RecordBatch.from_pylist(each, COPY)


def written(batches: list[pa.RecordBatch], folder: str) -> bytes:
    """Return the bytes of a file of links, three of which are a group."""
    path = Path(folder) / links.NAME
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(links, "GROUP", 3)
        links.write(batches, path)
    return path.read_bytes()


@given(st.integers(0, ROWS), st.lists(st.integers(0, ROWS), max_size=4))
def test_no_batches_change_a_byte(number: int, cuts: list[int]) -> None:
    whole = rows(number)
    ends = sorted(min(cut, number) for cut in [0, *cuts, number])
    batches = [whole.slice(begin, end - begin) for begin, end in pairwise(ends)]

    with TemporaryDirectory() as folder:
        told = written(batches, folder)
        file = pq.ParquetFile(pa.BufferReader(told))

        assert told == written([whole], folder)
    assert file.read().to_pylist() == whole.to_pylist()
    assert file.num_row_groups == -(-number // 3)
