"""`scrapy refresh`: the one command for cron."""

import argparse

from scrapy.exceptions import UsageError

from furat.commands import crawl


class Command(crawl.Command):
    """Runs the spider that keeps an archive up to date, and exits with the verdict's exit code."""

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Bring the archive up to date with the fewest requests that the site allows"

    def long_desc(self) -> str:
        return f"{self.short_desc()}: by its REST API, otherwise its feed, otherwise its listings. {crawl.EXIT_CODES}"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError(
                f"unexpected argument {' '.join(args)}; refresh takes no spider, only -a site=URL", print_help=False
            )
        super().run(["refresh"], opts)
