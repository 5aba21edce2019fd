"""What Spark's tasks do, without Spark."""

from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.news import archive
from furat.corpus.decision import sign
from furat.corpus.folder import Folder, Part
from furat.corpus.relations import ARTICLE, POSTING, SIGNED
from furat.corpus.spark import tasks
from furat.corpus.spark.stages import Stages


def numbers(*told: int) -> tasks.Batches:
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

    found = [row for batch in tasks.shared(iter(batches)) for row in batch.to_pylist()]

    assert found == [{"key": key, "number": number} for number, key in enumerate(keys) if keys.count(key) > 1]


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
    assert [row["own"] for row in rows] == [len(row["keys"]) for row in rows]


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
