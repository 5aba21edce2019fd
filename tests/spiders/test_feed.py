"""The feed tells what is new and what was changed, and next to nothing where nothing was."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.replica import TRAPS, Fault, Replica, Served, serve
from tests.support.archives import execute
from tests.support.crawls import Crawler
from tests.support.firsts import Firsts
from tests.support.sites import When, differences, edit, id_of, truth


@pytest.fixture
def site(firsts: Firsts) -> Iterator[Served]:
    with firsts.serve(60, weight=0) as served:
        yield served


def feeds(site: Served, since: int = 0) -> list[int]:
    """Return the numbers of the pages of the site's feed that were asked for."""
    pages = (re.search(r"^/feed/atom/(?:\?paged=(\d+))?$", request.path) for request in list(site.requests)[since:])
    return [int(page[1] or 1) for page in pages if page]


def test_the_feed_leads_to_every_article(crawl: Crawler, site: Served) -> None:
    done = crawl(site.url, spider="feed")

    assert (done.exit_code, done.ids) == (0, truth(site)), done.log
    assert not list(differences(site, done.records))
    # The walk, up to the page that is missing; then what the layout is learned from: the newest posts, and older ones,
    # as the newest were never changed (`teaching.OLDER`).
    assert feeds(site) == [*range(1, 9), 1, 4]
    assert "protected 1" in done.log


def test_an_unchanged_feed_costs_two_requests(crawl: Crawler, site: Served) -> None:
    crawl.first(site, "feed")
    asked = len(site.requests)

    second = crawl(site.url, spider="feed", FURAT_REVISITS=0)

    assert (second.exit_code, second.records) == (0, [])
    assert [(request.path, request.status) for request in list(site.requests)[asked:]] == [
        ("/robots.txt", 200),
        ("/feed/atom/", 304),
    ]


def test_a_feed_that_always_calls_itself_unchanged_is_read_all_the_same(
    crawl: Crawler, data: Path, site: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl.first(site, "feed")
    monkeypatch.setattr("tests.replica.server.is_unchanged", lambda _, asked: "if-modified-since" in asked)
    site.replica.add()
    believed = crawl(site.url, spider="feed", FURAT_REVISITS=0)
    execute(data, "UPDATE checkpoint SET value = '2026-01-01T00:00:00+00:00' WHERE name LIKE 'read %'")
    doubted = crawl(site.url, spider="feed", FURAT_REVISITS=0)

    assert (believed.exit_code, believed.ids) == (0, [])
    assert (doubted.exit_code, doubted.ids) == (0, [id_of(site, 61)]), doubted.log


def test_what_is_new_or_edited_is_visited(crawl: Crawler, site: Served) -> None:
    crawl.first(site, "feed")
    asked = len(site.requests)
    site.replica.add(12)
    edit(site, 57)

    second = crawl(site.url, spider="feed", FURAT_REVISITS=0)
    third = crawl(site.url, spider="feed", FURAT_REVISITS=0)

    new = [id_of(site, index) for index in range(61, 73)]
    assert second.exit_code == 0, second.log
    assert second.ids == sorted([id_of(site, 57), *new])
    assert feeds(site, asked)[:3] == [1, 2, 3]
    assert third.records == []


def test_a_feed_that_leads_elsewhere_for_a_while_hides_nothing(crawl: Crawler, site: Served) -> None:
    crawl.first(site, "feed")
    site.replica.add(3)
    entry = '<entry><title>خبر</title><link rel="alternate" href="https://staging.example/a/"/></entry>'
    strange = f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'
    headers = {"Content-Type": "application/atom+xml", "ETag": '"strange"'}
    site.faults = [Fault("^/feed/atom/", status=200, body=strange, headers=headers)]
    failed = crawl(site.url, spider="feed", FURAT_REVISITS=0)
    site.faults = []
    healed = crawl(site.url, spider="feed", FURAT_REVISITS=0)

    assert failed.exit_code == 3
    assert "for instance to https://staging.example/a/" in failed.log
    assert (healed.exit_code, len(healed.records)) == (0, 3)


def test_a_feed_is_read_no_farther_than_the_listings_knew(crawl: Crawler, site: Served) -> None:
    crawl.first(site)
    asked = len(site.requests)

    second = crawl(site.url, spider="feed", FURAT_REVISITS=0)

    assert (second.exit_code, second.records) == (0, [])
    assert feeds(site, asked) == [1]


def test_a_feed_is_read_no_farther_than_the_api_knew(crawl: Crawler) -> None:
    with serve(Replica(60, weight=0, rest=True, sitemaps=None)) as site:
        crawl(site.url, spider="api")
        site.faults = [Fault("^/wp-json/", status=401)]
        site.replica.add(2)
        asked = len(site.requests)

        second = crawl(site.url, spider="refresh", FURAT_REVISITS=0)

        assert (second.exit_code, len(second.records)) == (0, 2), second.log
        assert feeds(site, asked) == [1, 2]


def test_an_interrupted_feed_is_not_taken_for_unchanged(crawl: Crawler, site: Served) -> None:
    site.faults = [Fault("paged=4", status=500)]
    first = crawl(site.url, spider="feed")
    site.faults = []
    second = crawl(site.url, spider="feed")

    assert (first.exit_code, second.exit_code) == (3, 0)
    assert sorted(first.ids + second.ids) == truth(site)


def test_a_post_deleted_while_the_feed_is_read_hides_no_other(crawl: Crawler, site: Served) -> None:
    def delete() -> None:
        for index in (58, 59, 60):
            site.replica.delete(index)

    site.faults = [When("paged=3", happens=delete)]

    done = crawl(site.url, spider="feed")

    assert (done.exit_code, done.ids) == (0, truth(site)), done.log


def test_the_feeds_of_sections_are_read(crawl: Crawler, site: Served) -> None:
    done = crawl(site.url, "-a", "sections=رأي", spider="feed")

    wanted = [post for post in site.replica.truth() if any(each["name"] == "رأي" for each in post["sections"])]
    assert (done.exit_code, done.ids) == (0, sorted(post["post_id"] for post in wanted)), done.log


@pytest.mark.parametrize(
    "fault",
    [Fault("/feed/", status=404), Fault("/feed/", status=403), Fault("/feed/", "challenge"), Fault("/feed/", "reset")],
)
def test_a_site_without_feeds_is_said(crawl: Crawler, site: Served, fault: Fault) -> None:
    site.faults = [fault]

    done = crawl(site.url, spider="feed")

    assert (done.exit_code, done.records) == (3, [])
    assert "(unreachable)" in done.log


def test_a_feed_that_is_cut_off_is_not_the_end(crawl: Crawler, site: Served) -> None:
    site.faults = [Fault("paged=2", "cut")]

    done = crawl(site.url, spider="feed")

    assert done.exit_code == 3
    assert id_of(site, TRAPS["seed-shape"]) not in done.ids
