"""A crawl waits when the site asks for it, and ends when that takes too long."""

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest

from furat.downloader.politeness import ALONE
from tests.replica import Fault, Replica, Served, serve
from tests.replica.site import Reply
from tests.support.crawls import LONG, Crawler, crawl_command, log_line, started, wait_for
from tests.support.sites import path, truth


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(30, weight=0)) as served:
        yield served


def tries(data: Path) -> int:
    with closing(sqlite3.connect(next(data.rglob("archive.db")))) as archive:
        return int(archive.execute("SELECT max(tries) FROM address").fetchone()[0])


def archived(data: Path) -> int:
    with closing(sqlite3.connect(next(data.rglob("archive.db")))) as archive:
        return int(archive.execute("SELECT count(*) FROM article").fetchone()[0])


def pauses(site: Served, status: int) -> list[float]:
    """Return the seconds from each answer of this ``status`` to the next request; the crawl sends one at a time."""
    requests = zip(pairwise(site.moments), site.requests, strict=False)
    return [later - sooner for (sooner, later), request in requests if request.status == status]


@pytest.mark.parametrize("status", [429, 503])
def test_a_throttled_site_is_left_alone_until_the_moment_it_names(crawl: Crawler, site: Served, status: int) -> None:
    site.faults = [Fault("/page/2/", status=status, retry_after=2, times=2)]

    done = crawl(site.url, CONCURRENT_REQUESTS=1)

    assert done.exit_code == 0, done.log
    assert done.ids == truth(site)
    assert len(pauses(site, status)) == 2
    assert min(pauses(site, status)) >= 2


class Dated(Fault):
    """Asks for patience until a date that is three seconds after the answer."""

    def apply(self, reply: Reply) -> Reply:
        date = datetime.now(UTC) + timedelta(seconds=3)
        return replace(super().apply(reply), headers={"Retry-After": format_datetime(date, usegmt=True)})


def test_the_moment_may_be_a_date(crawl: Crawler, site: Served) -> None:
    site.faults = [Dated("/page/2/", status=503, times=1)]

    done = crawl(site.url, CONCURRENT_REQUESTS=1)

    assert (done.exit_code, done.ids) == (0, truth(site))
    assert min(pauses(site, 503)) > 1.9  # a date has whole seconds


def test_a_site_that_names_no_moment_is_asked_again_ever_later(crawl: Crawler, site: Served) -> None:
    site.faults = [Fault("^/$", status=503, times=3)]

    done = crawl(site.url, CONCURRENT_REQUESTS=1)

    assert (done.exit_code, done.ids) == (0, truth(site))
    assert [pause >= least for pause, least in zip(pauses(site, 503), (0.5, 1, 2), strict=True)] == [True] * 3


def test_a_redirect_that_asks_for_patience_gets_it(crawl: Crawler, site: Served) -> None:
    site.faults = [Fault("^/$", to="/?again", retry_after=2, times=1)]

    done = crawl(site.url, CONCURRENT_REQUESTS=1)

    assert (done.exit_code, done.ids) == (0, truth(site))
    assert min(pauses(site, 302)) >= 2


def test_a_crawl_does_not_wait_beyond_its_patience(crawl: Crawler, site: Served, data: Path) -> None:
    site.faults = [Fault(path(site, 20), status=503, retry_after=86400)]
    began = datetime.now(UTC).replace(microsecond=0)
    stopped = crawl(site.url)
    ended = datetime.now(UTC)
    site.faults = []
    healed = crawl(site.url)

    named = datetime.fromisoformat(stopped.log.partition("again after ")[2].split()[0])
    assert stopped.exit_code == 3
    assert "(throttled): HTTP 503, Retry-After: 86400" in stopped.log
    assert began < named - timedelta(days=1) < ended + timedelta(seconds=3)  # moments are rounded up
    assert "Still pending" not in stopped.log
    assert healed.exit_code == 0
    assert sorted(stopped.ids + healed.ids) == truth(site)
    assert tries(data) == 0


def test_maintenance_of_wordpress_is_waited_for_or_told(crawl: Crawler, site: Served) -> None:
    notice = "<title>Maintenance</title>Briefly unavailable for scheduled maintenance."
    site.faults = [Fault(".", status=503, retry_after=600, body=notice)]

    done = crawl(site.url, FURAT_PATIENCE=599)

    assert done.exit_code == 3
    assert "Retry-After: 600" in done.log
    assert "Traceback" not in done.log
    assert len(site.requests) == 1


def test_a_throttled_search_for_a_section_is_no_unknown_section(crawl: Crawler, site: Served) -> None:
    site.faults = [Fault("/wp-json/|/category/|/tag/", status=429, retry_after=86400)]

    done = crawl(site.url, "-a", "sections=لا قسم كهذا")

    assert done.exit_code == 3
    assert "(throttled)" in done.log
    assert "Traceback" not in done.log


@pytest.mark.scrapy
def test_an_operator_who_ends_a_waiting_crawl_need_not_wait(data: Path, site: Served) -> None:
    site.faults = [Fault("/page/2/", status=503, retry_after=600)]
    command = crawl_command(site.url, FURAT_DATA=data)
    with started(*command) as waiting:
        log_line(waiting, "Refused")
        waiting.send_signal(signal.SIGTERM)
        waiting.communicate(timeout=LONG)

    assert waiting.returncode == 3


@pytest.mark.scrapy
def test_what_a_crawl_archived_before_it_waits_is_kept_though_it_is_killed(data: Path, site: Served) -> None:
    site.replica.feeds = False  # else pages that teach the layout are served before their own visits
    site.faults = [Fault(path(site, 20), status=503, retry_after=600)]
    # One page at a time and none held back: what was served is archived, articles of several pages too.
    command = crawl_command(site.url, FURAT_DATA=data, CONCURRENT_REQUESTS=1, FURAT_QUARANTINE=False)
    with started(*command) as waiting:
        log_line(waiting, "Refused")
        served = {request.path for request in site.requests if request.status == 200}
        expected = len(served & {path(site, index) for index in range(30)})
        wait_for(lambda: archived(data) == expected)
        waiting.send_signal(signal.SIGKILL)
        waiting.communicate(timeout=LONG)

    assert archived(data) == expected > 1


@pytest.mark.parametrize("rule", ["*\nRequest-rate: 3/2s", "*\nAllow: /\n\nUser-agent: furat\nCrawl-delay: 0.6"])
def test_the_distance_that_robots_txt_wants_is_kept(crawl: Crawler, site: Served, rule: str) -> None:
    site.faults = [Fault("^/robots.txt", status=200, body=f"User-agent: {rule}\n")]

    done = crawl(site.url, "-a", "sections=حمص", AUTOTHROTTLE_ENABLED=True, AUTOTHROTTLE_START_DELAY=0)

    assert done.exit_code == 0
    assert len(site.requests) > 3
    first, *later = site.moments  # the server may notice any late, the first by less than a distance
    assert all(moment - first > 0.59 * number for number, moment in enumerate(later))


@pytest.mark.parametrize("delay", ["86400", "nan", "-1"])
def test_a_distance_that_makes_no_sense_does_not_hold_a_crawl(crawl: Crawler, site: Served, delay: str) -> None:
    site.faults = [Fault("^/robots.txt", status=200, body=f"User-agent: *\nCrawl-delay: {delay}\n")]

    done = crawl(site.url, "-a", "sections=حمص", FURAT_PATIENCE=0.1)

    assert done.exit_code == 0
    assert ("robots.txt asks for" in done.log) == (delay == "86400")


def test_one_address_that_always_asks_for_much_patience_does_not_end_the_crawl(crawl: Crawler, data: Path) -> None:
    with serve(Replica(60, weight=0)) as site:
        site.faults = [Fault(path(site, 59), status=503, retry_after=2)]  # of the first visits; most come after them
        done = crawl(site.url, FURAT_PATIENCE=3, CONCURRENT_REQUESTS=1)
        refusals = pauses(site, 503)

    assert done.exit_code == 3
    assert "HTTP 503, while the site serves other pages (tries: 1)" in done.log
    assert (len(done.records), tries(data)) == (59, 1)
    assert 2 <= len(refusals) <= ALONE + 1  # as many as other pages were served between
    assert min(refusals) >= 2
