"""Whether a crawl is complete, said in words and as an exit code."""

import json
import logging
import sqlite3
from asyncio import Future, ensure_future
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from twisted.internet.task import LoopingCall
from twisted.python.failure import Failure

from furat import exceptions
from furat.crawl import GATHER, Crawl
from furat.exceptions import Unwritable
from furat.extensions.lock import Lock

logger = logging.getLogger(__name__)

COMPLETE, INCOMPLETE = 0, 3

SHOWN = 20
"""Debts that the log names one by one."""


class Verdict:
    """Compares what was promised with what was archived when a crawl ends, and stops one that can't be archived.

    The exit code is the stat `furat/exit_code`; `scrapy crawl` returns it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.crawl = Crawl.of(crawler)
        self.store = self.crawl.store
        self.reason = "shutdown"
        self.stopping: Future[None] | None = None
        self.timer = LoopingCall(self.store.commit)
        self.store.crawls.begin(self.crawl.id, self.crawl.spider)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        verdict = cls(crawler)
        crawler.signals.connect(verdict.failed, signals.item_error)
        crawler.signals.connect(verdict.failed, signals.spider_error)
        crawler.signals.connect(verdict.spider_opened, signals.spider_opened)
        crawler.signals.connect(verdict.spider_closed, signals.spider_closed)
        crawler.signals.connect(verdict.engine_stopped, signals.engine_stopped)
        return verdict

    def spider_opened(self) -> None:
        """Commit what waits also while the crawl does: no write may follow for half an hour."""
        self.timer.start(GATHER, now=False).addErrback(self.failed)

    def failed(self, failure: Failure) -> None:
        """Stop the crawl where the archive itself can't be written: nothing more could be kept."""
        is_ours = isinstance(failure.value, (sqlite3.OperationalError, OSError))
        if is_ours and self.crawler.engine and not self.stopping:
            cure = "make room there and run the same command again"
            stop = Unwritable(f"{self.crawl.folder}: {failure.getErrorMessage()}; {cure}")
            self.stopping = ensure_future(self.crawler.engine.close_spider_async(reason=stop.reason))

    def spider_closed(self, reason: str) -> None:
        self.reason = reason
        if self.timer.running:
            self.timer.stop()

    def engine_stopped(self) -> None:
        code = self._code()
        self._summarize()
        assert self.crawler.stats
        self.crawler.stats.set_value("furat/exit_code", code)
        try:
            sections = json.dumps(self.crawler.stats.get_value("furat/sections", []), ensure_ascii=False)
            self.store.crawls.end(self.crawl.id, code, self.reason, sections)
        except sqlite3.OperationalError as error:
            logger.error("The end of this crawl could not be noted: %s", error)  # noqa: TRY400 (a full disk was told already)
        self.store.close()
        lock = self.crawler.get_extension(Lock)
        assert lock
        lock.release()  # not before: whoever comes next must find the archive closed

    def _code(self) -> int:
        if self.reason != "finished":
            logger.error("The crawl ended before its time: %s", self.reason)
            return exit_code(self.reason)
        gaps = self._gaps()
        for gap in gaps:
            logger.warning("Incomplete: %s", gap)
        return INCOMPLETE if gaps else COMPLETE

    def _summarize(self) -> None:
        assert self.crawler.stats
        counts = self.crawler.stats.get_stats()
        names = ("listings", "visited", "delivered", "protected", "postponed")
        logger.info(
            "Crawl %s: %s", self.crawl.id, ", ".join(f"{name} {counts.get(f'furat/{name}', 0)}" for name in names)
        )
        sections = counts.get("furat/sections", [])
        for section in sections if len(sections) <= SHOWN else filter(_has_gap, sections):
            logger.info("%(name)s (%(url)s): promised %(promised)d, archived %(archived)d, owed %(owed)d", section)
        for path in counts.get("furat/feeds", ()):
            logger.info("Feed: %s", path)

    def _gaps(self) -> list[str]:
        stats = self.crawler.stats
        assert stats
        debts = list(self.store.frontier.owed())
        gaps = [
            f"{debt.url} is owed: {debt.reason or 'not visited yet'} (tries: {debt.tries})" for debt in debts[:SHOWN]
        ]
        gaps += [f"{len(debts) - SHOWN} more articles are owed"] if len(debts) > SHOWN else []
        gaps += [f"the walk of {url} did not reach its end" for url in stats.get_value("furat/unwalked", ())]
        if failed := stats.get_value("spider_exceptions/count", 0):
            gaps.append(f"{failed} pages could not be dealt with; their errors stand above, please report them")
        if undelivered := self.store.crawls.counts()["undelivered"]:
            gaps.append(f"{undelivered} records did not reach the feed; the next crawl delivers them")
        return gaps


def _has_gap(section: dict[str, Any]) -> bool:
    return section["owed"] > 0 or not section["walked"]


def exit_code(reason: str) -> int:
    """Return the exit code for the ``reason`` for which a crawl ended before its time.

    >>> exit_code("WrongUsage: No section named 'x'"), exit_code("shutdown")
    (2, 3)
    """
    stop = getattr(exceptions, reason.partition(":")[0], None)
    return getattr(stop, "exit_code", INCOMPLETE)
