"""`scrapy move`: the command line of furat.store.moving."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scrapy.exceptions import UsageError

from furat.cli.archive_command import ArchiveCommand, check_words
from furat.exceptions import WrongUsage
from furat.options import data_folder
from furat.sites import site_named
from furat.store import Store
from furat.store.folders import discard, found
from furat.store.lock import ArchiveLock
from furat.store.read_only import FILE, opened_to_watch
from furat.terminal import visible
from furat.urls import folder as folder_of


class Command(ArchiveCommand):
    """Moves the archive of a site that changed its host or its path."""

    words = 2
    old: str
    new: str
    there: Path

    def syntax(self) -> str:
        return "[options] OLD NEW"

    def short_desc(self) -> str:
        return "Move the archive of a site that changed its host or path: one archive, nothing twice"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings
        check_words(args, self.words)
        if len(args) != self.words:
            raise UsageError("name both addresses: scrapy move OLD NEW", print_help=False)
        data = data_folder(self.settings)
        self.old, self.new = (site_named(self.settings, name).address for name in args)
        self.there = data / folder_of(self.new)
        if folder_of(self.old) == self.there.name:
            raise UsageError(f"{self.old} and {self.new} are one site; there is nothing to move", print_help=False)
        is_here = (self.find(data, self.old) / FILE).exists()
        opts.site = self.old if is_here or not (self.there / FILE).exists() else self.new
        super().run([], opts)

    def find(self, data: Path, site: str) -> Path:
        """Return the folder of ``site``; after a kill, its archive may have the new addresses already."""
        try:
            return found(data, site)
        except UsageError:
            own = data / folder_of(site)
            with opened_to_watch(own) as store:
                if not self._is_moved(store):
                    raise
            return own

    @contextmanager
    def open(self, folder: Path) -> Iterator[Store]:
        with ArchiveLock(folder, "scrapy move"):
            if folder != self.there:
                self._make_room()
            with Store.at(folder) as store:
                yield store
            if folder != self.there:
                folder.rename(self.there)
                (self.there / "lock.owner").unlink(missing_ok=True)

    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        if folder == self.there and not self._is_moved(store):
            raise UsageError(f"No archive of {self.old}; {folder} is another one", print_help=False)
        store.deliveries.recover()
        store.moves.move(self.old, self.new)
        print(visible(f"Moved: {self.old} to {self.new}; the archive is in {self.there}"))
        print("Ids stay as they are. Where sites.toml, FURAT_SITE or a timer names the old address, write the new one")

    def _is_moved(self, store: Store) -> bool:
        return store.moves.all()[-1:] == [(self.old, self.new)]

    def _make_room(self) -> None:
        """Raise WrongUsage if something is where the archive moves to."""
        if not self.there.exists():
            return
        with ArchiveLock(self.there, "scrapy move"):  # a first crawl of the new address may run
            if not (self.there / FILE).exists():
                discard(self.there)
        if self.there.exists():
            cure = f"if it holds nothing that {self.old} lacks, move it away, and run the same command again"
            raise WrongUsage(f"{self.there} exists: an archive of {self.new}, or files of others; {cure}")
