"""The end of a crawl, settled before others hear of it."""

from typing import Self

from scrapy import signals
from scrapy.core.scheduler import Scheduler
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import FeedExporter
from scrapy.utils.defer import deferred_from_coro, maybe_deferred_to_future
from twisted.internet.defer import Deferred

crawl_closing = object()
"""The signal that no item comes any more and all feeds are closed; its `reason` is that of `spider_closed`.

Scrapy sends that one next: whoever hears it, such as a monitor of Spidermon, finds the verdict among the statistics.
"""


class EarlyFeedExporter(FeedExporter):
    """Closes its feeds when it is told to, not while others hear that the spider was closed."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        exporter = super().from_crawler(crawler)
        crawler.signals.disconnect(exporter.close_spider, signals.spider_closed)
        return exporter


class ClosingScheduler(Scheduler):
    """Closes the feeds, and has the crawl judged: of all parts that are closed it alone is told the reason early."""

    def close(self, reason: str) -> Deferred[None]:
        return deferred_from_coro(self._close(reason))

    async def _close(self, reason: str) -> None:
        assert self.crawler
        if (closed := super().close(reason)) is not None:
            await maybe_deferred_to_future(closed)
        if exporter := self.crawler.get_extension(EarlyFeedExporter):
            assert self.crawler.spider
            await exporter.close_spider(self.crawler.spider)
        await self.crawler.signals.send_catch_log_async(crawl_closing, reason=reason)
