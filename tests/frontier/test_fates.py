"""What becomes of archived articles: they come back, others take their place, the site hides them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.replica import Fault, Served
from tests.replica.plan import TRAPS
from tests.support.archives import execute
from tests.support.crawls import Command, Crawler
from tests.support.firsts import Firsts
from tests.support.sites import path

ALL_DUE = {"FURAT_DUE_SHARE": 0, "FURAT_REVISITS": 1000}
PAGE = """<!DOCTYPE html><html lang="ar"><head><title>خبر</title></head><body class="{classes}"><main>
<h1 class="entry-title">خبر</h1><div class="entry-content">{body}</div></main></body></html>"""
FORM = '<form class="post-password-form" action="/wp-login.php"><input name="post_password" type="password"></form>'


@pytest.fixture(params=["news", "refresh"])
def spider(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def site(firsts: Firsts, spider: str) -> Iterator[Served]:
    with firsts.serve(60, weight=0, rest=spider == "refresh") as served:
        yield served


def rounds(crawl: Crawler, site: Served, spider: str, data: Path, times: int) -> list[list[tuple[Any, ...]]]:
    """Return what each of so many crawls delivered, a day apart as far as the API is concerned."""
    delivered = []
    for _ in range(times):
        execute(data, "UPDATE checkpoint SET value = '2026-01-01T00:00:00+00:00' WHERE name LIKE 'checked http%'")
        execute(data, "UPDATE article SET suspected_at = '2026-01-01T00:00:00+00:00' WHERE suspected_at NOT NULL")
        done = crawl(site.url, spider=spider, **ALL_DUE)
        assert done.exit_code == 0, done.log
        delivered.append([(each["kind"], each["post_id"], each["revision"], each.get("gone")) for each in done.records])
    return delivered


def test_an_article_that_comes_back_is_found_where_it_is_listed(
    crawl: Crawler, command: Command, data: Path, site: Served, spider: str
) -> None:
    post = site.replica.article(55)["post_id"]
    crawl.first(site, spider)
    site.replica.delete(55)
    gone = rounds(crawl, site, spider, data, 2)
    site.replica.restore(55)
    back = rounds(crawl, site, spider, data, 2)

    assert gone == [[], [("tombstone", post, 2, 404)]]
    assert back == [[("article", post, 3, None)], []]
    assert "Revision 3" in (told := command("history", str(post), site=site.url).out)
    assert "back, as before" in told


def test_an_article_that_stays_away_though_it_is_listed_gets_no_tombstone(
    crawl: Crawler, data: Path, site: Served, spider: str
) -> None:
    crawl.first(site, spider)
    site.faults = [Fault(path(site, 58), status=410)]  # listings that come from a cache still show it

    assert rounds(crawl, site, "news", data, 3) == [[], [], []]


def test_an_article_whose_address_was_given_to_another_is_buried(
    crawl: Crawler, command: Command, data: Path, site: Served, spider: str
) -> None:
    old = site.replica.article(50)["post_id"]
    crawl.first(site, spider)
    new = site.replica.article(site.replica.replace(50))["post_id"]

    delivered = rounds(crawl, site, spider, data, 3)

    assert delivered == [[("article", new, 1, None)], [("tombstone", old, 2, 301)], []]
    assert "gone: from the site (HTTP 301)" in command("show", str(old), site=site.url).out
    assert "gone: " not in command("show", str(new), site=site.url).out


@pytest.mark.parametrize("spider", ["news"], indirect=True)
@pytest.mark.parametrize(
    "classes, body, told",
    [
        ("single single-post postid-1", FORM, "it asks for a password"),
        ("page page-id-1", "<p>صفحة ثابتة.</p>", "it is now a static page, no longer an article"),
    ],
)
def test_an_article_that_the_site_hides_is_told_and_not_visited_at_each_crawl(  # noqa: PLR0913, PLR0917 (fixtures)
    crawl: Crawler, command: Command, site: Served, classes: str, body: str, told: str
) -> None:
    crawl.first(site)
    post, hidden = str(site.replica.article(50)["post_id"]), path(site, 50)
    own = classes.replace("postid-1", f"postid-{post}")
    site.faults = [Fault(hidden, status=200, body=PAGE.format(classes=own, body=body))]
    crawls = [crawl(site.url, **ALL_DUE)]
    said = [command(name, post, site=site.url).out for name in ("history", "show")]
    asked = len(site.requests)
    crawls.append(crawl(site.url))
    paths = [request.path for request in [*site.requests][asked:]]
    site.faults = []
    crawls.append(crawl(site.url, **ALL_DUE))
    open_again = [command(name, post, site=site.url).out for name in ("history", "show")]

    assert [(each.exit_code, each.records) for each in crawls] == [(0, [])] * 3
    assert all(told in each for each in said)
    assert hidden not in paths
    assert not any(told in each for each in open_again)


@pytest.mark.parametrize("spider", ["news"], indirect=True)
@pytest.mark.parametrize("status, codes", [(301, [0, 0, 0]), (308, [0, 0, 0]), (302, [3, 3, 3])])
def test_an_address_that_leads_to_the_home_page_for_good_is_gone(
    crawl: Crawler, data: Path, site: Served, status: int, codes: list[int]
) -> None:
    crawl.first(site)
    site.faults = [Fault(path(site, 50), status=status, to=site.url)]
    site.replica.delete(50)

    crawls = []
    for _ in codes:
        crawls.append(crawl(site.url, **ALL_DUE))
        execute(data, "UPDATE article SET suspected_at = '2026-01-01T00:00:00+00:00' WHERE suspected_at NOT NULL")

    assert [each.exit_code for each in crawls] == codes
    stones = [[(each["kind"], each["gone"]) for each in done.records] for done in crawls]
    assert stones == ([[], [("tombstone", 301)], []] if codes[0] == 0 else [[], [], []])


def test_an_address_that_leads_to_an_article_with_a_password_tells_nothing_of_its_own(
    crawl: Crawler, data: Path, site: Served, spider: str
) -> None:
    gone = site.replica.article(50)["post_id"]
    crawl.first(site, spider)
    site.faults = [Fault(path(site, 50), to=path(site, TRAPS["protected"]), status=301)]  # as WordPress guesses
    site.replica.delete(50)

    assert rounds(crawl, site, spider, data, 3) == [[], [("tombstone", gone, 2, 301)], []]
