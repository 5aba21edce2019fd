"""What operators do to files before and while a crawl writes them: nothing is lost, and all is told."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from signal import SIGINT, SIGKILL, SIGTERM, Signals

import pytest

from tests.chaos.archive import Archive, Moment
from tests.replica import Fault, Replica, Served, serve
from tests.support.crawls import LONG, Command, wait_for
from tests.support.forks import Forks


def remove(folder: Path) -> None:
    """Delete a folder, be it that somebody writes to it meanwhile."""
    for _ in range(100):
        with suppress(OSError):
            shutil.rmtree(folder)
            return


@pytest.fixture
def own() -> Iterator[Served]:
    """Return a site of the test's own."""
    with serve(Replica(8, weight=0)) as served:
        yield served


@pytest.fixture
def held(own: Served) -> Served:
    """Return it with a last page that is held until an operator has acted, and without a feed to learn from."""
    own.replica.feeds = False
    last = own.replica.article(7, own.url)["url"].removeprefix(own.url)
    own.faults = [Fault(last, "held")]
    return own


def truth(site: Served) -> list[int]:
    return sorted(int(str(post["post_id"])) for post in site.truth())


def take_part(archive: Path) -> None:
    next(archive.glob("feed/.*.part")).unlink()


def take_feed(archive: Path) -> None:
    shutil.rmtree(archive / "feed")


def rename_feed(archive: Path) -> None:
    (archive / "feed").rename(archive / "moved")


def crawl_while(archive: Archive, act: Callable[[Path], object]) -> int:
    """Crawl, with somebody who acts on the archive's folder while the feed is written; return the exit code."""
    archive.settings["DOWNLOAD_TIMEOUT"] = LONG
    with archive.start() as process:
        wait_for(lambda: list(archive.folder.rglob("feed/.*.part")))
        act(next((archive.folder / "data").iterdir()))
        archive.site.faults[0].release()
        archive.log = process.communicate(timeout=LONG)[1]
    return int(process.returncode)


@pytest.mark.parametrize("act", [take_part, take_feed, rename_feed])
def test_a_feed_that_vanishes_while_it_is_written_is_delivered_by_the_next_crawl(
    held: Served, tmp_path: Path, forks: Forks, act: Callable[[Path], None]
) -> None:
    archive = Archive(held, tmp_path, forks=forks)

    assert crawl_while(archive, act) == 3, archive.log
    assert "8 records did not reach the feed" in archive.log
    assert archive.ids == []
    held.faults = []
    assert archive.crawl() == 0, archive.log
    assert archive.ids == truth(held)


@pytest.mark.parametrize("act", [remove, lambda folder: folder.rename(folder.with_name("moved"))])
def test_a_crawl_whose_archive_is_deleted_or_moved_ends(
    held: Served, tmp_path: Path, forks: Forks, act: Callable[[Path], object]
) -> None:
    archive = Archive(held, tmp_path, forks=forks)

    assert crawl_while(archive, act) == 3, archive.log
    assert "archive.db was moved or deleted" in archive.log
    assert not list(tmp_path.rglob("feed/*.jsonl"))


@pytest.mark.parametrize("option", ["-o", "-O"])
def test_a_feed_on_a_stick_that_is_away_waits_for_it(own: Served, tmp_path: Path, forks: Forks, option: str) -> None:
    stick, drawer = tmp_path / "stick", tmp_path / "drawer"
    archive = Archive(own, tmp_path, forks=forks, words=(option, str(stick / "out.jsonl")))
    assert archive.crawl(Moment("os.rename")) == -SIGKILL
    stick.rename(drawer)

    assert archive.crawl() == 3
    assert "out.jsonl is complete but not delivered" in archive.log
    assert archive.crawl() == 3
    shutil.rmtree(stick)
    drawer.rename(stick)
    assert archive.crawl() == 0, archive.log
    assert (stick / "out.jsonl").read_bytes().count(b"\n") == len(truth(own))
    assert not list(stick.glob(".*"))


def test_feeds_that_a_restored_archive_does_not_know_are_told_before_anything_is_asked(
    own: Served, tmp_path: Path, forks: Forks, command: Command
) -> None:
    archive = Archive(own, tmp_path, forks=forks)
    assert archive.crawl() == 0, archive.log
    (file,) = tmp_path.rglob("archive.db")
    backup, known = file.read_bytes(), set(tmp_path.rglob("feed/*.jsonl"))
    own.replica.add(2)
    assert archive.crawl() == 0, archive.log
    (unknown,) = set(tmp_path.rglob("feed/*.jsonl")) - known
    file.write_bytes(backup)
    asked = len(own.requests)

    assert archive.crawl() == 2
    assert len(own.requests) == asked
    assert f"{unknown}: archive.db does not know that this feed was delivered" in archive.log
    checked = command("check-archive", site=own.url)
    assert (checked.exit_code, str(unknown) in checked.out) == (1, True)
    unknown.rename(tmp_path / "newer.jsonl")
    assert archive.crawl() == 0, archive.log
    assert archive.ids == truth(own)


def make_directory(path: Path) -> None:
    path.mkdir()


def make_link(path: Path) -> None:
    path.with_name("target").write_text("kept")
    path.symlink_to(path.with_name("target"))


@pytest.mark.parametrize("make", [os.mkfifo, make_directory, make_link])
def test_what_is_no_regular_file_is_left_alone(
    own: Served, tmp_path: Path, forks: Forks, command: Command, make: Callable[[Path], None]
) -> None:
    path = tmp_path / "out.jsonl"
    make(path)
    kind = path.lstat().st_mode
    archives = [Archive(own, tmp_path, forks=forks, words=(option, str(path))) for option in ("-o", "-O")]

    assert [archive.crawl() for archive in archives] == [2, 2], archives[0].log
    assert not own.requests
    assert "not a regular file" in archives[0].log
    archives[0].words = ()
    assert archives[0].crawl() == 0, archives[0].log
    if make is not make_directory:  # there a dataset becomes a release
        assert command("dataset", str(path), site=own.url).exit_code == 2
    assert path.lstat().st_mode == kind


def test_devices_are_refused_too(own: Served, tmp_path: Path, forks: Forks) -> None:
    archive = Archive(own, tmp_path, forks=forks, words=("-o", "/dev/full:jsonlines"))

    assert archive.crawl() == 2
    assert not own.requests


@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
def test_the_standard_output_takes_feeds_and_datasets(
    own: Served, tmp_path: Path, forks: Forks, command: Command, name: str
) -> None:
    archive = Archive(own, tmp_path, forks=forks, words=("-o", name))

    assert archive.crawl() == 0, archive.log
    assert command("dataset", name, site=own.url).out.count("\n") == len(truth(own))
    own.replica.add()
    archive.words = ()
    assert archive.crawl() == 0, archive.log
    assert archive.ids == truth(own)


@pytest.mark.parametrize("signal", [SIGTERM, SIGINT])
def test_a_crawl_stopped_in_its_first_moments_says_so_in_one_line(
    own: Served, tmp_path: Path, forks: Forks, signal: Signals
) -> None:
    own.faults = [Fault("", "held")]
    archive = Archive(own, tmp_path, forks=forks)
    with archive.start() as process:
        wait_for(lambda: list(tmp_path.rglob("lock")))
        os.kill(process.pid, signal)
        log = process.communicate(timeout=LONG)[1]

    assert process.returncode == 3, log
    assert "Traceback" not in log
    assert sum("ERROR" in line for line in log.splitlines()) == 1
    assert not list(tmp_path.rglob("lock.owner"))
    own.faults = []
    assert archive.crawl() == 0, archive.log
