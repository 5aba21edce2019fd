"""Writes the manifest of a crawl once all of its files are on the disk, and has its root time-stamped."""

import logging
import sqlite3
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.threads import deferToThread

from furat.chain.authorities import addresses, stamp
from furat.chain.record import CHECKPOINT, record
from furat.frontier.crawl import Crawl

logger = logging.getLogger(__name__)


class Chain:
    """Continues the archive's chain at the end of a crawl. What fails is made good by the next one."""

    def __init__(self, crawl: Crawl, urls: list[str]) -> None:
        """``urls`` are the authorities that stamp the time."""
        self.crawl = crawl
        self.urls = urls

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        chain = cls(Crawl.of(crawler), addresses(crawler.settings.getlist("FURAT_TIMESTAMP")))
        crawler.signals.connect(chain.spider_closed, signals.spider_closed)
        return chain

    async def spider_closed(self, reason: str) -> None:
        """Write the manifest: all feeds and WARC files are whole. In a thread, as a large feed takes seconds.

        A crawl that the operator stopped does not wait for authorities; the next one asks them.
        """
        urls = [] if reason == "shutdown" else self.urls
        try:
            known = await maybe_deferred_to_future(deferToThread(self._continue, urls))
            checkpoints = self.crawl.store.checkpoints
            if known and known != checkpoints.get(CHECKPOINT):
                checkpoints.set(CHECKPOINT, known)
                self.crawl.store.commit()
        except (OSError, sqlite3.DatabaseError) as error:
            logger.warning("The manifest of this crawl could not be written: %s; the next crawl's covers it", error)

    def _continue(self, urls: list[str]) -> str | None:
        """Return what the archive is to know of the last manifest; None if there is none."""
        end = record(self.crawl.folder, self.crawl.id, self.crawl.site)
        for failure in stamp(self.crawl.folder, end, urls) if end else ():
            logger.warning("%s", failure)
        return str(end) if end else None
