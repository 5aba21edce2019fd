"""A folder to publish: each article once, and only what changed is written again."""

import json
import sqlite3
import warnings
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from furat.datasets import release
from furat.datasets.columns import columns
from furat.datasets.selection import Selection
from furat.datasets.splits import Splits
from furat.datasets.takedowns import takedowns
from furat.store import Store
from tests.datasets.conftest import add, contents, publish, records, remove
from tests.support.archives import article

SITE = "https://example.org/"


@pytest.fixture(autouse=True)
def _small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "SHARD", 2)


def ids(out: Path) -> list[str]:
    return [id for path in sorted(out.rglob("*.parquet")) for id in pq.read_table(path)["id"].to_pylist()]


def loaded(folder: Path) -> Any:
    """Return what Hugging Face's library makes of the dataset in ``folder``."""
    import datasets

    return datasets.load_dataset(str(folder / "out"), cache_dir=str(folder / "cache"))


def croissant(folder: Path) -> Any:
    """Return what the reader of Croissant makes of the metadata of the dataset in ``folder``."""
    import mlcroissant

    return mlcroissant.Dataset(jsonld=str(folder / "out" / "croissant.json"))


@pytest.mark.scrapy
def test_load_dataset_finds_each_article_once(store: Store, tmp_path: Path) -> None:
    publish(store, tmp_path / "out")

    told = loaded(tmp_path)

    assert [row["id"] for row in told["train"]] == [f"example.org/{number}" for number in (1, 2, 3, 4)]
    assert str(told["train"].features["published_at"].dtype) == "timestamp[us, tz=UTC]"


@pytest.mark.scrapy
def test_parts_are_splits(store: Store, tmp_path: Path) -> None:
    publish(store, tmp_path / "out", Selection(splits=Splits.parse("train=.5,test=.5")))

    told = loaded(tmp_path)

    parts = {name: set(part["id"]) for name, part in told.items()}
    assert set.union(*parts.values()) == {f"example.org/{number}" for number in (1, 2, 3, 4)}
    assert not set.intersection(*parts.values())
    assert {"example.org/1", "example.org/2"} <= parts["train"] or {"example.org/1", "example.org/2"} <= parts["test"]


@pytest.mark.scrapy
def test_the_metadata_are_valid_croissant(store: Store, tmp_path: Path) -> None:
    publish(store, tmp_path / "out")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        described = croissant(tmp_path)
        rows = list(described.records("articles"))

    assert not described.metadata.ctx.issues.errors
    assert len(rows) == 4


def test_the_manifest_names_every_file_by_its_hash(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(store, out)

    manifest = json.loads((out / "manifest.json").read_text("utf-8"))

    for file in manifest["files"]:
        assert sha256((out / file["path"]).read_bytes()).hexdigest() == file["sha256"]
    for document in manifest["documents"]:
        assert sha256((out / document["name"]).read_bytes()).hexdigest() == document["sha256"]
    assert manifest["counts"] == {"train": 4}


def test_the_manifest_names_what_it_was_made_of_by_its_hash(store: Store, folder: Path, tmp_path: Path) -> None:
    def inputs(name: str, selection: Selection) -> dict[str, str]:
        publish(store, tmp_path / name, selection)
        told = json.loads((tmp_path / name / "manifest.json").read_text("utf-8"))["inputs"]
        return {each["name"]: each["sha256"] for each in told}

    (folder / "takedowns.txt").write_text("example.org/3\n", "utf-8")
    left_out = takedowns(store, folder)
    first = inputs("out", Selection())
    second = inputs("raw", Selection(raw=True, takedowns=left_out.ids, takedown_list=left_out.sha256))
    query = "SELECT item FROM revision WHERE article = 'example.org/' || ? ORDER BY number"
    with closing(sqlite3.connect(folder / "archive.db")) as bare:
        sources = [
            sha256(b"".join(row[0] for number in shard for row in bare.execute(query, number))).hexdigest()
            for shard in ("12", "34", "5")
        ]

    assert first == {"archive.db": sha256("\n".join(sources).encode()).hexdigest()}
    assert second == first | {"takedowns.txt": sha256(b"example.org/3\n").hexdigest()}
    add(store, article(3, "نص معدل", "c7"), seen="2026-05-01T00:00:00+00:00")
    assert inputs("out", Selection()) != first


def test_the_same_archive_makes_the_same_folder(store: Store, tmp_path: Path) -> None:
    for name in ("a", "b"):
        publish(store, tmp_path / name)
    publish(store, tmp_path / "b")

    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_an_update_writes_only_what_changed_and_ends_like_a_build_afresh(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(store, out)
    before = {path.name: path.stat().st_mtime_ns for path in (out / "data").iterdir()}
    later = "2026-05-01T00:00:00+00:00"
    add(store, article(6, "خبر جديد", "c7"), seen=later)
    add(store, article(3, "نص معدل", "c7"), seen=later)
    remove(store, 4, later)

    publish(store, out)
    publish(store, tmp_path / "afresh")

    after = {path.name: path.stat().st_mtime_ns for path in (out / "data").iterdir()}
    assert after["train-00000.parquet"] == before["train-00000.parquet"]
    assert after["train-00001.parquet"] != before["train-00001.parquet"]
    assert contents(out) == contents(tmp_path / "afresh")


def test_a_new_copy_rewrites_the_shard_of_its_first(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(store, out)
    later = "2026-05-01T00:00:00+00:00"
    add(store, article(7, "نسخة", "c7"), seen=later, duplicate_of="example.org/1")

    publish(store, out)
    publish(store, tmp_path / "afresh")

    assert contents(out) == contents(tmp_path / "afresh")


def test_an_article_that_a_clock_put_between_others_is_in_one_shard(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(store, out)
    add(store, replace(article(10, "خبر أقدم", "c7"), seen="2025-01-01T00:00:00+00:00"))

    publish(store, out)
    publish(store, tmp_path / "afresh")

    assert contents(out) == contents(tmp_path / "afresh")
    assert Counter(ids(out)).most_common(1)[0][1] == 1


def test_another_takedown_rewrites_what_the_first_left_out(store: Store, tmp_path: Path) -> None:
    for number in (3, 4):
        publish(store, tmp_path / "out", Selection(takedowns=frozenset({f"example.org/{number}"})))

    assert ids(tmp_path / "out") == [f"example.org/{number}" for number in (1, 2, 3)]


@pytest.mark.scrapy
def test_parts_may_have_names_that_yaml_takes_for_something_else(store: Store, tmp_path: Path) -> None:
    publish(store, tmp_path / "out", Selection(splits=Splits.parse("no=.5,null=.5")))

    told = loaded(tmp_path)

    assert {*told} == {"no", "null"}


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(raw=True),
        Selection(history=True),
        Selection(as_of=datetime(2026, 1, 3, tzinfo=UTC)),
        Selection(as_of=datetime(2026, 1, 3, tzinfo=UTC), splits=Splits.parse("train=.5,test=.5")),
    ],
)
def test_a_folder_holds_what_a_file_holds(store: Store, tmp_path: Path, selection: Selection) -> None:
    publish(store, tmp_path / "out", selection)

    assert Counter(ids(tmp_path / "out")) == Counter(record["id"] for record in records(store, selection))


@pytest.mark.parametrize(
    "selection",
    [
        Selection(history=True, raw=True, splits=Splits.parse("train=.5,test=.5")),
        Selection(since=date(2999, 1, 1)),
    ],
    ids=["all", "nothing"],
)
@pytest.mark.scrapy
def test_every_selection_has_metadata_that_read_as_croissant(
    store: Store, tmp_path: Path, selection: Selection
) -> None:
    publish(store, tmp_path / "out", selection)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        described = croissant(tmp_path)

    assert not described.metadata.ctx.issues.errors


def test_an_empty_archive_is_an_empty_dataset(tmp_path: Path) -> None:
    with Store.at(tmp_path / "empty") as store:
        publish(store, tmp_path / "out")

    (shard,) = (tmp_path / "out" / "data").iterdir()
    assert pq.read_table(shard).num_rows == 0
    assert pq.read_schema(shard).names == [column.name for column in columns()]
