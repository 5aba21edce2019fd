"""A site whose layout is not understood any more: nothing wrong is archived, nothing is lost, and the crawl says so."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import Crawled, Crawler
from tests.replica import Fault, Replica, Served, serve

ARTICLES = r"^/(?!category/|tag/|page/|robots|wp-)[^/]+/"
LISTINGS = r"^/(category/.*)?$"
EVERYTHING_DUE = {"FURAT_DUE_SHARE": 0, "FURAT_REVISITS": 1000}

FIELDS = ("post_id", "revision", "title", "text", "published", "authors", "images", "kind")


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(60, weight=0)) as served:
        yield served


def records(*crawls: Crawled) -> list[Any]:
    """Return what was delivered, but for what differs from crawl to crawl."""
    return sorted([record[name] for name in FIELDS] for done in crawls for record in done.records)


def truth(site: Served) -> list[Any]:
    return sorted(post["post_id"] for post in site.replica.truth())


@pytest.mark.parametrize("kind", ["redesigned", "undated", "textless", "challenge"])
def test_a_redesign_between_two_crawls_stops_the_second_and_harms_nothing(
    crawl: Crawler, site: Served, kind: Any
) -> None:
    before = crawl(site.url)
    site.replica.add(3)
    site.faults = [Fault(ARTICLES, kind)]
    asked = len(site.requests)
    broken = [crawl(site.url, **EVERYTHING_DUE) for _ in range(2)]
    cost = len(site.requests) - asked
    site.faults = []
    healed = crawl(site.url, **EVERYTHING_DUE)

    assert [each.exit_code for each in broken] == [5, 5], broken[0].log
    assert [each.records for each in broken] == [[], []]
    assert cost < 100
    assert "NotUnderstood: no " in broken[0].log
    assert f"such as {site.url}".replace("http", "https") in broken[0].log
    assert healed.exit_code == 0, healed.log
    assert len(healed.records) == 3
    assert sorted(before.ids + healed.ids) == truth(site)
    assert {record["revision"] for record in healed.records} == {1}
