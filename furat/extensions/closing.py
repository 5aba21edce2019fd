"""Closes the feeds and decides the verdict before other extensions get `spider_closed`."""

from scrapy import Spider
from scrapy.core.scheduler import Scheduler
from scrapy.extensions.feedexport import FeedExporter
from scrapy.utils.defer import deferred_from_coro, maybe_deferred_to_future
from twisted.internet.defer import Deferred

crawl_closing = object()
"""The signal that all items were processed and all feeds are closed; its `reason` is that of `spider_closed`.

Scrapy sends `spider_closed` next: its receivers, such as monitors of Spidermon, find the verdict in the statistics.
"""


class EarlyFeedExporter(FeedExporter):
    """Closes its feeds when the scheduler is closed; under a scheduler of the operator's own, when the spider is."""

    is_closed = False

    async def close_spider(self, spider: Spider) -> None:
        """Close the feeds, once."""
        if not self.is_closed:
            self.is_closed = True
            await super().close_spider(spider)


class ClosingScheduler(Scheduler):
    """Sends `crawl_closing`: of all components, only the scheduler is closed with the reason before the signal."""

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
