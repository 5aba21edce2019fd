"""`scrapy report`: the command line of furat.reports.overview."""

import argparse
from pathlib import Path

from rich.console import Console
from scrapy.exceptions import UsageError

from furat.cli.archive_command import ArchiveCommand
from furat.files import replacing
from furat.reports.overview import report
from furat.store import Store


class Command(ArchiveCommand):
    """Prints what the archive holds."""

    elsewhere = "name a file elsewhere: --html --to FILE"

    def short_desc(self) -> str:
        return "Print what the archive holds, section by section, and what is pending"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--html", action="store_true", help="write report.html into the archive's folder instead")
        parser.add_argument("--to", metavar="FILE", type=Path, help="with --html, write it to FILE")

    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        if self.opts.to and not self.opts.html:
            raise UsageError("--to works with --html only; leave it out, or redirect the output", print_help=False)
        if self.opts.html:
            from furat.reports.page import page  # noqa: PLC0415 (Scrapy imports all commands for each)

            path = self.opts.to or folder / "report.html"
            with replacing(path) as file:
                file.write(page(store, self.site).encode())
            print(path)
            return
        console = Console()
        with console.capture() as captured:  # by itself, rich ends with 1 if the reader of a pipe stops
            for table in report(store):
                console.print(table)
        print(captured.get(), end="")
