"""Listings that show the same posts on every page, without an end."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.replica import Replica, Served, serve
from tests.replica.site import Reply
from tests.support.crawls import Crawler
from tests.support.sites import truth

SECTION = ("-a", "sections=أخبار")
PAGE = re.compile(r"^(/category/[^/]+/)page/(\d+)/$")
WITHIN = 6
"""Pages within which a listing that only repeats itself is seen through."""


@pytest.fixture
def site() -> Iterator[Served]:
    """Serve a site whose categories answer for every page with the posts of the first and a link to one more."""
    with serve(Replica(60, weight=0)) as served:
        answer = served.site.answer

        def repeat(target: str) -> Reply:
            if found := PAGE.match(target):
                first = answer(found[1])
                more = f"/page/{int(found[2]) + 1}/".encode()
                return replace(first, body=first.body.replace(b"/page/2/", more))
            return answer(target)

        served.site.answer = repeat  # type: ignore[method-assign]
        yield served


def pages(site: Served, since: int = 0) -> list[int]:
    """Return the numbers of the pages of categories that were asked for."""
    found = (PAGE.match(request.path) for request in list(site.requests)[since:])
    return [int(each[2]) for each in found if each]


def test_a_listing_that_repeats_itself_without_end_is_not_read_without_end(crawl: Crawler, site: Served) -> None:
    done = crawl(site.url, *SECTION)

    assert done.exit_code == 0, done.log
    assert 1 < max(pages(site)) <= WITHIN
    assert len(done.records) == len({record["id"] for record in done.records}) > 5


def test_neither_is_it_by_the_next_crawl_nor_where_the_home_page_knows_all(crawl: Crawler, site: Served) -> None:
    first = crawl(site.url)
    asked = len(site.requests)
    second = crawl(site.url, FURAT_REVISITS=0)

    assert (first.exit_code, second.exit_code) == (0, 0), second.log
    assert first.ids == truth(site)
    assert max(pages(site)) <= WITHIN
    assert len(site.requests) - asked < asked / 2
