"""Which sections a crawl walks, and which days it takes."""

from collections.abc import Iterator

import pytest

from tests.replica import Replica, Served, serve
from tests.support.crawls import Crawler


@pytest.fixture(scope="module", params=[False, True], ids=["closed-api", "open-api"])
def site(request: pytest.FixtureRequest) -> Iterator[Served]:
    with serve(Replica(60, weight=0, rest=request.param)) as served:
        yield served


def in_section(site: Served, *names: str, kind: str = "") -> list[int]:
    return sorted(
        post["post_id"]
        for post in site.replica.truth()
        if any(each["name"] in names and kind in each["kind"] for each in post["sections"])
    )


def test_sections_are_named_as_printed(crawl: Crawler, site: Served) -> None:
    done = crawl(site.url, "-a", "sections=بشار الأسد،حمص")

    assert done.exit_code == 0, done.log
    assert done.ids == in_section(site, "بشار الأسد", "حمص")


@pytest.mark.parametrize("name", ["opinion", "بشار-الأسد", "unicef", "الرقه"])
def test_sections_are_found_by_slug_and_by_another_spelling(crawl: Crawler, site: Served, name: str) -> None:
    names = {"opinion": "رأي", "بشار-الأسد": "بشار الأسد", "unicef": "UNICEF", "الرقه": "الرقة"}

    assert crawl(site.url, "-a", f"sections={name}").ids == in_section(site, names[name])


def test_a_section_is_found_by_its_address(crawl: Crawler, site: Served) -> None:
    done = crawl(site.url, "-a", f"sections={site.url}category/opinion/")

    assert done.ids == in_section(site, "رأي")
    assert {name for each in done.records for name in each["sections"]} == {"رأي"}


def test_a_name_of_a_category_and_of_a_tag_means_both(crawl: Crawler, site: Served) -> None:
    both = in_section(site, "دير الزور")

    assert in_section(site, "دير الزور", kind="tag") != both != in_section(site, "دير الزور", kind="category")
    assert crawl(site.url, "-a", "sections=دير الزور").ids == both


def test_a_parent_has_its_children_s_articles(crawl: Crawler, site: Served) -> None:
    assert crawl(site.url, "-a", "sections=أخبار").ids == in_section(site, "أخبار", kind="category")


def test_an_unknown_section_is_wrong_usage_and_the_nearest_are_named(crawl: Crawler, site: Served) -> None:
    done = crawl(site.url, "-a", "sections=الرقا")

    assert done.exit_code == 2
    assert "'الرقا'" in done.log
    assert "الرقة" in done.log


def test_a_section_of_another_site_is_wrong_usage(crawl: Crawler, site: Served) -> None:
    done = crawl(site.url, "-a", "sections=http://elsewhere.invalid/category/a/")

    assert done.exit_code == 2
    assert "elsewhere.invalid" in done.log


def test_an_empty_section_is_complete_and_writes_no_feed(crawl: Crawler, site: Served) -> None:
    done = crawl(site.url, "-a", f"sections={site.url}category/ملفات-خاصة/")

    assert (done.exit_code, done.feeds) == (0, [])


def test_a_section_that_is_not_there_is_wrong_usage(crawl: Crawler, site: Served) -> None:
    done = crawl(site.url, "-a", f"sections={site.url}category/nowhere/")

    assert done.exit_code == 2
    assert "category/nowhere" in done.log


def test_since_and_until_bound_the_days(crawl: Crawler, site: Served) -> None:
    posts = sorted(site.replica.truth(), key=lambda post: post["published"])
    since, until = posts[20]["published"][:10], posts[39]["published"][:10]

    done = crawl(site.url, "-a", f"since={since}", "-a", f"until={until}")

    assert done.exit_code == 0, done.log
    assert done.ids == sorted(post["post_id"] for post in posts if since <= post["published"][:10] <= until)


def test_what_lay_out_of_range_comes_with_the_next_whole_crawl(crawl: Crawler, site: Served) -> None:
    posts = sorted(site.replica.truth(), key=lambda post: post["published"])

    some = crawl(site.url, "-a", f"since={posts[50]['published'][:10]}")
    rest = crawl(site.url)

    assert sorted(some.ids + rest.ids) == sorted(post["post_id"] for post in posts)


@pytest.mark.parametrize(
    "words",
    ["since=2024-13-01", "until=yesterday", "since=٢٠٢٤", "site=ftp://example.org/", "section=حمص"],
)
def test_wrong_arguments_are_wrong_usage_and_named(crawl: Crawler, site: Served, words: str) -> None:
    done = crawl(site.url, "-a", words)

    assert done.exit_code == 2
    assert words.partition("=")[0] in done.log
    assert "Traceback" not in done.log


def test_since_after_until_is_wrong_usage(crawl: Crawler, site: Served) -> None:
    assert crawl(site.url, "-a", "since=2024-02-01", "-a", "until=2024-01-01").exit_code == 2


@pytest.mark.parametrize("names", [",", "، ,"])
def test_no_section_at_all_is_wrong_usage(crawl: Crawler, site: Served, names: str) -> None:
    done = crawl(site.url, "-a", f"sections={names}")

    assert done.exit_code == 2
    assert f"sections={names} names no section" in done.log


def test_a_crawl_of_some_sections_hides_nothing_from_a_crawl_of_all(crawl: Crawler) -> None:
    with serve(Replica(40, weight=0)) as site:
        crawls = [crawl(site.url)]
        site.replica.add(33)  # the newest of them, with which the home page begins, are of the sections that follow
        crawls += [crawl(site.url, "-a", "sections=أخبار,تقارير ومتابعات,اقتصاد,opinion"), crawl(site.url)]

    assert [done.exit_code for done in crawls] == [0, 0, 0]
    delivered = sorted(post for done in crawls for post in done.ids)
    assert delivered == sorted(post["post_id"] for post in site.replica.truth())
