"""`scrapy dataset`: words → furat.datasets.build."""

from pathlib import Path

from furat.cli.archive_command import ArchiveCommand
from furat.datasets.build import write
from furat.store import Store


class Command(ArchiveCommand):
    """Writes a dataset."""

    words = 1

    def syntax(self) -> str:
        return "[options] [FILE]"

    def short_desc(self) -> str:
        return (
            "Write the last state of every article to one JSON Lines file (default: dataset/articles.jsonl of the site)"
        )

    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        path = Path(args[0]) if args else folder / "dataset" / "articles.jsonl"
        print(f"{write(store, path)} articles in {path}")
