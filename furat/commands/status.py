"""`scrapy status`: the command line of furat.operate.status."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from furat import urls
from furat.cli.archive_command import check_words
from furat.operate.status import archives, as_json, line, status
from furat.options import check_names, data_folder, number
from furat.sites import Site, all_sites, site_named
from furat.store.folders import found
from furat.store.read_only import FILE
from furat.terminal import reader_may_stop, several, show_what_can_be_shown, visible

ATTENTION = 1
"""The exit code if something needs a person."""

SHOWN = 10
"""How many sites without an archive are named."""


class Command(ScrapyCommand):
    """Prints the state of all archives; it writes nothing, and may run during crawls."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Print the state of all archives, one a line (exit code 1 if something needs a person; 0 if all is well)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="one JSON object a line")
        parser.add_argument(
            "--site", metavar="SITE", help="this site's archive alone (a name of sites.toml or an address)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings
        show_what_can_be_shown()
        check_words(args, 0)
        check_names(self.settings)
        tries = int(number(self.settings, "FURAT_TRIES"))
        sites = list(all_sites(self.settings).values())
        names = {urls.folder(site.address): site.name for site in sites}
        states = [status(folder, tries, names.get(folder.name, "")) for folder in self._folders(opts.site)]
        states.sort(key=lambda each: each.name or each.site)
        needing = sum(each.needs_person for each in states)
        self.exitcode = ATTENTION if needing else 0
        with reader_may_stop():
            for each in states:
                print(as_json(each) if opts.json else line(each))
            if not opts.json:
                for told in [] if opts.site else _without_archive(data_folder(self.settings), sites):
                    print(told)
                told = f"{needing} {'needs' if needing == 1 else 'need'} a person" if needing else "all well"
                print(f"{several(len(states), 'archive')}, {told}")

    def _folders(self, site: str | None) -> list[Path]:
        """Return the folders of all archives, or that of ``site``; raise UsageError if there is none."""
        assert self.settings
        data = data_folder(self.settings)
        if site is None:
            folders, whose = archives(data), ""
        else:
            address = site_named(self.settings, urls.anonymous(site)).address
            folders, whose = [path for path in [found(data, address)] if (path / FILE).exists()], f" of {address}"
        if not folders:
            cure = "`scrapy crawl news --site URL` makes one; -s FURAT_DATA=FOLDER names another folder"
            raise UsageError(f"No archive{whose} in {data}; {cure}", print_help=False)
        return folders


def _without_archive(data: Path, sites: Sequence[Site]) -> Iterator[str]:
    """Yield a line that names the ``sites`` of sites.toml without an archive in ``data``, where others have one."""
    folders = (urls.folder, urls.host_folder)  # earlier versions named them by the host alone
    new = [site.name for site in sites if not any((data / name(site.address) / FILE).exists() for name in folders)]
    if 0 < len(new) < len(sites):
        more = f" and {len(new) - SHOWN} more" if new[SHOWN:] else ""
        yield visible(
            f"No archive yet of {', '.join(new[:SHOWN])}{more}; `scrapy refresh --all` begins what is missing"
        )
