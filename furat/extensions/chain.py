"""Writes the manifest of a crawl once all of its files are on the disk, and has its root time-stamped."""

import logging
import sqlite3
from collections.abc import Callable
from typing import ParamSpec, Self, TypeVar

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.threads import deferToThread

from furat.chain.authorities import addresses, stamp
from furat.chain.manifest import Summary
from furat.chain.record import CHECKPOINT, Known, is_after, known, last, record, summaries
from furat.frontier.crawl import Crawl

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


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
            before = await _in_a_thread(summaries, self.crawl.folder)
            self._remember(last(before))  # after kills, the archive is never more than one behind
            self._remember(await _in_a_thread(self._continue, before, self._kept, urls))
        except (OSError, sqlite3.DatabaseError) as error:
            logger.warning("The manifest of this crawl could not be written: %s; the next crawl's covers it", error)

    @property
    def _kept(self) -> Known | None:
        return known(self.crawl.store.checkpoints.get(CHECKPOINT))

    def _continue(self, before: list[Summary], kept: Known | None, urls: list[str]) -> Summary | None:
        """Return the last manifest; None if there is none."""
        end = record(self.crawl.folder, self.crawl.id, self.crawl.site, before, kept)
        for failure in stamp(self.crawl.folder, end, urls) if end else ():
            logger.warning("%s", failure)
        return end

    def _remember(self, end: Summary | None) -> None:
        """Have the archive know its last manifest; one that it knows already is never replaced by another."""
        if is_after(end, self._kept):
            self.crawl.store.checkpoints.set(CHECKPOINT, str(end))
            self.crawl.store.commit()


async def _in_a_thread(work: Callable[P, T], *words: P.args, **named: P.kwargs) -> T:
    return await maybe_deferred_to_future(deferToThread(work, *words, **named))
