"""The replica's sitemaps list what its pages show, as WordPress and its plugins write them."""

from typing import Any
from urllib.parse import urlsplit

import pytest

from furat.pages import SitemapPage
from tests.replica import TRAPS, Replica
from tests.replica.plan import CATEGORIES
from tests.replica.reading import BASE, answer

PROTECTED = TRAPS["protected"]


@pytest.mark.parametrize(
    "sitemaps, index",
    [("core", "wp-sitemap.xml"), ("yoast", "sitemap_index.xml"), ("rank-math", "sitemap_index.xml"), (None, None)],
)
def test_robots_names_the_sitemap(sitemaps: Any, index: str | None) -> None:
    replica = Replica(sitemaps=sitemaps)
    lines = answer(replica, "robots.txt").body.decode().splitlines()

    assert [line for line in lines if "Sitemap" in line] == ([f"Sitemap: {BASE}{index}"] if index else [])
    assert answer(replica, index or "wp-sitemap.xml").status == (200 if index else 404)


def addresses(replica: Replica, index: str) -> list[tuple[str, str | None]]:
    """Return all that a site lists, with its date."""
    listed = SitemapPage(answer(replica, index).body, BASE).sitemaps
    pages = [SitemapPage(answer(replica, urlsplit(one.url).path[1:]).body, one.url) for one in listed]
    assert all(page.is_whole for page in pages)
    return [(one.url, one.lastmod) for page in pages for one in page.addresses]


@pytest.mark.parametrize(
    "sitemaps, index", [("core", "wp-sitemap.xml"), ("yoast", "sitemap_index.xml"), ("rank-math", "sitemap_index.xml")]
)
def test_a_sitemap_lists_every_article(sitemaps: Any, index: str) -> None:
    replica = Replica(2_300, sitemaps=sitemaps)
    replica.edit(8, "فقرة")
    replica.delete(9)
    replica.rename(10)
    replica.add(2)
    found = dict(addresses(replica, index))
    truth = {article["url"] for article in replica.truth(BASE)}
    protected = {replica.at(BASE, replica.card(n).url) for n in range(replica.posts) if n % 60 == PROTECTED}

    assert truth <= found.keys()
    assert bool(protected & found.keys()) == (sitemaps == "core")
    assert (found[replica.article(8, BASE)["url"]] is None) == (sitemaps == "core")
    assert f"{BASE}category/{CATEGORIES[-1].slug}/" not in found


def test_core_counts_from_the_oldest() -> None:
    replica = Replica(2_300)
    first, second = (
        SitemapPage(answer(replica, f"wp-sitemap-posts-post-{number}.xml").body, BASE).addresses for number in (1, 2)
    )

    assert [len(first), len(second)] == [2000, replica.posts - 2000]
    assert first[0].url == replica.at(BASE, replica.card(0).url)
    assert answer(replica, "wp-sitemap-posts-post-3.xml").status == 404
    assert answer(replica, "sitemap.xml").headers["Location"] == f"{BASE}wp-sitemap.xml"


def test_yoast_begins_with_the_home_page_and_ends_with_the_last_change() -> None:
    replica = Replica(1_500, sitemaps="yoast")
    replica.edit(0, "فقرة")
    first, second = (SitemapPage(answer(replica, f"post-sitemap{n}.xml").body, BASE).addresses for n in ("", 2))

    assert [len(first), len(second)] == [1001, 500]
    assert first[0].url == BASE
    assert second[-1].url == replica.at(BASE, replica.card(0).url)
    assert second[-1].lastmod == replica.modified(0).isoformat()
    assert answer(replica, "post-sitemap1.xml").status == 404
    assert answer(replica, "wp-sitemap.xml").headers["Location"] == f"{BASE}sitemap_index.xml"


def test_rank_math_begins_with_the_last_change() -> None:
    replica = Replica(401, sitemaps="rank-math")
    replica.edit(0, "فقرة")
    first = SitemapPage(answer(replica, "post-sitemap1.xml").body, BASE).addresses

    assert len(first) == 200
    assert first[0].url == replica.at(BASE, replica.card(0).url)
    assert answer(replica, "post-sitemap.xml").status == 404
    assert answer(Replica(20, sitemaps="rank-math"), "post-sitemap.xml").status == 200


def test_a_big_site_is_written_page_by_page() -> None:
    for path, most in (
        ("wp-json/wp/v2/posts?per_page=100&page=400", 220),
        ("feed/?paged=4000", 30),
        ("wp-sitemap.xml", 0),
    ):
        replica = Replica(50_000, rest=True)
        answer(replica, path)

        assert replica.written <= most
