"""Places that are not what a crawl needs, and archives that are put back: nothing is lost, and all is told at once."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGKILL

import pytest

from furat.store import Store
from tests.chaos import MAY_MOUNT
from tests.chaos.archive import Archive, Moment
from tests.replica import Replica, Served, serve
from tests.support.archives import article
from tests.support.crawls import Command, in_a_process
from tests.support.forks import Forks


@pytest.fixture
def own() -> Iterator[Served]:
    """Return a site of the test's own."""
    with serve(Replica(8, weight=0)) as served:
        yield served


@pytest.fixture
def archive(own: Served, tmp_path: Path, forks: Forks) -> Archive:
    return Archive(own, tmp_path, forks=forks)


def folder_of(archive: Archive) -> Path:
    (folder,) = (archive.folder / "data").iterdir()
    return folder


def test_a_folder_of_feeds_that_is_a_link_is_refused_until_it_is_a_folder(archive: Archive, tmp_path: Path) -> None:
    assert archive.crawl() == 0, archive.log
    feeds = folder_of(archive) / "feed"
    feeds.rename(tmp_path / "moved")
    feeds.symlink_to(tmp_path / "moved")
    archive.site.replica.add()
    asked = len(archive.site.requests)

    assert archive.crawl() == 2
    assert f"{feeds} is a link" in archive.log
    assert len(archive.site.requests) == asked
    feeds.unlink()
    (tmp_path / "moved").rename(feeds)
    assert archive.crawl() == 0, archive.log
    assert archive.ids == [int(str(post["post_id"])) for post in reversed([*archive.site.truth()])]


@pytest.mark.parametrize("option", ["-o", "-O"])
def test_a_name_that_leaves_no_room_for_a_hidden_one_is_refused(archive: Archive, option: str) -> None:
    archive.words = (option, str(archive.folder / f"{'ا' * 110}.jsonl"))

    assert archive.crawl() == 2
    assert "File name too long" in archive.log
    assert not archive.site.requests


def test_a_closed_standard_output_is_told(archive: Archive) -> None:
    command = ["-m", "scrapy", "crawl", "news", "-a", f"site={archive.site.url}", "-o", "-"]
    told = in_a_process(sys.executable, *command, limit=lambda: os.close(1))

    assert told.exit_code == 2
    assert "The standard output is closed" in told.err


def test_a_backup_put_back_beside_what_a_killed_crawl_left_stays_whole(archive: Archive, command: Command) -> None:
    assert archive.crawl() == 0, archive.log
    file = folder_of(archive) / "archive.db"
    shutil.copyfile(file, archive.folder / "backup.db")
    assert archive.crawl() == 0, archive.log  # there is nothing new, but the log of the next one begins here
    archive.site.replica.add(3)
    assert archive.crawl(Moment("fsync")) == -SIGKILL
    known = set(archive.folder.rglob("feed/*.jsonl"))
    shutil.copyfile(archive.folder / "backup.db", file)
    asked = len(archive.site.requests)

    assert archive.crawl() == 2
    assert "move archive.db-wal and archive.db-shm out of the folder" in archive.log
    assert len(archive.site.requests) == asked
    assert command("report", site=archive.site.url).exit_code == 2
    for rest in ("archive.db-wal", "archive.db-shm"):
        file.with_name(rest).unlink()
    assert archive.crawl() == 0, archive.log
    assert set(archive.folder.rglob("feed/*.jsonl")) > known
    assert len(archive.ids) == len(set(archive.ids)) == 11


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nothing in ``folder`` be written: by a mount, as root may write whatever its permissions are."""
    if os.geteuid():
        folder.chmod(0o555)
        yield
        folder.chmod(0o755)
        return
    subprocess.run(["mount", "--bind", folder, folder], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


READING = {
    "report": 0,
    "report --html": 2,
    "report --html --to {out}/report.html": 0,
    "duplicates": 0,
    "search حمص": 0,
    "check-archive": 0,
    "dataset": 2,
    "dataset -": 0,
    "dataset {out}/articles.jsonl": 0,
    "dataset {out}/release/": 0,
}
"""The exit codes of commands on an archive that can't be written."""


@pytest.mark.parametrize("death", [None, Moment("INSERT", 60)] if MAY_MOUNT or os.geteuid() else [])
def test_every_command_that_reads_does_so_on_a_read_only_disk(
    archive: Archive, command: Command, death: Moment | None
) -> None:
    assert archive.crawl() == 0, archive.log
    if death:
        archive.site.replica.add(5)
        assert archive.crawl(death) == -SIGKILL
    folder = folder_of(archive)
    with read_only(folder):
        before = sorted((path, path.stat().st_mtime_ns) for path in folder.rglob("*"))
        told = {
            words: command(*words.format(out=archive.folder).split(), site=archive.site.url)
            for words in (*READING, "pending")
        }
        assert sorted((path, path.stat().st_mtime_ns) for path in folder.rglob("*")) == before
    pending = command("pending", site=archive.site.url)

    assert {words: each.exit_code for words, each in told.items()} == {**READING, "pending": pending.exit_code}, told
    assert told["pending"].out == pending.out
    assert "--to FILE" in told["report --html"].err
    assert "scrapy dataset /tmp/articles.jsonl" in told["dataset"].err


@pytest.mark.scrapy
@pytest.mark.parametrize("name", ["articles.db", "articles.csv"])
def test_a_dataset_that_finds_no_room_says_so_and_the_old_one_stays(tmp_path: Path, name: str) -> None:
    with Store.at(tmp_path / "data" / "example.org") as store:
        store.articles.add(article(1, "نص " * 10_000))
    path = tmp_path / name
    path.write_text("old")
    words = ["scrapy", "dataset", str(path), "--site", "https://example.org/", f"-sFURAT_DATA={tmp_path / 'data'}"]
    told = in_a_process(
        sys.executable, "-m", *words, limit=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
    )

    assert told.exit_code == 2, told.err
    assert "archive.db" not in told.err
    assert "name a file or a folder elsewhere" in told.err
    assert path.read_text() == "old"
    assert not list(tmp_path.glob(".*"))
