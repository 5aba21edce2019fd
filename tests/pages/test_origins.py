"""One article, whatever way in was taken to it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from furat.items import Article
from furat.pages import ArticlePage, FeedEntry, FeedPage, Post, PostsPage, join
from furat.urls import canonical
from tests.replica import TRAPS, Replica
from tests.replica.site import Site
from tests.support.origins import page_and_post, post_and_entry

BASE = "http://127.0.0.1:80/"
SITE = Site(Replica(130, rest=True, weight=0), BASE)


def posts() -> Iterator[Post]:
    for number in (1, 2):
        url = f"{BASE}wp-json/wp/v2/posts?per_page=100&page={number}&_embed"
        yield from PostsPage(SITE.answer(url.removeprefix(BASE[:-1])).body, url).posts


def entries(kind: str) -> Iterator[FeedEntry]:
    for number in range(1, 15):
        url = f"{BASE}{kind}?paged={number}"
        yield from FeedPage(SITE.answer(url.removeprefix(BASE[:-1])).body, url).entries


def pages(url: str) -> list[Article]:
    """Return the items of all pages of an article."""
    first = ArticlePage(SITE.answer(urlsplit(url).path).body.decode(), url)
    return [
        page.to_item()
        for page in (first, *(ArticlePage(SITE.answer(urlsplit(u).path).body.decode(), u) for u in first.pages))
    ]


def test_a_post_gives_the_item_of_its_page() -> None:
    """All fields are the same but these, where one way honestly knows more than the other.

    * `published_source` and `published_raw`: `time` and what the theme prints for readers, or `api` and its local time.
    * `modified`: themes print none, or the day alone; the API tells the moment.
    * `language`: the page declares it, the API does not.
    * `images`: the API tells the caption of the featured picture, which themes print far from it or nowhere,
      and the picture's own address, where a theme may print that of a smaller copy.
    """
    found = [post for post in posts() if not post.protected]
    apart = [
        (post.post_id, *difference)
        for post in found
        for difference in page_and_post(join(*pages(post.url)), post.to_item())
    ]

    assert [post.post_id for post in found] == [article["post_id"] for article in SITE.replica.truth()]
    assert not apart


@pytest.mark.parametrize("kind", ["feed/", "feed/atom/"])
def test_an_entry_of_a_feed_says_what_the_post_says(kind: str) -> None:
    """All that an entry has is the same but these.

    * `content` is that of the first page of an article of several, and a form where it asks for a password.
    * `title` has WordPress's own word before it where the article asks for a password; the API leaves it out.
    * `post_id` is known where the entry's guid is the short address: not of posts that a program published.
    * `terms` are categories and tags without a mark; a name that is both stands there once.
    * `published` and `updated` are in UTC; RSS has no `updated`.
    """
    found = {post.url: post for post in posts() if not post.protected}
    shown = {canonical(entry.url): entry for entry in entries(kind) if not entry.protected}
    apart = [
        (url, *difference)
        for url, post in found.items()
        for difference in post_and_entry(post, pages(url)[0], shown[url])
    ]

    assert shown.keys() == found.keys()
    assert not apart
    assert all(entry.post_id for entry in shown.values())
    assert all(bool(entry.updated) == ("atom" in kind) for entry in shown.values())


def test_each_way_knows_what_is_protected() -> None:
    protected = {SITE.replica.card(index).id for index in range(SITE.replica.posts) if index % 60 == TRAPS["protected"]}

    assert {post.post_id for post in posts() if post.protected} == protected
    assert {entry.post_id for entry in entries("feed/") if entry.protected} == protected
    assert {entry.post_id for entry in entries("feed/atom/") if entry.protected} == protected
