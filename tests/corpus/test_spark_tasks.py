"""What Spark's tasks do, without Spark."""

from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.news import archive
from furat.corpus.decision import sign
from furat.corpus.folder import Folder, Part
from furat.corpus.relations import ARTICLE, LIKELY, POSTING, SIGNED
from furat.corpus.spark import decisions, postings, tasks
from furat.corpus.spark.files import PARTS, Batches, Files, batch_of
from furat.corpus.spark.sources import units
from furat.corpus.spark.stages import Stages
from furat.duplicates.candidates import COMMON, Place, candidates


def numbers(*told: int) -> Batches:
    return iter([pa.record_batch({"id": pa.array(told, pa.int64())})])


def written(folder: Folder, count: int) -> str:
    """Return the name of a part of ``folder`` that holds so many signed articles."""
    told = [
        {"id": f"a/{number}", "url": "u", "first_seen": "", "seen": "", "title": one.title, "text": one.text}
        for number, one in enumerate(archive(count, seed=1))
    ]
    return folder.write([sign(pa.RecordBatch.from_pylist([row], ARTICLE)) for row in told], SIGNED).name


@given(st.lists(st.lists(st.integers(0, 9))))
def test_keys_of_one_article_are_left_out_however_they_are_cut(cuts: list[list[int]]) -> None:
    keys = sorted(key for cut in cuts for key in cut)
    ends = [0]
    for cut in cuts:
        ends.append(ends[-1] + len(cut))
    batches = [
        pa.RecordBatch.from_pydict({"key": keys[a:b], "number": [*range(a, b)]}, POSTING) for a, b in pairwise(ends)
    ]

    found = [row for batch in postings.shared(iter(batches)) for row in batch.to_pylist()]

    assert found == [{"key": key, "number": number} for number, key in enumerate(keys) if keys.count(key) > 1]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sets(st.integers(0, 9)), max_size=12),
    st.sets(st.integers(0, 12)),
    st.integers(1, 3),
    st.integers(1, 50),
)
def test_an_article_meets_the_firsts_before_it_under_its_keys(
    keys: list[set[int]], copies: set[int], buckets: int, size: int
) -> None:
    rows = sorted((key % buckets, key, number) for number, own in enumerate(keys) for key in own)
    with TemporaryDirectory() as name:
        folder = Folder.at(name)
        written = postings.posted(cut(POSTING, [row[1:] for row in rows], size), buckets, folder)
        files = Files(folder, {int(row["of"]): row["name"] for batch in written for row in batch.to_pylist()})
        told = [(bucket, copy) for bucket in range(buckets) for copy in (None, *copies)]

        found = [
            tuple(row.values())
            for batch in postings.met(cut(postings.HELD, told, size), files, buckets)
            for row in batch.to_pylist()
        ]

    assert found == [met for _, key, number in rows for met in earlier(key, number, keys, copies)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sets(st.integers(0, 20)), min_size=1, max_size=25), st.integers(1, 50))
def test_candidates_are_those_of_the_index(keys: list[set[int]], size: int) -> None:
    rows = [met for number, own in enumerate(keys) for key in own for met in earlier(key, number, keys, set())]
    numbers = [number * PARTS + 3 for number in range(len(keys))]
    met = [(key, numbers[number], None if of is None else numbers[of]) for key, number, of in rows]
    columns = [numbers[::-1], [None] * len(keys), [[*own] for own in keys[::-1]], [""] * len(keys)]
    with TemporaryDirectory() as name:
        folder = Folder.at(name)
        articles = Files(folder, {3: folder.write([batch_of(tasks.ARTICLES, columns)], tasks.ARTICLES).name})
        told = decisions.likely(cut(postings.MET, met, size), articles, folder)
        parts = [row["name"] for batch in told for row in batch.to_pylist()]

        found = [
            [*row.values()] for part in parts for batch in folder.read(part, LIKELY.names) for row in batch.to_pylist()
        ]

    assert found == [
        [numbers[number], numbers[int(candidate.place[0])], rank, sorted(candidate.shared)]
        for number, own in enumerate(keys)
        for rank, candidate in enumerate(candidates(own, holders(number, keys)), 1)
    ]


def holders(number: int, keys: list[set[int]]) -> dict[int, list[Place]]:
    """Return the firsts before an article under each of its keys, if all are firsts."""
    found = {key: [(of, "") for of in range(number) if key in keys[of]] for key in keys[number]}
    return {key: [*places[:COMMON]] for key, places in found.items() if places}


def earlier(key: int, number: int, keys: list[set[int]], copies: set[int]) -> list[tuple[int, int, int | None]]:
    """Return what `postings.met` returns of an article under a key."""
    firsts = [of for of in range(number) if key in keys[of] and of not in copies]
    return [(key, number, None)] if len(firsts) >= COMMON else [(key, number, of) for of in firsts]


def cut(schema: pa.Schema, rows: list[Any], size: int) -> Batches:
    """Return ``rows`` in batches of so many."""
    columns = zip(*rows, strict=True) if rows else [[]] * len(schema)
    return iter(pa.table([*map(list, columns)], schema=schema).to_batches(size))


def test_a_signed_article_is_found_again_by_its_place(tmp_path: Path) -> None:
    folder, to = Folder.at(str(tmp_path / "signed")), Folder.at(str(tmp_path / "article"))
    parts = [written(folder, 3), written(folder, 7)]
    (*_, batch) = tasks.placed(numbers(0, 1), folder, parts, [4, 5], ["id"])
    places = pa.Table.from_batches([batch]).append_column("number", pa.array([10 - n for n in range(7)]))
    wanted = places.take(pa.array([5, 0, 3]))

    told = tasks.attached(wanted, folder, parts[1], to).to_pylist()

    rows = [row for read in to.read(told[0]["name"], tasks.ARTICLES.names) for row in read.to_pylist()]
    signed = [row for read in folder.read(parts[1], SIGNED.names) for row in read.to_pylist()]
    assert batch["source"].to_pylist() == [5] * 7
    assert [row["number"] for row in rows] == [10, 7, 5]
    assert [row["keys"] for row in rows] == [signed[place]["keys"] for place in (0, 3, 5)]
    assert told[0]["of"] == "1"


def test_a_file_that_unpacks_to_more_than_any_dataset_is_refused(tmp_path: Path) -> None:
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 60, pa.int32()), ["ا" * 1_000_000])
    others = [pa.array([""] * 60)] * (len(ARTICLE) - 1)
    pq.write_table(pa.table([*others, text], ARTICLE.names), tmp_path / "a.parquet", compression="zstd")
    work = units([Folder.at(str(tmp_path))])

    with pytest.raises(ValueError, match="500 times as much"):
        [*tasks.signed(numbers(0), work, Folder.at(str(tmp_path / "signed")))]


def test_what_is_empty_is_not_written(tmp_path: Path) -> None:
    folder = Folder.at(str(tmp_path / "relation"))
    empty = pa.RecordBatch.from_pylist([], POSTING)

    assert [*tasks.written(iter([]), folder, POSTING), *tasks.written(iter([empty]), folder, POSTING)] == []
    assert [*folder.files()] == []


class Frame(NamedTuple):
    """What Spark returns of a stage: its parts."""

    parts: list[Part]

    def collect(self) -> list[Part]:
        return self.parts


@pytest.mark.parametrize("torn, made", [(None, []), ("a", ["a", "b", "c"]), ("b", ["b", "c"]), ("c", ["c"])])
def test_a_stage_that_is_torn_is_made_again_with_all_after_it(
    tmp_path: Path, torn: str | None, made: list[str]
) -> None:
    """Another run may number articles otherwise, if Spark parts them otherwise: nothing of the former is mixed in."""
    done: list[str] = []

    def run() -> None:
        done.clear()
        stages: Any = Stages(None, Folder.at(str(tmp_path)), "signed")
        for name in "abc":
            stages.parts(name, POSTING, partial(written_by, name))

    def written_by(name: str, to: Folder) -> Frame:
        done.append(name)
        return Frame([to.write([], POSTING)])

    run()
    if torn:
        (part,) = (tmp_path / torn).iterdir()
        part.write_bytes(b"")
    run()

    assert done == made
