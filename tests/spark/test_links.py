"""Spark finds the links that DuckDB finds, to the byte, whatever is parted how."""

import shutil
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from bench.news import archive
from bench.newsroom import archive as newsroom
from furat.corpus.folder import Folder
from furat.corpus.links import NAME
from furat.corpus.spark.build import build
from tests.corpus.conftest import item
from tests.spark.conftest import Built, dataset, datasets


@pytest.mark.parametrize("partitions, share", [(1, 1 << 30), (5, 1 << 13)])
def test_links_are_those_of_duckdb_to_the_byte(
    tmp_path: Path, built: Built, by_duckdb: Built, partitions: int, share: int
) -> None:
    names = datasets(tmp_path, archive(200, seed=partitions), 3)

    assert built(names, partitions, share) == by_duckdb(names)


def test_ids_that_look_like_numbers_stay_what_they_are(tmp_path: Path, built: Built, by_duckdb: Built) -> None:
    ids = ["1", "01", "1.0", "1e3", "9007199254740993", "9007199254740992", "NaN", "-0", "٣", "0x1"]
    news = [one for one in archive(100, seed=3) if one.of is None][: len(ids)]
    names = [
        dataset(
            tmp_path / f"of {end}.parquet",
            [
                replace(item(one, number, end), id=id + end)
                for number, (one, id) in enumerate(zip(news, ids, strict=True))
            ],
        )
        for end in ("", "0")
    ]

    links = built(names)

    assert links == by_duckdb(names)
    assert set(pq.read_table(BytesIO(links))["id"].to_pylist()) == {f"{id}0" for id in ids}


def test_datasets_without_articles_have_no_links(tmp_path: Path, built: Built, by_duckdb: Built) -> None:
    names = [dataset(tmp_path / "empty.parquet", [])]

    assert built(names) == by_duckdb(names)


def test_what_a_list_of_takedowns_names_is_in_no_link(tmp_path: Path, built: Built, by_duckdb: Built) -> None:
    names = datasets(tmp_path, newsroom(100, seed=1), 2)
    before = built(names)
    (tmp_path / "takedowns.txt").write_text("news0.example/0\nhttps://news1.example/a1/\n", "utf-8")

    assert built(names) == by_duckdb(names) != before


def test_an_object_store_holds_datasets_stages_and_links(
    tmp_path: Path, spark: Any, bucket: str, by_duckdb: Built
) -> None:
    names = datasets(tmp_path, archive(150, seed=6), 2)
    place, out = Folder.at(f"{bucket}/my datasets/أخبار"), Folder.at(f"{bucket}/corpus")
    for name in names:
        place.replace(name.name, partial(shutil.copy, name))

    for _ in "again", "and again":
        build(spark, [place], out)

        assert (out / NAME).content() == by_duckdb(names)
