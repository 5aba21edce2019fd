"""`scrapy dataset`: words → furat.datasets.build."""

import sys
from pathlib import Path

from furat.cli.archive_command import ArchiveCommand
from furat.datasets.build import write, write_lines
from furat.files import STDOUT
from furat.store import Store


class Command(ArchiveCommand):
    """Writes a dataset."""

    words = 1

    def syntax(self) -> str:
        return "[options] [FILE]"

    def short_desc(self) -> str:
        return "Write the last state of every article to one JSON Lines file, or to - (default: dataset/articles.jsonl)"

    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        path = Path(args[0]) if args else folder / "dataset" / "articles.jsonl"
        if str(path) in STDOUT:
            write_lines(store, sys.stdout.buffer)
        else:
            print(f"{write(store, path)} articles in {path}")
