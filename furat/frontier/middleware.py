"""Which articles are owed or due: the crawl's memory, in the store."""

import logging
from asyncio import Future, ensure_future
from collections.abc import AsyncIterator, Collection, Iterable, Iterator
from http import HTTPStatus
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.spidermiddlewares.base import BaseSpiderMiddleware
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from furat.clock import now, utc
from furat.exceptions import Duplicate, Incomplete, NotArticle, OutOfRange, Protected, Stop, Suspect, Unchanged
from furat.frontier.crawl import Crawl
from furat.frontier.messages import Checkpoint, Missing, Skipped, those
from furat.frontier.outcomes import VisitOutcomes
from furat.frontier.quarantine import QuarantinedPages, not_understood
from furat.frontier.visits import Visits, visit_request
from furat.frontier.walks import Walks
from furat.items import Article
from furat.options import number
from furat.pages import DatedEntry, Entry
from furat.sections import NEWEST_FIRST
from furat.store.failure import stopping
from furat.store.frontier import PendingVisit

logger = logging.getLogger(__name__)

READ = (*range(200, 300), 304, 400, 404, 410)
"""Statuses of listings that the spider reads; any other went to an errback, and tells nothing of the walk."""


class Refresh(BaseSpiderMiddleware):
    """Turns the entries of listings into pending visits, and pending visits and due articles into requests.

    A request for a page of a listing carries `listing` in its meta (see Walks), one for an
    article carries `entry`, its canonical address, and `article`, the id of what was found
    there before. Listings come first, so that an article is archived with all the sections
    it was seen on.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.crawl = Crawl.of(crawler)
        self.store = self.crawl.store
        names = ("FURAT_TRIES", "FURAT_DUE_SHARE", "FURAT_REVISITS")
        tries, share, most = (number(crawler.settings, name) for name in names)
        self.visits = Visits(self.store.frontier, int(tries), share, int(most))
        self.walks = Walks(self.store.listings)
        self.outcomes = VisitOutcomes(self.crawl, self.walks, self._count)
        self.quarantine = QuarantinedPages(self.store.frontier, self.crawl.drift)
        self.undelivered = self.store.deliveries.undelivered()
        self.stopping: Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        refresh = cls(crawler)
        handled = ("request_scheduled", "spider_idle", "item_scraped", "item_dropped", "item_error", "spider_closed")
        for name in handled:
            crawler.signals.connect(getattr(refresh, name), getattr(signals, name))
        return refresh

    # What the spider yields

    def request_scheduled(self, request: Request) -> None:
        self.walks.begin(request)

    async def process_spider_output_async(
        self, response: Response | None, result: AsyncIterator[Any], spider: Spider | None = None
    ) -> AsyncIterator[Any]:
        """Yield first, once, what an earlier crawl archived and could not deliver.

        Not in `process_start`: Scrapy never ends where it is stopped while it handles items from there.
        """
        for item in self.undelivered:
            yield item
        yielded = [each async for each in result]
        output: Iterable[Any] = yielded
        assert response is not None
        if "listing" not in response.meta:
            output = self.outcomes.take(response, yielded)
        elif response.status in READ and "unread" not in response.meta:
            output = self._walk(response, yielded)
        else:
            output = those(Request, yielded)
        for each in output:
            yield each

    def process_spider_exception(self, response: Response, exception: Exception) -> list[Any] | None:
        """Keep what could not be read as owed; what is no news for a programmer goes no further."""
        if "entry" in response.meta and not isinstance(exception, Stop):
            self._leave(response.meta["entry"], exception)
        elif isinstance(exception, Incomplete):
            logger.warning("Listing not read: %s", exception)
            response.meta["unread"] = True  # Scrapy goes on as if it had been empty; its walk did not end here
            self.walks.open.add(response.meta["listing"].url)
            if isinstance(exception, Suspect):
                self.walks.finds_emptied(response, ())
        return [] if isinstance(exception, (Incomplete, Protected)) else None

    def _walk(self, response: Response, output: Collection[Any]) -> Iterator[Any]:
        settled, articles = those(Skipped, output), those(Article, output)
        dated: list[DatedEntry | Article] = [*those(DatedEntry, output), *(each.entry for each in settled), *articles]
        entries: list[Entry | Article] = [*those(Entry, output), *(each.entry for each in settled), *articles]
        urls = [entry.url for entry in entries]
        requests = those(Request, output)
        if self.walks.finds_emptied(response, urls):
            logger.info("No entries any more: %s", response.url)
            yield from (each for each in requests if "next" not in each.meta)
            return
        follow = next((each for each in requests if "next" in each.meta), None)
        step, then = self.walks.read(response, urls, follow)
        self.store.frontier.add_changed({entry.url: utc(entry.modified) for entry in dated})
        self._count("listings", 1)
        self._count("pending", step.new)
        for each in settled:
            self._leave(each.entry.url, each.why)
        for vanished in those(Missing, output):
            self._miss(vanished)
        if then is None or response.meta["listing"].kind not in NEWEST_FIRST:
            for mark in those(Checkpoint, output):
                self.store.checkpoints.set(mark.name, mark.value)
        yield from self.outcomes.told(articles)
        yield from (each for each in requests if each is not follow)
        if then:
            yield then

    def _miss(self, vanished: Missing) -> None:
        known = self.store.articles.known_at(vanished.url)
        if known and known.id != vanished.article:  # its address is another's now
            self.store.articles.suspect_gone(vanished.article, self.crawl.id)
        else:
            self.store.frontier.add_pending(vanished.url)

    # What becomes of visits

    def spider_idle(self) -> None:
        """Visit what is owed; then read again the listings that are in doubt; then visit what is due."""
        engine = self.crawler.engine
        assert engine
        with stopping(self.crawl.folder):
            for url in self.walks.vanished():
                self.store.frontier.add_pending(url)
            if emptied := self.walks.settle_emptied(watches=self.crawl.watches):
                raise not_understood(f"no entries on most of the listings that had some, such as {emptied}")
            if self.crawl.watches and self.walks.show_nothing and not self.store.frontier.held():
                raise not_understood(f"none of {len(self.walks.walkers)} listings shows an article")
            requests = (
                self._requests(self.quarantine.look())
                or self._requests(self.visits.pending())
                or list(self.walks.again())
                or self._requests(self.visits.due(is_told=self.walks.tell_all))
            )
        for request in requests:
            engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def item_scraped(self, item: Any, response: Response | None) -> None:
        if response is not None and isinstance(item, Article):
            self.outcomes.archived(item, response)

    def item_dropped(self, item: Any, response: Response | None, exception: Exception) -> None:
        if isinstance(exception, Unchanged):
            self.item_scraped(item, response)
        else:
            self._fail(item, response, exception)

    def item_error(self, item: Any, response: Response | None, failure: Failure) -> None:
        self._fail(item, response, failure.value)

    def visit_failed(self, failure: Failure) -> None:
        entry, why = failure.request.meta["entry"], failure.value  # type: ignore[attr-defined]
        if isinstance(why, HttpError) and why.response.status == HTTPStatus.NOT_MODIFIED:
            self._count("visited", 1)
            self.store.articles.confirm(entry, now())
        else:
            self._leave(entry, why)

    def spider_closed(self) -> None:
        assert self.crawler.stats
        self.crawler.stats.set_value("furat/unwalked", sorted(self.walks.open))
        self.crawler.stats.set_value("furat/sections", self.walks.balances())

    def _requests(self, visits: Iterable[PendingVisit]) -> list[Request]:
        spider: Any
        spider = self.crawler.spider
        return [visit_request(visit, spider.parse_article, self.visit_failed) for visit in visits]

    def _fail(self, item: Any, response: Response | None, why: BaseException | None) -> None:
        article = item.id
        if response is not None and not item.revision:  # one archived before is not of this response
            entry = response.meta.get("entry")
            if entry is None:  # the API told of it; now its page is owed
                entry = item.url
                self.store.frontier.add_pending(entry)
            self._leave(entry, why)
            known = self.store.articles.known_at(entry)
            article = known.id if known else ""
        if not isinstance(why, (Duplicate, Suspect)):  # it may be a step after Archive that failed
            self.store.deliveries.withdraw(article, self.crawl.id)

    def _leave(self, entry: str, why: BaseException | None) -> None:
        if isinstance(why, Stop):
            return  # the crawl ends before this visit: it is owed as it was
        if isinstance(why, (Duplicate, NotArticle, OutOfRange, Protected)):
            self.store.frontier.finish(entry, type(why).__name__)
            if isinstance(why, (NotArticle, Protected)):
                self.store.articles.confirm(entry, now())
            self._count(type(why).__name__.lower(), 1)
        elif isinstance(why, Suspect) and self.quarantine.hold(entry, why):
            self._count("quarantined", 1)
            if (stop := self.quarantine.stop()) and self.crawler.engine and not self.stopping:
                self.stopping = ensure_future(self.crawler.engine.close_spider_async(reason=stop.reason))
        else:
            reason = f"HTTP {why.response.status}" if isinstance(why, HttpError) else f"{type(why).__name__}: {why}"
            logger.warning("Still owed: %s (%s)", entry, reason)
            self.store.frontier.postpone(entry, reason)
            self._count("postponed", 1)

    def _count(self, what: str, number: int) -> None:
        assert self.crawler.stats
        self.crawler.stats.inc_value(f"furat/{what}", number)
