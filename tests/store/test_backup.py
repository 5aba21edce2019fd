"""A backup holds the archive as it was at one moment, and a crawl goes on from it."""

import os
import shutil
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from resource import RLIMIT_FSIZE, setrlimit

import pytest

from furat.exceptions import WrongUsage
from furat.items import Article
from furat.store import Store
from furat.store.backup import back_up
from furat.store.read_only import opened_as_it_is
from tests.chaos.archive import Archive
from tests.replica import Fault, Replica, serve
from tests.store.earlier import earlier, fill_all
from tests.support.archives import article
from tests.support.crawls import LONG, Command, in_a_process, wait_for
from tests.support.forks import Forks


def test_a_backup_of_a_crawl_that_runs_is_restored_and_nothing_is_lost_or_twice(
    tmp_path: Path, forks: Forks, command: Command
) -> None:
    with serve(Replica(12, weight=0)) as site:
        site.replica.feeds = False
        last = site.replica.article(11, site.url)["url"].removeprefix(site.url)
        site.faults = [Fault(last, "held")]
        archive = Archive(site, tmp_path, forks=forks, settings={"DOWNLOAD_TIMEOUT": LONG})
        with archive.start() as process:
            wait_for(lambda: list(tmp_path.rglob("feed/.*.part")))
            told = command("backup", str(tmp_path / "backup.db"), site=site.url)
            site.faults[0].release()
            process.communicate(timeout=LONG)
        assert (told.exit_code, process.returncode) == (0, 0), told.err
        assert "intact, " in told.out

        folder = next((tmp_path / "data").iterdir())
        (feed,) = folder.glob("feed/*.jsonl")
        assert len(feed.read_text("utf-8").splitlines()) == len(site.truth())
        shutil.copy(tmp_path / "backup.db", folder / "archive.db")
        site.faults = []
        assert archive.crawl() == 2
        assert f"{feed}: archive.db does not know that this feed was delivered" in archive.log
        feed.rename(tmp_path / "newer.jsonl")
        assert archive.crawl() == 0, archive.log

        assert archive.ids == sorted(int(str(post["post_id"])) for post in site.truth())
        assert command("check-archive", site=site.url).out.startswith("Intact: ")


def sound(number: int) -> Article:
    return replace(article(number, f"نص {number}"), title_raw="خبر")


def filled(folder: Path) -> Path:
    with Store.at(folder) as store:
        store.crawls.begin("c1", "news")
        store.articles.add(sound(1))
    return folder


def no_write_ahead(path: Path) -> bool:
    return path.read_bytes()[18:20] == b"\1\1"  # sqlite.org/fileformat2.html#the_database_header


def test_a_backup_is_one_file_with_a_mark_of_its_own(tmp_path: Path) -> None:
    folder, path = filled(tmp_path / "data"), tmp_path / "there" / "backup.db"
    with Store.at(folder) as writing, opened_as_it_is(folder) as store:
        writing.articles.add(sound(2))  # in the log alone
        made = back_up(store, folder, path)

    assert (made.counts["articles"], made.crawl, made.size) == (2, "c1", path.stat().st_size)
    assert no_write_ahead(path)
    assert [each.name for each in path.parent.iterdir()] == ["backup.db"]
    with closing(sqlite3.connect(path)) as copy, closing(sqlite3.connect(folder / "archive.db")) as own:
        marks = [each.execute("PRAGMA application_id").fetchone() for each in (copy, own)]
        assert marks[0] != marks[1]


def test_a_backup_holds_what_a_killed_crawl_left_in_the_log(tmp_path: Path) -> None:
    folder, killed = filled(tmp_path / "data"), tmp_path / "killed"
    killed.mkdir()
    with Store.at(folder) as store:
        store.crawls.begin("c2", "news")
        store.articles.add(sound(2))
        for name in ("archive.db", "archive.db-wal"):
            shutil.copy(folder / name, killed / name)
    with opened_as_it_is(killed) as store:
        made = back_up(store, killed, tmp_path / "backup.db")

    assert (made.counts["articles"], made.crawl) == (2, "c2")


def test_an_archive_of_an_earlier_schema_is_backed_up_as_it_is(tmp_path: Path) -> None:
    with closing(earlier(tmp_path / "old", 4)) as old:
        fill_all(old, 4)
    with opened_as_it_is(tmp_path / "old") as store:
        made = back_up(store, tmp_path / "old", tmp_path / "backup.db")

    assert (made.version, made.crawl) == (4, "c1")
    with opened_as_it_is(tmp_path / "old") as store:
        assert store.crawls.last() == "c1"
    shutil.copy(tmp_path / "backup.db", filled(tmp_path / "new") / "archive.db")
    with Store.at(tmp_path / "new") as store:
        assert not list(store.soundness.faults())


def test_a_log_of_the_archive_is_not_taken_for_that_of_its_backup(tmp_path: Path) -> None:
    folder = filled(tmp_path / "data")
    log = folder / "archive.db-wal"
    with Store.at(folder) as store:
        store.crawls.begin("c2", "news")
        with opened_as_it_is(folder) as reading:
            back_up(reading, folder, tmp_path / "backup.db")
        shutil.copy(log, tmp_path / "left.wal")
    shutil.copy(tmp_path / "backup.db", folder / "archive.db")
    shutil.copy(tmp_path / "left.wal", log)

    with pytest.raises(WrongUsage) as refused:
        Store.at(folder)
    assert f"{log} does not belong to" in refused.value.reason


def test_a_backup_that_finds_no_room_leaves_the_earlier_one(data: Path, tmp_path: Path) -> None:
    folder, path = filled(data / "127.0.0.1_9"), tmp_path / "backup.db"
    path.write_bytes(b"an earlier one")
    words = ("backup", str(path), "--site", "127.0.0.1:9", f"-sFURAT_DATA={data}")
    size = (folder / "archive.db").stat().st_size

    told = in_a_process(
        *(sys.executable, "-m", "scrapy", *words), limit=lambda: setrlimit(RLIMIT_FSIZE, (size // 2, size // 2))
    )

    assert (told.exit_code, f"{path} can't be written" in told.err) == (2, True), told.err
    assert path.read_bytes() == b"an earlier one"
    assert [each.name for each in tmp_path.iterdir() if "backup" in each.name] == ["backup.db"]


def damage(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "archive.db")) as archive, archive:
        archive.execute("UPDATE article SET digest = 'another'")


@pytest.mark.parametrize("words", [[], ["-"], ["LINK"], ["PIPE"], ["FOLDER"], ["ARCHIVE"], ["FEED"], ["a.db", "b.db"]])
def test_what_is_neither_absent_nor_a_regular_file_is_refused_and_left_alone(
    data: Path, command: Command, words: list[str]
) -> None:
    folder = filled(data / "127.0.0.1_9")
    (data / "target").write_bytes(b"precious")
    (data / "link").symlink_to(data / "target")
    os.mkfifo(data / "pipe")
    places = {"LINK": data / "link", "PIPE": data / "pipe", "FOLDER": data, "ARCHIVE": folder / "archive.db"}
    before = (folder / "archive.db").read_bytes()

    told = command("backup", *(str({**places, "FEED": folder / "feed"}.get(w, w)) for w in words), site="127.0.0.1:9")

    assert told.exit_code == 2, told.out
    assert (data / "target").read_bytes() == b"precious"
    assert (folder / "archive.db").read_bytes() == before


def test_a_damaged_archive_is_not_backed_up_over_a_good_backup(data: Path, command: Command) -> None:
    folder, path = filled(data / "127.0.0.1_9"), data / "backup.db"
    told = command("backup", str(path), site="127.0.0.1:9")
    assert told.exit_code == 0, told.err
    good = path.read_bytes()
    damage(folder)

    told = command("backup", str(path), site="127.0.0.1:9")

    assert (told.exit_code, "nothing was backed up" in told.err) == (1, True), told.err
    assert path.read_bytes() == good


def test_a_later_furat_s_archive_is_backed_up_and_not_opened(data: Path, command: Command) -> None:
    folder, path = filled(data / "127.0.0.1_9"), data / "backup.db"
    with closing(sqlite3.connect(folder / "archive.db")) as archive:
        archive.execute("PRAGMA user_version = 1000")

    told = command("backup", str(path), site="127.0.0.1:9")
    assert (told.exit_code, "intact, schema 1000" in told.out) == (0, True), told.err
    assert "a later Furat wrote it (schema 1000)" in command("status", site="127.0.0.1:9").out
    opened = command("report", site="127.0.0.1:9")
    assert (opened.exit_code, "upgrade Furat" in opened.err) == (2, True)
