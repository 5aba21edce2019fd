"""`scrapy crawl`, with an exit code that says whether the crawl was complete."""

import argparse
import sys

from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.exceptions import UsageError

from furat.cli.crawl_log import is_watched, keep, set_format
from furat.cli.ending import ended
from furat.cli.process import settle_down
from furat.cli.watching import tell_end, watch_beginning
from furat.files import STDOUT

EXIT_CODES = (
    "Exit codes: 0 complete, 1 crashed, 2 wrong usage, 3 incomplete (something is still pending), "
    "4 another crawl is using the archive, 5 the site's pages are no longer understood."
)

FORMAT = "jsonlines"


class Command(CrawlCommand):
    """Runs a spider, and exits with the verdict's exit code."""

    def long_desc(self) -> str:
        return f"Run a spider of the current project, by name. {EXIT_CODES}"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--quiet", action="store_true", help="print nothing, unless something is wrong (for cron)")
        parser.add_argument(
            "--site", metavar="SITE", help="the same as -a site=SITE (a name of sites.toml or an address)"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Give the log its form, and make `-o -` and `-o /dev/stdout` mean JSON Lines: no extension names a format."""
        for name in ("output", "overwrite_output"):
            uris = getattr(opts, name)
            if sys.stdout is None and not set(STDOUT).isdisjoint(uris or ()):
                raise UsageError("The standard output is closed; name a file after -o", print_help=False)
            setattr(opts, name, uris and [f"-:{FORMAT}" if uri in STDOUT else uri for uri in uris])
        super().process_options(args, opts)
        assert self.settings
        set_format(self.settings, of_many=getattr(opts, "all", False))
        if opts.quiet:
            self.settings.set("LOG_ENABLED", False, "cmdline")
        if opts.quiet and is_watched():  # elsewhere `scrapy status` alone shows how far it is
            self.settings.set("FURAT_PROGRESS", False, "cmdline")
        if opts.site and opts.spargs.setdefault("site", opts.site) != opts.site:
            raise UsageError(f"--site {opts.site} and -a site={opts.spargs['site']} differ; give one", print_help=False)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.crawler_process
        spiders = self.crawler_process.spider_loader.list()
        if len(args) != 1 or args[0] not in spiders:
            given = " ".join(args) or "none"
            raise UsageError(f"Name exactly one spider of {', '.join(spiders)}, not {given}", print_help=False)
        assert self.settings
        records = keep(self.settings) if opts.quiet else None
        settle_down(self.settings["LOG_LEVEL"])
        crawler = self._create_crawler(args[0])
        watch_beginning(crawler)
        task = self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        end = ended(task, crawler)  # type: ignore[arg-type]
        tell_end(crawler, end)
        self.exitcode = end.code
        if records:
            records.tell(end)
