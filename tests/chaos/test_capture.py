"""Kills and failing disks while every exchange is captured: what the archive names is on the disk."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from signal import SIGKILL
from typing import Any

import pytest

from tests.chaos import KILLS, SEED
from tests.chaos.archive import Archive, Moment, differences, lines_of
from tests.chaos.failing_disk import FOR_EVER, STRUCK, DiskFault, failing_disk
from tests.replica import Replica, Served, serve
from tests.support.crawls import crawl_command
from tests.support.forks import Forks
from tests.support.warcs import Row, by_warcio, each_by_warcio, files, rows, states

EFFECTS = 400
"""At which effect a crawl is killed at the latest."""

MOST = {"write": 200, "sync": 8, "any": 200}
"""At which effect of each kind a disk fails at the latest."""

CAPTURE: dict[str, Any] = {"FURAT_WARC": 1, "DOWNLOAD_TIMEOUT": 60}


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    with failing_disk(tmp_path_factory.mktemp("disk")) as forks:
        yield forks


def has_archive(data: Path) -> bool:
    """Return whether there is an archive with a table for sources: a killed crawl may not have come so far."""
    found = [*data.rglob("archive.db")]
    if not found:
        return False
    with closing(sqlite3.connect(found[0])) as store:
        return bool(store.execute("SELECT 1 FROM sqlite_schema WHERE name = 'source'").fetchone())


def faults(data: Path) -> Iterator[str]:
    """Yield what an archive names and its folder lacks."""
    kept = {(f"warc/{path.name}", row.offset): row.fields for path in files(data) for row in _whole(path)}
    for article, revision, file, offset, record, _ in rows(data):
        if kept.get((file, offset), {}).get("WARC-Record-ID") != f"<{record}>":
            yield f"{article}, revision {revision}: {file} has no {record} at {offset}"
    yield from (f"{state} names nothing" for state in states(data) - {row[:2] for row in rows(data)})


def _whole(path: Path) -> Iterator[Row]:
    with suppress(Exception):  # a torn tail ends the file, by whatever warcio raises
        yield from each_by_warcio(path)


def test_killed_at_random_instants_the_archive_names_only_what_is_on_the_disk(
    site: Served, undisturbed: Archive, quick: Forks | None, tmp_path: Path
) -> None:
    random, done = Random(f"{SEED} capture"), 0  # noqa: S311 (to be repeated)
    while done < (KILLS or 3):
        archive = Archive(site, tmp_path / str(done), forks=quick, settings=CAPTURE)
        code = -SIGKILL
        while code:
            death = Moment("any", random.randrange(1, EFFECTS)) if done % 2 else random.uniform(0, undisturbed.lasted)
            code = archive.crawl(death)
            done += 1
            assert code in (0, -SIGKILL), archive.log
            if has_archive(archive.folder):
                assert not [*faults(archive.folder)], f"FURAT_CHAOS_SEED={SEED}: {death}"

        assert differences(undisturbed.lines, archive.lines) == []
        for path in files(archive.folder):
            assert len(by_warcio(path)) == len([*_whole(path)]) > 0  # the torn tails are gone


@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
def test_a_disk_that_fails_ends_the_crawl_and_the_next_one_completes_it(
    disk: Forks, tmp_path: Path, error: str
) -> None:
    random, struck = Random(f"{SEED} {error}"), 0  # noqa: S311 (to be repeated)
    with serve(Replica(20, weight=0)) as site:
        for number in range(10 * (KILLS or 2)):
            kind = random.choice(("write", "sync", "any"))
            fault = DiskFault(kind, random.randrange(1, MOST[kind]), random.choice((1, FOR_EVER)), error)
            data = tmp_path / str(number)
            words = crawl_command(site.url, FURAT_DATA=data, **CAPTURE)[3:]
            told = disk.run("tests.chaos.failing_disk", str(data), *fault.words, *words)
            struck += STRUCK in told.err
            assert told.exit_code in (0, 3), told.err
            assert not has_archive(data) or not [*faults(data)], f"FURAT_CHAOS_SEED={SEED}: {fault}\n{told.err}"

            whole = disk.run("tests.chaos.failing_disk", str(data), *DiskFault().words, *words)

            assert whole.exit_code == 0, whole.err
            assert not [*faults(data)]
            assert len(lines_of(*data.rglob("feed/*.jsonl"))) == 20
            if struck == (KILLS or 2):
                return
