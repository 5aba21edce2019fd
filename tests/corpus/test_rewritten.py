"""Datasets that other tools read and wrote again are datasets still, whatever these make of their types."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from furat.corpus import exports
from furat.corpus.build import build
from tests.corpus.conftest import exported, links, records

Write = Callable[[Path, Path], object]


def by_pandas(dataset: Path, path: Path) -> None:
    table = pd.read_parquet(dataset).sort_values("title")
    table.astype({"kind": "category", "crawl": "category"}).to_parquet(path, compression="brotli")


def by_polars(dataset: Path, path: Path) -> None:
    pl.read_parquet(dataset).write_parquet(path)


def by_duckdb(dataset: Path, path: Path) -> None:
    duckdb.execute(f"COPY (FROM '{dataset}' ORDER BY text) TO '{path}' (COMPRESSION snappy)")


def from_objects(dataset: Path, path: Path) -> None:
    """Write columns of nulls and empty lists alone, of which nobody knows any more what they were."""
    pq.write_table(pa.Table.from_pylist(pq.read_table(dataset).to_pylist()), path)


def as_others_hold_text(dataset: Path, path: Path) -> None:
    """Write large text, large lists and moments in another zone, from the last column to the first."""
    kinds = {
        pa.string(): pa.large_string(),
        pa.list_(pa.string()): pa.large_list(pa.string_view()),
        pa.timestamp("us", "UTC"): pa.timestamp("ns", "Asia/Damascus"),
    }
    table = pq.read_table(dataset)
    schema = pa.schema([pa.field(field.name, kinds.get(field.type, field.type)) for field in table.schema])
    pq.write_table(table.cast(schema).select(table.column_names[::-1]), path, row_group_size=7)


@pytest.mark.parametrize("write", [by_pandas, by_polars, by_duckdb, from_objects, as_others_hold_text])
def test_what_another_tool_wrote_again_is_read(folder: Path, tmp_path: Path, write: Write) -> None:
    path = tmp_path / "again.parquet"
    build([str(folder)], tmp_path / "of archive", None)
    write(exported(folder, "a.parquet"), path)
    build([str(path)], tmp_path / "of export", None)

    assert records(tmp_path / "of export") == records(tmp_path / "of archive")
    assert links(tmp_path / "of export") == links(tmp_path / "of archive")


@pytest.mark.parametrize("name", ["a.parquet", "release/"])
def test_groups_of_rows_that_are_larger_than_a_part_are_parted(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Others write a million articles to a group: it must not lie in memory as a whole."""
    monkeypatch.setattr(exports, "PART", 7)
    path = exported(folder, name)
    build([str(folder)], tmp_path / "of archive", None)
    for file in [path] if path.is_file() else exports.parquets(path):
        by_polars(file, file)
    build([str(path)], tmp_path / "out", None)
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "out.stages").rglob("*.parquet")}
    build([str(path)], tmp_path / "out", None)

    assert records(tmp_path / "out") == records(tmp_path / "of archive")
    assert {len(pq.read_table(file)) for file in (tmp_path / "out" / "data").iterdir()} == {7, 4}
    assert {file: file.stat().st_mtime_ns for file in (tmp_path / "out.stages").rglob("*.parquet")} == before
