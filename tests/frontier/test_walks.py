"""Listings are read to their end, whatever happens to them meanwhile, and not once more than needed."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Response

from furat.frontier.requests import ListingTask, build
from furat.frontier.turns import VISITS, Turns
from furat.frontier.walks import Walks
from furat.sections import Section
from furat.store import Store
from tests.replica import Fault, Replica, Served, serve
from tests.support.crawls import Crawler
from tests.support.sites import When

SECTION = ("-a", "sections=أخبار")


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(150, weight=0)) as served:
        yield served


def in_section(site: Served) -> list[int]:
    return [
        post["post_id"]
        for post in site.replica.truth()
        if any((each["kind"], each["name"]) == ("category", "أخبار") for each in post["sections"])
    ]


def listed(site: Served, since: int = 0) -> list[int]:
    """Return the numbers of the pages of the section that were asked for."""
    paths = [request.path for request in list(site.requests)[since:]]
    pages = [re.search(r"^/category/[^/]+/(?:page/(\d+)/)?$", path) for path in paths]
    return [int(page[1] or 1) for page in pages if page]


def indexes(site: Served) -> list[int]:
    """Return the indexes in the replica of the section's articles, the newest first."""
    by_id = {site.replica.article(index)["post_id"]: index for index in range(150)}
    return sorted((by_id[post] for post in in_section(site) if post in by_id), reverse=True)


def test_a_post_deleted_while_a_listing_is_read_hides_no_other(crawl: Crawler, site: Served) -> None:
    def delete() -> None:
        for each in indexes(site)[:3]:
            site.replica.delete(each)

    site.faults = [When("/page/3/$", happens=delete)]

    done = crawl(site.url, *SECTION)

    assert done.exit_code == 0, done.log
    assert done.ids == sorted(in_section(site))
    assert listed(site).count(1) == 2


def test_posts_that_come_while_a_listing_is_read_are_neither_missed_nor_doubled(crawl: Crawler, site: Served) -> None:
    before = in_section(site)
    site.faults = [When("/page/3/$", happens=lambda: site.replica.add(25))]

    first = crawl(site.url, *SECTION)
    second = crawl(site.url, *SECTION)

    assert set(before) <= set(first.ids)
    assert sorted(first.ids + second.ids) == sorted(in_section(site))


def test_an_interrupted_walk_goes_on_where_it_stopped(crawl: Crawler, site: Served) -> None:
    site.faults = [Fault("/page/4/$", status=500)]
    first = crawl(site.url, *SECTION)
    site.faults = []
    asked = len(site.requests)
    second = crawl(site.url, *SECTION)

    assert (first.exit_code, second.exit_code) == (3, 0)
    assert sorted(first.ids + second.ids) == sorted(in_section(site))
    pages = listed(site, asked)
    assert pages[:3] == [1, 3, 4]
    assert pages == sorted(set(pages))


def test_what_came_and_went_since_an_interruption_is_not_jumped_over(crawl: Crawler, site: Served) -> None:
    site.faults = [Fault("/page/4/$", status=500)]
    first = crawl(site.url, *SECTION)
    site.faults = []
    for each in indexes(site)[5:25]:
        site.replica.delete(each)
    second = crawl(site.url, *SECTION)

    assert second.exit_code == 0, second.log
    assert set(in_section(site)) <= {*first.ids, *second.ids}
    assert not {*first.ids} & {*second.ids}


def test_an_interrupted_refresh_is_completed_by_the_next(crawl: Crawler, site: Served) -> None:
    first = crawl(site.url, *SECTION)
    site.replica.add(60)
    site.faults = [Fault("/page/2/$", status=500)]
    broken = crawl(site.url, *SECTION)
    site.faults = []
    asked = len(site.requests)
    third = crawl(site.url, *SECTION)

    assert (broken.exit_code, third.exit_code) == (3, 0)
    assert sorted(first.ids + broken.ids + third.ids) == sorted(in_section(site))
    assert max(listed(site, asked)) < max(listed(site))


def test_an_unchanged_section_costs_one_request(crawl: Crawler, site: Served) -> None:
    crawl(site.url, *SECTION)
    asked = len(site.requests)
    second = crawl(site.url, *SECTION, FURAT_REVISITS=0)

    assert second.records == []
    assert listed(site, asked) == [1]


def test_a_range_of_days_far_down_a_listing_is_found(crawl: Crawler, site: Served) -> None:
    posts: list[Any] = sorted(site.replica.truth(), key=lambda post: str(post["published"]))
    days = str(posts[3]["published"])[:10], str(posts[12]["published"])[:10]
    wanted = sorted(post["post_id"] for post in posts if days[0] <= str(post["published"])[:10] <= days[1])
    crawl(site.url, "-a", "since=2100-01-01")

    done = crawl(site.url, "-a", f"since={days[0]}", "-a", f"until={days[1]}")

    assert done.ids == wanted


@pytest.mark.parametrize("home", ["http://example.org/", "https://www.example.org/", "http://127.0.0.1:8080/"])
def test_a_listing_in_doubt_is_read_again_however_its_address_is_printed(tmp_path: Path, home: str) -> None:
    with Store.at(tmp_path) as store:
        walks, section = Walks(store.listings), Section("home", "", home)
        request = build(home, ListingTask(section), None, None)
        walks.begin(request)
        walks.read(Response(home, request=request), [f"{home}a/", f"{home}b/"], None)
        walks.doubt(f"{home}a/")

        assert [again.url for again in walks.again()] == [home]


def test_a_listing_without_end_lets_visits_take_their_turn_and_ends_for_this_crawl(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("furat.frontier.turns.TURN", 3)
    monkeypatch.setattr("furat.frontier.turns.MOST_TURNS", 2)
    page = build("https://example.org/page/2/", ListingTask(Section("home", "", "https://example.org/")), None, None)
    turns = Turns()
    resumed: list[object] = []
    while not resumed or resumed[-1]:
        while not turns.parks(page):
            pass
        assert (turns.visits(), turns.visits()) == (VISITS, 0)
        resumed.append(turns.resume())

    assert resumed == [[page], [page], []]
