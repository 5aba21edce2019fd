"""What the commands on an archive have in common."""

import argparse
import os
import sqlite3
import sys
from abc import abstractmethod
from contextlib import AbstractContextManager
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from furat import urls
from furat.exceptions import Damaged, Stop
from furat.store import Store


class ArchiveCommand(ScrapyCommand):
    """A command that reads the archive of one site."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}
    opts: argparse.Namespace

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--site", metavar="URL", help="the site whose archive it is (default: FURAT_SITE)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings
        if unknown := [word for word in args if word.startswith("-")]:  # Scrapy lets pass what it does not know
            raise UsageError(f"{unknown[0]} is unknown here; the site is named as --site URL", print_help=False)
        self.opts = opts
        site = opts.site or self.settings["FURAT_SITE"]
        folder = Path(self.settings["FURAT_DATA"]) / urls.folder(site)
        if not (folder / "archive.db").exists():
            raise UsageError(
                f"No archive of {site} in {folder}; `scrapy crawl news -a site={site}` makes one", print_help=False
            )
        try:
            with self.open(folder) as store:
                self.work(store, folder, args)
        except Stop as stop:
            self._fail(stop)
        except sqlite3.DatabaseError as error:
            self._fail(Damaged(f"{folder / 'archive.db'}: {error}; `scrapy check-archive` tells more"))
        except BrokenPipeError:  # whoever read has enough (docs.python.org/3/library/signal.html, note on SIGPIPE)
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def open(self, folder: Path) -> AbstractContextManager[Store]:
        """Return the store; a crawl may write to it at the same time."""
        return Store.at(folder)

    @abstractmethod
    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        """Do what the command is for."""

    def _fail(self, stop: Stop) -> None:
        print(f"Error: {stop.reason.partition(': ')[2]}", file=sys.stderr)  # noqa: T201 (commands print)
        self.exitcode = stop.exit_code
