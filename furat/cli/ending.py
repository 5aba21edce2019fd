"""How a crawl ended, for whoever started it."""

import errno
import logging
import sqlite3
from asyncio import Future
from contextlib import suppress
from dataclasses import dataclass

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured, UsageError

from furat.exceptions import Stop
from furat.frontier.crawl import Crawl
from furat.outcomes import Ending, ExitCode
from furat.store.failure import archive_failure

BROKEN = (errno.ENOSPC, errno.EDQUOT, errno.EIO)
"""Errors of a disk, not of the name of a folder."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ended:
    """The exit code of a crawl, and why it is not 0."""

    code: ExitCode
    why: str = ""
    is_planned: bool = False
    """Whether the crawl stopped because its hours were over."""


def ended(task: Future[None], crawler: Crawler) -> Ended:
    """Return how a crawl ended whose ``task`` is over, or was stopped while Scrapy made the crawl's parts."""
    with suppress(NotConfigured, sqlite3.DatabaseError):
        Crawl.of(crawler).held.close()  # a crawl that never began is not told to end
    if not task.done() or task.cancelled():
        return _logged(Ended(ExitCode.INCOMPLETE, "Stopped before anything was asked for; run the same command again"))
    failure = task.exception()
    if isinstance(failure, sqlite3.DatabaseError):
        failure = archive_failure(failure, Crawl.of(crawler).folder) or failure
    return _explained(failure) if failure else _judged(crawler)


def _judged(crawler: Crawler) -> Ended:
    """Return the verdict on a crawl that ended; Furat judges only its own spiders."""
    is_own = hasattr(crawler.spider, "crawl_id")
    assert crawler.stats
    code = crawler.stats.get_value("furat/exit_code", ExitCode.CRASHED if is_own else ExitCode.COMPLETE)
    is_planned = crawler.stats.get_value("furat/ending") == Ending.WINDOW_CLOSED
    return Ended(ExitCode(code), crawler.stats.get_value("furat/reason", ""), is_planned)


def _explained(failure: BaseException) -> Ended:
    match failure:
        case UsageError():
            return _logged(Ended(ExitCode.USAGE, str(failure)))
        case Stop():
            return _logged(Ended(failure.exit_code, str(failure.reason)))
        case OSError(errno=code) if code in BROKEN:
            cure = "make room there, or mend the disk, and run the same command again"
            return _logged(Ended(ExitCode.INCOMPLETE, f"{failure}; {cure}"))
        case OSError():
            cure = "choose a folder that can be written with -s FURAT_DATA=FOLDER"
            return _logged(Ended(ExitCode.USAGE, f"{failure}; {cure}"))
    logger.error("Furat crashed before it began", exc_info=failure)
    return Ended(ExitCode.CRASHED, repr(failure))


def _logged(end: Ended) -> Ended:
    logger.error("%s", end.why)
    return end
