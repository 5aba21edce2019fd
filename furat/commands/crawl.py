"""`scrapy crawl`, with an exit code that says whether the crawl was complete."""

import argparse
import errno
import gc
import logging
import sqlite3
from asyncio import Future
from contextlib import suppress

from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured, UsageError

from furat.exceptions import Stop
from furat.files import STDOUT
from furat.frontier.crawl import Crawl
from furat.outcomes import ExitCode
from furat.store.failure import archive_failure
from furat.terminal import neutralize_logs

BROKEN = (errno.ENOSPC, errno.EDQUOT, errno.EIO)
"""Errors of the disk, not of the folder's path."""

EXIT_CODES = (
    "Exit codes: 0 complete, 1 crashed, 2 wrong usage, 3 incomplete (something is still pending), "
    "4 another crawl is using the archive, 5 the site's pages are no longer understood."
)

FORMAT = "jsonlines"

QUIET = {
    "scrapy": logging.WARNING,
    # The frontier and the verdict log in one line what these log in fifty.
    "scrapy.downloadermiddlewares.robotstxt": logging.CRITICAL,
    "scrapy.downloadermiddlewares.retry": logging.CRITICAL,
}

logger = logging.getLogger(__name__)


class Command(CrawlCommand):
    """Runs a spider, and exits with the verdict's exit code."""

    def long_desc(self) -> str:
        return f"Run a spider of the current project, by name. {EXIT_CODES}"

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Make `-o -` and `-o /dev/stdout` mean JSON Lines: they have no file extension that names a format."""
        for name in ("output", "overwrite_output"):
            uris = getattr(opts, name)
            setattr(opts, name, uris and [f"-:{FORMAT}" if uri in STDOUT else uri for uri in uris])
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.crawler_process
        spiders = self.crawler_process.spider_loader.list()
        if len(args) != 1 or args[0] not in spiders:
            given = " ".join(args) or "none"
            raise UsageError(f"Name exactly one spider of {', '.join(spiders)}, not {given}", print_help=False)
        assert self.settings
        contact = self.settings["FURAT_CONTACT"]
        self.settings.set("USER_AGENT", f"{self.settings['USER_AGENT']} {contact}".strip(), "cmdline")
        neutralize_logs()
        _quiet(self.settings["LOG_LEVEL"])
        # Pages leave no reference cycles, so Python need not search for them every 700 objects: 5 % of the CPU.
        gc.freeze()
        gc.set_threshold(10_000)
        crawler = self._create_crawler(args[0])
        task = self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        with suppress(NotConfigured, sqlite3.DatabaseError):
            Crawl.of(crawler).held.close()  # a crawl that never began gets no signal that it ends
        self.exitcode = _ended(task, crawler)  # type: ignore[arg-type]


def _quiet(level: str) -> None:
    """Keep Scrapy's own details out of the log, unless the level is DEBUG."""
    for name, at_least in QUIET.items() if level != "DEBUG" else ():
        logging.getLogger(name).setLevel(at_least)


def _verdict(crawler: Crawler) -> int:
    """Return the exit code of a crawl that ended; 0 for a spider that is not one of Furat's."""
    is_own = hasattr(crawler.spider, "crawl_id")
    assert crawler.stats
    return int(crawler.stats.get_value("furat/exit_code", ExitCode.CRASHED if is_own else ExitCode.COMPLETE))


def _ended(task: Future[None], crawler: Crawler) -> int:
    """Return the exit code of a crawl whose ``task`` ended, or was stopped while Scrapy built its components."""
    if not task.done():
        logger.error("Stopped before the first request; run the same command again")
        return ExitCode.INCOMPLETE
    failure = task.exception()
    if isinstance(failure, sqlite3.DatabaseError):
        failure = archive_failure(failure, Crawl.of(crawler).folder) or failure
    return _explain(failure) if failure else _verdict(crawler)


def _explain(failure: BaseException) -> ExitCode:
    match failure:
        case UsageError():
            logger.error("%s", failure)
            return ExitCode.USAGE
        case Stop():
            logger.error("%s", failure.reason)
            return failure.exit_code
        case OSError(errno=code) if code in BROKEN:
            logger.error("%s; make room there, or repair the disk, and run the same command again", failure)
            return ExitCode.INCOMPLETE
        case OSError():
            logger.error("%s; choose a folder that can be written with -s FURAT_DATA=FOLDER", failure)
            return ExitCode.USAGE
    logger.error("Furat crashed before it began", exc_info=failure)
    return ExitCode.CRASHED
