"""What a fresh entry that leads nowhere costs."""

import re

import pytest

from tests.replica import Fault, Replica, serve
from tests.support.crawls import Crawler
from tests.support.sites import path

ASKED = 2
"""Requests for what pages lack, which some sites of the same kind need and others do not."""


def cost(crawl: Crawler, articles: int, spider: str) -> list[int]:
    """Return how many requests each crawl makes after a post was listed that answers 404."""
    with serve(Replica(articles, weight=0)) as site:
        crawl(site.url)
        crawl(site.url, spider=spider, FURAT_REVISITS=0)
        site.replica.add(1)
        site.faults = [Fault(re.escape(path(site, site.replica.posts - 1)), status=404)]
        costs = []
        for _ in range(3):
            before = len(site.requests)
            done = crawl(site.url, spider=spider, FURAT_REVISITS=0)
            assert done.exit_code == 3, done.log
            costs.append(len(site.requests) - before)
    return costs


@pytest.mark.parametrize("spider, most", [("news", 30), ("feed", 8)])
def test_a_dead_link_on_top_of_a_listing_costs_the_same_in_a_large_archive(
    crawl: Crawler, spider: str, most: int
) -> None:
    small, large = cost(crawl, 80, spider), cost(crawl, 240, spider)

    assert all(abs(more - less) <= ASKED for less, more in zip(small, large, strict=True))
    assert max(small + large) <= most
