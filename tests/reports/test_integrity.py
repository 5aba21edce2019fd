"""Whether the archive and its feeds are whole, and what is done where they are not."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from scrapy.settings import Settings

from furat.items import Tombstone, to_json
from furat.reports import integrity
from furat.reports.integrity import feed_faults, store_faults
from furat.store import Store
from furat.store.lock import ArchiveLock
from tests.replica import Replica, serve
from tests.support.archives import article
from tests.support.crawls import Command, Crawler

SITE = "https://example.org/"
SETTINGS = Settings({"FEED_EXPORT_ENCODING": "utf-8"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of an archive with two delivered feeds: three articles, then a revision and a tombstone."""
    folder = tmp_path / "data" / "example.org"
    with Store.at(folder) as store:
        for number in (1, 2, 3):
            store.articles.add(replace(article(number, f"نص {number}"), title_raw="خبر"))
        deliver(store, folder, "c1")
        store.articles.add(replace(article(1, "نص آخر", crawl="c2"), title_raw="خبر"))
        store.articles.write_tombstone(Tombstone(id="example.org/2", url="", seen="2026", gone=404), "c2")
        deliver(store, folder, "c2")
    return folder


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with Store.at(folder) as store:
        yield store


def deliver(store: Store, folder: Path, crawl: str) -> None:
    path = folder / "feed" / f"news-{crawl}.jsonl"
    part = path.with_suffix(".part")
    store.deliveries.open(part, path, crawl)
    part.parent.mkdir(exist_ok=True)
    with part.open("wb") as file:
        integrity._write(file, store.deliveries.undelivered(), SETTINGS)
    store.deliveries.finish(crawl)


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


def test_what_is_whole_is_called_so(store: Store, folder: Path) -> None:
    assert not list(store_faults(store))
    assert not list(feed_faults(store, folder))


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
    (folder / "feed" / ".other.part").write_text("{")

    faults = list(feed_faults(store, folder))
    repaired = list(integrity.repair(store, folder, SETTINGS))

    assert len(faults) == 2
    assert "a killed crawl left it behind" in faults[0]
    assert "a leftover" in faults[1]
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


@pytest.mark.parametrize(
    "damage, told",
    [
        ("UPDATE revision SET item = pack(replace(plain(item), 'نص 3', 'نص ٣'))", "its digest differs"),
        ("UPDATE revision SET item = x'7b7d' WHERE article = 'example.org/3'", "can't be read"),
        ("DELETE FROM revision WHERE article = 'example.org/1' AND revision = 1", "lacks revisions"),
        ("DELETE FROM revision WHERE article = 'example.org/3'", "lacks revisions"),
        ("UPDATE article SET revision = 2 WHERE id = 'example.org/3'", "its last revision is 1"),
        ("UPDATE article SET digest = '' WHERE id = 'example.org/3'", "disagree"),
        ("UPDATE article SET gone = NULL", "disagree"),
        ("DELETE FROM article WHERE id = 'example.org/3'", "refers to a row"),
        ("INSERT INTO state (article, revision, change) VALUES ('example.org/3', 7, '{}')", "refers to a row"),
    ],
)
def test_a_damaged_archive_is_told(store: Store, damage: str, told: str) -> None:
    store._connection.execute(damage)

    faults = list(store_faults(store))
    assert any(told in fault for fault in faults)
    assert all("restore it from a backup" in fault for fault in faults)


def test_a_file_with_broken_pages_is_told(folder: Path) -> None:
    archive = folder / "archive.db"
    with closing(sqlite3.connect(archive)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'revision'").fetchone()
    content = bytearray(archive.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = bytes(4096)
    archive.write_bytes(content)

    with Store.at(folder) as store:
        assert any(fault.startswith("archive.db") for fault in store_faults(store))


def test_the_command_checks_and_repairs_what_crawls_delivered(crawl: Crawler, command: Command) -> None:
    with serve(Replica(60, weight=0)) as site:
        feed, *_ = crawl(site.url).feeds
        whole = feed.read_bytes()
        feed.unlink()
        codes = [
            command(*words, site=site.url).exit_code for words in (["check-archive"], ["check-archive", "--repair"])
        ]

        assert codes == [1, 0]
        assert feed.read_bytes() == whole

        with ArchiveLock(feed.parents[1], "crawl c9"):
            held = command("check-archive", site=site.url)
        assert held.exit_code == 4
        assert "is in use by crawl c9" in held.err


@pytest.mark.parametrize("name", ["report", "check-archive", "crawl"])
@pytest.mark.parametrize("is_later, code, told", [(False, 1, "is no archive"), (True, 2, "upgrade Furat")])
def test_an_archive_that_can_t_be_used_is_told_without_a_traceback(  # noqa: PLR0913, PLR0917 (two tables)
    command: Command, crawl: Crawler, data: Path, name: str, code: int, told: str, *, is_later: bool
) -> None:
    with Store.at(data / "example.org") as store:
        store._connection.execute("PRAGMA user_version = 99")
    if not is_later:
        (data / "example.org" / "archive.db").write_bytes(b"no archive, but as long as the head of one" * 20)

    if name == "crawl":
        done = crawl(SITE)
        exit_code, said = done.exit_code, done.log
    else:
        answer = command(name, site=SITE)
        exit_code, said = answer.exit_code, answer.err

    assert exit_code == code
    assert told in said
    assert "Traceback" not in said
