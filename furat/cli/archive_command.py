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
from furat.exceptions import Damaged, Stop, WrongUsage
from furat.store import Store
from furat.store.read_only import opened_to_read
from furat.terminal import show_what_can_be_shown, visible


class ArchiveCommand(ScrapyCommand):
    """A command that reads the archive of one site."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}
    opts: argparse.Namespace
    site: str
    """The address of the site, without credentials: it may stand in what is published."""

    words = 0
    """How many words it takes at most, beside options."""

    elsewhere = "choose a place that can be written"
    """What to do where a file can't be written."""

    def syntax(self) -> str:
        return "[options]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--site", metavar="URL", help="the site whose archive it is (default: FURAT_SITE)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings
        show_what_can_be_shown()
        check_words(args, self.words)
        self.opts = opts
        self.site = site = urls.anonymous(opts.site or self.settings["FURAT_SITE"])
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
        except BrokenPipeError:  # whoever read has enough (docs.python.org/3/library/signal.html, note on SIGPIPE)
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            self._fail(WrongUsage(f"{error}; {self.elsewhere}"))
        except sqlite3.DatabaseError as error:
            self._fail(Damaged(f"{folder / 'archive.db'}: {error}; `scrapy check-archive` tells more"))

    def open(self, folder: Path) -> AbstractContextManager[Store]:
        """Return the store; a crawl may write to it at the same time."""
        return opened_to_read(folder)

    @abstractmethod
    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        """Do what the command is for."""

    def _fail(self, stop: Stop) -> None:
        print(f"Error: {visible(str(stop.reason))}", file=sys.stderr)  # noqa: T201 (commands print)
        self.exitcode = stop.exit_code


def check_words(args: list[str], most: int) -> None:
    """Raise UsageError where Scrapy let pass an option that it does not know, or more than ``most`` words."""
    if unknown := [word for word in args if word.startswith("-") and word != "-"]:
        raise UsageError(f"{unknown[0]} is unknown here; the site is named as --site URL", print_help=False)
    if len(args) > most:
        raise UsageError(f"{visible(args[most])} is a word too many; --help tells what there may be", print_help=False)


def article_named(store: Store, folder: Path, name: str) -> str:
    """Return the id of the article whose id, number or address is ``name``; raise UsageError where there is none."""
    article = store.history.id_of(name)
    if article is None:
        near = ", ".join(map(visible, store.history.nearest(name))) or "none; nothing is archived yet"
        raise UsageError(f"No article {visible(name)} in {folder}. The nearest: {near}", print_help=False)
    return article
