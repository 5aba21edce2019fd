"""What a crawl archives: the replica, through the door that an operator uses."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from furat.arabic import clean
from furat.store import Store
from tests.replica import TRAPS, Fault, Replica, Served, serve
from tests.support.archives import execute
from tests.support.crawls import Crawler
from tests.support.firsts import Firsts
from tests.support.sites import differences


@pytest.fixture
def site(firsts: Firsts) -> Iterator[Served]:
    with firsts.serve(60, weight=0) as served:
        yield served


@pytest.mark.parametrize("paging", ["older", "numbers", "more"])
def test_every_post_is_archived_once_and_right_whatever_the_paging(crawl: Crawler, paging: Any) -> None:
    with serve(Replica(60, paging=paging)) as site:
        done = crawl(site.url)

        assert done.exit_code == 0, done.log
        assert done.ids == sorted(post["post_id"] for post in site.replica.truth())
        assert not list(differences(site, done.records))


@pytest.mark.parametrize("kind", ["pages-of-jnews", "pages-unnamed"])
def test_later_pages_are_read_whatever_the_theme_calls_their_links(crawl: Crawler, site: Served, kind: Any) -> None:
    site.faults = [Fault("", kind)]

    done = crawl(site.url)

    assert done.exit_code == 0, done.log
    assert not list(differences(site, done.records))


def test_an_article_is_fetched_once_and_knows_all_its_sections(crawl: Crawler, site: Served) -> None:
    truth = site.replica.article(TRAPS["many-sections"], site.url)
    tags = [section["url"] for section in truth["sections"] if section["kind"] == "tag"][:3]

    done = crawl(site.url, "-a", f"sections=أخبار,تقارير ومتابعات,{','.join(tags)}")

    record = next(each for each in done.records if each["post_id"] == truth["post_id"])
    tag_names = {section["name"] for section in truth["sections"] if section["url"] in tags}
    assert {"أخبار", "تقارير ومتابعات", *tag_names} <= set(record["sections"])
    paths = [request.path for request in site.requests]
    assert paths.count(truth["url"].removeprefix(site.url.rstrip("/"))) == 1


def test_a_second_crawl_delivers_only_what_is_new(crawl: Crawler, site: Served) -> None:
    crawl.first(site)
    asked = len(site.requests)

    unchanged = crawl(site.url)
    cost = len(site.requests) - asked
    site.replica.add(2)
    renewed = crawl(site.url)

    assert (unchanged.exit_code, unchanged.records) == (0, [])
    assert cost <= 15
    assert (renewed.exit_code, len(renewed.records)) == (0, 2)


def test_an_edited_article_is_a_second_revision_and_a_deleted_one_a_tombstone_after_doubt(
    crawl: Crawler, data: Path, site: Served
) -> None:
    crawl.first(site)
    site.replica.edit(20, "أضيفت هذه الفقرة لاحقاً.")
    site.replica.delete(18)  # answers 404
    site.replica.delete(22)  # WordPress guesses, and redirects to the other post of this title
    edited, *deleted = (site.replica.article(index)["post_id"] for index in (20, 18, 22))

    again = []
    for _ in range(3):
        again.append(crawl(site.url, FURAT_DUE_SHARE=0, FURAT_REVISITS=1000))
        execute(data, "UPDATE article SET suspected_at = '2026-01-01T00:00:00+00:00' WHERE suspected_at NOT NULL")

    assert [(each["post_id"], each["revision"]) for each in again[0].records] == [(edited, 2)]
    stones = {each["post_id"]: (each["kind"], each["gone"], each["revision"]) for each in again[1].records}
    assert stones == dict(zip(deleted, [("tombstone", 404, 2), ("tombstone", 301, 2)], strict=True))
    assert again[2].records == []
    assert [each.exit_code for each in again] == [0, 0, 0]


def test_a_renamed_article_keeps_its_id_and_makes_no_revision(crawl: Crawler, site: Served) -> None:
    crawl.first(site)
    site.replica.rename(20)

    again = crawl(site.url, FURAT_DUE_SHARE=0, FURAT_REVISITS=1000)

    assert (again.exit_code, again.records) == (0, [])


def test_not_a_word_of_a_hidden_post_is_stored(crawl: Crawler, data: Path, site: Served) -> None:
    done = crawl(site.url)

    secrets = [paragraph for post in site.replica.hidden() for paragraph in post["paragraphs"] if len(paragraph) > 30]
    public = "".join(record["text"] for record in done.records)
    stored = b"".join(path.read_bytes() for path in data.rglob("archive.db*")).decode(errors="replace")
    with Store.at(next(data.rglob("archive.db")).parent) as store:  # revisions are packed
        stored += "".join(row[0] for row in store._connection.execute("SELECT plain(item) FROM revision"))
    shown = next(paragraph for post in site.replica.truth() for paragraph in post["paragraphs"] if len(paragraph) > 30)
    assert shown in stored
    assert secrets
    assert not [each for each in secrets if each not in public and each in stored]
    assert "protected 1" in done.log


def test_the_feed_has_the_contract_s_fields_in_their_order(crawl: Crawler, site: Served) -> None:
    plain = crawl(site.url, "-a", "sections=رأي").records[0]
    site.replica.add(60)
    raw = crawl(site.url, "-a", "sections=رأي", FEED_EXPORT_FIELDS="{}").records[0]

    assert list(plain) == [
        *("kind", "id", "url", "post_id", "revision", "digest", "title", "text", "authors", "published", "modified"),
        *("published_raw", "published_source", "categories", "tags", "sections", "images", "videos", "language"),
        *("duplicate_of", "duplicate_kind", "similarity", "first_seen", "seen", "crawl"),
    ]
    assert set(raw) - set(plain) == {"title_raw", "paragraphs_raw", "guessed"}


def test_a_site_under_a_path_prefix_is_crawled_and_not_left(crawl: Crawler) -> None:
    with serve(Replica(60, prefix="/ar", weight=0)) as site:
        done = crawl(site.url.rstrip("/"))

        assert (done.exit_code, len(done.records)) == (0, 60)
        assert all(request.path.startswith(("/ar/", "/robots.txt")) for request in site.requests)
        assert done.records[0]["id"].startswith(site.url.partition("://")[2])


@pytest.mark.parametrize("kind", ["windows-1256", "windows-1256-meta"])
def test_a_page_in_an_old_encoding_is_read_right(crawl: Crawler, site: Served, kind: Any) -> None:
    site.faults = [Fault("^/(?!robots)", kind)]

    done = crawl(site.url, "-a", "sections=رأي")

    truth = [post for post in site.replica.truth() if any(each["name"] == "رأي" for each in post["sections"])]
    assert done.exit_code == 0, done.log
    assert {each["post_id"]: each["title"] for each in done.records} == {
        post["post_id"]: clean(post["title"]) for post in truth
    }
