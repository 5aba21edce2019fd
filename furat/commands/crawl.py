"""`scrapy crawl`, with an exit code that tells the truth."""

import argparse
import gc
import logging
import sqlite3

from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.exceptions import UsageError

from furat.exceptions import Stop
from furat.frontier.crawl import Crawl
from furat.store.failure import archive_failure

CRASHED, USAGE = 1, 2

EXIT_CODES = (
    "Exit codes: 0 complete, 1 crashed, 2 wrong usage, 3 incomplete (something is still owed), "
    "4 another crawl holds the archive, 5 the site's layout is not understood any more."
)

QUIET = {
    "scrapy": logging.WARNING,
    # The frontier and the verdict say in one line what these say in fifty.
    "scrapy.downloadermiddlewares.robotstxt": logging.CRITICAL,
    "scrapy.downloadermiddlewares.retry": logging.CRITICAL,
}

logger = logging.getLogger(__name__)


class Command(CrawlCommand):
    """Runs a spider and returns its verdict."""

    def long_desc(self) -> str:
        return f"Run a spider of the current project, by name. {EXIT_CODES}"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.crawler_process
        spiders = self.crawler_process.spider_loader.list()
        if len(args) != 1 or args[0] not in spiders:
            given = " ".join(args) or "none"
            raise UsageError(f"Name one spider of {', '.join(spiders)}; not {given}", print_help=False)
        assert self.settings
        contact = self.settings["FURAT_CONTACT"]
        self.settings.set("USER_AGENT", f"{self.settings['USER_AGENT']} {contact}".strip(), "cmdline")
        _quiet(self.settings["LOG_LEVEL"])
        # Pages leave no reference cycles, so that Python need not look for them every 700 objects: 5 % of the CPU.
        gc.freeze()
        gc.set_threshold(10_000)
        crawler = self._create_crawler(args[0])
        task = self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        failure = task.exception()  # type: ignore[attr-defined]
        if isinstance(failure, sqlite3.DatabaseError):
            failure = archive_failure(failure, Crawl.of(crawler).folder) or failure
        self.exitcode = _explain(failure) if failure else crawler.stats.get_value("furat/exit_code", CRASHED)


def _quiet(level: str) -> None:
    """Leave the log to what a person reads; Scrapy's own details are for debugging."""
    for name, at_least in QUIET.items() if level != "DEBUG" else ():
        logging.getLogger(name).setLevel(at_least)


def _explain(failure: Exception) -> int:
    match failure:
        case UsageError():
            logger.error("%s", failure)
            return USAGE
        case Stop():
            logger.error("%s", failure.reason)
            return failure.exit_code
        case OSError():
            logger.error("%s; choose a folder that can be written with -s FURAT_DATA=FOLDER", failure)
            return USAGE
    logger.error("Furat crashed before it began", exc_info=failure)
    return CRASHED
