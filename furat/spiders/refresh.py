"""Keeps an archive up to date with the fewest requests that the site allows."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urljoin

from scrapy import Request
from scrapy.exceptions import UsageError
from scrapy.http import Response
from twisted.python.failure import Failure

from furat.clock import is_over, now
from furat.frontier.messages import Checkpoint
from furat.pages import Entry
from furat.sections import Section
from furat.spiders.api import ApiSpider
from furat.spiders.article import Output
from furat.spiders.beside import POSTS
from furat.spiders.checking import CHECKED
from furat.spiders.feed import ATOM, FeedSpider
from furat.spiders.news import NewsSpider
from furat.spiders.sitemap import SitemapSpider

CLOSED = timedelta(days=7)
"""For how long an origin that was closed is not tried again."""


class RefreshSpider(ApiSpider, FeedSpider, SitemapSpider):
    """Requests what changed from the API, otherwise the feed, otherwise the listings, and once a day the sitemaps.

    An empty archive is filled first: from the API, otherwise from the listings.
    """

    name = "refresh"
    takes = "site alone"
    choose = NewsSpider.choose

    def __init__(self, site: str, **arguments: str) -> None:
        """Raise UsageError if an argument would leave out part of the site."""
        if strange := sorted({"sections", "since", "until", "via"} & arguments.keys()):
            raise UsageError(f"{self.name} takes {self.takes}, not {strange[0]}; use `scrapy crawl news` for that")
        super().__init__(site, via="auto", **arguments)
        self.origins: list[str] = []
        self.closed: list[str] = []
        """Origins that seem to be closed, until another one works: a site in maintenance shows one page everywhere."""
        self.works = False

    async def start(self) -> AsyncIterator[Request]:
        is_empty = not self.store.crawls.counts()["articles"]
        origins = ["api", "news"] if is_empty or self.wanted else ["api", "feed", "news"]
        self.origins = [origin for origin in origins if self._is_over(f"closed {origin}", CLOSED)]
        if not self.wanted:
            self.trusts = (urljoin(self.site, POSTS), urljoin(self.site, ATOM))
        for request in self._take_next():
            yield request

    def begin(self, section: Section) -> Request:
        """Return the request for the first page of a section that was asked for: it shows more than the feed does."""
        return self._walk(section)

    def parse_sitemap(
        self, response: Response, others: list[str], depth: int = 0, lastmod: str | None = None
    ) -> Iterator[Output]:
        """Record that the sitemaps were read today, and yield their entries and requests."""
        yield Checkpoint("checked sitemaps", now())
        yield from super().parse_sitemap(response, others, depth, lastmod)

    def otherwise(self, origin: str, why: str, failure: Failure | None = None) -> Iterator[Request]:
        """Yield requests to the next origin; one that is closed, not just failing, is not tried again for a week."""
        self.logger.info("The %s can't be used for the refresh: %s", origin, why)
        if failure is None:
            self.closed.append(origin)
            self._close()
        if origin != "sitemap":
            yield from self._take_next()

    def parse_feed(self, response: Response, number: int, validator: str) -> Iterator[Output]:
        """Yield the entries of a feed, and a request for the next page; one that is unchanged works, too."""
        self.works |= response.status == HTTPStatus.NOT_MODIFIED
        self._close()
        yield from self._working(super().parse_feed(response, number, validator))

    def parse_listing(
        self, response: Response, number: int = 1, before: frozenset[str] = frozenset()
    ) -> Iterator[Output]:
        """Yield the entries of a listing, and a request for the next page."""
        yield from self._working(super().parse_listing(response, number, before))

    def _working(self, output: Iterator[Output]) -> Iterator[Output]:
        """Yield ``output``, and note what is closed where an origin gives entries."""
        for each in output:
            if isinstance(each, Entry | Checkpoint):
                self.works = True
                self._close()
            yield each

    def _close(self) -> None:
        while self.works and self.closed:
            self.store.checkpoints.set(f"closed {self.closed.pop()}", now())

    def _take_next(self) -> Iterator[Request]:
        origin = self.origins.pop(0)
        yield {"api": self._first, "feed": self.feed, "news": self.home}[origin]()
        if (
            origin != "api"
            and not self.wanted
            and self._is_over("checked sitemaps", CHECKED)
            and self._is_over("closed sitemap", CLOSED)
        ):
            yield self.robots()

    def _is_over(self, name: str, time: timedelta) -> bool:
        """Return whether the checkpoint ``name`` is older than ``time``, or was never set."""
        return is_over(self.store.checkpoints.get(name), time)
