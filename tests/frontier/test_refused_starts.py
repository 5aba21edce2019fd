"""Settings, folders, archives and sections that make no sense are told, and nothing is asked or harmed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.replica import Fault, Served
from tests.support.crawls import Crawler
from tests.support.firsts import Firsts


@pytest.fixture
def site(firsts: Firsts) -> Iterator[Served]:
    with firsts.serve(60, weight=0) as served:
        yield served


@pytest.mark.parametrize("damaged", [0.02, 0.25, 0.5, 0.95])
@pytest.mark.parametrize("spider", ["news", "refresh"])
def test_a_damaged_archive_ends_the_crawl_with_its_cure(
    crawl: Crawler, site: Served, data: Path, spider: str, damaged: float
) -> None:
    crawl.first(site)
    archive = next(data.rglob("archive.db"))
    whole = archive.read_bytes()
    begin = int(len(whole) * damaged) // 4096 * 4096
    archive.write_bytes(whole[:begin] + b"?" * 4 * 4096 + whole[begin + 4 * 4096 :])
    site.replica.add(3)
    failed = crawl(site.url, spider=spider)
    for file in archive.parent.glob("archive.db*"):
        file.unlink()
    archive.write_bytes(whole)
    healed = crawl(site.url, spider=spider)

    assert failed.exit_code == 1, failed.log
    assert "restore it from a backup" in failed.log
    assert not (archive.parent / "lock.owner").exists()
    assert (healed.exit_code, len(healed.records)) == (0, 3), healed.log


@pytest.mark.parametrize(
    "setting",
    [
        "FURAT_DUPLICATES=merge",
        "FURAT_PROGRESS=perhaps",
        "FURAT_QUARANTINE=maybe",
        "FURAT_TIMEZONE=../etc",
        "FURAT_TIMEZONE=Damascus",
    ],
)
def test_a_setting_that_makes_no_sense_is_named(crawl: Crawler, site: Served, setting: str) -> None:
    done = crawl(site.url, f"-s{setting}")

    assert done.exit_code == 2
    assert setting in done.log
    assert "Traceback" not in done.log
    assert not site.requests


def test_a_folder_that_can_t_be_written_is_told_before_anything_is_asked(
    crawl: Crawler, site: Served, data: Path
) -> None:
    data.write_text("a file where a folder should be")

    done = crawl(site.url)

    assert done.exit_code == 2
    assert "FURAT_DATA" in done.log
    assert "Traceback" not in done.log
    assert not site.requests


def test_hostile_titles_and_sections_reach_the_store_as_text(crawl: Crawler, site: Served, data: Path) -> None:
    crawl.first(site)
    done = crawl(site.url, "-a", "sections='; DROP TABLE article; --")

    assert done.exit_code == 2
    with closing(sqlite3.connect(next(data.rglob("archive.db")))) as archive:
        assert archive.execute("SELECT count(*) > 0 FROM article").fetchone() == (1,)


@pytest.mark.parametrize(
    "setting",
    ["FURAT_DAILY_REQUESTS=few", "FURAT_DUE_SHARE=-1", "FURAT_PATIENCE=", "FURAT_REVISITS=inf", "FURAT_TRIES=ten"],
)
def test_a_setting_that_is_no_number_is_wrong_usage(crawl: Crawler, site: Served, setting: str) -> None:
    name, _, value = setting.partition("=")

    done = crawl(site.url, **{name: value})

    assert done.exit_code == 2
    assert f"{setting} is not a number" in done.log
    assert "Traceback" not in done.log


def test_a_robots_txt_that_fails_is_no_fault_of_the_network(crawl: Crawler, site: Served) -> None:
    site.faults = [Fault("^/robots.txt", status=500)]

    done = crawl(site.url)

    assert done.exit_code == 3
    assert "(HTTP 500), so everything is forbidden; the site itself fails, try later" in done.log
