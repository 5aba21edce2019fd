"""Whether a crawl is complete, said in words and as an exit code."""

import json
import logging
import sqlite3
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from twisted.internet.task import LoopingCall
from twisted.python.failure import Failure

from furat.exceptions import CloseReason
from furat.extensions.deliver import Deliver
from furat.frontier.crawl import GATHER, Crawl
from furat.outcomes import Ending, ExitCode
from furat.store.failure import archive_failure
from furat.store.walk import Balance
from furat.terminal import visible

logger = logging.getLogger(__name__)

ENDINGS = {"finished": Ending.FINISHED, "start_error": Ending.CRASHED}
"""What Scrapy's own words for the end of a crawl mean: the second is an error in the spider's `start`."""

SHOWN = 20
"""Pending visits, or sections, that the log names one by one."""


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk of a section promised, and whether it reached the section's end."""

    balance: Balance
    is_whole: bool

    def has_gap(self) -> bool:
        """Return whether something of the section is missing."""
        return self.balance.pending > 0 or not self.is_whole

    def __str__(self) -> str:
        one = self.balance
        return f"{one.name} ({one.url}): promised {one.promised}, archived {one.archived}, pending {one.pending}"


class Verdict:
    """Compares what was promised with what was archived when a crawl ends, and stops one that can't be archived.

    The exit code is the statistic `furat/exit_code`; `scrapy crawl` returns it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.crawl = Crawl.of(crawler)
        self.store = self.crawl.store
        self.ending = Ending.STOPPED
        self.detail = ""
        self.timer = LoopingCall(self.store.commit)
        if ahead := self.store.crawls.ahead():
            logger.warning("An earlier crawl began at %s, which is in the future; set the clock right", ahead)
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
        """Commit pending writes also while the crawl waits: no write may follow for half an hour."""
        self.timer.start(GATHER, now=False).addErrback(self.failed)

    def failed(self, failure: Failure) -> None:
        """Stop the crawl where the archive itself fails: nothing more could be kept."""
        if stop := archive_failure(failure.value, self.crawl.folder):
            self.crawl.shutdown.begin(stop)

    def spider_closed(self, reason: str) -> None:
        if isinstance(reason, CloseReason):
            self.ending, self.detail = reason.ending, str(reason)
        else:
            self.ending = ENDINGS.get(reason, Ending.STOPPED)
        if self.timer.running:
            self.timer.stop()

    def engine_stopped(self) -> None:
        with suppress(sqlite3.DatabaseError), self.crawl.held:  # told already
            self._end()

    def _end(self) -> None:
        assert self.crawler.stats
        try:
            code = self._code()
            self._note(code)
        except sqlite3.DatabaseError as error:
            code = self._unnoted(error)
        self.crawler.stats.set_value("furat/exit_code", int(code))

    def _code(self) -> ExitCode:
        if self.ending is Ending.FINISHED:
            self.store.commit()  # raises where something could not be kept
            return self._report(self._gaps())
        logger.error("Stopped early (%s)%s", self.ending.replace("_", " "), self.detail and f": {self.detail}")
        return self.ending.exit_code

    def _note(self, code: ExitCode) -> None:
        """Note in the archive, for good, how this crawl ended."""
        unfinished = self.crawl.walks.unfinished
        sections = [Walked(balance, url not in unfinished) for url, balance in self.crawl.walks.balances().items()]
        self._summarize(sections)
        walked = [{**asdict(each.balance), "walked": each.is_whole} for each in sections]
        verdict = json.dumps(walked, ensure_ascii=False)
        self.store.crawls.end(self.crawl.id, code, self.ending, verdict, self.detail)
        self.store.commit()

    def _unnoted(self, error: sqlite3.DatabaseError) -> ExitCode:
        """Return the exit code of a crawl whose end the archive does not take: it is never complete."""
        if self.ending is not Ending.FINISHED:
            logger.error("The end of this crawl could not be noted: %s", error)  # no bug: without a traceback
            return self.ending.exit_code
        stop = archive_failure(error, self.crawl.folder)
        self.ending, self.detail = (stop.ending, stop.reason) if stop else (Ending.CRASHED, str(error))
        return self._code()

    def _report(self, gaps: list[str]) -> ExitCode:
        for gap in gaps:
            logger.warning("Incomplete: %s", visible(gap))
        return ExitCode.INCOMPLETE if gaps else ExitCode.COMPLETE

    def _summarize(self, sections: list[Walked]) -> None:
        names = ("listings", "visited", "delivered", "protected", "postponed")
        counts = ", ".join(f"{name} {self.crawl.counted(name)}" for name in names)
        logger.info("Crawl %s: %s", self.crawl.id, counts)
        for section in sections if len(sections) <= SHOWN else filter(Walked.has_gap, sections):
            logger.info("%s", visible(str(section)))
        deliver = self.crawler.get_extension(Deliver)
        for path in deliver.feeds if deliver else ():
            logger.info("Feed: %s", path)

    def _gaps(self) -> list[str]:
        assert self.crawler.stats
        visits = list(self.store.frontier.pending())
        gaps = [
            f"{visit.url} is pending: {visit.reason or 'not visited yet'} (tries: {visit.tries})"
            for visit in visits[:SHOWN]
        ]
        gaps += [f"{len(visits) - SHOWN} more articles are pending"] if len(visits) > SHOWN else []
        gaps += [f"the walk of {url} did not reach its end" for url in self.crawl.walks.unfinished]
        if failed := self.crawler.stats.get_value("spider_exceptions/count", 0):
            gaps.append(f"{failed} pages could not be processed; their errors stand above, please report them")
        whole = self.crawl.walks.balances().keys() - self.crawl.walks.unfinished
        gaps += self.crawl.expectations.gaps(self.store, whole)
        deliver = self.crawler.get_extension(Deliver)
        return [*gaps, *(deliver.gaps() if deliver else ())]
