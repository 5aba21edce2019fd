"""The base class of commands that read an archive."""

import argparse
import sqlite3
import sys
from abc import abstractmethod
from contextlib import AbstractContextManager
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from furat import urls
from furat.exceptions import Damaged, Stop, WrongUsage
from furat.items import Unreadable
from furat.options import check_names, data_folder
from furat.sites import site_named
from furat.store import Store
from furat.store.folders import found
from furat.store.read_only import opened_to_read
from furat.terminal import reader_may_stop, show_what_can_be_shown, visible


class ArchiveCommand(ScrapyCommand):
    """A command that reads the archive of one site."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}
    opts: argparse.Namespace
    site: str
    """The address of the site, without credentials: it may be published."""

    words = 0
    """The most arguments it takes, besides options."""

    elsewhere = "choose a path that can be written"
    """The cure if a file can't be written."""

    def syntax(self) -> str:
        return "[options]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--site",
            metavar="SITE",
            help="whose archive it is, by a name of sites.toml or an address; FURAT_SITE if left out",
        )
        parser.add_argument("-a", metavar="site=SITE", dest="argument", default="", help="the same as --site SITE")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings
        show_what_can_be_shown()
        check_words(args, self.words)
        self.opts = opts
        check_names(self.settings)
        named = site_named(self.settings, urls.anonymous(_given(opts)))
        named.apply(self.settings)
        self.site = site = named.address
        folder = self.find(data_folder(self.settings), site)
        if not (folder / "archive.db").exists():
            raise UsageError(
                f"No archive of {site} in {folder}; `scrapy crawl news --site {site}` creates one, "
                "--site SITE names another site and -s FURAT_DATA=FOLDER another folder",
                print_help=False,
            )
        try:
            with self.open(folder) as store, reader_may_stop():
                self.work(store, folder, args)
        except Stop as stop:
            self._fail(stop)
        except OSError as error:
            self._fail(WrongUsage(f"{error}; {self.elsewhere}"))
        except UnicodeEncodeError as error:  # bytes of the command line that are no letters
            self._fail(WrongUsage(f"{error.object} is not text in UTF-8; write it anew"))
        except Unreadable:
            self._fail(_damaged(folder, "a revision can't be read"))
        except sqlite3.DatabaseError as error:
            self._fail(_damaged(folder, str(error)))

    def find(self, data: Path, site: str) -> Path:
        """Return the folder below ``data`` with the archive of ``site``, or in which a crawl would create it."""
        return found(data, site)

    def open(self, folder: Path) -> AbstractContextManager[Store]:
        """Return the store in ``folder``; a crawl may write to it at the same time."""
        return opened_to_read(folder)

    @abstractmethod
    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        """Run the command on the open store."""

    def _fail(self, stop: Stop) -> None:
        print(f"Error: {visible(str(stop.reason))}", file=sys.stderr)  # noqa: T201 (commands print)
        self.exitcode = stop.exit_code


def _damaged(folder: Path, why: str) -> Damaged:
    return Damaged(f"{folder / 'archive.db'}: {why}; run `scrapy check-archive` to see what is damaged")


def _given(opts: argparse.Namespace) -> str:
    """Return the site as the operator gave it; raise UsageError if what `-a` says is not one."""
    name, _, site = opts.argument.partition("=")
    if opts.argument and not (name == "site" and site):
        raise UsageError(f"-a {visible(opts.argument)} is unknown here; write --site SITE", print_help=False)
    if opts.site and site and opts.site != site:
        raise UsageError(f"--site {visible(opts.site)} and -a site={visible(site)} differ; give one", print_help=False)
    return str(opts.site or site)


def check_words(args: list[str], most: int) -> None:
    """Raise UsageError for an unknown option, which Scrapy lets pass, or for more than ``most`` arguments."""
    if unknown := [word for word in args if word.startswith("-") and word != "-"]:
        raise UsageError(f"unknown option {unknown[0]}; name the site with --site URL, or see --help", print_help=False)
    if len(args) > most:
        raise UsageError(f"unexpected argument '{visible(args[most])}'; see --help", print_help=False)


def article_named(store: Store, folder: Path, name: str) -> str:
    """Return the id of the article whose id, number or address is ``name``; raise UsageError if there is none."""
    article = store.history.id_of(name)
    if article is None and (why := store.forgotten.why(name)):
        raise UsageError(f"{visible(name)} was forgotten: {visible(why)}", print_help=False)
    if article is None:
        near = ", ".join(map(visible, store.history.nearest(name)))
        cure = f"The nearest: {near}" if near else "Nothing is near it; `scrapy search` finds articles by their words"
        raise UsageError(f"No article {visible(name)} in {folder}. {cure}", print_help=False)
    return article
