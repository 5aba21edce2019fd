"""`scrapy refresh`: the one command for cron."""

import argparse
import os
from functools import partial
from typing import cast

from scrapy.exceptions import UsageError
from scrapy.settings import SETTINGS_PRIORITIES, Settings

from furat.cli.crawl_log import WELL
from furat.cli.fleet import Fleet, by_host, told, worst
from furat.cli.process import preload, settle_down
from furat.cli.worker import refresh
from furat.commands import crawl
from furat.operate.watch import ping_or_log
from furat.options import check_names, data_folder
from furat.outcomes import ExitCode
from furat.sites import all_sites
from furat.terminal import show_what_can_be_shown, visible

SIDE_BY_SIDE = 8
"""Sites that are refreshed at a time, unless the operator wants it otherwise."""


class Command(crawl.Command):
    """Runs the spider that keeps an archive up to date, and exits with its verdict; with `--all` for every site."""

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Bring the archive up to date with the fewest requests that the site allows; --all: every site"

    def long_desc(self) -> str:
        worse = "With --all the exit code is the first of 1, 2, 5, 3, 4, 0 that a site ended with."
        return f"{self.short_desc()}. By its REST API, else its feed, else its listings. {crawl.EXIT_CODES} {worse}"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--all", action="store_true", help="refresh every site of sites.toml")
        parser.add_argument("-j", "--jobs", type=int, metavar="N", help=f"with --all: N at a time ({SIDE_BY_SIDE})")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check the options; with `--all` install no reactor here, as each process installs its own."""
        super().process_options(args, opts)
        if args:
            cure = "refresh takes no spider, only --site SITE, or --all"
            raise UsageError(f"unexpected argument {' '.join(args)}; {cure}", print_help=False)
        if opts.jobs is not None and not (opts.all and opts.jobs > 0):
            raise UsageError(
                f"-j {opts.jobs} is wrong; write -j with --all and a number of at least 1", print_help=False
            )
        if opts.all and (opts.spargs or opts.output or opts.overwrite_output):
            raise UsageError("--all refreshes every site, each with its own feed; leave out --site, -a, -o and -O")
        self.requires_crawler_process = not opts.all

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if opts.all:
            self._refresh_all(opts.jobs or SIDE_BY_SIDE, is_quiet=opts.quiet)
        else:
            super().run(["refresh"], opts)

    def _refresh_all(self, jobs: int, *, is_quiet: bool) -> None:
        settings = cast("Settings", self.settings)
        check_names(settings)
        data_folder(settings)
        sites = all_sites(settings)
        if not sites:
            where = settings["FURAT_SITES"] or "sites.toml beside scrapy.cfg"
            raise UsageError(f"{where} names no site; write a table for each (README.md)", print_help=False)
        settings.set("FURAT_PROGRESS", False, "cmdline")
        address = settings["FURAT_PING"] or ""
        # it is told of the run: of all sites, the last would have the last word
        settings.delete("FURAT_PING", "cmdline")
        if (settings.getpriority("LOG_LEVEL") or 0) < SETTINGS_PRIORITIES["cmdline"]:
            settings.set("LOG_LEVEL", "WARNING", "cmdline")
        preload()
        settle_down(settings["LOG_LEVEL"])
        show_what_can_be_shown()
        processes = min(jobs, len(by_host(sites.values())), os.cpu_count() or 1)
        fleet = Fleet(partial(refresh, settings, -(-jobs // processes)), processes)
        ping_or_log(address, "start")
        fleet.crawl(sites.values())
        self.exitcode = worst(fleet.ends.values())
        is_well = all(end.code in WELL or end.is_planned for end in fleet.ends.values())
        lines = [*map(visible, told(fleet.ends))]
        if any(end.code != ExitCode.LOCKED for end in fleet.ends.values()):  # else the other run will tell
            ping_or_log(address, "" if is_well else str(int(self.exitcode)), "\n".join(lines))
        for line in [] if is_quiet and is_well else lines:
            print(line)
