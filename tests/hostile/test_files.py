"""An archive of a stranger, and a folder into which strangers write, lead to no file elsewhere."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from furat.store import Store
from furat.urls import folder
from tests.conftest import Command, Crawled, Crawler
from tests.hostile.liar import Liar, lying
from tests.hostile.newsroom import newsroom

CRAWL = "20260102T030405Z-abcd"


@pytest.fixture
def site() -> Iterator[Liar]:
    with lying(newsroom()) as liar:
        yield liar


@pytest.fixture
def archive(data: Path, crawl: Crawler, site: Liar) -> Path:
    """Return the folder of an archive that was crawled once."""
    assert crawl(site.url).exit_code == 0
    return data / folder(site.url)


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


def listed(place: Path) -> dict[str, bytes | str]:
    return {path.name: path.read_bytes() for path in place.iterdir()}


def add_feed(archive: Path, part: object, path: object, *, whole: int, delivered: str | None = None) -> None:
    with closing(sqlite3.connect(archive / "archive.db")) as db, db:
        db.execute("INSERT INTO feed VALUES (?, ?, ?, ?, ?)", (str(part), str(path), CRAWL, whole, delivered))


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
    "a NUL": lambda place: ("feed/\0.part", "feed/\0.jsonl", 0, None),
}


@pytest.mark.parametrize("name", FEEDS)
def test_rows_of_a_stranger_s_archive_lead_nowhere(
    name: str, archive: Path, elsewhere: Path, command: Command, crawl: Crawler, site: Liar
) -> None:
    part, path, whole, delivered = FEEDS[name](elsewhere)
    add_feed(archive, part, path, whole=whole, delivered=delivered)

    told = command("check-archive", "--repair", site=site.url)
    again = crawl(site.url)

    assert "Traceback" not in told.err + again.log
    assert again.exit_code == 0


@pytest.mark.parametrize("name", ["../../elsewhere/x", "/tmp/x", "../x"])  # noqa: S108 (none is made there)
def test_the_name_of_a_spider_in_a_stranger_s_archive_leads_nowhere(
    name: str, archive: Path, elsewhere: Path, command: Command, site: Liar
) -> None:
    with closing(sqlite3.connect(archive / "archive.db")) as db, db:
        db.execute("UPDATE crawl SET spider = ?, id = '../../../elsewhere/x'", (name,))
        db.execute("DELETE FROM feed")

    assert "Traceback" not in command("check-archive", "--repair", site=site.url).err


def test_a_folder_of_feeds_that_leads_elsewhere_is_not_cleaned(
    archive: Path, elsewhere: Path, command: Command, site: Liar
) -> None:
    shutil.rmtree(archive / "feed")
    (archive / "feed").symlink_to(elsewhere)

    assert "Traceback" not in command("check-archive", "--repair", site=site.url).err


NAMES = [
    "archive.db",
    "lock",
    "lock.owner",
    "requests.json",
    ".requests.json.part",
    "archive.db-wal",
    "archive.db-journal",
]


def crawled_over(crawl: Crawler, site: Liar) -> Crawled:
    done = crawl(site.url, FURAT_DAILY_REQUESTS=1000)
    assert "Traceback" not in done.log
    return done


@pytest.mark.parametrize("name", NAMES)
def test_links_under_names_that_can_be_predicted_are_not_followed(
    name: str, data: Path, elsewhere: Path, crawl: Crawler, site: Liar
) -> None:
    here = data / folder(site.url)
    here.mkdir(parents=True)
    (here / name).symlink_to(elsewhere / "precious.txt")

    crawled_over(crawl, site)


@pytest.mark.parametrize("name", NAMES)
def test_pipes_under_names_that_can_be_predicted_are_not_waited_for(
    name: str, data: Path, crawl: Crawler, site: Liar
) -> None:
    here = data / folder(site.url)
    here.mkdir(parents=True)
    os.mkfifo(here / name)

    crawled_over(crawl, site)


def test_a_dangling_link_makes_no_file_elsewhere(data: Path, elsewhere: Path, crawl: Crawler, site: Liar) -> None:
    here = data / folder(site.url)
    here.mkdir(parents=True)
    for name in NAMES:
        (here / name).symlink_to(elsewhere / f"new-{name}")

    crawled_over(crawl, site)


@pytest.mark.parametrize("plant", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")], ids=["pipe", "device"])
def test_a_feed_that_is_no_file_is_rebuilt(
    plant: Callable[[Path], None], archive: Path, command: Command, site: Liar
) -> None:
    (feed,) = archive.glob("feed/*.jsonl")
    before = feed.read_bytes()
    feed.unlink()
    plant(feed)

    assert "is no regular file" in command("check-archive", site=site.url).out
    assert command("check-archive", "--repair", site=site.url).exit_code == 0
    assert feed.read_bytes() == before


@pytest.mark.parametrize("option", ["-o", "-O"])
def test_a_pipe_as_feed_is_wrong_usage(option: str, tmp_path: Path, crawl: Crawler, site: Liar) -> None:
    os.mkfifo(tmp_path / "out.jsonl")

    assert crawl(site.url, option, str(tmp_path / "out.jsonl")).exit_code == 2


def test_a_feed_elsewhere_that_a_killed_crawl_left_is_finished_when_it_is_named_again(
    archive: Path, tmp_path: Path, crawl: Crawler, site: Liar
) -> None:
    out = tmp_path / "out.jsonl"
    part = tmp_path / f".out.jsonl.{CRAWL}.part"
    part.write_text("{}\n")
    add_feed(archive, part, out, whole=1)

    without = crawl(site.url)
    was_there = out.exists()
    again = crawl(site.url, "-O", str(out))

    assert "until it is named again" in without.log
    assert (was_there, again.exit_code, out.exists()) == (False, 0, True)


def test_a_row_that_unpacks_without_end_is_damage(tmp_path: Path) -> None:
    import zlib

    from furat.store.packed import LARGEST, plain

    with Store.at(tmp_path):
        packer = zlib.compressobj(9)
        bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(1 + (LARGEST >> 20))) + packer.flush()

    assert plain(bomb) == ""
