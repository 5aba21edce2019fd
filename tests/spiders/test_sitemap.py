"""Sitemaps tell what the archive lacks, what was changed and what is gone."""

from collections.abc import Iterator
from gzip import compress
from pathlib import Path
from typing import Any

import pytest

from tests.replica import Fault, Replica, Served, serve
from tests.replica.site import Reply, Site
from tests.support.archives import execute
from tests.support.crawls import Crawler
from tests.support.firsts import Firsts
from tests.support.sites import edit, id_of, truth


@pytest.fixture
def site(firsts: Firsts) -> Iterator[Served]:
    with firsts.serve(60, weight=0, sitemaps="yoast") as served:
        yield served


def sitemaps(site: Served, since: int = 0) -> list[str]:
    return [request.path for request in list(site.requests)[since:] if request.path.endswith((".xml", ".gz"))]


def answer(monkeypatch: pytest.MonkeyPatch, pages: dict[str, tuple[str, bytes]]) -> None:
    """Let the replica answer for ``pages`` with such a type and body; HERE in it stands for the site."""
    own = Site.answer

    def reply(site: Site, target: str) -> Reply:
        if target not in pages:
            return own(site, target)
        kind, body = pages[target]
        body = body.replace(b"HERE", site.base.encode())
        return Reply(200, compress(body) if target.endswith(".gz") else body, kind)

    monkeypatch.setattr(Site, "answer", reply)


@pytest.mark.parametrize("maker", ["core", "yoast", "rank-math"])
def test_the_sitemaps_of_every_maker_lead_to_every_article(crawl: Crawler, maker: Any) -> None:
    with serve(Replica(60, weight=0, sitemaps=maker)) as site:
        done = crawl(site.url, spider="sitemap")

        assert (done.exit_code, done.ids) == (0, truth(site)), done.log
        assert len(sitemaps(site)) == 2


def test_what_listings_missed_is_found(crawl: Crawler, site: Served) -> None:
    first = crawl(site.url, "-a", "sections=رأي")
    asked = len(site.requests)

    second = crawl(site.url, spider="sitemap", FURAT_REVISITS=0, FURAT_QUARANTINE=False)

    assert second.exit_code == 0, second.log
    assert sorted(first.ids + second.ids) == truth(site)
    assert len(site.requests) - asked <= 4 + len(second.ids) + 2  # two more pages of the one of three


def test_only_sitemaps_that_were_changed_are_read_again_and_only_edits_visited(crawl: Crawler, site: Served) -> None:
    crawl.first(site, "sitemap")
    asked = len(site.requests)
    unchanged = crawl(site.url, spider="sitemap", FURAT_REVISITS=0)
    assert sitemaps(site, asked) == ["/sitemap_index.xml"]
    asked = len(site.requests)
    edit(site, 20, 30)

    edited = crawl(site.url, spider="sitemap", FURAT_REVISITS=0)

    assert (unchanged.exit_code, unchanged.records) == (0, [])
    assert sorted((each["post_id"], each["revision"]) for each in edited.records) == [
        (id_of(site, 20), 2),
        (id_of(site, 30), 2),
    ]
    assert len(site.requests) - asked == 2 + 2 + 2


def test_what_no_sitemap_lists_any_more_is_visited_and_buried(crawl: Crawler, data: Path, site: Served) -> None:
    crawl.first(site, "sitemap")
    site.replica.delete(20)
    edit(site, 30)

    doubt = crawl(site.url, spider="sitemap", FURAT_REVISITS=0)
    execute(data, "UPDATE article SET suspected_at = '2026-01-01T00:00:00+00:00' WHERE suspected_at NOT NULL")
    stone = crawl(site.url, spider="sitemap", FURAT_REVISITS=1)

    assert (doubt.exit_code, doubt.ids) == (0, [id_of(site, 30)])
    assert [(each["kind"], each["post_id"]) for each in stone.records] == [("tombstone", id_of(site, 20))]


def test_posts_at_new_addresses_did_not_vanish_though_the_old_ones_lead_nowhere(crawl: Crawler, site: Served) -> None:
    crawl.first(site, "sitemap")
    for index in range(site.replica.posts):
        site.replica.changes.slugs[index] = f"renamed-{index}"
    site.replica.card.cache_clear()  # type: ignore[attr-defined]
    site.replica.add()
    asked = len(site.requests)

    done = crawl(site.url, spider="sitemap", FURAT_REVISITS=0)

    assert done.exit_code == 0, done.log
    assert {each["post_id"] for each in done.records} <= {*truth(site)}
    assert 404 not in [request.status for request in list(site.requests)[asked:]]


def test_nested_packed_and_oddly_named_sitemaps_are_read_and_what_is_no_article_is_settled(
    crawl: Crawler, site: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    posts = [site.replica.article(index, site.url) for index in (1, 2, 3)]
    pages = "".join(f"<url><loc>{post['url']}</loc></url>" for post in posts)
    about, off = (f"<url><loc>{url}</loc></url>" for url in ("HERE/about/", "http://127.0.0.1:9/x/"))
    names = ("http://127.0.0.1:9/off.xml", "HERE/robots-map.xml", "HERE/in.xml")
    index = "".join(f"<sitemap><loc>{name}</loc></sitemap>" for name in names)
    answer(
        monkeypatch,
        {
            "/robots.txt": ("text/plain", b"User-agent: *\nDisallow:\nsitemap : HERE/robots-map.xml\n"),
            "/robots-map.xml": (
                "application/xml",
                f"<sitemapindex>{index}</sitemapindex>".encode(),
            ),
            "/in.xml": ("text/xml", b"<sitemapindex><sitemap><loc>HERE/all.xml.gz</loc></sitemap></sitemapindex>"),
            "/all.xml.gz": (
                "application/octet-stream",
                f"<urlset>{about}{pages}{off}</urlset>".encode(),
            ),
        },
    )

    done = crawl(site.url, spider="sitemap")

    assert (done.exit_code, done.ids) == (0, [post["post_id"] for post in posts]), done.log
    assert sitemaps(site) == ["/robots-map.xml", "/in.xml", "/all.xml.gz"]


def test_dates_that_a_sitemap_gives_to_all_its_pages_are_not_believed(
    crawl: Crawler, site: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl.first(site, "sitemap")
    urls = [site.replica.article(index, site.url)["url"] for index in range(10)]
    pages = "".join(f"<url><loc>{url}</loc><lastmod>2099-01-01T00:00:00Z</lastmod></url>" for url in urls)
    answer(monkeypatch, {"/sitemap_index.xml": ("text/xml", f"<urlset>{pages}</urlset>".encode())})
    asked = len(site.requests)

    done = crawl(site.url, spider="sitemap", FURAT_REVISITS=0)

    assert (done.exit_code, done.records) == (0, [])
    assert len(site.requests) - asked == 3


@pytest.mark.parametrize("maker", ["core", "yoast"])
def test_sitemaps_that_robots_txt_does_not_name_are_looked_for(crawl: Crawler, maker: Any) -> None:
    with serve(Replica(60, weight=0, sitemaps=maker)) as site:
        site.faults = [Fault("^/robots.txt", status=404)]

        done = crawl(site.url, spider="sitemap")

        assert (done.exit_code, done.ids) == (0, truth(site)), done.log


def test_a_site_without_sitemaps_is_said(crawl: Crawler) -> None:
    with serve(Replica(60, weight=0, sitemaps=None)) as site:
        done = crawl(site.url, spider="sitemap")

        assert (done.exit_code, done.records) == (3, [])
        assert "sitemap" in done.log


def test_a_broken_sitemap_leaves_the_walk_open(crawl: Crawler, site: Served) -> None:
    site.faults = [Fault("/post-sitemap", "cut")]
    broken = crawl(site.url, spider="sitemap")
    site.faults = []
    mended = crawl(site.url, spider="sitemap")

    assert (broken.exit_code, broken.records) == (3, [])
    assert (mended.exit_code, mended.ids) == (0, truth(site))


@pytest.mark.parametrize(
    "way",
    [
        ("sitemap", "/sitemap_index.xml", "text/xml", b"<sitemapindex><sitemap><loc>HERE/post-sitemap.xml</loc></sit"),
        ("feed", "/feed/atom/", "application/atom+xml", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>"),
        ("sitemap", "/robots.txt", "text/plain", b"Sitemap: http://[\nSitemap: HERE/sitemap_index.xml\n"),
    ],
    ids=["index", "feed", "robots"],
)
def test_a_way_in_that_is_cut_off_is_no_complete_crawl(
    crawl: Crawler, site: Served, monkeypatch: pytest.MonkeyPatch, way: tuple[str, str, str, bytes]
) -> None:
    spider, path, kind, body = way
    answer(monkeypatch, {path: (kind, body)})

    done = crawl(site.url, spider=spider)

    assert done.exit_code == (0 if path == "/robots.txt" else 3), done.log
    assert (len(done.records) == 60) == (path == "/robots.txt")
    assert "Traceback" not in done.log
