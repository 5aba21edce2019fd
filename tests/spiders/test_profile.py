"""A site teaches how its pages are to be read, through the door that Scrapy uses."""

import html
from collections.abc import Callable, Iterator

import pytest

from tests.profile.newsroom import Post, posts, printed, strange
from tests.replica import Replica, Served, serve
from tests.replica.site import Reply, Site
from tests.support.crawls import Command, Crawler

ALL = posts(12)[::-1]
PAGE, FEED = "text/html; charset=UTF-8", "application/atom+xml"
MARK = '<link href="/wp-content/x.css">'


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A newsroom under a theme that nobody knows, with a feed and without an API."""
    yield from newsroom(monkeypatch, strange)


def newsroom(monkeypatch: pytest.MonkeyPatch, theme: Callable[[Post], str], front: str = "") -> Iterator[Served]:
    def reply(site: Site, target: str) -> Reply:
        found = pages(theme, front).get(target)
        if found is None:
            return Reply(404, f'<html>{MARK}<body class="q1">لا شيء هنا</body></html>'.encode(), PAGE)
        kind, body = found
        return Reply(200, body.replace("https://sada.example", site.base.rstrip("/")).encode(), kind)

    monkeypatch.setattr(Site, "answer", reply)
    with serve(Replica(2)) as served:
        yield served


def pages(theme: Callable[[Post], str], front: str) -> dict[str, tuple[str, str]]:
    rows = "".join(
        f'<div class="r1"><em class="r3"><a href="/story-{one.number}/">{one.title}</a></em></div>' for one in ALL
    )
    home = front or f'<html>{MARK}<body class="q1"><div class="r0">{rows}</div></body></html>'
    stories = {f"/story-{post.number}/": (PAGE, theme(post).replace("<head>", f"<head>{MARK}")) for post in ALL}
    feed = (FEED, f'<feed xmlns="http://www.w3.org/2005/Atom">{"".join(map(entry, ALL[:10]))}</feed>')
    return {"/": (PAGE, home), "/feed/atom/": feed, "/feed/atom/?paged=1": feed, **stories}


def entry(post: Post) -> str:
    terms = "".join(f'<category term="{term}"/>' for term in (*post.categories, *post.tags))
    return (
        f"<entry><author><name>{post.author}</name></author><title>{post.title}</title>"
        f'<link rel="alternate" href="{post.url}"/><id>{post.url}</id>{terms}'
        f"<published>{post.truth.published:%Y-%m-%dT%H:%M:%SZ}</published>"
        f"<updated>{post.truth.modified:%Y-%m-%dT%H:%M:%SZ}</updated>"
        f'<content type="html">{html.escape(post.content)}</content></entry>'
    )


def asked(site: Served) -> list[str]:
    return [request.path for request in site.requests]


def test_a_theme_that_nobody_knows_is_read_as_its_site_teaches(crawl: Crawler, site: Served) -> None:
    done = crawl(site.url)

    assert done.exit_code == 0, done.log
    got = {record["url"].rpartition("story-")[2].strip("/"): record for record in done.records}
    for post in ALL:
        record = got[str(post.number)]
        assert record["title"] == post.title
        assert record["authors"] == [post.author]
        assert record["categories"] == list(post.categories)
        assert record["tags"] == list(post.tags)
        assert "اقرأ أيضاً" not in record["text"]


def test_a_clock_that_pages_do_not_print_is_filled_in_from_the_feed(crawl: Crawler, site: Served) -> None:
    done = crawl(site.url)

    by_source = {record["published_source"] for record in done.records}
    newest = next(record for record in done.records if record["title"] == ALL[0].title)
    assert "feed" in by_source, done.log
    assert newest["published"] == ALL[0].published.isoformat()


def test_no_page_is_asked_for_twice_and_no_feed_while_the_profile_is_fresh(crawl: Crawler, site: Served) -> None:
    crawl(site.url)
    stories = [path for path in asked(site) if "/story-" in path]
    assert len(stories) == len(set(stories))
    before = len(site.requests)

    crawl(site.url)

    assert not [path for path in asked(site)[before:] if "/feed/" in path]


def test_the_report_says_how_well_the_pages_agree(crawl: Crawler, command: Command, site: Served) -> None:
    crawl(site.url)

    told = command("report", site=site.url)

    assert "8 of 8" in told.out


def test_posts_of_the_feed_that_no_listing_shows_are_visited_and_named(
    crawl: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    only = f'<h2><a href="/story-{ALL[11].number}/">{ALL[11].title}</a></h2>'
    few = f'<html>{MARK}<body class="home blog">{only}</body></html>'
    for site in newsroom(monkeypatch, strange, few):
        done = crawl(site.url)

        assert done.exit_code == 3
        assert "newest posts of the feed are on no listing" in done.log
        assert len(done.records) == 11


def test_a_pager_of_a_script_that_leads_nowhere_is_no_whole_listing(
    crawl: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f'<h2><a href="/story-{one.number}/">{one.title}</a></h2>' for one in ALL)
    front = f'<html>{MARK}<body class="home blog">{rows}<a href="#" data-page="2">2</a></body></html>'
    for site in newsroom(monkeypatch, strange, front):
        done = crawl(site.url)

        assert done.exit_code == 3, done.log


def test_the_day_is_kept_as_printed_where_nothing_else_is_known(
    crawl: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    for site in newsroom(monkeypatch, strange):
        done = crawl(site.url)
        oldest = next(record for record in done.records if record["title"] == ALL[11].title)

        assert oldest["published_raw"] == printed(ALL[11].published)
