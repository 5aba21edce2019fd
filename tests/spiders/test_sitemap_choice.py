"""Of many sitemaps few are read each day: those with new or edited posts, and some in turn; once in some weeks all."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from furat.pages import Address
from furat.wordpress.sitemaps import MOST, Listed, chosen
from tests.replica import Fault, Replica, Served, serve, sitemaps
from tests.replica.sitemaps import FORMS
from tests.support.archives import execute
from tests.support.crawls import Crawled, Crawler
from tests.support.sites import edit, id_of, truth

SIZE = 3
"""How many posts a sitemap has: a small site has as many sitemaps as a large newsroom."""

MAKERS = ["core", "yoast", "rank-math"]
LONG_AGO = "2026-01-01T00:00:00+00:00"


@contextmanager
def newsroom(monkeypatch: pytest.MonkeyPatch, articles: int, maker: Any) -> Iterator[Served]:
    monkeypatch.setitem(FORMS, maker, replace(FORMS[maker], size=SIZE))
    with serve(Replica(articles, weight=0, sitemaps=maker)) as site:
        yield site


def refreshed(crawl: Crawler, site: Served, **settings: Any) -> tuple[Crawled, int, int]:
    """Return a crawl of the sitemaps with nothing due for recrawl; how many sitemaps and other pages it asked for."""
    asked = len(site.requests)
    done = crawl(site.url, spider="sitemap", **{"FURAT_REVISITS": 0, **settings})
    paths = [request.path for request in list(site.requests)[asked:]]
    maps = sum(path.endswith(".xml") for path in paths)
    return done, maps, sum(not path.endswith(".xml") and not path.startswith("/wp-json") for path in paths)


@pytest.mark.parametrize("maker", MAKERS)
def test_an_edit_costs_few_sitemaps_however_many_there_are(
    crawl: Crawler, monkeypatch: pytest.MonkeyPatch, maker: str
) -> None:
    costs = []
    for articles in (60, 120):
        with newsroom(monkeypatch, articles, maker) as site:
            first = crawl(site.url, spider="sitemap")
            unchanged = refreshed(crawl, site)
            edit(site, 20)
            site.replica.add(2)
            last = site.replica.posts - 1
            edited = refreshed(crawl, site)

            assert (first.exit_code, first.ids) == (0, truth(site)[:-2]), first.log
            assert (unchanged[0].exit_code, unchanged[0].records) == (0, [])
            assert edited[0].exit_code == 0, edited[0].log
            dated = {id_of(site, 20)} if maker != "core" else set()  # core's sitemaps tell no changes
            assert {*edited[0].ids} == {id_of(site, last - 1), id_of(site, last)} | dated
            assert max(unchanged[1], edited[1]) <= MOST + 1
            costs.append((unchanged[1], edited[2]))

    assert costs[0] == costs[1]


def test_what_moved_to_another_sitemap_is_not_visited_and_what_is_gone_is_found_when_all_are_read(
    crawl: Crawler, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with newsroom(monkeypatch, 60, "core") as site:
        crawl(site.url, spider="sitemap")
        site.replica.delete(20)
        some, maps, others = refreshed(crawl, site)
        execute(data, f"UPDATE checkpoint SET value = '{LONG_AGO}' WHERE name LIKE 'round %'")
        every, all_maps, visits = refreshed(crawl, site)

        assert (some.exit_code, every.exit_code) == (0, 0), some.log + every.log
        assert (maps, others) == (1 + MOST, 2)
        assert all_maps == 1 + -(-60 // SIZE)
        assert [request.status for request in list(site.requests)].count(404) == 1
        assert visits == 2 + 1


def test_what_the_sitemaps_leave_out_and_the_site_still_has_is_visited_once(
    crawl: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed_posts = sitemaps._posts

    def without_one(replica: Replica, changes: int) -> list[int]:
        return [index for index in listed_posts(replica, changes) if index != 20]

    with newsroom(monkeypatch, 20, "core") as site:
        crawl(site.url, spider="sitemap")
        monkeypatch.setattr(sitemaps, "_posts", without_one)
        visits = [refreshed(crawl, site)[2] for _ in range(3)]

    assert visits == [3, 2, 2]


def test_a_sitemap_that_could_not_be_read_is_read_next_time(crawl: Crawler, monkeypatch: pytest.MonkeyPatch) -> None:
    with newsroom(monkeypatch, 60, "yoast") as site:
        crawl(site.url, spider="sitemap")
        edit(site, 20)
        site.faults = [Fault("/post-sitemap20", status=500)]
        broken, _, _ = refreshed(crawl, site, RETRY_TIMES=0)
        site.faults = []
        site.replica.add(1)
        mended, _, _ = refreshed(crawl, site)

        assert (broken.exit_code, mended.exit_code) == (3, 0), mended.log
        assert {id_of(site, 20), id_of(site, site.replica.posts - 1)} <= {*broken.ids, *mended.ids}


def listed(number: int, changed: str | None, known: str | None, walked: str | None = "2026-02-01T00:00:00") -> Listed:
    return Listed(Address(f"https://example.org/posts-{number}.xml", changed), known, walked)


def numbers(some: list[Listed]) -> list[int]:
    return [int(each.address.url.removesuffix(".xml").rpartition("-")[2]) for each in some]


def test_a_day_alone_says_nothing_of_what_came_later_that_day() -> None:
    some = [listed(1, "2026-01-31", "2026-01-31"), listed(2, "2026-02-01", "2026-02-01")]

    assert numbers(chosen(some)) == [2]


def test_the_last_that_was_read_may_have_got_more_before_another_followed() -> None:
    some = [*(listed(number, None, "-") for number in range(12)), listed(12, None, None, None)]

    assert numbers(chosen(some))[:3] == [12, 0, 11]


def test_all_that_have_a_change_are_read_however_many() -> None:
    some = [listed(number, f"2026-01-02T00:00:{number}Z", "2026-01-01T00:00:00Z") for number in range(10, 50)]

    assert chosen(some) == some


def test_those_without_a_date_are_read_in_turns_and_both_ends_each_time() -> None:
    some = [listed(number, None, "-", f"2026-02-{10 + number * 7 % 18}") for number in range(18)]

    read = numbers(chosen(some))

    assert read[:2] == [0, 17]
    assert len(read) == MOST
    oldest = sorted(range(1, 17), key=lambda number: number * 7 % 18)
    assert read[2:] == oldest[: MOST - 2]


def test_each_kind_of_posts_has_both_its_ends_read() -> None:
    posts = [listed(number, None, "-") for number in range(12)]
    reports = [replace(each, address=Address(f"https://example.org/reports-{n}.xml")) for n, each in enumerate(posts)]

    read = [each.address.url for each in chosen([*posts, *reports])][:4]

    assert read == [f"https://example.org/{kind}-{end}.xml" for kind in ("posts", "reports") for end in (0, 11)]
