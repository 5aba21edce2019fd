"""What the commands on an archive have in common."""

import argparse
from abc import abstractmethod
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from furat import urls
from furat.store import Store


class ArchiveCommand(ScrapyCommand):
    """A command that reads the archive of one site."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--site", metavar="URL", help="the site whose archive it is (default: FURAT_SITE)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings
        site = opts.site or self.settings["FURAT_SITE"]
        folder = Path(self.settings["FURAT_DATA"]) / urls.folder(site)
        if not (folder / "archive.db").exists():
            raise UsageError(
                f"No archive of {site} in {folder}; `scrapy crawl news -a site={site}` makes one", print_help=False
            )
        with Store.at(folder) as store:
            self.work(store, folder, args)

    @abstractmethod
    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        """Do what the command is for."""
