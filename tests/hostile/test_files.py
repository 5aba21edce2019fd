"""An archive of a stranger, and a folder into which strangers write, lead to no file elsewhere."""

import os
import sqlite3
import stat
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from scrapy.settings import Settings

from furat.downloader import Budget
from furat.exceptions import Stop
from furat.items import Article
from furat.reports.integrity import feed_faults, repair
from furat.store import Store
from furat.store.lock import ArchiveLock
from furat.store.packed import LARGEST, plain, unpack
from furat.urls import folder
from tests.hostile.liar import lying
from tests.hostile.newsroom import newsroom
from tests.support.crawls import Crawler

CRAWL = "20260102T030405Z-abcd"
SETTINGS = Settings({"FEED_EXPORT_ENCODING": "utf-8"})


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return the folder of an archive with one delivered feed."""
    place = tmp_path / "data" / "example.org"
    with Store.at(place) as store:
        store.articles.add(Article(id="example.org/1", url="https://example.org/a/", crawl="c1", title="خبر"))
        path = place / "feed" / "news-c1.jsonl"
        path.parent.mkdir()
        path.with_suffix(".part").write_bytes(b"")
        store.deliveries.open(path.with_suffix(".part"), path, "c1")
        store.deliveries.finish("c1")
        list(repair(store, place, SETTINGS))
        assert path.exists()
    return place


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """Return a folder in which nothing may happen."""
    place = tmp_path / "elsewhere"
    place.mkdir()
    for name in ("precious.txt", f".own.jsonl.{CRAWL}.part", f".own.jsonl.{CRAWL}.lines.part", ".x.part", "x.jsonl"):
        (place / name).write_text("precious\n")
    before = listed(place)
    yield place
    assert listed(place) == before


def listed(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in place.iterdir()}


def execute(archive: Path, statement: str, values: tuple[object, ...] = ()) -> None:
    with closing(sqlite3.connect(archive / "archive.db")) as db, db:
        db.execute(statement, values)


def add_feed(archive: Path, part: object, path: object, *, whole: int, delivered: str | None = None) -> None:
    values = (str(part), str(path), CRAWL, whole, delivered)
    execute(archive, "INSERT INTO feed (part, path, crawl, whole, delivered) VALUES (?, ?, ?, ?, ?)", values)


def look_and_repair(archive: Path) -> None:
    """Do what `scrapy check-archive`, with `--repair`, and a crawl do with feeds."""
    with Store.at(archive) as store:
        list(feed_faults(store, archive))
        list(repair(store, archive, SETTINGS))
        list(feed_faults(store, archive))


FEEDS: dict[str, Callable[[Path], tuple[object, object, int, str | None]]] = {
    "a part to delete": lambda place: (place / "precious.txt", place / "own.jsonl", 0, None),
    "a part to delete that bears a part's name": lambda place: (place / ".x.part", place / "own.jsonl", 0, None),
    "its own part to delete": lambda place: (place / f".own.jsonl.{CRAWL}.part", place / "own.jsonl", 0, None),
    "a file to replace": lambda place: (place / f".own.jsonl.{CRAWL}.part", place / "precious.txt", 1, None),
    "a file to append to": lambda place: (place / f".own.jsonl.{CRAWL}.lines.part", place / "precious.txt", 1, None),
    "a way up": lambda place: (f"../../{place.name}/.x.part", f"../../{place.name}/precious.txt", 1, None),
    "a way up from the feeds": lambda place: (f"feed/../../../{place.name}/.x.part", "feed/a.jsonl", 0, None),
    "a delivered feed to rebuild": lambda place: ("", f"feed/../../../{place.name}/{CRAWL}.jsonl", 1, "2026-01-02"),
    "a delivered feed to replace": lambda place: ("", f"feed/../../../{place.name}/x{CRAWL}/../x.jsonl", 1, "2026"),
    "a NUL": lambda _: ("feed/\0.part", "feed/\0.jsonl", 0, None),
}


@pytest.mark.parametrize("name", FEEDS)
def test_rows_of_a_stranger_s_archive_lead_nowhere(name: str, archive: Path, elsewhere: Path) -> None:
    part, path, whole, delivered = FEEDS[name](elsewhere)
    add_feed(archive, part, path, whole=whole, delivered=delivered)

    look_and_repair(archive)


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("spider", ["../../elsewhere/x", "../x", "/x"])
def test_the_name_of_a_spider_in_a_stranger_s_archive_leads_nowhere(spider: str, archive: Path) -> None:
    execute(archive, "INSERT INTO crawl (id, spider, began) VALUES ('../../../elsewhere/x', ?, '2026')", (spider,))
    execute(archive, "UPDATE delivery SET crawl = '../../../elsewhere/x'")
    execute(archive, "DELETE FROM undelivered")
    execute(archive, "DELETE FROM feed")

    look_and_repair(archive)


def test_a_folder_of_feeds_that_leads_elsewhere_is_neither_cleaned_nor_filled(archive: Path, elsewhere: Path) -> None:
    (archive / "feed" / "news-c1.jsonl").unlink()
    (archive / "feed").rmdir()
    (archive / "feed").symlink_to(elsewhere)

    look_and_repair(archive)


NAMES = ("archive.db", "lock", "lock.owner", "requests.json", ".requests.json.part", "archive.db-wal")


def work_in(place: Path) -> None:
    """Do what a crawl does with the files of its folder."""
    for use in (use_lock, use_store, use_budget):
        with suppress(OSError, sqlite3.Error, Stop):
            use(place)


def use_lock(place: Path) -> None:
    with ArchiveLock(place, "test"), suppress(Exception):
        ArchiveLock(place, "another")


def use_store(place: Path) -> None:
    with Store.at(place) as store:
        store.checkpoints.set("name", "value")


def use_budget(place: Path) -> None:
    budget = Budget(place / "requests.json", 100)
    budget.spend()
    budget.close()


@pytest.mark.parametrize("name", NAMES)
def test_links_under_names_that_can_be_predicted_are_not_followed(name: str, tmp_path: Path, elsewhere: Path) -> None:
    (tmp_path / name).symlink_to(elsewhere / "precious.txt")

    work_in(tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_a_dangling_link_makes_no_file_elsewhere(name: str, tmp_path: Path, elsewhere: Path) -> None:
    (tmp_path / name).symlink_to(elsewhere / "new")

    work_in(tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_pipes_under_names_that_can_be_predicted_are_not_waited_for(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / name)

    work_in(tmp_path)


def test_an_archive_that_is_a_link_ends_a_crawl_with_its_reason(data: Path, elsewhere: Path, crawl: Crawler) -> None:
    with lying(newsroom()) as site:
        here = data / folder(site.url)
        here.mkdir(parents=True)
        (here / "archive.db").symlink_to(elsewhere / "precious.txt")

        done = crawl(site.url)

    assert done.exit_code == 2
    assert "is not a regular file" in done.log
    assert "Traceback" not in done.log


@pytest.mark.parametrize(
    "plant, kind",
    [(os.mkfifo, stat.S_IFIFO), (lambda path: path.symlink_to("/dev/zero"), stat.S_IFLNK)],
    ids=["pipe", "device"],
)
def test_a_feed_that_is_no_file_is_told_and_left_alone(plant: Callable[[Path], None], kind: int, archive: Path) -> None:
    feed = archive / "feed" / "news-c1.jsonl"
    feed.unlink()
    plant(feed)

    with Store.at(archive) as store:
        (fault,) = feed_faults(store, archive)
        with pytest.raises(OSError, match="remove it"):
            list(repair(store, archive, SETTINGS))

    assert "is not a regular file" in fault
    assert stat.S_IFMT(feed.lstat().st_mode) == kind


@pytest.mark.parametrize("option", ["-o", "-O"])
def test_a_pipe_as_feed_is_wrong_usage(option: str, tmp_path: Path, crawl: Crawler) -> None:
    os.mkfifo(tmp_path / "out.jsonl")

    assert crawl("http://127.0.0.1:9/", option, str(tmp_path / "out.jsonl")).exit_code == 2


def test_a_feed_elsewhere_that_a_killed_crawl_left_is_finished_when_it_is_named_again(
    archive: Path, tmp_path: Path
) -> None:
    out, part = tmp_path / "out.jsonl", tmp_path / f".out.jsonl.{CRAWL}.part"
    part.write_text("{}\n")
    add_feed(archive, part, out, whole=1)
    execute(archive, "UPDATE delivery SET crawl = ?", (CRAWL,))
    execute(archive, "INSERT OR IGNORE INTO undelivered SELECT number FROM delivery")

    with Store.at(archive) as store:
        store.deliveries.recover()
        before = (out.exists(), len(list(store.deliveries.undelivered())), store.deliveries.promised(CRAWL))
        store.deliveries.recover([out])
        after = (out.exists(), len(list(store.deliveries.undelivered())), store.deliveries.promised(CRAWL))

    assert (before, after) == ((False, 0, 1), (True, 0, 0))


def test_a_row_that_unpacks_without_end_is_damage() -> None:
    packer = zlib.compressobj(1)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(1 + (LARGEST >> 20))) + packer.flush()

    assert plain(bomb) == ""
    with pytest.raises(sqlite3.DatabaseError, match="too large"):
        unpack(bomb)
