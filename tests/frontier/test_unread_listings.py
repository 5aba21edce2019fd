"""What listings showed that no crawl reads any more: it is no word for what is missing today."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from furat.clock import later, now
from tests.replica import Replica, Served, serve
from tests.support.archives import execute
from tests.support.crawls import Crawler
from tests.support.sites import id_of, path

LONG_AGO = "2026-01-01T00:00:00+00:00"
NEXT_DAY = f"UPDATE checkpoint SET value = '{LONG_AGO}' WHERE name = 'checked sitemaps'"


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(60, weight=0)) as served:
        yield served


def test_what_the_first_crawl_read_has_no_say_after_weeks_of_findings(crawl: Crawler, data: Path, site: Served) -> None:
    crawl(site.url)
    execute(data, f"UPDATE listing SET walked = '{LONG_AGO}'")
    crawl(site.url, spider="refresh")  # by the feed and the sitemaps
    site.replica.delete(20)
    execute(data, NEXT_DAY)
    crawl(site.url, spider="refresh")
    stones = []
    for found in (later(now(), -timedelta(days=1)), later(LONG_AGO, timedelta(days=1))):
        execute(data, NEXT_DAY)
        execute(data, f"UPDATE article SET suspected_at = '{found}' WHERE suspected_at NOT NULL")
        done = crawl(site.url, spider="refresh")
        assert done.exit_code == 0, done.log
        stones.append([each["post_id"] for each in done.records if each["kind"] == "tombstone"])

    assert stones == [[], [id_of(site, 20)]]


def test_sitemaps_that_another_maker_replaced_hide_no_deletion(crawl: Crawler, data: Path, site: Served) -> None:
    crawl(site.url, spider="sitemap")
    site.replica.sitemaps = "yoast"
    crawl(site.url, spider="sitemap")
    site.replica.delete(20)
    visits = []
    for since in (now(), LONG_AGO):
        execute(data, f"UPDATE listing SET walked = '{since}' WHERE url LIKE '%/wp-sitemap%'")
        execute(data, f"UPDATE checkpoint SET value = '{LONG_AGO}' WHERE name LIKE 'round %'")
        asked = len(site.requests)
        crawl(site.url, spider="sitemap", FURAT_REVISITS=0)
        visits.append([request.path for request in list(site.requests)[asked:]].count(path(site, 20)))

    assert visits == [0, 1]


def test_a_feed_that_calls_itself_unchanged_hides_no_deletion(crawl: Crawler, data: Path, site: Served) -> None:
    crawl(site.url, spider="feed")
    site.replica.delete(59)
    stones = []
    for _ in range(2):
        execute(data, f"UPDATE article SET seen = '{LONG_AGO}', first_seen = '{LONG_AGO}'")
        execute(data, f"UPDATE article SET suspected_at = '{LONG_AGO}' WHERE suspected_at NOT NULL")
        done = crawl(site.url, spider="feed", FURAT_DUE_SHARE=0)
        assert done.exit_code == 0, done.log
        stones.append([each["post_id"] for each in done.records])

    assert stones == [[], [id_of(site, 59)]]
