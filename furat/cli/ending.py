"""Determines how a crawl ended, for the command that started it."""

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
"""Errors of the disk, not of the folder's path."""

STOPPED = "Stopped before the first request; run the same command again"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ended:
    """The exit code of a crawl, and why it is not 0."""

    code: ExitCode
    why: str = ""
    is_planned: bool = False
    """Whether the crawl stopped because its hours were over."""

    ending: Ending | None = None
    """What ended it; None if unknown."""

    has_begun: bool = False
    """Whether the archive knows how it ended."""


def ended(task: Future[None], crawler: Crawler) -> Ended:
    """Return how a crawl ended whose ``task`` is done, or was stopped while Scrapy built its components."""
    with suppress(NotConfigured, sqlite3.DatabaseError):
        Crawl.of(crawler).held.close()  # a crawl that never began gets no signal that it ends
    if not task.done() or task.cancelled():
        return _logged(Ended(ExitCode.INCOMPLETE, STOPPED, ending=Ending.STOPPED))
    failure = task.exception()
    if isinstance(failure, sqlite3.DatabaseError):
        failure = archive_failure(failure, Crawl.of(crawler).folder) or failure
    return _explained(failure) if failure else _judged(crawler)


def _judged(crawler: Crawler) -> Ended:
    """Return the verdict on a crawl that ended; that on a spider that is not one of Furat's is always complete."""
    is_own = hasattr(crawler.spider, "crawl_id")
    assert crawler.stats
    code = crawler.stats.get_value("furat/exit_code", ExitCode.CRASHED if is_own else ExitCode.COMPLETE)
    reason, ending = (crawler.stats.get_value(f"furat/{name}") for name in ("reason", "ending"))
    return Ended(ExitCode(code), reason or "", ending == Ending.WINDOW_CLOSED, ending, has_begun=is_own)


def _explained(failure: BaseException) -> Ended:
    match failure:
        case UsageError():
            return _logged(Ended(ExitCode.USAGE, str(failure)))
        case Stop():
            return _logged(Ended(failure.exit_code, str(failure.reason), ending=failure.ending))
        case OSError(errno=code) if code in BROKEN:
            cure = "make room there, or repair the disk, and run the same command again"
            return _logged(Ended(ExitCode.INCOMPLETE, f"{failure}; {cure}", ending=Ending.UNWRITABLE))
        case OSError():
            cure = "choose a folder that can be written with -s FURAT_DATA=FOLDER"
            return _logged(Ended(ExitCode.USAGE, f"{failure}; {cure}", ending=Ending.UNWRITABLE))
    logger.error("Furat crashed before it began", exc_info=failure)
    return Ended(ExitCode.CRASHED, repr(failure))


def _logged(end: Ended) -> Ended:
    logger.error("%s", end.why)
    return end
