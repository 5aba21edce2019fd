"""Walks and visits take turns, and records name all sections that show their articles."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from furat.frontier.requests import ListingTask, build
from furat.frontier.turns import TURN, Turns
from furat.sections import Kind, Section
from furat.store import Store
from tests.replica import Fault, Replica, Served, serve
from tests.support.crawls import Crawler, crawl_command
from tests.support.forks import Forks
from tests.support.sites import killed_at, truth

LISTING = re.compile(r"^/(?:page/|category/)|^/$")


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(240, weight=0)) as served:
        yield served


def sections(site: Served) -> dict[int, list[str]]:
    """Return the categories of each article that the site shows: all are walked."""
    return {
        post["post_id"]: sorted(each["name"] for each in post["sections"] if each["kind"] == "category")
        for post in site.replica.truth(site.url)
    }


def told(records: list[dict[str, Any]]) -> dict[int, list[str]]:
    assert len({record["post_id"] for record in records}) == len(records)
    return {record["post_id"]: record["sections"] for record in records}


def archived(data: Path) -> dict[int, list[str]]:
    with Store.at(next(data.rglob("archive.db")).parent) as store:
        rows = store._connection.execute("SELECT plain(item) ->> 'post_id', plain(item) ->> 'sections' FROM revision")
        return {row[0]: [*map(str, json.loads(row[1]))] for row in rows}


def listings_before(site: Served, visit: int) -> int:
    """Return how many pages of listings were asked for before so many visits."""
    paths = [request.path for request in site.requests]
    visits = [place for place, path in enumerate(paths) if re.search(r"^/[^/?]*-\d+/$|^/%", path)]
    return sum(bool(LISTING.search(path)) for path in paths[: visits[visit - 1]])


def test_a_first_crawl_has_articles_early_and_delivers_all_their_sections(
    crawl: Crawler, site: Served, data: Path
) -> None:
    done = crawl(site.url)
    pages = sum(bool(LISTING.search(request.path)) for request in site.requests)

    assert done.exit_code == 0, done.log
    assert f"{len(truth(site))} new, 0 edited, 0 removed" in done.log
    assert listings_before(site, 1) < 30 < pages
    assert told(done.records) == archived(data) == sections(site)


@pytest.mark.parametrize("moment", [45, 80])
def test_a_crawl_that_is_killed_between_turns_costs_no_section(
    crawl: Crawler, forks: Forks, site: Served, data: Path, moment: int
) -> None:
    killed_at(moment, site, forks, crawl_command(site.url, FURAT_DATA=data, CONCURRENT_REQUESTS_PER_DOMAIN=1))
    done = crawl(site.url)

    assert done.exit_code == 0, done.log
    assert told(done.records) == archived(data) == sections(site)


def test_a_crawl_whose_walks_break_off_delivers_what_it_archived(crawl: Crawler, site: Served) -> None:
    site.faults = [Fault("/page/9/$", status=500)]
    first = crawl(site.url)
    site.faults = []
    second = crawl(site.url)

    assert (first.exit_code, second.exit_code) == (3, 0)
    assert sorted(first.ids + second.ids) == truth(site)


@pytest.mark.parametrize("kind, waits", [("category", True), ("api", False)])
def test_records_wait_for_their_sections_whichever_listing_is_the_first_to_wait(kind: Kind, *, waits: bool) -> None:
    turns = Turns()
    pages = [ListingTask(Section(kind, "", f"https://example.org/{kind}/"), is_first=False) for _ in range(TURN)]
    home = ListingTask(Section("home", "", "https://example.org/"), is_first=False)
    requests = [build("https://example.org/", task, print, None) for task in (*pages, home)]

    assert [turns.parks(request) for request in requests] == [False] * TURN + [True]
    assert turns.holds_feed == waits
