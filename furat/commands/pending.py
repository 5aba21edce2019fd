"""`scrapy pending`: the command line of furat.reports.pending."""

import argparse
from pathlib import Path

from furat.cli.archive_command import ArchiveCommand
from furat.options import number
from furat.reports.pending import as_json, records, told, unwalked
from furat.store import Store

INCOMPLETE = 3


class Command(ArchiveCommand):
    """Prints pending articles and unfinished sections; the exit code is 3 if articles are pending."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="one JSON object per line, the most recent first")

    def short_desc(self) -> str:
        return "Print which articles are pending, since when and why (exit code 3; 0 if none is)"

    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        assert self.settings
        pending = records(store)
        tries = int(number(self.settings, "FURAT_TRIES"))
        self.exitcode = INCOMPLETE if pending else 0
        for line in map(as_json, pending) if self.opts.json else told(pending, tries):
            print(line)
        for line in [] if self.opts.json else unwalked(store.listings.unwalked()):
            print(line)
