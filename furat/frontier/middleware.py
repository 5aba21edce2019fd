"""The frontier as a spider middleware: everything that spiders yield passes here."""

import logging
from collections.abc import AsyncIterator, Iterable
from typing import Self
from weakref import WeakSet

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.spidermiddlewares.base import BaseSpiderMiddleware

from furat.exceptions import Incomplete, Protected, Stop, Suspect
from furat.frontier.agenda import Agenda
from furat.frontier.crawl import Crawl
from furat.frontier.failures import FailedVisits
from furat.frontier.identity import Identities
from furat.frontier.listing_pages import ListingPages
from furat.frontier.messages import those
from furat.frontier.outcomes import MOVED, VisitOutcomes
from furat.frontier.quarantine import QuarantinedPages
from furat.frontier.requests import ArticleTask, DeliveryTask, ListingTask, task_of
from furat.items import Tombstone

logger = logging.getLogger(__name__)


class FrontierMiddleware(BaseSpiderMiddleware):
    """Turns the entries of listings into pending visits, and the results of visits into items to archive.

    Its parts do the work: `ListingPages`, `VisitOutcomes` and `FailedVisits` handle responses;
    the `Agenda` decides what is visited next.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        crawl = Crawl.of(crawler)
        quarantine = QuarantinedPages(crawl.store.frontier, crawl.drift)
        self.walks = crawl.walks
        identities = Identities(crawl)
        self.failures = FailedVisits(crawl, quarantine, identities)
        self.outcomes = VisitOutcomes(crawl, identities, self.failures)
        self.pages = ListingPages(crawl, self.outcomes, self.failures)
        self.agenda = Agenda.of(crawl, quarantine, self.outcomes, self.failures)
        self.held = crawl.store.held
        self.undelivered = crawl.store.deliveries.undelivered()
        self.unread: WeakSet[Response] = WeakSet()
        """Listing pages whose callback raised: Scrapy goes on as if their output had ended there."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        frontier = cls(crawler)
        for part in (frontier.failures, frontier.outcomes, frontier.agenda):
            part.connect(crawler)
        return frontier

    async def process_spider_output_async(
        self, response: Response | None, result: AsyncIterator[object], spider: Spider | None = None
    ) -> AsyncIterator[object]:
        """Yield first, once, the items that an earlier crawl archived but could not deliver.

        Not in `process_start`: Scrapy never ends if it is stopped while it handles items from there.
        """
        for item in self.undelivered:
            yield item
        output = [each async for each in result]
        assert response is not None
        for each in self._taken(response, output):
            yield each

    def process_spider_exception(self, response: Response, exception: Exception) -> list[Tombstone] | None:
        """Keep pages that could not be read as pending; expected errors stop here, bugs propagate."""
        match task_of(response):
            case ArticleTask() as task if isinstance(exception, Protected) and (
                lost := self.outcomes.replaced(task, exception.post_id)
            ):
                return [*self.outcomes.lost(response, lost, MOVED)]
            case ArticleTask(url=url) if not isinstance(exception, Stop):
                self.failures.leave(url, exception)
            case ListingTask() if isinstance(exception, Incomplete):
                logger.warning("Listing not read: %s: %s", response.url, exception)
                self.unread.add(response)
                self.walks.interrupt(response)
                if isinstance(exception, Suspect):
                    self.walks.emptied.suspect(response)
        return [] if isinstance(exception, Incomplete | Protected) else None

    def _taken(self, response: Response, output: list[object]) -> Iterable[object]:
        match task_of(response):
            case ListingTask() if response in self.unread:
                return those(Request, output)
            case ListingTask() as task:
                return self.pages.take(response, task, output)
            case ArticleTask() as task:
                return self.outcomes.take(response, task, output)
            case DeliveryTask():
                return self.held.release()
        return output
