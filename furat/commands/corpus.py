"""`scrapy corpus`: the command line of furat.corpus."""

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from furat.cli.archive_command import check_words
from furat.datasets.splits import Splits
from furat.exceptions import Stop, WrongUsage
from furat.terminal import reader_may_stop, several, show_what_can_be_shown, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from furat.datasets.manifest import Manifest

EXTRA = "pip install -r requirements-corpus.txt"


class Command(ScrapyCommand):
    """Builds a corpus: one dataset of many archives."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] ARCHIVE... --to FOLDER"

    def short_desc(self) -> str:
        return "Write one dataset of many archives, in which every copy is linked to the first across all of them"

    def long_desc(self) -> str:
        return (
            "ARCHIVE is the folder of an archive, such as data/example.org, or what `scrapy dataset` wrote of one: "
            "*.parquet, *.jsonl, or the folder of a release. FOLDER becomes a release with the links between all of "
            "them. What was computed on the way is kept in FOLDER.stages: run it again to add what is new. "
            "Example: scrapy corpus data/*/ --to corpus --splits train=.9,test=.1"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--to", metavar="FOLDER", help="the folder to write; it becomes a release")
        parser.add_argument(
            "--splits", metavar="SHARES", help="splits such as train=.9,test=.1; no copies lie in two of them"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        show_what_can_be_shown()
        check_words(args, len(args))
        if not args or not opts.to:
            raise UsageError("name archives and a folder: scrapy corpus data/*/ --to corpus", print_help=False)
        try:
            manifest = _build()(args, Path(opts.to), Splits.parse(opts.splits) if opts.splits else None)
        except Stop as stop:
            self._fail(stop)
        except OSError as error:
            self._fail(WrongUsage(f"{error}; {opts.to} must be where files can be written, on a disk with room"))
        else:
            with reader_may_stop():
                files = several(len(manifest.files), "file")
                print(f"{several(manifest.rows, 'record')} in {files} in {visible(opts.to)}")

    def _fail(self, stop: Stop) -> None:
        print(f"Error: {visible(str(stop.reason))}", file=sys.stderr)
        self.exitcode = stop.exit_code


def _build() -> "Callable[[Sequence[str], Path, Splits | None], Manifest]":
    """Return what builds a corpus; it is imported when it is asked for, as it needs an extra."""
    try:
        return cast(
            "Callable[[Sequence[str], Path, Splits | None], Manifest]", import_module("furat.corpus.build").build
        )
    except ModuleNotFoundError as missing:
        told = f"`scrapy corpus` needs the package {missing.name}; install it with {EXTRA}"
        raise UsageError(told, print_help=False) from None
