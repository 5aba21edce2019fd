"""Delivers feeds: gives them their final names once all feeds of the crawl are complete."""

import logging
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import FeedExporter, FeedSlot
from scrapy.settings import BaseSettings

from furat.exceptions import WrongUsage
from furat.files import path_of
from furat.frontier.crawl import Crawl
from furat.store.deliveries import UNKNOWN_FEED
from furat.store.failure import archive_failure
from furat.terminal import several

logger = logging.getLogger(__name__)


class Deliver:
    """Delivers the crawl's feeds if every item of the crawl is in each of them and in the archive."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.crawl = Crawl.of(crawler)
        self.store = self.crawl.store
        self.written: Counter[str] = Counter()
        self.feeds: list[str] = []
        """The files that this crawl delivered."""
        self.delivered = 0
        """How many records each of them holds."""
        check_folder(self.crawl.folder / "feed")
        self.store.deliveries.recover(_named(crawler.settings))
        if unknown := self.store.deliveries.unknown():
            more = f" (and {len(unknown) - 1} more)" if unknown[1:] else ""
            raise WrongUsage(f"{unknown[0]}{more}: {UNKNOWN_FEED}")
        for feed in self.store.deliveries.pending():
            logger.warning(
                "A feed of an earlier crawl is not delivered, as it is outside the archive's folder; "
                "deliver it with -o %s",
                feed.path,
            )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        deliver = cls(crawler)
        crawler.signals.connect(deliver.feed_slot_closed, signals.feed_slot_closed)
        crawler.signals.connect(deliver.feed_exporter_closed, signals.feed_exporter_closed)
        return deliver

    def feed_slot_closed(self, slot: FeedSlot) -> None:
        self.written[slot.uri_template] += slot.itemcount

    def feed_exporter_closed(self) -> None:
        try:
            if self._is_whole():
                self._finish()
        except (sqlite3.DatabaseError, OSError) as error:
            stop = archive_failure(error, self.crawl.folder)
            if not stop:
                raise
            logger.error("The feed could not be delivered: %s", stop.reason)  # noqa: TRY400 (a full disk is not a bug)

    def gaps(self) -> Iterator[str]:
        """Yield what was not delivered, a sentence each."""
        if missing := max(self.store.crawls.counts()["undelivered"], self._scraped - self.delivered):
            yield f"{several(missing, 'record')} did not reach the feed; the next crawl delivers them"
        for feed in self.store.deliveries.pending():
            if feed.whole:
                cure = "connect its disk, and the next crawl delivers it; if it is lost, run `scrapy check-archive`"
                yield f"the feed {feed.path} is complete but not delivered: {cure}"

    def _is_whole(self) -> bool:
        exporter, stats = self.crawler.get_extension(FeedExporter), self.crawler.stats
        assert exporter
        assert stats
        failed = any(name.startswith("feedexport/failed_count/") for name in stats.get_stats())
        self.store.commit()
        promised = self.store.deliveries.promised(self.crawl.id)
        return not failed and all(self.written[uri] == promised == self._scraped for uri in exporter.feeds)

    def _finish(self) -> None:
        assert self.crawler.stats
        self.feeds = self.store.deliveries.finish(self.crawl.id)
        self.delivered = self._scraped
        self.crawler.stats.set_value("furat/delivered", self.delivered)

    @property
    def _scraped(self) -> int:
        """How many items passed all steps: Scrapy counts them; our own signal handler would cost a task each."""
        assert self.crawler.stats
        return int(self.crawler.stats.get_value("item_scraped_count", 0))


def check_folder(feeds: Path) -> None:
    """Raise WrongUsage if the folder of the ``feeds`` is a link: what a killed crawl left there is not touched."""
    if feeds.is_symlink():
        raise WrongUsage(f"{feeds} is a link, which may lead anywhere; move the feeds back, or mount their disk there")


def _named(settings: BaseSettings) -> list[Path]:
    """Return the feeds that the operator named with -o, -O or FEEDS."""
    return [path_of(str(uri)).absolute() for uri in settings.getdict("FEEDS") if "%(" not in str(uri)]
