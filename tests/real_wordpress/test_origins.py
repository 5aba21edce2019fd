"""One post of a real WordPress, read by its page, by REST, by RSS and by Atom."""

from collections.abc import Iterator
from itertools import count

import pytest

from furat.items import Article
from furat.pages import ArticlePage, FeedEntry, FeedPage, Post, PostsPage, SitemapPage, join
from furat.urls import canonical
from tests.real_wordpress.newsroom import Newsroom
from tests.support.origins import page_and_post, post_and_entry

pytestmark = pytest.mark.wordpress


def posts(site: Newsroom) -> list[Post]:
    """Return all posts by REST, those with a password too."""
    urls = [f"{site.url}wp-json/wp/v2/posts?per_page=100&page={page}&_embed" for page in (1, 2)]
    return [post for url in urls for post in PostsPage(site.get(url)[1].encode(), url).posts]


def entries(site: Newsroom, kind: str) -> Iterator[FeedEntry]:
    """Yield all entries of a feed."""
    for number in count(1):
        url = f"{site.url}{kind}?paged={number}"
        status, body = site.get(url)
        page = FeedPage(body.encode(), url)
        assert page.is_whole
        if status == 404:
            return
        yield from page.entries


def pages(site: Newsroom, url: str) -> list[Article]:
    """Return the items of all pages of a post; a block theme does not link the later ones."""
    first = ArticlePage(site.get(url)[1], url)
    found = [first.to_item()]
    for number in count(2) if first.pages or first.may_hide_pages else ():
        status, body = site.get(f"{url}{number}/")
        if status != 200:
            break
        found.append(ArticlePage(body, f"{url}{number}/").to_item())
    return found


def test_a_post_gives_the_item_of_its_page(site: Newsroom) -> None:
    """The fields that may differ, and why, stand in tests/pages/test_origins.py.

    One more here: where a post has no title, a theme may print a word of its own.
    """
    found = [post for post in posts(site) if not post.protected]
    apart = [
        (post.post_id, *difference)
        for post in found
        for difference in page_and_post(join(*pages(site, post.url)), post.to_item())
        if post.to_item().title or difference[0] not in ("title", "title_raw", "digest")
    ]

    assert sorted(post.post_id for post in found) == sorted(post.post_id for post in site.truth)
    assert not apart, "\n".join(map(str, apart))


@pytest.mark.parametrize("kind", ["feed/", "feed/atom/"])
def test_an_entry_of_a_feed_says_what_the_post_says(wordpress: Newsroom, kind: str) -> None:
    found = {post.url: post for post in posts(wordpress)}
    shown = {canonical(entry.url): entry for entry in entries(wordpress, kind)}
    apart = [
        (url, *difference)
        for url, post in found.items()
        if not post.protected
        for difference in post_and_entry(post, pages(wordpress, url)[0], shown[url])
    ]

    assert shown.keys() == found.keys()
    assert {url for url, entry in shown.items() if entry.protected} == {url for url in found if found[url].protected}
    assert not apart, "\n".join(map(str, apart))


def test_the_sitemap_lists_every_post(wordpress: Newsroom) -> None:
    url = f"{wordpress.url}wp-sitemap.xml"
    index = SitemapPage(wordpress.get(url)[1].encode(), url)
    lists = [SitemapPage(wordpress.get(one.url)[1].encode(), one.url) for one in index.sitemaps]

    assert index.is_whole
    assert all(one.is_whole for one in lists)
    assert {post.url for post in wordpress.truth} <= {canonical(line.url) for one in lists for line in one.addresses}
