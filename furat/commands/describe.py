"""`scrapy describe`: the command line of furat.datasets.documents."""

import argparse
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from furat.cli.archive_command import check_words


class Command(ScrapyCommand):
    """Writes the documents that describe the feed."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[FOLDER]"

    def short_desc(self) -> str:
        return "Write DATA.md and the JSON Schemas of the feed (default: into docs/)"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from furat.datasets.documents import documents, write  # noqa: PLC0415 (Scrapy imports all commands for each)

        check_words(args, 1)
        folder = Path(args[0] if args else "docs")
        try:
            write(folder)
        except OSError as error:
            raise UsageError(f"{error}; choose a folder that can be written", print_help=False) from None
        print(f"{', '.join(sorted(documents()))} in {folder}")
