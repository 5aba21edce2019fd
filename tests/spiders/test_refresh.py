"""`scrapy refresh` takes the cheapest way that the site offers, and remembers which are closed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.replica import Fault, Replica, Served, serve
from tests.replica.listings import Listing, find_listing
from tests.replica.plan import ALL
from tests.support.archives import execute
from tests.support.crawls import FAST, Crawler, Told
from tests.support.firsts import Firsts
from tests.support.forks import Forks
from tests.support.sites import edit, id_of, truth


@pytest.fixture
def site(firsts: Firsts) -> Iterator[Served]:
    with firsts.serve(60, weight=0, rest=True) as served:
        yield served


def paths(site: Served, since: int = 0) -> list[str]:
    """Return what was asked for, without queries, robots.txt and the articles."""
    asked = [request.path.partition("?")[0] for request in list(site.requests)[since:]]
    return [path for path in asked if path.count("/") != 2 and path != "/robots.txt"]


def test_the_command_fills_an_empty_archive_and_then_costs_two_requests(data: Path, site: Served, forks: Forks) -> None:
    def refresh(*words: str) -> Told:
        options = [f"-s{name}={value}" for name, value in {**FAST, "FURAT_DATA": data}.items()]
        return forks.run("scrapy", "refresh", *words, *options)

    first = refresh("-a", f"site={site.url}")
    asked = len(site.requests)
    second = refresh("--site", site.url)

    assert (first.exit_code, second.exit_code) == (0, 0), first.err + second.err
    assert "delivered 60" in first.err
    assert "First archive: up to 61 posts, about 3 requests, as long as the site takes" in first.err
    assert "First archive" not in second.err
    assert len(site.requests) - asked == 2
    assert refresh("news").exit_code == 2


@pytest.mark.parametrize("word", ["sections=رأي", "since=2024-01-01", "via=auto", "x=y"])
def test_a_refresh_is_of_the_whole_site(crawl: Crawler, site: Served, word: str) -> None:
    done = crawl(site.url, "-a", word, spider="refresh")

    assert done.exit_code == 2
    assert word.partition("=")[0] in done.log


def test_edits_and_news_are_taken_by_the_api(crawl: Crawler, site: Served) -> None:
    crawl.first(site)
    asked = len(site.requests)
    edit(site, 20)

    second = crawl(site.url, spider="refresh")

    assert (second.exit_code, second.ids) == (0, [id_of(site, 20)]), second.log
    assert set(paths(site, asked)) == {"/wp-json/wp/v2/posts"}


def test_without_the_api_the_feed_is_asked_and_once_a_day_the_sitemaps(crawl: Crawler, data: Path) -> None:
    with serve(Replica(60, weight=0, sitemaps="yoast")) as site:
        first = crawl(site.url, spider="refresh")
        counts = [len(site.requests)]
        again = []
        for _ in range(3):
            again.append(crawl(site.url, spider="refresh", FURAT_REVISITS=0))
            counts.append(len(site.requests))
        site.replica.edit(3, "أضيفت هذه الفقرة لاحقاً.")
        edit(site, 4)
        execute(data, "UPDATE checkpoint SET value = '2026-01-01T00:00:00+00:00' WHERE name = 'checked sitemaps'")
        edited = crawl(site.url, spider="refresh", FURAT_REVISITS=0)

        assert (first.exit_code, first.ids) == (0, truth(site)), first.log
        assert [(each.exit_code, each.records) for each in again] == [(0, [])] * 3
        assert counts[2] - counts[1] == counts[3] - counts[2] == 2  # robots.txt and 304
        assert (edited.exit_code, id_of(site, 4) in edited.ids) == (0, True)


def test_without_api_and_feed_the_listings_are_read(crawl: Crawler) -> None:
    with serve(Replica(60, weight=0, feeds=False, sitemaps=None)) as site:
        first = crawl(site.url, spider="refresh")
        site.replica.add(2)
        second = crawl(site.url, spider="refresh", FURAT_REVISITS=0)
        asked = len(site.requests)
        third = crawl(site.url, spider="refresh", FURAT_REVISITS=0)

        assert [each.exit_code for each in (first, second, third)] == [0, 0, 0], second.log
        assert sorted(first.ids + second.ids) == truth(site)
        assert third.records == []
        closed = [path for path in paths(site, asked) if path.startswith(("/wp-json/wp/v2/posts", "/feed"))]
        assert closed == []


def test_listings_are_read_no_farther_than_the_api_knew_when_all_else_is_closed(crawl: Crawler, site: Served) -> None:
    crawl.first(site, "refresh")
    site.replica.rest, site.replica.feeds = False, False
    site.replica.add(3)
    asked = len(site.requests)

    second = crawl(site.url, spider="refresh", FURAT_REVISITS=0)

    assert (second.exit_code, len(second.records)) == (0, 3), second.log
    assert not [path for path in paths(site, asked) if re.search(r"/page/[3-9]/", path)]


def test_a_way_that_was_closed_is_tried_again_after_days(crawl: Crawler, data: Path, site: Served) -> None:
    site.faults = [Fault("^/wp-json/", status=401)]
    crawl(site.url, spider="refresh")
    site.faults = []
    asked = len(site.requests)
    crawl(site.url, spider="refresh", FURAT_REVISITS=0)
    assert "/wp-json/wp/v2/posts" not in paths(site, asked)
    execute(data, "UPDATE checkpoint SET value = '2026-01-01T00:00:00+00:00' WHERE name = 'closed api'")

    asked = len(site.requests)
    crawl(site.url, spider="refresh", FURAT_REVISITS=0)
    assert "/wp-json/wp/v2/posts" in paths(site, asked)


def test_a_way_that_is_only_broken_is_tried_again_at_once(crawl: Crawler, site: Served) -> None:
    crawl.first(site, "refresh")
    site.faults = [Fault("^/wp-json/", status=500)]
    broken = crawl(site.url, spider="refresh", FURAT_REVISITS=0)
    site.faults = []
    asked = len(site.requests)
    again = crawl(site.url, spider="refresh", FURAT_REVISITS=0)

    assert (broken.exit_code, again.exit_code) == (0, 0), broken.log
    assert set(paths(site, asked)) == {"/wp-json/wp/v2/posts"}


def test_one_page_at_every_address_closes_no_way_and_is_no_complete_crawl(crawl: Crawler, site: Served) -> None:
    crawl.first(site, "refresh")
    page = '<html><link rel="https://api.w.org/" href="/wp-json/"><body class="page page-id-7">صيانة</body></html>'
    site.faults = [Fault("^/(?!robots)", status=200, body=page, headers={"Content-Type": "text/html"})]
    broken = crawl(site.url, spider="refresh", FURAT_REVISITS=0)
    site.faults = []
    asked = len(site.requests)
    healed = crawl(site.url, spider="refresh", FURAT_REVISITS=0)

    assert (broken.exit_code, broken.records) == (5, []), broken.log
    assert healed.exit_code == 0, healed.log
    assert set(paths(site, asked)) == {"/wp-json/wp/v2/posts"}


def test_listings_that_the_api_cut_short_need_not_show_what_the_site_counts(crawl: Crawler) -> None:
    with serve(Replica(150, weight=0, rest=True)) as site:
        crawl(site.url, spider="refresh")
        site.faults = [Fault("^/wp-json/wp/v2/posts|^/feed/", status=403)]

        done = crawl(site.url, spider="refresh", FURAT_REVISITS=0)

        assert done.exit_code == 0, done.log
        assert [path for path in paths(site) if path.startswith("/category/")]


def test_listings_that_only_the_feed_cut_short_must_show_what_the_site_counts(
    crawl: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(replica: Replica, parts: list[str]) -> Listing | None:
        """Return a front page that shows the newest posts alone, and one category that has all."""
        listing = find_listing(replica, parts)
        totals = {"": 10, "category/opinion/": replica.count(ALL)}
        if listing is None or listing.path not in totals:
            return listing
        return replace(listing, members=ALL, total=totals[listing.path])

    monkeypatch.setattr("tests.replica.site.find_listing", found)
    with serve(Replica(150, weight=0, rest=True, sitemaps=None)) as site:
        site.faults = [Fault("^/category/opinion/page/", status=500)]
        crawl(site.url)
        site.faults = [Fault("^/wp-json/wp/v2/posts", status=403)]
        fed = crawl(site.url, spider="refresh", FURAT_REVISITS=0)
        site.faults.append(Fault("^/feed/", status=403))
        done = crawl(site.url, spider="refresh", FURAT_REVISITS=0)

        assert (fed.exit_code, done.exit_code) == (0, 3), done.log
        assert "/category/opinion/ gave 10 articles, but the site counts" in done.log


def test_a_feed_that_is_unchanged_works(crawl: Crawler, data: Path) -> None:
    with serve(Replica(60, weight=0, sitemaps=None)) as site:
        for _ in range(2):
            crawl(site.url, spider="refresh", FURAT_REVISITS=0)
        execute(data, "UPDATE checkpoint SET value = '2026-01-01T00:00:00+00:00' WHERE name = 'closed api'")
        tried = crawl(site.url, spider="refresh", FURAT_REVISITS=0)
        asked = len(site.requests)
        again = crawl(site.url, spider="refresh", FURAT_REVISITS=0)

        assert (tried.exit_code, again.exit_code) == (0, 0), again.log
        assert [(request.path, request.status) for request in list(site.requests)[asked - 1 :]] == [
            ("/feed/atom/", 304),
            ("/robots.txt", 200),
            ("/feed/atom/", 304),
        ]


@pytest.mark.parametrize("fault", [Fault("", "reset"), Fault("", status=500)])
def test_a_site_that_is_down_is_said(crawl: Crawler, site: Served, fault: Any) -> None:
    site.faults = [fault]

    done = crawl(site.url, spider="refresh", RETRY_TIMES=0)

    assert (done.exit_code, done.records) == (3, [])
    assert "(unreachable)" in done.log
