"""`scrapy describe`: words → furat.describe."""

import argparse
from pathlib import Path

from scrapy.commands import ScrapyCommand

from furat.describe import write


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
        write(Path(args[0] if args else "docs"))
