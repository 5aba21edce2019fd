"""`scrapy check-archive`: the command line of furat.reports.integrity."""
# ruff: noqa: N999 (Scrapy calls a command by the name of its module)

import argparse
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path

from furat.cli.archive_command import ArchiveCommand
from furat.reports.integrity import count_faults, feed_faults, repair, source_faults, store_faults
from furat.store import Store
from furat.store.lock import ArchiveLock
from furat.store.read_only import may_write, opened_to_read
from furat.terminal import several, visible


class Command(ArchiveCommand):
    """Prints what is damaged; the exit code is 1 if something is."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--repair", action="store_true", help="rebuild missing and damaged feeds from the archive")

    def short_desc(self) -> str:
        return "Check the archive and its delivered feeds; --repair rebuilds feeds (exit code 1 if damage remains)"

    @contextmanager
    def open(self, folder: Path) -> Iterator[Store]:
        with ExitStack() as held:
            if may_write(folder):
                held.enter_context(ArchiveLock(folder, "scrapy check-archive"))
            yield held.enter_context(opened_to_read(folder))

    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        assert self.settings
        is_damaged = _told(store_faults(store))
        if not is_damaged:  # feeds can't be checked against a damaged archive
            if self.opts.repair:
                for path in repair(store, folder, self.settings):
                    print(visible(f"Rebuilt: {path}"))
            is_damaged = _told(chain(count_faults(store), feed_faults(store, folder), source_faults(store, folder)))
        if not is_damaged:
            counts = store.crawls.counts()
            feeds = several(len(store.deliveries.delivered()), "feed")
            print(f"Intact: {several(counts['revisions'], 'revision')}, {feeds}")
        self.exitcode = 1 if is_damaged else 0


def _told(faults: Iterable[str]) -> bool:
    """Print ``faults`` as they are found, and return whether there are any."""
    found = False
    for fault in faults:
        found = True
        print(visible(fault))
    return found
