"""`scrapy dataset`: the command line of furat.datasets."""

import argparse
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from furat.arabic import fold
from furat.cli.archive_command import ArchiveCommand
from furat.files import STDOUT
from furat.store import Store
from furat.terminal import several, visible

if TYPE_CHECKING:
    from furat.datasets.selection import Selection


class Command(ArchiveCommand):
    """Writes a dataset: one file, or a folder to publish."""

    words = 1
    elsewhere = "name a file or a folder elsewhere: scrapy dataset /tmp/articles.jsonl"

    def syntax(self) -> str:
        return "[options] [FILE or FOLDER/]"

    def short_desc(self) -> str:
        return "Write the last state of every living article to a file or folder (default: dataset/articles.jsonl)"

    def long_desc(self) -> str:
        return (
            "The extension of FILE chooses the format: .jsonl, .jsonl.gz, .jsonl.zst, .csv, .parquet, .db (SQLite). "
            "FOLDER/ becomes a release: Parquet shards, a card, Croissant metadata and a manifest; "
            "run it again to bring it up to date."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        days = {"type": _day, "metavar": "YYYY-MM-DD"}
        parser.add_argument("--since", help="published on this day or later", **days)  # type: ignore[arg-type]
        parser.add_argument("--until", help="published on this day or earlier", **days)  # type: ignore[arg-type]
        parser.add_argument("--sections", metavar="NAMES", default="", help="categories or tags, separated by commas")
        parser.add_argument("--language", metavar="CODE", default="", help="the language of the page, such as ar")
        parser.add_argument(
            "--as-of", metavar="MOMENT", type=_moment, help="the archive as it was on a date or at an ISO 8601 moment"
        )
        parser.add_argument("--history", action="store_true", help="all states and tombstones, with their validity")
        parser.add_argument(
            "--raw", action="store_true", help="add the printed text (title_raw, paragraphs_raw, guessed)"
        )
        parser.add_argument("--without-duplicates", action="store_true", help="one article of each cluster of copies")
        parser.add_argument(
            "--splits", metavar="SHARES", help="splits such as train=.9,test=.1; copies of a text stay in one split"
        )
        parser.add_argument(
            "--takedown", metavar="FILE", type=Path, help="ids or addresses to leave out, now and later"
        )

    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        from furat.datasets.build import build, write  # noqa: PLC0415 (Scrapy imports all commands for each)
        from furat.datasets.formats.jsonl import to_stdout  # noqa: PLC0415
        from furat.datasets.reader import Reader  # noqa: PLC0415
        from furat.datasets.release import Release  # noqa: PLC0415

        name = args[0] if args else str(folder / "dataset" / "articles.jsonl")
        selection = self._selection(store, folder)
        if name in STDOUT:
            write(to_stdout, Path(name), selection, Reader(store, selection).lines())
        elif name.endswith("/") or Path(name).is_dir():
            manifest = Release(store, Path(name), self.site, Reader(store, selection)).build()
            print(f"{several(manifest.rows, 'record')} in {several(len(manifest.files), 'file')} in {name}")
        else:
            print(f"{several(build(store, Path(name), selection), 'record')} in {name}")

    def _selection(self, store: Store, folder: Path) -> "Selection":
        from furat.datasets.selection import Selection  # noqa: PLC0415
        from furat.datasets.splits import Splits  # noqa: PLC0415
        from furat.datasets.takedowns import takedowns  # noqa: PLC0415

        opts = self.opts
        if opts.history and opts.as_of:
            raise UsageError("--history and --as-of exclude each other; choose one", print_help=False)
        if opts.since and opts.until and opts.since > opts.until:
            raise UsageError(
                f"--since {opts.since} is later than --until {opts.until}; exchange them", print_help=False
            )
        left_out = takedowns(store, folder, opts.takedown)
        for unknown in left_out.unknown:
            told = f"--takedown: no article {visible(unknown)} in the archive yet; it is left out once it is archived"
            print(told, file=sys.stderr)
        names = ("since", "until", "language", "as_of", "history", "raw", "without_duplicates")
        return replace(
            Selection(**{name: getattr(opts, name) for name in names}),
            sections=frozenset(filter(None, map(fold, opts.sections.replace("،", ",").split(",")))),
            splits=Splits.parse(opts.splits) if opts.splits else None,
            takedowns=left_out.ids,
            takedown_list=left_out.sha256,
        )


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value} is not a date; use YYYY-MM-DD") from None


def _moment(value: str) -> datetime:
    from furat.datasets.selection import end_of  # noqa: PLC0415

    try:
        moment = datetime.fromisoformat(value) if "T" in value else end_of(date.fromisoformat(value))
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"{value} is not a date; use YYYY-MM-DD, or ISO 8601 with an offset") from None
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{value} has no offset; write it like {value}+03:00")
    return moment
