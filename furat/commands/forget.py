"""`scrapy forget`: the command line of furat.reports.forgetting."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scrapy.exceptions import UsageError

from furat.cli.archive_command import ArchiveCommand, article_named
from furat.outcomes import ExitCode
from furat.reports.forgetting import Traces, forget
from furat.store import Store
from furat.store.failure import stopping
from furat.store.lock import ArchiveLock
from furat.terminal import visible


class Command(ArchiveCommand):
    """Removes articles for ever; the exit code is 3 if the same command must be run again to remove all of the text."""

    words = sys.maxsize

    def syntax(self) -> str:
        return "[options] ID, NUMBER or URL … --because TEXT"

    def short_desc(self) -> str:
        return "Remove articles for ever; a mark keeps them from being archived again"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--because", metavar="TEXT", default="", help="why they are forgotten; it is kept")

    @contextmanager
    def open(self, folder: Path) -> Iterator[Store]:
        with ArchiveLock(folder, "scrapy forget"), Store.at(folder) as store:
            yield store

    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        if not args or not self.opts.because.strip():
            raise UsageError(
                "name articles by id, number or address, and say why: scrapy forget URL --because TEXT",
                print_help=False,
            )
        articles = [store.forgotten.id_of(name) or article_named(store, folder, name) for name in args]
        with stopping(folder):
            traces = forget(store, folder, dict.fromkeys(articles), self.opts.because.strip())
        for line in _told(articles, traces):
            print(visible(line))
        self.exitcode = ExitCode.INCOMPLETE if traces.has_log else ExitCode.COMPLETE


def _told(articles: list[str], traces: Traces) -> Iterator[str]:
    for article in dict.fromkeys(articles):
        yield f"Forgotten: {article}; it is not requested or archived again"
    for copy in traces.copies:
        yield f"Same text, not forgotten: {copy}; name it too if its text must go"
    for feed in traces.feeds:
        yield f"Delivered elsewhere, too: {feed}; remove the lines with this id there"
    for dataset in traces.datasets:
        yield f"Built before, so it may hold the text: {dataset}; build it again"
    if traces.has_log:
        yield "Another process reads the archive, so its log keeps old pages: run the same command once it has ended"
    yield "Backups and datasets elsewhere that were made before hold the text, too: remove them or make them again"
