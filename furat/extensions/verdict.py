"""Decides whether a crawl is complete: logs why it is not, and sets the exit code."""

import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from twisted.internet.task import LoopingCall
from twisted.python.failure import Failure

from furat.clock import now
from furat.exceptions import CloseReason
from furat.extensions.closing import crawl_closing
from furat.extensions.deliver import Deliver
from furat.frontier.crawl import GATHER, Crawl
from furat.options import number
from furat.outcomes import Ending, ExitCode
from furat.store.failure import archive_failure
from furat.store.walk import Balance
from furat.terminal import several, visible

logger = logging.getLogger(__name__)

ENDINGS = {"finished": Ending.FINISHED, "start_error": Ending.CRASHED}
"""The endings for Scrapy's own close reasons: `start_error` is an error in the spider's `start`."""

WORDS = {
    ExitCode.COMPLETE: "Complete",
    ExitCode.CRASHED: "Crashed",
    ExitCode.USAGE: "Not started",
    ExitCode.INCOMPLETE: "Incomplete",
    ExitCode.LOCKED: "Not started",
    ExitCode.NOT_UNDERSTOOD: "Stopped",
}

SHOWN = 20
"""How many pending visits, or sections, the log names one by one."""


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
    """Compares what was promised with what was archived when a crawl ends, and stops a crawl whose archive fails.

    The exit code is the statistic `furat/exit_code`, the reason `furat/reason`; both are set before Scrapy sends
    `spider_closed`, and `scrapy crawl` exits with the first.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.crawl = Crawl.of(crawler)
        self.store = self.crawl.store
        self.ending = Ending.STOPPED
        self.detail = ""
        self.tries = int(number(crawler.settings, "FURAT_TRIES"))
        self.began = now()
        self.is_judged = False
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
        crawler.signals.connect(verdict.crawl_closing, crawl_closing)
        crawler.signals.connect(verdict.engine_stopped, signals.engine_stopped)
        return verdict

    def spider_opened(self) -> None:
        """Start to commit pending writes regularly: while the crawl waits, no other write may come for half an hour."""
        self.timer.start(GATHER, now=False).addErrback(self.failed)

    def failed(self, failure: Failure) -> None:
        """Stop the crawl if the archive itself failed: nothing more could be stored."""
        if stop := archive_failure(failure.value, self.crawl.folder):
            self.crawl.shutdown.begin(stop)

    def crawl_closing(self, reason: str) -> None:
        if isinstance(reason, CloseReason):
            self.ending, self.detail = reason.ending, str(reason)
        else:
            self.ending = ENDINGS.get(reason, Ending.STOPPED)
        self._end()

    def engine_stopped(self) -> None:
        with suppress(sqlite3.DatabaseError), self.crawl.held:  # it was logged already
            if not self.is_judged:  # it was stopped before anything could close
                self._end()

    def _end(self) -> None:
        assert self.crawler.stats
        self.is_judged = True
        if self.timer.running:
            self.timer.stop()
        try:
            code = self._code()
            self._note(code)
        except sqlite3.DatabaseError as error:
            code = self._unnoted(error)
        self.crawler.stats.set_value("furat/ending", self.ending)
        self.crawler.stats.set_value("furat/exit_code", int(code))
        self.crawler.stats.set_value("furat/reason", self.detail or self.ending.replace("_", " "))
        logger.log(logging.WARNING if code else logging.INFO, "%s", self._summary(code))

    def _code(self) -> ExitCode:
        if self.ending is Ending.FINISHED:
            self.store.commit()  # raises if something could not be stored
            return self._report(self._gaps())
        logger.error("Stopped early (%s)%s", self.ending.replace("_", " "), self.detail and f": {self.detail}")
        return self.ending.exit_code

    def _note(self, code: ExitCode) -> None:
        """Record in the archive how this crawl ended, and log its summary."""
        unfinished = self.crawl.walks.unfinished
        sections = [Walked(balance, url not in unfinished) for url, balance in self.crawl.walks.balances().items()]
        self._summarize(sections)
        walked = [{**asdict(each.balance), "walked": each.is_whole} for each in sections]
        verdict = json.dumps(walked, ensure_ascii=False)
        self.store.crawls.end(self.crawl.id, code, self.ending, verdict, self.detail)
        self.store.commit()
        if self.store.crawls.is_blank():
            self.crawl.count("blank")

    def _unnoted(self, error: sqlite3.DatabaseError) -> ExitCode:
        """Return the exit code of a crawl whose end can't be recorded in the archive: it is never complete."""
        if self.ending is not Ending.FINISHED:
            logger.error("The end of this crawl could not be recorded: %s", error)  # not a bug: without a traceback
            return self.ending.exit_code
        stop = archive_failure(error, self.crawl.folder)
        self.ending, self.detail = (stop.ending, stop.reason) if stop else (Ending.CRASHED, str(error))
        return self._code()

    def _report(self, gaps: list[str]) -> ExitCode:
        for gap in gaps:
            logger.warning("Incomplete: %s", visible(gap))
        more = f" (and {len(gaps) - 1} more)" if gaps[1:] else ""
        self.detail = f"{gaps[0]}{more}" if gaps else ""
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
        gaps = [*self._pending(), *self._given_up()]
        gaps += [f"the walk of {url} did not reach its end" for url in self.crawl.walks.unfinished]
        if failed := self.crawler.stats.get_value("spider_exceptions/count", 0):
            gaps.append(
                f"{several(failed, 'page')} could not be processed; see the errors above, and please report them"
            )
        whole = self.crawl.walks.balances().keys() - self.crawl.walks.unfinished
        gaps += self.crawl.expectations.gaps(self.store, whole)
        deliver = self.crawler.get_extension(Deliver)
        return [*gaps, *(deliver.gaps() if deliver else ())]

    def _pending(self) -> Iterator[str]:
        """Yield the pending visits that will be tried again, and how many more there are."""
        shown = list(self.store.frontier.pending(limit=SHOWN, most_tries=max(self.tries, 1)))
        for visit in shown:
            yield f"{visit.url} is pending: {visit.reason or 'not visited yet'} (tries: {visit.tries})"
        pending = self.store.health.backlog().pending - self.store.waivers.given_up(self.tries)
        if pending > len(shown):
            yield f"{several(pending - len(shown), 'more article')} pending"

    def _given_up(self) -> Iterator[str]:
        """Yield how many visits this crawl gave up; those of earlier crawls are only logged."""
        cure = "`scrapy pending` lists all, and `scrapy pending --waive URL` accepts one that stays unavailable"
        if just := self.store.waivers.given_up(self.tries, since=self.began):
            yield f"{several(just, 'visit')} failed {self.tries} times, and will be tried only once a week; {cure}"
        if before := self.store.waivers.given_up(self.tries) - just:
            logger.info("Given up by earlier crawls: %d; %s", before, cure)

    def _summary(self, code: ExitCode) -> str:
        """Return what a person reads first."""
        stats = self.crawler.stats
        assert stats
        did = ", ".join(f"{self.crawl.counted(name)} {name}" for name in ("new", "edited", "removed"))
        cost = several(stats.get_value("downloader/request_count", 0), "request")
        why = f"; {visible(self.detail)}" if self.detail else ""
        return f"{WORDS[code]} (exit code {code}): {did}; {cost}{why}"
