"""Whatever happens to a few posts, a refresh loses nothing, and asks a large site for no more than a small one."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.replica import Replica, Served, rest_posts, serve
from tests.replica.rest import Answer, Query
from tests.support.archives import execute
from tests.support.crawls import Crawler
from tests.support.sites import edit, now, truth

PAGE = 10
"""How many posts the API lists at a time: a small site has as many pages as a large newsroom has of a hundred."""

DAYS = 3
MOST = 20
"""The most requests of a refresh after three events, those of a large archive 12 in other trials."""

NEXT_DAY = "UPDATE checkpoint SET value = '2026-01-01T00:00:00+00:00' WHERE name LIKE 'checked http%'"
HOURS_AGO = "UPDATE article SET suspected_at = '2026-01-01T00:00:00+00:00' WHERE suspected_at NOT NULL"


def publish(site: Served, _: Random) -> None:
    """Publish a post that was written long ago."""
    site.replica.add()
    site.replica.changes.modified[site.replica.posts - 1] = datetime(2016, 1, 1, tzinfo=UTC)


def add(site: Served, _: Random) -> None:
    site.replica.add()
    site.replica.changes.modified[site.replica.posts - 1] = now()


def delete(site: Served, random: Random) -> None:
    site.replica.delete(random.choice([each for each in range(50) if site.replica.is_listed(each)]))


def restore(site: Served, random: Random) -> None:
    if gone := sorted(site.replica.changes.deleted):
        site.replica.restore(back := random.choice(gone))
        site.replica.changes.modified[back] = now()


def change(site: Served, random: Random) -> None:
    edit(site, random.choice([each for each in range(50) if site.replica.is_listed(each) and each % 60 != 17]))


EVENTS: list[Callable[[Served, Random], None]] = [publish, add, delete, restore, change]


@contextmanager
def newsroom(monkeypatch: pytest.MonkeyPatch, articles: int) -> Iterator[Served]:
    def few(replica: Replica, query: Query) -> Answer:
        return rest_posts.posts(replica, {**query, "per_page": str(PAGE)})

    monkeypatch.setattr("tests.replica.rest_routes.posts", few)
    with serve(Replica(articles, weight=0, rest=True, sitemaps=None)) as site:
        yield site


def living(data: Path) -> list[int]:
    (archive,) = data.rglob("archive.db")
    with closing(sqlite3.connect(archive)) as connection:
        return [post for (post,) in connection.execute("SELECT post_id FROM living ORDER BY post_id")]


def days(crawl: Crawler, data: Path, site: Served, seed: int) -> Iterator[int]:
    """Let three things happen each day; yield how many requests the refresh makes after each."""
    random = Random(seed)  # noqa: S311 (the same in every run)
    for _ in range(DAYS):
        for event in random.choices(EVENTS, k=3):
            event(site, random)
        execute(data, NEXT_DAY)
        execute(data, HOURS_AGO)
        asked = len(site.requests)
        done = crawl(site.url, spider="refresh", FURAT_REVISITS=20, FURAT_DUE_SHARE=1000)
        assert done.exit_code == 0, done.log
        yield len(site.requests) - asked


@pytest.mark.parametrize("seed", [1, 2])
def test_random_events_cost_the_same_in_small_and_large_archives(
    crawl: Crawler, data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, seed: int
) -> None:
    costs: list[list[int]] = []
    for articles in (60, 240):
        with newsroom(monkeypatch, articles) as site:
            settings: dict[str, Any] = {"FURAT_REVISITS": 20}
            crawl(site.url, spider="refresh", **settings)
            costs.append([*days(crawl, data, site, seed)])
            execute(data, HOURS_AGO)
            crawl(site.url, spider="refresh", **settings)

            assert living(data) == truth(site)
        data.rename(tmp_path / f"{articles}")

    assert max(costs[0] + costs[1]) <= MOST, costs
