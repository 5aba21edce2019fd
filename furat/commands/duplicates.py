"""`scrapy duplicates`: the command line of furat.reports.duplicates."""

from pathlib import Path

from furat.cli.archive_command import ArchiveCommand
from furat.reports.duplicates import copies
from furat.store import Store
from furat.terminal import several


class Command(ArchiveCommand):
    """Prints the copies in the archive."""

    def short_desc(self) -> str:
        return "Print the copies in the archive, each with the article that it copies and what differs"

    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        articles = store.crawls.counts()["articles"]
        lines = copies(store)
        print(next(lines, f"No copies in {folder}: each of {several(articles, 'article')} has a text of its own"))
        for line in lines:
            print(line)
