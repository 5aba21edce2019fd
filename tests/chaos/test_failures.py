"""Steps, sites and disks that fail and heal: what was pending comes, and nothing comes twice."""

import json
import resource
import subprocess
from pathlib import Path

import pytest

from furat.settings import ITEM_PIPELINES
from tests.chaos import KILLS, MAY_MOUNT, SEED
from tests.chaos.archive import Archive, differences
from tests.chaos.faults import Publishes, storm
from tests.replica import Fault, Replica, Served, serve
from tests.support.forks import Forks

SIZES = [20_000, 100_000, 150_000, 200_000][: 1 if MAY_MOUNT and not KILLS else None]
"""The largest file, in bytes: too little for the archive itself, for its index, for the feed."""

ORDER = ("sections", "duplicate_of", "duplicate_kind", "similarity")
"""What an article's record owes to those that were archived before it: here it may come before a section that could not
be read, or before the article that it repeats."""


def test_steps_that_fail_for_a_quarter_of_the_articles_delay_their_delivery(
    archive: Archive, whole: list[bytes]
) -> None:
    failing = {"tests.chaos.failing.Failing": 350, "tests.chaos.failing.FailingLate": 950}  # before and after Archive
    archive.settings["ITEM_PIPELINES"] = json.dumps({**ITEM_PIPELINES, **failing})
    failed, delivered = archive.crawl(), len(archive.ids)
    del archive.settings["ITEM_PIPELINES"]

    assert (failed, archive.crawl()) == (3, 0), archive.log
    assert 0 < delivered < len(whole) / 2
    assert differences(whole, archive.lines, *ORDER) == []


def test_a_site_in_a_storm_is_archived_when_it_calms_down(archive: Archive, site: Served, whole: list[bytes]) -> None:
    archive.settings["RETRY_TIMES"] = 0
    for number in range(8 if KILLS else 1):
        site.faults = storm(SEED + number)
        assert archive.crawl() in (0, 3), archive.log
        assert not archive.torn
    site.faults = []

    assert archive.crawl() == 0, archive.log
    assert differences(whole, archive.lines, *ORDER) == [], f"FURAT_CHAOS_SEED={SEED}"


def test_loops_bombs_and_wrong_lengths_cost_no_other_article(
    archive: Archive, site: Served, whole: list[bytes]
) -> None:
    paths = [site.replica.article(index, site.url)["url"].removeprefix(site.url) for index in (30, 31, 33)]
    site.faults = [Fault(paths[0], to=f"/{paths[0]}"), Fault(paths[1], "bomb"), Fault(paths[2], "overlong")]
    failed, delivered = archive.crawl(), len(archive.ids)
    site.faults = []

    assert failed == 3
    assert delivered == len(whole) - 2
    assert archive.log.count("Still pending") == 2
    assert archive.crawl() == 0, archive.log
    assert differences(whole, archive.lines, *ORDER) == []


def test_posts_published_while_listings_are_read_push_none_out(quick: Forks | None, tmp_path: Path) -> None:
    with serve(Replica(40, weight=0)) as site:
        archive = Archive(site, tmp_path, forks=quick)
        before = {post["post_id"] for post in site.replica.truth()}
        site.faults = [Publishes("/page/", replica=site.replica, posts=4, times=30)]
        first, delivered = archive.crawl(), archive.ids
        site.faults = []

        assert first == 0, archive.log
        assert before <= set(delivered)
        assert archive.crawl() == 0, archive.log
        assert archive.ids == sorted(post["post_id"] for post in site.replica.truth())


@pytest.mark.parametrize("size", SIZES)
def test_a_full_disk_loses_nothing(archive: Archive, whole: list[bytes], size: int) -> None:
    archive.forks = None  # a new process, which inherits the limit
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        full = archive.crawl()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert full == 3
    assert "make room" in archive.log
    assert not archive.torn
    assert archive.crawl() == 0, archive.log
    assert archive.lines == whole
    assert not list(archive.folder.rglob(".*.part"))


@pytest.mark.parametrize("size", [400_000] if MAY_MOUNT else [])
def test_a_full_file_system_loses_nothing(archive: Archive, whole: list[bytes], size: int) -> None:
    mount: list[str | Path] = ["mount", "-t", "tmpfs", "tmpfs", archive.folder, "-o"]
    subprocess.run([*mount, f"size={size}"], check=True)
    try:
        full, log = archive.crawl(), archive.log
        subprocess.run([*mount, "remount,size=64m"], check=True)
        done, lines = archive.crawl(), archive.lines
    finally:
        subprocess.run(["umount", archive.folder], check=True)

    assert full == 3
    assert "make room" in log
    assert done == 0, archive.log
    assert lines == whole
