"""Files of strangers: what is no dataset is refused, and what is one reaches neither a path nor a query."""

import gzip
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from furat.clock import later, now
from furat.corpus import bounds, exports
from furat.corpus.build import build
from furat.corpus.tables import table
from furat.exceptions import Stop
from tests.corpus.conftest import NEWS, exported, records
from tests.datasets.conftest import contents

IMAGE = ["url", "caption"]


def without(column: str) -> Callable[[pa.Table], pa.Table]:
    return lambda table: table.drop(column)


def with_values(column: str, values: Any) -> Callable[[pa.Table], pa.Table]:
    """Return what sets a column to ``values``, or to the one value that it is everywhere."""

    def change(table: pa.Table) -> pa.Table:
        place = table.schema.get_field_index(column)
        is_one = not isinstance(values, pa.Array)
        return table.set_column(place, column, pa.array([values] * table.num_rows) if is_one else values)

    return change


@pytest.mark.parametrize(
    "change, complaint",
    [
        (without("id"), "no column id"),
        (without("first_seen"), "no column first_seen"),
        (with_values("id", 7), "id is int64, not text"),
        (with_values("id", None), "id is null in a row"),
        (with_values("text", b"\xff"), "not text"),
        (with_values("first_seen", "0000"), "'0000', not a moment"),
        (with_values("seen", "2026-01-01T00:00:00+00:00'; DROP TABLE articles; --"), "not a moment"),
        (with_values("seen", "9999-12-31T23:59:59+00:00"), "9999-12-31T23:59:59+00:00, which is to come"),
        (with_values("first_seen", later(now(), timedelta(days=2))), "is a clock wrong?"),
        (with_values("tags", "حمص"), "tags"),
        (lambda table: table.append_column("id", table["id"]), "the same name"),
        (lambda table: table.append_column("x", table["id"]).append_column("x", table["id"]), "the same name"),
    ],
)
def test_a_table_of_strangers_is_refused(folder: Path, tmp_path: Path, change: Any, complaint: str) -> None:
    path = exported(folder, "a.parquet")
    pq.write_table(change(pq.read_table(path)), path)

    with pytest.raises(Stop) as caught:
        build([str(path)], tmp_path / "out", None)

    assert complaint in caught.value.reason
    assert str(path) in caught.value.reason
    assert not (tmp_path / "out").exists()


def test_a_clock_that_is_some_hours_ahead_is_believed(folder: Path, tmp_path: Path) -> None:
    path = exported(folder, "a.parquet")
    pq.write_table(with_values("seen", later(now(), timedelta(hours=20)))(pq.read_table(path)), path)

    assert build([str(path)], tmp_path / "out", None).rows == len(NEWS)


def repeated(count: int) -> pa.Array:
    """Return a text of a million letters so many times, which takes a few hundred bytes in a file."""
    return pa.DictionaryArray.from_arrays(pa.array([0] * count, pa.int32()), ["ا" * 1_000_000])


@pytest.mark.parametrize(
    "column, values",
    [
        ("text", repeated(60)),
        ("tags", pa.ListArray.from_arrays([*range(0, 181, 3)], repeated(180))),
        ("images", pa.ListArray.from_arrays([*range(61)], pa.StructArray.from_arrays([repeated(60)] * 2, IMAGE))),
        ("text", pa.array(["ا" * 40_000_000, *["نص"] * 59])),
    ],
)
def test_a_file_that_unpacks_to_more_than_any_dataset_is_refused(
    folder: Path, tmp_path: Path, column: str, values: pa.Array
) -> None:
    path = exported(folder, "a.parquet")
    pq.write_table(with_values(column, values)(pq.read_table(path)), path, compression="zstd", store_schema=False)

    with pytest.raises(Stop) as caught:
        build([str(path)], tmp_path / "out", None)

    assert "is not a dataset of Furat" in caught.value.reason
    assert column in caught.value.reason or "500 times as much" in caught.value.reason


def test_large_texts_are_read_a_few_at_a_time(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = exported(folder, "a.parquet")
    pl.read_parquet(path).write_parquet(path)
    monkeypatch.setattr(bounds, "LARGEST", 20_000)
    monkeypatch.setattr(exports, "table", read := Mock(side_effect=table))

    build([str(path)], tmp_path / "out", None)

    sizes = [call.args[0].num_rows for call in read.call_args_list]
    assert len(records(tmp_path / "out")) == len(NEWS) > max(sizes) > 1


@pytest.mark.parametrize(
    "name, content",
    [
        ("a.parquet", b"PAR1"),
        ("a.jsonl", b"{"),
        ("a.jsonl", b'{"id": 7}'),
        ("a.jsonl", b'["id"]'),
        ("a.jsonl", b"\xff\xfe"),
        ("a.jsonl", b'{"id": "' + b"7" * (64 << 20)),
        ("a.jsonl.gz", gzip.compress(b"{}", mtime=0)[:-5]),
        ("a.jsonl.gz", b"{}"),
        ("a.jsonl.zst", b"{}"),
        ("a.csv", b"id"),
        ("a.example/archive.db", b"SQLite format 3"),
        ("folder/a.txt", b""),
    ],
)
def test_a_file_of_strangers_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)

    with pytest.raises(Stop) as caught:
        build([str(path if path.parent == tmp_path else path.parent)], tmp_path / "out", None)

    assert name.partition("/")[0] in caught.value.reason
    assert not (tmp_path / "out").exists()


def test_links_to_other_places_are_not_followed(folder: Path, tmp_path: Path) -> None:
    secret = exported(folder, "a.parquet")
    (tmp_path / "release" / "data").mkdir(parents=True)
    (tmp_path / "release" / "data" / "train.parquet").symlink_to(secret)

    with pytest.raises((Stop, OSError)):
        build([str(tmp_path / "release")], tmp_path / "out", None)


def test_what_is_written_is_named_by_nothing_of_strangers(folder: Path, tmp_path: Path) -> None:
    table = with_values("id", "../../../etc/passwd")(pq.read_table(exported(folder, "a.parquet")))
    path = tmp_path / 'it\'s [a] "corpus"*?.parquet'
    pq.write_table(table, path)
    out = tmp_path / "o'ut [*]"

    build([str(path)], out, None)

    assert records(out).keys() >= {"../../../etc/passwd"}
    assert {name.partition("/")[0] for name in contents(tmp_path)} == {
        *("data", "a.parquet", path.name, out.name, f"{out.name}.stages")
    }
    assert json.loads((out / "manifest.json").read_bytes())["inputs"][0]["name"] == path.name
