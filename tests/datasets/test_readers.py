"""Every reader finds the same values in every format."""

import csv
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import pyarrow.parquet as pq
import pytest

from furat.datasets.build import build
from furat.datasets.columns import columns
from furat.datasets.selection import Selection
from furat.store import Store
from tests.datasets.conftest import records
from tests.support.crawls import log_line, started

ALL = Selection()


@pytest.fixture
def expected(store: Store) -> list[dict[str, Any]]:
    return records(store)


def rows_of(frame: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: utc(value) for name, value in row.items()} for row in frame]


def utc(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def pyarrow_rows(path: Path) -> Any:
    return pq.read_table(path).to_pylist()


def polars_rows(path: Path) -> list[dict[str, Any]]:
    import polars as pl

    return pl.read_parquet(path).to_dicts()


def duckdb_rows(path: Path) -> Any:
    import duckdb

    duckdb.sql("SET TimeZone = 'Asia/Damascus'")
    relation: Any = duckdb.sql(f"SELECT * FROM '{path}'")
    return relation.to_arrow_table().to_pylist()


def datasets_rows(path: Path) -> list[dict[str, Any]]:
    import datasets

    told = datasets.load_dataset("parquet", data_files=str(path), split="train", cache_dir=str(path.parent / "cache"))
    return [dict(row) for row in told]


def pandas_rows(path: Path) -> Any:
    import pandas as pd

    frame = pd.read_parquet(path, dtype_backend="pyarrow")
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def filled(rows: Any) -> Any:
    """Return ``rows`` as plain values: pandas has moments of its own."""
    return json.loads(json.dumps(rows, default=plain))


def plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.tolist()


@pytest.mark.scrapy
@pytest.mark.parametrize("read", [pyarrow_rows, polars_rows, duckdb_rows, datasets_rows, pandas_rows])
def test_a_reader_of_parquet_finds_what_the_archive_holds(
    store: Store, tmp_path: Path, expected: list[dict[str, Any]], read: Callable[[Path], Any]
) -> None:
    path = tmp_path / "articles.parquet"
    build(store, path, ALL)

    assert filled(read(path)) == filled(expected)


def test_a_moment_and_a_day_are_told_apart(expected: list[dict[str, Any]]) -> None:
    moments = [(row["published"], row["published_at"], row["published_precision"]) for row in expected[:3]]

    assert moments == [
        ("2016-01-07T13:40:53+02:00", "2016-01-07T11:40:53+00:00", "second"),
        ("2016-01-08", "2016-01-08T00:00:00+00:00", "day"),
        (None, None, None),
    ]


@pytest.mark.scrapy
@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst"])
def test_polars_and_duckdb_find_the_same_lines(
    store: Store, tmp_path: Path, expected: list[dict[str, Any]], name: str
) -> None:
    path = tmp_path / name
    build(store, path, ALL)

    import duckdb

    by_duckdb = duckdb.execute(f"SELECT id, title, text, tags FROM '{path}'").fetchall()

    assert by_duckdb == [(row["id"], row["title"], row["text"], row["tags"]) for row in expected]


def test_lines_are_json_with_moments_as_text(store: Store, tmp_path: Path, expected: list[dict[str, Any]]) -> None:
    path = tmp_path / "a.jsonl"
    build(store, path, ALL)

    assert [json.loads(line) for line in path.read_text("utf-8").splitlines()] == filled(expected)


def test_a_spreadsheet_shows_every_cell_and_runs_none(
    store: Store, tmp_path: Path, expected: list[dict[str, Any]]
) -> None:
    path = tmp_path / "a.csv"
    build(store, path, ALL)

    assert path.read_bytes().startswith(b"\xef\xbb\xbfkind,id,")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[2]["title"] == "'=HYPERLINK(1)"
    assert [row["text"] for row in rows if not row["text"].startswith("'")] == [
        row["text"] for row in expected if not row["text"].startswith("=")
    ]
    assert [json.loads(row["images"]) for row in rows] == [row["images"] for row in expected]


@pytest.mark.scrapy
def test_sqlite_utils_searches_every_spelling(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    build(store, path, ALL)

    command = [sys.executable, "-m", "sqlite_utils", "search", str(path), "article"]
    printed = subprocess.run([*command, "القرية"], capture_output=True, text=True, check=True)
    folded = subprocess.run([*command, "القريه"], capture_output=True, text=True, check=True)

    assert {row["id"] for row in json.loads(printed.stdout)} == {"example.org/1", "example.org/2"}
    assert json.loads(folded.stdout) == json.loads(printed.stdout)


@pytest.mark.scrapy
def test_datasette_shows_and_searches_a_database(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    build(store, path, ALL)

    with started(sys.executable, "-m", "datasette", str(path), "--port", "0", PYTHONWARNINGS="default") as server:
        url = re.findall(r"http://[\d.:]+", log_line(server, "running on"))[0]
        found = asked(f"{url}/a/article.json?_shape=array&_search={quote('القريه')}")
        tags = asked(f"{url}/a/article_tags.json?_shape=array")

    assert {row["id"] for row in found} == {"example.org/1", "example.org/2"}
    assert [row["tags"] for row in tags] == ["حمص", "درعا"]


def asked(url: str) -> Any:
    with urlopen(url) as answer:  # noqa: S310 (this machine)
        return json.load(answer)


def test_the_views_of_a_database_list_names(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    build(store, path, ALL)

    with closing(sqlite3.connect(path)) as database:
        tags = database.execute("SELECT id, tags FROM article_tags").fetchall()

    assert tags == [("example.org/1", "حمص"), ("example.org/1", "درعا")]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet", "a.db"])
def test_an_empty_archive_has_the_full_schema(tmp_path: Path, name: str) -> None:
    with Store.at(tmp_path / "empty") as store:
        assert build(store, tmp_path / name, ALL) == 0

    if name == "a.parquet":
        assert pq.read_schema(tmp_path / name).names == [column.name for column in columns()]
    if name == "a.csv":
        assert len((tmp_path / name).read_text("utf-8-sig").split(",")) == len(columns())


@pytest.mark.parametrize("ending", [".jsonl", ".jsonl.gz", ".jsonl.zst", ".csv", ".parquet", ".db"])
def test_the_same_archive_makes_the_same_bytes(store: Store, tmp_path: Path, ending: str) -> None:
    paths = [tmp_path / f"{name}{ending}" for name in "ab"]
    for path in paths:
        build(store, path, ALL)

    assert paths[0].read_bytes() == paths[1].read_bytes()
