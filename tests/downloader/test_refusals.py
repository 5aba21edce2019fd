"""A refusal is told with what can be done, and changes nothing in the archive."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from furat import __version__
from tests.replica import Fault, Replica, Served, serve
from tests.replica.challenges import PAGES
from tests.support.crawls import Crawler, crawl_command
from tests.support.forks import Forks
from tests.support.sites import killed_at, path, truth


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(30, weight=0)) as served:
        yield served


def tries(data: Path) -> int:
    with closing(sqlite3.connect(next(data.rglob("archive.db")))) as archive:
        return int(archive.execute("SELECT max(tries) FROM address").fetchone()[0])


def test_the_requests_of_a_day_are_not_exceeded_by_several_crawls_nor_by_kills(
    crawl: Crawler, forks: Forks, site: Served, data: Path
) -> None:
    killed_at(25, site, forks, crawl_command(site.url, FURAT_DATA=data, FURAT_DAILY_REQUESTS=60))
    spent = crawl(site.url, FURAT_DAILY_REQUESTS=60)
    asked = len(site.requests)
    idle = crawl(site.url, FURAT_DAILY_REQUESTS=60)

    assert asked <= 60
    assert (spent.exit_code, idle.exit_code) == (3, 3)
    assert "(budget spent): FURAT_DAILY_REQUESTS=60 of" in spent.log
    assert "(budget spent): FURAT_DAILY_REQUESTS=60 of" in idle.log
    assert len(site.requests) == asked
    assert tries(data) == 0

    done = crawl(site.url)

    assert done.exit_code == 0
    assert sorted(spent.ids + done.ids) == truth(site)


@pytest.mark.parametrize("name", ["Cloudflare", "SiteGround"])
def test_a_site_behind_a_challenge_is_told_with_what_can_be_done(crawl: Crawler, site: Served, name: str) -> None:
    site.faults = [Fault("^/$", status=200, body=PAGES[name])]

    done = crawl(site.url, FURAT_CONTACT="press@example.org")

    assert done.exit_code == 3
    assert f"(challenged): {name} requires a browser at {site.url}" in done.log
    agent = f"Furat/{__version__} (news archive) press@example.org"
    assert f"ask the site's owner to allow the user agent '{agent}'" in done.log
    assert "Traceback" not in done.log
    assert done.feeds == []
    assert len(site.requests) <= 5


def test_a_challenge_that_passes_is_waited_for(crawl: Crawler, site: Served) -> None:
    site.faults = [Fault("/page/2/", status=200, body=PAGES["slow-AES cookie"], times=2)]

    done = crawl(site.url)

    assert (done.exit_code, done.ids) == (0, truth(site))


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 200, "body": PAGES["Sucuri"]},
        {"status": 404, "headers": {"cf-mitigated": "challenge"}},
        {"status": 503, "retry_after": 86400},
    ],
    ids=["Sucuri", "Cloudflare", "throttle"],
)
def test_refusals_change_nothing_in_the_archive(crawl: Crawler, site: Served, data: Path, fault: Any) -> None:
    before = crawl(site.url)
    site.faults = [Fault(r"^/[^/]{9,}/$|/page/[3-9]", **fault)]
    site.replica.add(3)
    refused = crawl(site.url, FURAT_DUE_SHARE=0)
    site.faults = []
    healed = crawl(site.url)

    assert refused.exit_code == 3
    assert refused.records == []
    assert tries(data) == 0
    assert healed.exit_code == 0
    assert sorted(before.ids + healed.ids) == truth(site)


def test_one_address_that_is_refused_while_the_site_serves_others_fails_alone(crawl: Crawler, site: Served) -> None:
    site.faults = [Fault(path(site, 20), status=403, body=PAGES["Imunify360"])]

    done = crawl(site.url)

    assert done.exit_code == 3
    assert "a challenge by Imunify360, while the site serves other pages" in done.log
    assert "(tries: 1)" in done.log
    assert len(done.records) == 29
