"""Learns the layout of a site's pages from its feed or API before articles are visited."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from furat.exceptions import Incomplete, Stop
from furat.frontier.expectations import MANY, Newest
from furat.frontier.messages import NotListing
from furat.frontier.requests import ALL, ListingTask, build, keeping, listing_of
from furat.items import Article
from furat.pages import ArticlePage, Entry, ListingPage
from furat.profile import ProfileGuide
from furat.sections import Section
from furat.spiders.article import ArticleSpider
from furat.store.frontier import PendingVisit
from furat.urls import canonical, within
from furat.wordpress.rest import usual
from furat.wordpress.site_profile import SiteProfile
from furat.wordpress.supplements import Supplements, kept
from furat.wordpress.teaching import FEED, TEACHERS, Teaching, feed_entries

MOST_FRONTS = 2
"""How many pages of the home page's listing are used to learn how listings show entries."""


class TaughtSpider(ArticleSpider):
    """Reads articles by the site's profile, and adds fields that only the site's feed or API has."""

    fronts: tuple[ListingPage, ...] = ()
    """The first pages of the home page's listing."""

    is_part = False
    """Whether the crawl leaves out part of the site, such as all but some sections."""

    discovers = False
    """Whether the listings of the whole site are walked."""

    api_root = ""
    """The address that the site names for its API; empty for the usual one."""

    is_asked = False
    """Whether this crawl has read the feed or API to learn the layout."""

    def __init__(self, site: str, **arguments: str) -> None:
        super().__init__(site, **arguments)
        self.is_part = bool(self.since or self.until)
        self.asked: set[str] = set()
        """The addresses of visits for which the feed or API was read already."""
        self.answered: dict[str, Response] = {}
        """The response with which that reading began."""

    @property
    def guide(self) -> ProfileGuide | None:  # type: ignore[override]
        """The guide by which pages are read."""
        return self.site_profile.guide

    @cached_property
    def site_profile(self) -> SiteProfile:
        """The site's profile, kept in the archive."""
        return SiteProfile(self.store.checkpoints)

    @cached_property
    def supplements(self) -> Supplements:
        """The fields of the visited posts that only the site's feed or API has."""
        return Supplements(self.site, self.api_root or usual(self.site), self._zone, self._get)

    def prepare(self, visits: Sequence[PendingVisit]) -> Request | None:
        """Return the request for the feed or API that must be read before ``visits``, if any.

        A handful of visits is not worth it: learning takes as many pages. After a change of theme it is, always.
        """
        is_worth_it = self.discovers or self.site_profile.is_outdated or len(visits) >= TEACHERS
        if self.site_profile.is_due and not self.is_asked and is_worth_it:
            self.is_asked = True
            feed = f"{urljoin(self.site, FEED)}?paged=1"
            task = ListingTask(Section("feed", "", feed), is_partial=True, is_optional=True, is_bounded=True)
            return build(feed, task, self.parse_lessons, self.lessons_failed, statuses=ALL)
        new = [visit for visit in visits if visit.url not in self.asked]
        address = self.supplements.following
        if new and address and self.site_profile.profile.lacking:
            self.asked.update(visit.url for visit in new)
            return build(address, None, self.parse_supplements, self.supplements_failed, statuses=ALL, visits=new)
        return None

    def expect(self, counts: Mapping[str, int]) -> None:
        """Expect as many posts in each section as the site ``counts``, unless the crawl leaves out entries."""
        if not self.is_part:
            self.crawl.expectations.count(counts)

    async def parse_lessons(self, response: Response) -> AsyncIterator[Request | Entry | NotListing]:
        """Learn from the site's feed; raise NotUnderstood if the site's pages no longer agree with it.

        Its entries are visited, whether a listing shows them or not.
        """
        await self._learn(response)
        newest = [entry.url for entry in feed_entries(response) if within(self.site, entry.url)]
        if not (self.discovers and newest):
            yield NotListing()
            return
        unknown = [url for url in newest if self.store.frontier.unknown([url])]
        if len(unknown) >= MANY * len(newest):  # they may have been published since the home page was read
            shown = await self._shown_now()
            unknown = [url for url in unknown if canonical(url) not in shown]
        if unknown:
            feed = canonical(listing_of(response).section.url)
            self.crawl.expectations.newest = Newest(feed, len(newest), tuple(unknown))
        for url in newest:
            yield Entry(url)

    async def _shown_now(self) -> set[str]:
        """Return the canonical addresses that the home page shows now."""
        front = await self._get(self.site)
        with suppress(Incomplete):
            return {canonical(entry.url) for entry in self.page(ListingPage, front).entries} if front else set()
        return set()

    async def lessons_failed(self, _: Failure) -> AsyncIterator[Request]:
        """Learn from the API instead, as the feed failed."""
        await self._learn(None)
        return
        yield  # a generator, like other callbacks of Scrapy

    async def _learn(self, feed: Response | None) -> None:
        teaching = Teaching(self.site, self.api_root or usual(self.site), self._zone, self._get)
        self.site_profile.keep(await teaching.learn(feed, self.fronts))

    async def parse_supplements(
        self, response: Response | None, visits: Sequence[PendingVisit]
    ) -> AsyncIterator[Request]:
        """Read the feed or API for fields of the posts that are visited next."""
        if response is not None:
            self.answered[response.request.url if response.request else response.url] = response
        lacking = self.site_profile.profile.lacking
        known = {visit.url: number for visit in visits if (number := _number(visit.article))}
        await self.supplements.ask(
            (visit.url for visit in visits if visit.url not in known), [*known.values()], lacking
        )
        return
        yield

    async def supplements_failed(self, failure: Failure) -> AsyncIterator[Request]:
        """Read the rest, as one request failed."""
        async for request in self.parse_supplements(None, failure.request.cb_kwargs["visits"]):  # type: ignore[attr-defined]
            yield request

    def read(self, page: ArticlePage) -> Article:
        """Return the article of ``page``, with the fields that only the site's feed or API has."""
        self.site_profile.watch(page.taught)
        lacking = self.site_profile.profile.lacking
        article = page.to_item()
        if not lacking or self.supplements.knows(article):
            return self.supplements.fill(article, lacking)
        archived = self.store.articles.find(article.id)
        return kept(article, archived, lacking) if archived else article

    @property
    def _zone(self) -> str:
        return str(self.settings["FURAT_TIMEZONE"])

    async def _get(self, url: str) -> Response | None:
        if url in self.answered:
            return self.answered.pop(url)
        assert self.crawler.engine
        try:
            return await self.crawler.engine.download_async(keeping(url))
        except Stop:
            raise
        except Exception:  # noqa: BLE001 (for any reason: the crawl works without it)
            return None


def _number(article: str | None) -> int:
    """Return the post number in the id of an article; 0 if it has none."""
    last = (article or "").rpartition("/")[2]
    return int(last) if last.isdecimal() else 0
