"""`scrapy report`: words → furat.reports.overview."""

from pathlib import Path

from rich.console import Console

from furat.cli.archive_command import ArchiveCommand
from furat.reports.overview import report
from furat.store import Store


class Command(ArchiveCommand):
    """Prints what the archive holds."""

    def short_desc(self) -> str:
        return "Print what the archive holds, section by section, and what it is still owed"

    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        console = Console()
        for table in report(store):
            console.print(table)
