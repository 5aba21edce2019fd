"""Sends notifications, pings and metrics when a crawl begins and ends."""

import logging
from datetime import datetime

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from furat.cli.ending import Ended
from furat.clock import now
from furat.frontier.crawl import Crawl
from furat.operate import watch as operate
from furat.operate.metrics import Cost

logger = logging.getLogger(__name__)


def watch_beginning(crawler: Crawler) -> None:
    """Have the start ping sent once the crawl holds the archive."""
    crawler.signals.connect(_began, signals.spider_opened)


def tell_end(crawler: Crawler, end: Ended) -> None:
    """Send notifications, pings and metrics about how a crawl ended.

    It uses the network and blocks: call it in a thread, or when the reactor is idle.
    """
    try:
        if watch := _watch(crawler):
            crawl = Crawl.of(crawler).id if end.has_begun else ""
            watch.end(operate.Ended(_cost(crawler, end.code), end.why, end.ending, end.is_planned, crawl))
    except Exception as error:  # noqa: BLE001 (no error here changes how the crawl ended)
        logger.warning("How the crawl ended could not be told: %s", type(error).__name__)


async def _began(spider: Spider) -> None:
    if watch := _watch(spider.crawler):
        await watch.begin()


def _watch(crawler: Crawler) -> operate.Watch | None:
    """Return the watch that reports on a crawl; None if it is not Furat's, or its arguments were not understood."""
    try:
        crawl = Crawl.of(crawler)
    except NotConfigured:
        return None
    return operate.Watch.of(crawler.settings, crawl.folder.name, crawl.folder)


def _cost(crawler: Crawler, exit_code: int) -> Cost:
    assert crawler.stats
    requests, size = (crawler.stats.get_value(f"downloader/{name}", 0) for name in ("request_count", "response_bytes"))
    began = crawler.stats.get_value("start_time")
    seconds = (datetime.fromisoformat(now()) - began).total_seconds() if began else 0
    return Cost(exit_code, requests, size, max(seconds, 0))
