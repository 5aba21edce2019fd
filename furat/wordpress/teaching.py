"""Reads a site's newest posts from its feed or API, and learns from their pages where its theme prints each field."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from http import HTTPStatus

from scrapy.http import Response, TextResponse

from furat.clock import now
from furat.exceptions import Incomplete
from furat.pages import ArticlePage, Entry, FeedEntry, FeedPage, ListingPage, PostsPage
from furat.profile import Lesson, Profile, ProfileGuide, Sheet, Truth, agreements, learn
from furat.urls import canonical, within
from furat.wordpress.rest import at

Get = Callable[[str], Awaitable[Response | None]]
"""Downloads an address; returns None if that fails."""

FEED = "feed/atom/"
"""The Atom feed, which says when posts were changed; RSS does not."""

POSTS = "wp/v2/posts?per_page=20&_embed=author,wp:term"
OLDER = 4
"""The page of the feed that is read too if the newest posts are all by one author or were never changed."""

TEACHERS, CHANGED = 8, 3


class Teaching:
    """One lesson about one site."""

    def __init__(self, site: str, root: str, zone: str, get: Get) -> None:
        """``root`` is the API's address, read if there is no feed; ``zone`` is the zone of times without one."""
        self.site = site
        self.root = root
        self.zone = zone
        self.get = get

    async def learn(self, feed: Response | None, fronts: Sequence[ListingPage] = ()) -> Profile:
        """Return the profile learned from the posts of the ``feed`` and from ``fronts`` (the home page's pages)."""
        entries = feed_entries(feed)
        truths, source = ([*map(Truth.of_feed, entries)], "feed") if entries else (await self._of_api(), "api")
        if source == "feed" and not _teach_enough(truths):
            truths += map(Truth.of_feed, feed_entries(await self.get(self._page(OLDER))))
        own = [truth for truth in truths if within(self.site, truth.url)]
        lessons = [lesson async for lesson in self._lessons(choose(own))]
        sheets = {"home": [sheet async for sheet in self._sheets(fronts, truths)]} if source == "feed" else {}
        profile = learn(lessons, sheets, source=source if lessons else "", learned=now(), zone=self.zone)
        guide = ProfileGuide(profile)
        read = ((each, ArticlePage(each.page.html, each.page.url, guide).to_item()) for each in lessons)
        return replace(profile, agreement=agreements(read))

    async def _of_api(self) -> list[Truth]:
        response = await self.get(at(self.root, POSTS))
        if response is None or response.status != HTTPStatus.OK:
            return []
        try:
            return [Truth.of_post(post) for post in PostsPage(response.body, response.url).posts if not post.protected]
        except Incomplete:
            return []

    async def _lessons(self, truths: Sequence[Truth]) -> AsyncIterator[Lesson]:
        for truth in truths:
            response = await self.get(truth.url)
            if isinstance(response, TextResponse) and response.status == HTTPStatus.OK:
                page = ArticlePage(response.text, response.url)
                if canonical(response.url) == canonical(truth.url) and not page.protected:
                    yield Lesson(truth, page)

    async def _sheets(self, fronts: Sequence[ListingPage], truths: Sequence[Truth]) -> AsyncIterator[Sheet]:
        for front in fronts:
            shown = truths if front.number == 1 else feed_entries(await self.get(self._page(front.number)))
            entries = tuple(Entry(one.url, one.title) for one in shown)
            if entries:
                yield Sheet(front, front.number, entries)

    def _page(self, number: int) -> str:
        return f"{self.site}{FEED}?paged={number}"


def feed_entries(response: Response | None) -> list[FeedEntry]:
    """Return the entries of a feed that have content; none if the response is no feed."""
    if response is None or response.status != HTTPStatus.OK:
        return []
    page = FeedPage(response.body, response.url)
    return [entry for entry in page.entries if not entry.protected]


def choose(truths: Sequence[Truth]) -> list[Truth]:
    """Return the posts from which most can be learned: some that were changed, one of every author, and the newest."""
    changed = [truth for truth in truths if _is_changed(truth)][:CHANGED]
    authors = {truth.authors: truth for truth in reversed(truths)}
    picked = {truth.url: truth for truth in (*changed, *reversed(authors.values()), *truths) if truth.title}
    return [*picked.values()][:TEACHERS]


def _teach_enough(truths: Sequence[Truth]) -> bool:
    return len({truth.authors for truth in truths}) > 1 and sum(map(_is_changed, truths)) > 1


def _is_changed(truth: Truth) -> bool:
    return bool(truth.modified and truth.published and (truth.modified - truth.published).days)
