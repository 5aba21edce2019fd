"""`scrapy pending`: the command line of furat.reports.pending."""

import argparse
from contextlib import AbstractContextManager
from pathlib import Path

from scrapy.exceptions import UsageError

from furat.cli.archive_command import ArchiveCommand
from furat.options import number
from furat.outcomes import ExitCode
from furat.reports.pending import as_json, lines, records, unwalked, waived
from furat.store import Store
from furat.terminal import visible


class Command(ArchiveCommand):
    """Prints pending articles and unfinished sections; the exit code is 3 if articles are pending."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="one JSON object per line, the most recent first")
        parser.add_argument(
            "--waive", metavar="URL", help="no longer count this visit as pending; it is tried again once a week"
        )
        parser.add_argument("--because", metavar="TEXT", default="", help="why it stays unavailable (with --waive)")

    def short_desc(self) -> str:
        return "Print which articles are pending, since when and why (exit code 3; 0 if none is)"

    def open(self, folder: Path) -> AbstractContextManager[Store]:
        """Return the store, writable to waive a visit; a crawl may run at the same time."""
        return Store.at(folder) if self.opts.waive else super().open(folder)

    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        assert self.settings
        if bool(self.opts.waive) != bool(self.opts.because.strip()):
            raise UsageError(
                "--waive URL and --because TEXT go together; say why it stays unavailable", print_help=False
            )
        if self.opts.waive:
            self._waive(store)
            return
        tries = int(number(self.settings, "FURAT_TRIES"))
        self.exitcode = ExitCode.INCOMPLETE if store.backlog.count() else ExitCode.COMPLETE
        for line in map(as_json, records(store)) if self.opts.json else lines(store, tries):
            print(line)
        for line in [] if self.opts.json else [*waived(store.waivers.all()), *unwalked(store.listings.unwalked())]:
            print(line)

    def _waive(self, store: Store) -> None:
        url = visible(self.opts.waive)
        if not store.waivers.waive(self.opts.waive, self.opts.because.strip()):
            cure = "`scrapy pending` lists the pending visits"
            raise UsageError(f"No visit of {url} is pending; {cure}", print_help=False)
        print(f"Waived: {url}; it no longer makes a crawl incomplete, and is tried again once a week")
