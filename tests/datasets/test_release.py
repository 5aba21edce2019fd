"""A folder to publish: each article once, and only what changed is written again."""

import json
import os
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import datasets
import mlcroissant
import pyarrow.parquet as pq
import pytest

from furat.datasets import release
from furat.datasets.columns import columns
from furat.datasets.reader import Reader
from furat.datasets.release import Release
from furat.datasets.selection import Selection
from furat.datasets.splits import Splits
from furat.exceptions import WrongUsage
from furat.store import Store
from tests.datasets.conftest import add, records, remove
from tests.support.archives import article

SITE = "https://example.org/"


@pytest.fixture(autouse=True)
def _small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "SHARD", 2)


def publish(store: Store, out: Path, selection: Selection = Selection()) -> None:  # noqa: B008 (frozen)
    Release(store, out, SITE, Reader(store, selection)).build()


def ids(out: Path) -> list[str]:
    return [id for path in sorted(out.rglob("*.parquet")) for id in pq.read_table(path)["id"].to_pylist()]


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
        broken.setattr(Release, "_put_shards", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            publish(store, out)

    assert not (out / "manifest.json").exists()
    publish(store, out)
    publish(store, tmp_path / "afresh")

    assert contents(out) == contents(tmp_path / "afresh")


WRITES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree"}
"""Audited operations that change a folder (docs.python.org/3/library/audit_events.html)."""


class Killed(BaseException):
    """Nothing more reaches the disk."""


class Switch:
    """Kills this process, as far as its folders notice, at one of its writes."""

    left: int | None = None

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        is_write = event in WRITES or (event == "open" and arguments[1] in ("w", "wb"))
        if self.left is not None and is_write:
            self.left -= 1
            if self.left < 0:
                raise Killed

    @contextmanager
    def after(self, writes: int) -> Iterator[None]:
        self.left = writes
        try:
            yield
        finally:
            self.left = None


@pytest.fixture(scope="module")
def switch() -> Switch:
    """Return a hook, which stays as long as the process: it is idle without a number."""
    switch = Switch()
    sys.addaudithook(switch)
    return switch


def test_a_release_that_is_killed_at_any_write_is_made_good(store: Store, tmp_path: Path, switch: Switch) -> None:
    publish(store, tmp_path / "afresh")
    writes, is_done = 0, False
    while not is_done:
        out = tmp_path / str(writes)
        try:
            with switch.after(writes):
                publish(store, out)
            is_done = True
        except Killed:
            if (out / "manifest.json").exists():
                assert contents(tmp_path / "afresh").items() <= contents(out).items()
            publish(store, out)
        assert contents(out) == contents(tmp_path / "afresh")
        writes += 1
    assert writes > 10


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


def test_two_builds_at_once_are_one_after_the_other(folder: Path, tmp_path: Path) -> None:
    def build(_: int) -> None:
        with Store.at(folder) as store:
            publish(store, tmp_path / "out")

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(build, range(4)))
    with Store.at(folder) as store:
        publish(store, tmp_path / "afresh")

    assert contents(tmp_path / "out") == contents(tmp_path / "afresh")


def test_parts_may_have_names_that_yaml_takes_for_something_else(store: Store, tmp_path: Path) -> None:
    publish(store, tmp_path / "out", Selection(splits=Splits.parse("no=.5,null=.5")))

    told = datasets.load_dataset(str(tmp_path / "out"), cache_dir=str(tmp_path / "cache"))

    assert {*told} == {"no", "null"}


@pytest.mark.parametrize("links", [True, False])
def test_what_is_no_regular_file_is_not_followed(store: Store, tmp_path: Path, links: bool) -> None:
    out, mine = tmp_path / "out", tmp_path / "mine"
    publish(store, out)
    mine.mkdir()
    (mine / "letter.parquet").write_text("سلام", "utf-8")
    if links:
        (out / "data").rename(tmp_path / "old")
        (out / "data").symlink_to(mine)
    else:
        (out / "manifest.json").unlink()
        os.mkfifo(out / "manifest.json")

    with pytest.raises((WrongUsage, OSError)) as caught:
        publish(store, out)

    assert "take it away" in getattr(caught.value, "reason", str(caught.value))
    assert (mine / "letter.parquet").exists()


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
def test_every_selection_has_metadata_that_read_as_croissant(
    store: Store, tmp_path: Path, selection: Selection
) -> None:
    publish(store, tmp_path / "out", selection)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        described = mlcroissant.Dataset(jsonld=str(tmp_path / "out" / "croissant.json"))

    assert not described.metadata.ctx.issues.errors


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
