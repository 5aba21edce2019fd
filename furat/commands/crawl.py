"""`scrapy crawl`, with an exit code that says whether the crawl was complete."""

import argparse
import sys

from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.exceptions import UsageError

from furat.cli.ending import ended
from furat.cli.process import settle_down
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
        parser.add_argument(
            "--site", metavar="SITE", help="the same as -a site=SITE: a name of sites.toml or an address"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Make `-o -` and `-o /dev/stdout` mean JSON Lines: they have no file extension that names a format."""
        for name in ("output", "overwrite_output"):
            uris = getattr(opts, name)
            if sys.stdout is None and not set(STDOUT).isdisjoint(uris or ()):
                raise UsageError("The standard output is closed; name a file after -o", print_help=False)
            setattr(opts, name, uris and [f"-:{FORMAT}" if uri in STDOUT else uri for uri in uris])
        super().process_options(args, opts)
        if opts.site and opts.spargs.setdefault("site", opts.site) != opts.site:
            raise UsageError(f"--site {opts.site} and -a site={opts.spargs['site']} differ; give one", print_help=False)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.crawler_process
        spiders = self.crawler_process.spider_loader.list()
        if len(args) != 1 or args[0] not in spiders:
            given = " ".join(args) or "none"
            raise UsageError(f"Name exactly one spider of {', '.join(spiders)}, not {given}", print_help=False)
        assert self.settings
        settle_down(self.settings["LOG_LEVEL"])
        crawler = self._create_crawler(args[0])
        task = self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        self.exitcode = ended(task, crawler).code  # type: ignore[arg-type]
