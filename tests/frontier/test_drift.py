"""A site whose layout is not understood any more: nothing wrong is archived, nothing is lost, and the crawl says so."""

import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.replica import TRAPS, Fault, Replica, Served, serve
from tests.support.crawls import Crawled, Crawler
from tests.support.firsts import Firsts
from tests.support.sites import path, truth

ARTICLES = r"^/(?!category/|tag/|page/|robots|wp-)[^/]+/"
LISTINGS = r"^/(category/.*)?$"
LOGIN = """
<body class="single single-post"><article><h1 class="entry-title">تسجيل الدخول مطلوب</h1><div class="entry-content">
<p>هذه الصفحات للمشتركين وحدهم، فسجل الدخول لتقرأ ما فيها من أخبار المدينة وريفها.</p>
<p>من لا حساب له بعد ينشئ واحداً في دقيقة، ثم يعود إلى الصفحة التي جاء منها.</p></div></article></body>
"""


@pytest.fixture
def site(firsts: Firsts) -> Iterator[Served]:
    with firsts.serve(60, weight=0) as served:
        yield served


def at(site: Served, indexes: Iterable[int]) -> str:
    return "^(" + "|".join(re.escape(path(site, index)) for index in indexes) + ")"


def delivered(*crawls: Crawled) -> list[Any]:
    """Return what feeds say of articles, but for what differs from crawl to crawl."""
    names = ("post_id", "kind", "revision", "title", "text", "published", "modified", "authors", "tags", "videos")
    return sorted([record[name] for name in names] for done in crawls for record in done.records)


@pytest.mark.parametrize("kind", ["redesigned", "blank", "undated", "textless", "challenge"])
def test_one_new_article_is_enough_to_notice_a_redesign(crawl: Crawler, site: Served, kind: Any) -> None:
    crawl.first(site)
    site.replica.add(1)
    site.faults = [Fault(ARTICLES, kind)]
    asked = len(site.requests)
    broken = crawl(site.url)
    cost = len(site.requests) - asked
    site.faults = []
    healed = crawl(site.url)

    assert (broken.exit_code, broken.records) == (5, []), broken.log
    assert f"such as {site.url}" in broken.log
    assert cost < 25
    assert healed.exit_code == 0, healed.log
    assert healed.ids == [site.replica.article(site.replica.posts - 1)["post_id"]]


def test_a_redesign_harms_no_article_that_is_due_or_never_tried_too_often(crawl: Crawler, site: Served) -> None:
    due = {"FURAT_DUE_SHARE": 0, "FURAT_REVISITS": 1000}
    crawl.first(site)
    site.faults = [Fault(ARTICLES, "redesigned")]
    broken = [crawl(site.url, FURAT_TRIES=1, **due) for _ in range(2)]
    site.faults = []
    healed = crawl(site.url, FURAT_TRIES=1, **due)

    assert [each.exit_code for each in broken] == [5, 5]
    assert (healed.exit_code, healed.records) == (0, []), healed.log


@pytest.mark.parametrize("kind", ["redesigned", "textless"])
def test_a_redesign_in_the_midst_of_the_first_crawl_leaves_the_records_of_an_undisturbed_one(
    crawl: Crawler, site: Served, data: Path, kind: Any
) -> None:
    site.faults = [Fault(ARTICLES, kind, after=40)]
    before = crawl(site.url)
    site.faults = []
    healed = crawl(site.url)
    records = delivered(before, healed)
    shutil.rmtree(data)
    undisturbed = crawl(site.url)

    assert before.exit_code == 5
    assert before.feeds
    assert healed.exit_code == 0, healed.log
    assert records == delivered(undisturbed)


def test_a_block_page_for_every_fifth_article_stops_the_crawl_and_costs_no_article(crawl: Crawler) -> None:
    with serve(Replica(120, weight=0)) as site:
        site.faults = [Fault(at(site, range(1, 120, 5)), "challenge")]
        broken = crawl(site.url)
        site.faults = []
        healed = crawl(site.url)

        assert broken.exit_code == 5
        assert "no article on " in broken.log
        assert healed.exit_code == 0, healed.log
        assert sorted(broken.ids + healed.ids) == truth(site)


def test_articles_that_lack_something_among_many_are_taken_at_the_second_look(crawl: Crawler, site: Served) -> None:
    films = range(20, 32)  # neighbours, as in a section of films
    site.faults = [Fault(at(site, films), "textless"), Fault(at(site, [TRAPS["list"]]), "undated")]

    done = crawl(site.url)

    assert done.exit_code == 0, done.log
    assert done.ids == truth(site)
    assert len([record for record in done.records if not record["text"]]) >= len(films)
    assert [record["post_id"] for record in done.records if not record["published"]] == [1000 + 3 * TRAPS["list"]]
    asked = [request.path for request in site.requests]
    assert asked.count(path(site, TRAPS["list"])) <= 2


def test_a_title_that_all_pages_share_is_no_title(crawl: Crawler, site: Served) -> None:
    crawl.first(site)
    site.replica.add(5)
    site.faults = [Fault(ARTICLES, "same-title")]
    broken = crawl(site.url)
    site.faults = []
    healed = crawl(site.url)

    assert broken.exit_code == 5
    assert len(broken.records) <= 1  # the first looks like any other
    assert healed.exit_code == 0


@pytest.mark.parametrize("spared", [0, 5])
def test_a_young_archive_takes_no_page_that_a_site_shows_at_every_address(
    crawl: Crawler, site: Served, spared: int
) -> None:
    site.faults = [Fault(ARTICLES, status=200, body=LOGIN, headers={"Content-Type": "text/html"}, after=spared)]
    broken = crawl(site.url)
    site.faults = []
    healed = crawl(site.url)

    assert broken.exit_code == 5, broken.log
    assert "no own title" in broken.log
    assert len(broken.records) <= spared + 1
    assert healed.exit_code == 0, healed.log
    assert {record["post_id"] for record in (*broken.records, *healed.records)} - {None} == {*truth(site)}


def test_a_static_page_at_every_address_does_not_settle_what_is_new(crawl: Crawler, site: Served) -> None:
    crawl.first(site)
    site.replica.add(2)
    page = '<body class="page page-id-7"><h1>نعود قريباً</h1><p>يجري العمل على صيانة الموقع.</p></body>'
    site.faults = [Fault(ARTICLES, status=200, body=page, headers={"Content-Type": "text/html"})]
    broken = crawl(site.url)
    site.faults = []
    healed = crawl(site.url)

    assert (broken.exit_code, broken.records) == (5, []), broken.log
    assert (healed.exit_code, len(healed.records)) == (0, 2), healed.log


@pytest.mark.parametrize("is_open", [True, False])
def test_one_new_static_page_does_not_doubt_the_pages_of_an_archive_that_the_api_filled(
    crawl: Crawler, firsts: Firsts, is_open: bool
) -> None:
    with firsts.serve(60, weight=0, rest=True) as site:
        crawl.first(site, "api")
        site.replica.add(1)
        new = path(site, site.replica.posts - 1)
        page = '<body class="page page-id-7"><h1>من نحن</h1><p>شبكة تنقل أخبار المدن.</p></body>'
        static = Fault(re.escape(new), status=200, body=page, headers={"Content-Type": "text/html"})
        site.faults = [static, Fault(ARTICLES, "undated"), *([] if is_open else [Fault("^/wp-json/", status=401)])]
        done = crawl(site.url, FURAT_REVISITS=0)

        assert (done.exit_code, done.records) == (0, []), done.log


def test_copies_at_the_beginning_of_an_archive_are_articles(crawl: Crawler) -> None:
    with serve(Replica(8, weight=0, feeds=False, sitemaps=None)) as few:
        copy = few.replica.copy(7)
        done = crawl(few.url)

        assert done.exit_code == 0, done.log
        assert {few.replica.article(index)["post_id"] for index in (7, copy)} < {*done.ids}
        assert done.ids == truth(few)


def test_a_site_of_whose_listings_none_can_be_read_is_not_called_complete(crawl: Crawler, site: Served) -> None:
    site.faults = [Fault(r"^/(category/.*|page/.*)?$", "no-entries")]
    broken = crawl(site.url)
    taken = crawl(site.url, FURAT_QUARANTINE=False)
    site.faults = []
    healed = crawl(site.url)

    assert (broken.exit_code, broken.feeds) == (5, [])
    assert "no listing shows an article" in broken.log
    assert taken.exit_code == 0
    assert (healed.exit_code, len(healed.records)) == (0, len(truth(site)))


def test_listings_that_show_nothing_any_more_stop_the_crawl(crawl: Crawler, site: Served) -> None:
    crawl.first(site)
    site.replica.add(3)
    for kind in ("no-entries", "challenge"):
        site.faults = [Fault(LISTINGS if kind == "no-entries" else "^/category/", kind)]
        broken = crawl(site.url)

        assert broken.exit_code == 5, broken.log
        assert f"no entries on most of the listings that had some, such as {site.url}" in broken.log
    site.faults = []
    healed = crawl(site.url)

    assert healed.exit_code == 0
    assert len(healed.records) == 3


def test_one_emptied_section_is_no_redesign(crawl: Crawler, site: Served) -> None:
    crawl.first(site)
    site.faults = [Fault("^/category/opinion/", "no-entries")]

    done = crawl(site.url)

    assert (done.exit_code, done.records) == (0, [])


def test_a_site_can_be_taken_as_it_is(crawl: Crawler, site: Served) -> None:
    crawl.first(site)
    site.replica.add(2)
    site.faults = [Fault(ARTICLES, "undated")]

    done = crawl(site.url, FURAT_QUARANTINE=False)

    assert done.exit_code == 0
    assert [record["published"] for record in done.records] == [None, None]


def test_pages_that_no_layout_knows_are_marked_in_the_store(crawl: Crawler, site: Served) -> None:
    site.faults = [Fault(at(site, [50]), "redesigned")]

    done = crawl(site.url, FEED_EXPORT_FIELDS="{}")

    guessed = [record["post_id"] for record in done.records if record["guessed"]]
    assert guessed == [site.replica.article(50)["post_id"]]
