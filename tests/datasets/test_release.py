"""A folder to publish: each article once, and only what changed is written again."""

import json
import warnings
from hashlib import sha256
from pathlib import Path

import datasets
import mlcroissant
import pyarrow.parquet as pq
import pytest

from furat.datasets import release
from furat.datasets.columns import columns
from furat.datasets.release import Release
from furat.datasets.selection import Reader, Selection
from furat.datasets.splits import Splits
from furat.exceptions import WrongUsage
from furat.store import Store
from tests.datasets.conftest import add, remove
from tests.support.archives import article

SITE = "https://example.org/"


@pytest.fixture(autouse=True)
def _small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "SHARD", 2)


def publish(store: Store, out: Path, selection: Selection = Selection()) -> None:  # noqa: B008 (frozen)
    Release(store, out, SITE, Reader(store, selection)).build()


def contents(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def test_load_dataset_finds_each_article_once(store: Store, tmp_path: Path) -> None:
    publish(store, tmp_path / "out")

    told = datasets.load_dataset(str(tmp_path / "out"), cache_dir=str(tmp_path / "cache"))

    assert [row["id"] for row in told["train"]] == [f"example.org/{number}" for number in (1, 2, 3, 4)]
    assert str(told["train"].features["published_at"].dtype) == "timestamp[us, tz=UTC]"


def test_parts_are_splits(store: Store, tmp_path: Path) -> None:
    publish(store, tmp_path / "out", Selection(splits=Splits.parse("train=.5,test=.5")))

    told = datasets.load_dataset(str(tmp_path / "out"), cache_dir=str(tmp_path / "cache"))

    parts = {name: set(part["id"]) for name, part in told.items()}
    assert set.union(*parts.values()) == {f"example.org/{number}" for number in (1, 2, 3, 4)}
    assert not set.intersection(*parts.values())
    assert {"example.org/1", "example.org/2"} <= parts["train"] or {"example.org/1", "example.org/2"} <= parts["test"]


def test_the_metadata_are_valid_croissant(store: Store, tmp_path: Path) -> None:
    publish(store, tmp_path / "out")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        described = mlcroissant.Dataset(jsonld=str(tmp_path / "out" / "croissant.json"))
        rows = list(described.records("articles"))

    assert not described.metadata.ctx.issues.errors
    assert len(rows) == 4


def test_the_manifest_names_every_file_by_its_hash(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(store, out)

    manifest = json.loads((out / "manifest.json").read_text("utf-8"))

    for file in manifest["files"]:
        assert sha256((out / file["path"]).read_bytes()).hexdigest() == file["sha256"]
    assert sum(file["rows"] for file in manifest["files"]) == 4


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


def test_an_interrupted_update_is_made_good(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    publish(store, out)
    add(store, article(6, "خبر جديد", "c7"), seen="2026-05-01T00:00:00+00:00")
    with monkeypatch.context() as broken:
        broken.setattr(Release, "_describe", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            publish(store, out)

    assert not (out / "manifest.json").exists()
    publish(store, out)
    publish(store, tmp_path / "afresh")

    assert contents(out) == contents(tmp_path / "afresh")


def test_an_empty_archive_is_an_empty_dataset(tmp_path: Path) -> None:
    with Store.at(tmp_path / "empty") as store:
        publish(store, tmp_path / "out")

    (shard,) = (tmp_path / "out" / "data").iterdir()
    assert pq.read_table(shard).num_rows == 0
    assert pq.read_schema(shard).names == [column.name for column in columns()]


def test_a_folder_of_somebody_else_is_left_alone(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("سلام", "utf-8")

    with pytest.raises(WrongUsage) as caught:
        publish(store, tmp_path / "mine")

    assert "not empty" in caught.value.reason

    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]
