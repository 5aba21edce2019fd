"""A clock that is wrong, the server's or an article's, hides no edit."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.replica import Fault, Replica, Served, serve
from tests.replica.site import Reply
from tests.support.crawls import Crawler
from tests.support.sites import edit, id_of

YEAR = timedelta(days=365)


class ClockAhead(Fault):
    """Answers with a Date that is a year ahead."""

    def apply(self, reply: Reply) -> Reply:
        date = (datetime.now(UTC) + YEAR).strftime("%a, %d %b %Y %H:%M:%S GMT")
        return Reply(reply.status, reply.body, reply.content_type, {**reply.headers, "Date": date}, reply.filler)


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(40, weight=0, rest=True, sitemaps="yoast")) as served:
        yield served


@pytest.mark.parametrize("spider, then", [("api", "api"), ("news", "refresh")])
def test_a_server_whose_clock_is_a_year_ahead(crawl: Crawler, site: Served, spider: str, then: str) -> None:
    site.faults = [ClockAhead("")]
    changed = site.replica.changes.modified
    for index in (3, 5):
        changed[index] = (datetime.now(UTC) + YEAR - timedelta(hours=index)).replace(microsecond=0)
    first = crawl(site.url, spider=spider)
    again = crawl(site.url, spider=then, FURAT_REVISITS=0)
    edit(site, 3, 7)
    changed[3] = (datetime.now(UTC) + YEAR).replace(microsecond=0)
    third = crawl(site.url, spider=then, FURAT_REVISITS=0)

    assert (first.exit_code, again.exit_code, third.exit_code) == (0, 0, 0), third.log
    assert again.ids == []
    assert third.ids == sorted([id_of(site, 3), id_of(site, 7)])


@pytest.mark.parametrize("spider, then", [("api", "api"), ("news", "feed"), ("news", "sitemap")])
def test_one_article_that_was_modified_in_9999(crawl: Crawler, site: Served, spider: str, then: str) -> None:
    site.replica.changes.modified[39] = datetime(9999, 12, 31, 10, tzinfo=UTC)
    first = crawl(site.url, spider=spider)
    again = crawl(site.url, spider=then, FURAT_REVISITS=0)
    edit(site, 38)
    third = crawl(site.url, spider=then, FURAT_REVISITS=0)

    assert (first.exit_code, again.exit_code, third.exit_code) == (0, 0, 0), third.log
    assert again.ids == []
    assert third.ids == [id_of(site, 38)]
