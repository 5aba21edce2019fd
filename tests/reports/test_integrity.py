"""Whether an archive is whole, and what is said where it is not or can't be read."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from furat.reports.integrity import feed_faults, store_faults
from furat.store import Store
from furat.store.lock import ArchiveLock
from tests.replica import Replica, serve
from tests.reports.delivered import two_feeds
from tests.support.crawls import Command, Crawler

SITE = "https://example.org/"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return two_feeds(tmp_path / "data" / "example.org")


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with Store.at(folder) as store:
        yield store


def test_what_is_whole_is_called_so(store: Store, folder: Path) -> None:
    assert not list(store_faults(store))
    assert not list(feed_faults(store, folder))


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
