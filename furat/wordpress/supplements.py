"""Fields of posts that only the site's API or feed has: read in bulk before the pages are visited."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from zoneinfo import ZoneInfo

from furat.exceptions import Incomplete
from furat.items import Article
from furat.pages import Post, PostsPage
from furat.profile import Truth
from furat.urls import canonical
from furat.wordpress.rest import at
from furat.wordpress.teaching import FEED, Get, feed_entries

PER_PAGE = 100
MOST_PAGES = 10_000
QUERY = f"wp/v2/posts?per_page={PER_PAGE}&_fields=id,link,date,date_gmt,_links,_embedded&_embed=author,wp:term"
OF_FEED = frozenset({"authors", "published"})
"""The fields that a feed has for every post."""

NEAR = timedelta(days=1, hours=14)
"""How far the day that a page prints may be from the true time, in any time zone."""


def kept(article: Article, archived: Article, lacking: Collection[str]) -> Article:
    """Return ``article`` with the fields that its page still lacks, as the site gave them when it was ``archived``.

    >>> page = Article(id="example.org/7", url="https://example.org/a/", published="2024-05-01")
    >>> told = replace(page, published="2024-05-01T09:30:00+03:00", published_source="feed")
    >>> kept(page, told, {"published"}).published
    '2024-05-01T09:30:00+03:00'
    """
    if "published" in lacking and archived.published and archived.published[:10] == (article.published or "")[:10]:
        article = replace(article, published=archived.published, published_source=archived.published_source)
    names = [name for name in ("authors", "categories", "tags") if name in lacking and getattr(archived, name)]
    return replace(article, **{name: getattr(archived, name) for name in names})


class Supplements:
    """Fields of posts from the API or feed, by address."""

    def __init__(self, site: str, root: str, zone: str, get: Get) -> None:
        """Read the API at ``root``, or else the feed; ``zone`` is the zone in which times are written."""
        self.site = site
        self.root = root
        self.zone = ZoneInfo(zone)
        self.get = get
        self.source = "api"
        self._truths: dict[str, Truth] = {}
        self._pages = 0
        """How many pages of the list of all posts were read, newest first: none is requested twice in a crawl."""

    @property
    def following(self) -> str | None:
        """The next address to request; None if all posts were read."""
        number = self._pages + 1
        if number > MOST_PAGES:
            return None
        return at(self.root, f"{QUERY}&page={number}") if self.source == "api" else self._feed_page(number)

    async def ask(self, urls: Iterable[str], ids: Sequence[int], lacking: Collection[str]) -> None:
        """Request the posts at ``urls``, newest first, and those with these ``ids``.

        The feed is read only if it has one of the ``lacking`` fields: it may leave out terms.
        """
        missing = set(urls) - self._truths.keys()
        if self.source == "api":
            if await self._ask_api(missing, ids):
                return
            self.source, self._pages = "feed", 0 if OF_FEED.intersection(lacking) else MOST_PAGES
        while missing and self._pages < MOST_PAGES:
            self._pages += 1
            entries = feed_entries(await self.get(self._feed_page(self._pages)))
            if not entries:
                self._pages = MOST_PAGES
            missing -= self._keep(map(Truth.of_feed, entries))

    def fill(self, article: Article, lacking: Collection[str]) -> Article:
        """Return ``article`` with the fields that its page lacks, as far as the site gave them."""
        truth = self._truths.get(article.url)
        if truth is None:
            return article
        if "published" in lacking and truth.published and self._is_near(article.published, truth):
            moment = truth.published.astimezone(self.zone) if self.source == "feed" else truth.published
            article = replace(article, published=moment.isoformat(), published_source=self.source)
        if "authors" in lacking and truth.authors:
            article = replace(article, authors=truth.authors)
        if "categories" in lacking and truth.categories:
            article = replace(article, categories=truth.categories)
        if "tags" in lacking and truth.tags:
            article = replace(article, tags=truth.tags)
        return article

    def _feed_page(self, number: int) -> str:
        return f"{self.site}{FEED}?paged={number}"

    def knows(self, article: Article) -> bool:
        """Return whether the site gave anything about ``article``."""
        return article.url in self._truths

    async def _ask_api(self, missing: set[str], ids: Sequence[int]) -> bool:
        """Return whether the API answers."""
        for start in range(0, len(ids), PER_PAGE):
            named = ",".join(map(str, ids[start : start + PER_PAGE]))
            if await self._posts(f"&include={named}") is None:
                return False
        while missing and self._pages < MOST_PAGES:
            posts = await self._posts(f"&page={self._pages + 1}")
            if posts is None and not self._pages:
                return False
            posts = posts or ()
            self._pages = self._pages + 1 if len(posts) == PER_PAGE else MOST_PAGES
            missing.difference_update(canonical(post.url) for post in posts)
        return True

    async def _posts(self, query: str) -> Sequence[Post] | None:
        """Keep the posts of an answer, and return them; None if it holds none."""
        response = await self.get(at(self.root, QUERY + query))
        if response is None or response.status != HTTPStatus.OK:
            return None
        try:
            posts = PostsPage(response.body, response.url).posts
        except Incomplete:
            return None
        self._keep(map(Truth.of_listed, posts))
        return posts

    def _keep(self, truths: Iterable[Truth]) -> set[str]:
        """Keep the ``truths``, and return their addresses."""
        found = {canonical(truth.url): truth for truth in truths}
        self._truths |= found
        return {*found}

    def _is_near(self, printed: str | None, truth: Truth) -> bool:
        """Return whether a page prints no date, or the same day as the site gives."""
        if not printed or truth.published is None:
            return True
        days = {(truth.published + shift).date().isoformat() for shift in (-NEAR, NEAR)}
        return min(days) <= printed[:10] <= max(days)
