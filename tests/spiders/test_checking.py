"""Once a day the posts are counted; where the count differs, few pages of the list show which posts came and went."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from tests.replica import Replica, Served, rest_posts, serve
from tests.replica.rest import Answer, Query
from tests.support.archives import execute
from tests.support.crawls import Crawled, Crawler
from tests.support.sites import id_of, truth

PAGE = 10
"""How many posts the site lists at a time: as many pages as a large newsroom has of a hundred."""

LIST = "orderby=id"


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the API list few posts at a time, whatever is asked for, as plugins do."""

    def few(replica: Replica, query: Query) -> Answer:
        return rest_posts.posts(replica, {**query, "per_page": str(PAGE)})

    monkeypatch.setattr("tests.replica.rest_routes.posts", few)


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(250, weight=0, rest=True, sitemaps=None)) as served:
        yield served


def next_day(crawl: Crawler, data: Path, site: Served, **settings: object) -> Crawled:
    """Crawl as if the posts were counted long ago, with nothing due for recrawl."""
    execute(data, "UPDATE checkpoint SET value = '2026-01-01T00:00:00+00:00' WHERE name LIKE 'checked http%'")
    return crawl(site.url, spider="api", **{"FURAT_REVISITS": 0, **settings})


def pages(site: Served, since: int = 0) -> int:
    """Return how many pages of the list of all posts were asked for."""
    return sum(LIST in request.path for request in list(site.requests)[since:])


def hide(site: Served, index: int) -> None:
    """Publish a new post that the API does not tell as a change, with the oldest date of all."""
    site.replica.add(1)
    site.replica.changes.modified[index] = datetime(2016, 1, 1, tzinfo=UTC)


def test_a_deleted_post_costs_few_pages_once(crawl: Crawler, data: Path, site: Served) -> None:
    first = crawl(site.url, spider="api")
    site.replica.delete(30)
    asked = len(site.requests)

    doubt = next_day(crawl, data, site)
    found = pages(site, asked)
    asked = len(site.requests)
    again = next_day(crawl, data, site)

    assert (first.exit_code, doubt.exit_code, again.exit_code) == (0, 0, 0), doubt.log + again.log
    assert 3 <= found <= 7  # one in turn, and halves of halves of 26 pages
    assert pages(site, asked) == 1
    assert len(site.requests) - asked == 4  # robots.txt, changes, newest posts, a page in turn


def test_several_that_went_and_came_are_found_at_once(crawl: Crawler, data: Path, site: Served) -> None:
    crawl(site.url, spider="api")
    for index in (30, 31, 200):
        site.replica.delete(index)
    hide(site, 254)
    asked = len(site.requests)

    doubt = next_day(crawl, data, site)
    found = pages(site, asked)
    execute(data, "UPDATE article SET suspected_at = '2026-01-01T00:00:00+00:00' WHERE suspected_at NOT NULL")
    stones = crawl(site.url, spider="api", FURAT_REVISITS=10)

    assert (doubt.exit_code, doubt.ids) == (0, [id_of(site, 254)]), doubt.log
    assert found <= 14
    tombs = {each["post_id"] for each in stones.records if each["kind"] == "tombstone"}
    assert tombs == {id_of(site, index) for index in (30, 31, 200)}, stones.log


def test_a_list_in_another_order_is_read_to_its_end(
    crawl: Crawler, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shuffled = Random(7).sample(range(300), 300)  # noqa: S311 (the same in every run)
    ordered = rest_posts._ordered

    def disordered(replica: Replica, found: list[int], query: Query) -> list[int]:
        in_order = ordered(replica, found, query)
        return sorted(in_order, key=shuffled.__getitem__) if query.get("orderby") == "id" else in_order

    monkeypatch.setattr(rest_posts, "_ordered", disordered)
    with serve(Replica(60, weight=0, rest=True, sitemaps=None)) as site:
        crawl(site.url, spider="api")
        site.replica.delete(30)
        asked = len(site.requests)

        doubt = next_day(crawl, data, site)

        assert doubt.exit_code == 0, doubt.log
        assert "is not in the order of their numbers" in doubt.log
        assert pages(site, asked) == 1 + 6
        assert [request.status for request in list(site.requests)[asked:]].count(404) == 1


def test_posts_whose_addresses_changed_are_asked_of_the_api_and_not_visited(
    crawl: Crawler, data: Path, site: Served
) -> None:
    crawl(site.url, spider="api")
    for index in range(site.replica.posts):
        site.replica.changes.old_slugs[site.replica.card(index).slug] = index
        site.replica.changes.slugs[index] = f"renamed-{index}"
    site.replica.card.cache_clear()  # type: ignore[attr-defined]
    site.replica.changes.count += 1
    asked = len(site.requests)

    done = next_day(crawl, data, site)

    assert (done.exit_code, done.records) == (0, []), done.log
    assert len(site.requests) - asked <= 4 + 2 + 2  # two answers with whole posts; one post with a password is visited
    with closing(sqlite3.connect(next(data.rglob("archive.db")))) as connection:
        urls = {url for (url,) in connection.execute("SELECT url FROM living")}
    assert f"{site.url}renamed-253/" in urls


def test_imported_posts_are_asked_of_the_api_and_not_visited(crawl: Crawler, data: Path, site: Served) -> None:
    first = crawl(site.url, spider="api")
    for index in range(254, 269):
        hide(site, index)
    asked = len(site.requests)

    done = next_day(crawl, data, site)

    assert (done.exit_code, first.ids + done.ids) == (0, truth(site)), done.log
    assert all(request.path.startswith(("/robots.txt", "/wp-json/")) for request in list(site.requests)[asked:])


def test_posts_are_counted_too_where_each_crawl_reads_all_of_them(
    crawl: Crawler, data: Path, site: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WordPress before 5.7 ignores the moment from which posts are asked for."""
    known = rest_posts.posts

    def old(replica: Replica, query: Query) -> Answer:
        asked = {name: value for name, value in query.items() if name != "modified_after"}
        return known(replica, {**asked, "per_page": str(PAGE)})

    monkeypatch.setattr("tests.replica.rest_routes.posts", old)
    crawl(site.url, spider="api")
    site.replica.delete(30)

    done = next_day(crawl, data, site)

    assert done.exit_code == 0, done.log
    assert [request.status for request in site.requests].count(404) == 1


def test_a_list_that_suddenly_leaves_out_most_posts_makes_few_visits(
    crawl: Crawler, data: Path, site: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl(site.url, spider="api")

    def recent(replica: Replica, query: Query) -> Answer:
        return rest_posts.posts(replica, {**query, "after": "2024-01-01T00:00:00", "per_page": str(PAGE)})

    monkeypatch.setattr("tests.replica.rest_routes.posts", recent)
    for _ in range(2):
        asked = len(site.requests)
        done = next_day(crawl, data, site)

        assert (done.exit_code, done.records) == (0, []), done.log
        visits = [request for request in list(site.requests)[asked:] if not request.path.startswith("/wp-json")]
        assert len(visits) <= 20 + 20 + 4  # a page of three, and what pages lack
