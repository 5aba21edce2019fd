"""A feed that is not what was delivered is named, and rebuilt byte for byte."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from furat.items import to_json
from furat.reports import integrity
from furat.reports.integrity import feed_faults
from furat.store import Store
from tests.reports.delivered import SETTINGS, deliver, two_feeds
from tests.support.archives import article


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return two_feeds(tmp_path / "data" / "example.org")


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with Store.at(folder) as store:
        yield store


def drop_last_bytes(feed: Path) -> None:
    feed.write_bytes(feed.read_bytes()[:-9])


def alter(feed: Path) -> None:
    feed.write_text(feed.read_text("utf-8").replace("نص 2", "نص ٢"), "utf-8")


def double(feed: Path) -> None:
    feed.write_text(feed.read_text("utf-8") * 2, "utf-8")


def drop_line(feed: Path) -> None:
    feed.write_text("".join(feed.read_text("utf-8").splitlines(keepends=True)[1:]), "utf-8")


def add_stranger(feed: Path) -> None:
    feed.write_bytes(feed.read_bytes() + to_json(replace(article(9), revision=1)) + b"\n")


def take_text_away(feed: Path) -> None:
    lines = feed.read_text("utf-8").splitlines()
    record = json.loads(lines[1])
    del record["title"], record["text"]
    feed.write_text("\n".join([lines[0], json.dumps(record), *lines[2:]]) + "\n", "utf-8")


def add_a_field(feed: Path) -> None:
    first, rest = feed.read_text("utf-8").split("\n", 1)
    feed.write_text(f'{first[:-1]},"evidence":"none"}}\n{rest}', "utf-8")


def fill_with_zeros(feed: Path) -> None:
    feed.write_bytes(b"\0" * feed.stat().st_size)  # what a power cut may leave


@pytest.mark.parametrize(
    "damage, told",
    [
        (Path.unlink, "missing, with 3 records"),
        (drop_last_bytes, "line 3 is not a complete record, records missing: 1"),
        (alter, "line 2 differs from the archive"),
        (double, "line 4 is a duplicate, line 5 is a duplicate, line 6 is a duplicate"),
        (drop_line, "records missing: 1"),
        (take_text_away, "line 2 lacks text, title"),
        (add_a_field, "line 1 differs from the archive"),
        (add_stranger, "line 4 is not a record of this crawl"),
        (fill_with_zeros, "line 1 is not a complete record, records missing: 3"),
    ],
)
def test_a_damaged_feed_is_named_and_rebuilt_byte_for_byte_and_no_other_is_touched(
    store: Store, folder: Path, damage: Callable[[Path], None], told: str
) -> None:
    feed, other = sorted(folder.glob("feed/*"))
    before = (feed.read_bytes(), other.stat().st_ino, other.stat().st_mtime_ns)
    damage(feed)

    (fault,) = feed_faults(store, folder)
    repaired = list(integrity.repair(store, folder, SETTINGS))

    assert fault.startswith(f"{feed}: {told}; ")
    assert repaired == [feed]
    assert (feed.read_bytes(), other.stat().st_ino, other.stat().st_mtime_ns) == before
    assert not list(feed_faults(store, folder))


def test_what_killed_crawls_left_is_named_and_finished_or_removed(store: Store, folder: Path) -> None:
    store.articles.add(replace(article(4, "نص 4"), title_raw="خبر"))
    part, path = folder / "feed" / ".news-c3.part", folder / "feed" / "news-c3.jsonl"
    store.deliveries.open(part, path, "c1")
    part.write_text("{")
    manifest = folder / "manifests" / ".20260101T000000Z-abcd.json.part"
    manifest.parent.mkdir()
    for other in (folder / "feed" / ".other.part", manifest):
        other.write_text("{")

    faults = list(feed_faults(store, folder))
    repaired = list(integrity.repair(store, folder, SETTINGS))

    assert len(faults) == 3
    assert "a killed crawl left it behind" in faults[0]
    assert all("a leftover" in fault for fault in faults[1:])
    assert not manifest.exists()
    assert repaired == []
    assert sorted(each.name for each in folder.glob("feed/*")) == ["news-c1.jsonl", "news-c2.jsonl"]
    assert [item.id for item in store.deliveries.undelivered()] == ["example.org/4"]


def test_a_rebuilt_feed_comes_whole_or_not_at_all(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed, _ = sorted(folder.glob("feed/*"))
    alter(feed)
    altered = feed.read_bytes()
    monkeypatch.setattr("os.fsync", raise_full)

    with pytest.raises(OSError, match="full"):
        list(integrity.repair(store, folder, SETTINGS))

    assert feed.read_bytes() == altered


def raise_full(_: int) -> None:
    raise OSError("the disk is full")


def test_an_archive_that_moved_finds_its_feeds(folder: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    shutil.move(folder, moved)
    with Store.at(moved) as store:
        assert not list(feed_faults(store, moved))
        (moved / "feed" / "news-c2.jsonl").unlink()
        assert len(list(feed_faults(store, moved))) == 1


@pytest.mark.parametrize("name", ["feed/own.jsonl", "own-c3.jsonl", "../own-c3.jsonl"])
def test_a_file_that_may_hold_more_than_one_crawl_is_not_looked_at(store: Store, folder: Path, name: str) -> None:
    path = folder / name
    for each in (path, path.with_suffix(".part")):
        each.write_text("mine\n")
    store.articles.add(replace(article(4, "نص 4", crawl="c3"), title_raw="خبر"))
    store.deliveries.open(path.with_suffix(".part"), path, "c3")
    store.deliveries.finish("c3")

    assert not list(feed_faults(store, folder))
    assert not list(integrity.repair(store, folder, SETTINGS))
    assert path.read_text() == "mine\n"


def test_a_copy_that_was_withheld_is_missed_nowhere(store: Store, folder: Path) -> None:
    store.articles.add(replace(article(4, "نص 4", crawl="c3"), title_raw="خبر", duplicate_of="example.org/1"))
    store.deliveries.withhold("example.org/4", 1)
    store.articles.add(replace(article(5, "نص 5", crawl="c3"), title_raw="خبر"))
    deliver(store, folder, "c3")

    assert len(list(folder.glob("feed/*"))) == 3
    assert not list(feed_faults(store, folder))


@pytest.mark.parametrize("is_there", [True, False])
def test_feeds_of_schema_1_are_known_by_their_names(store: Store, folder: Path, *, is_there: bool) -> None:
    store.crawls.begin("c1", "news")
    store._connection.execute("DELETE FROM feed WHERE crawl = 'c1'")
    feed = folder / "feed" / "news-c1.jsonl"
    if is_there:
        drop_line(feed)
    else:
        feed.unlink()  # it may have had another name

    assert len(list(feed_faults(store, folder))) == is_there
