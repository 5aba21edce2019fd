"""Whether a crawl is complete, said in words and as an exit code."""

import json
import logging
import sqlite3
from asyncio import Future, ensure_future
from contextlib import ExitStack
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from twisted.internet.task import LoopingCall
from twisted.python.failure import Failure

from furat import exceptions
from furat.extensions.lock import Lock
from furat.frontier.crawl import GATHER, Crawl
from furat.store.failure import archive_failure
from furat.terminal import visible

logger = logging.getLogger(__name__)

COMPLETE, CRASHED, INCOMPLETE = 0, 1, 3

BUGS = ("start_error", "crashed")
"""Why a crawl ended that no Stop ended: the first is Scrapy's word for an error in the spider's `start`."""

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
        if ahead := self.store.crawls.ahead():
            logger.warning(
                "An earlier crawl says that it began at %s, which is yet to come; set the clock right", ahead
            )
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
        """Stop the crawl where the archive itself fails: nothing more could be kept."""
        stop = archive_failure(failure.value, self.crawl.folder)
        if stop and self.crawler.engine and not self.stopping:
            self.stopping = ensure_future(self.crawler.engine.close_spider_async(reason=stop.reason))

    def spider_closed(self, reason: str) -> None:
        self.reason = reason
        if self.timer.running:
            self.timer.stop()

    def engine_stopped(self) -> None:
        lock = self.crawler.get_extension(Lock)
        assert lock
        with ExitStack() as ending:
            ending.callback(lock.release)  # last: whoever comes next must find the archive closed
            ending.callback(self.store.close)
            self._end(self._code())

    def _end(self, code: int) -> None:
        self._summarize()
        assert self.crawler.stats
        self.crawler.stats.set_value("furat/exit_code", code)
        try:
            sections = json.dumps(self.crawler.stats.get_value("furat/sections", []), ensure_ascii=False)
            self.store.crawls.end(self.crawl.id, code, self.reason, sections)
        except sqlite3.DatabaseError as error:
            logger.error("The end of this crawl could not be noted: %s", error)  # noqa: TRY400 (why was told already)

    def _code(self) -> int:
        if self.reason == "finished":
            try:
                return self._told(self._gaps())
            except sqlite3.DatabaseError as error:
                stop = archive_failure(error, self.crawl.folder)
                self.reason = stop.reason if stop else "crashed"
        logger.error("The crawl ended before its time: %s", self.reason)
        return exit_code(self.reason)

    def _told(self, gaps: list[str]) -> int:
        for gap in gaps:
            logger.warning("Incomplete: %s", visible(gap))
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
            line = "{name} ({url}): promised {promised}, archived {archived}, owed {owed}".format_map(section)
            logger.info("%s", visible(line))
        for path in counts.get("furat/feeds", ()):
            logger.info("Feed: %s", path)

    def _gaps(self) -> list[str]:
        stats = self.crawler.stats
        assert stats
        visits = list(self.store.frontier.pending())
        gaps = [
            f"{visit.url} is owed: {visit.reason or 'not visited yet'} (tries: {visit.tries})"
            for visit in visits[:SHOWN]
        ]
        gaps += [f"{len(visits) - SHOWN} more articles are owed"] if len(visits) > SHOWN else []
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

    >>> exit_code("WrongUsage: No section named 'x'"), exit_code("shutdown"), exit_code("start_error")
    (2, 3, 1)
    """
    stop = getattr(exceptions, reason.partition(":")[0], None)
    return getattr(stop, "exit_code", CRASHED if reason in BUGS else INCOMPLETE)
