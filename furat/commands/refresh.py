"""`scrapy refresh`: the one command for cron."""

import argparse

from scrapy.exceptions import UsageError

from furat.commands import crawl


class Command(crawl.Command):
    """Runs the spider that keeps an archive fresh, and returns its verdict."""

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Bring the archive up to date by the cheapest way that the site offers"

    def long_desc(self) -> str:
        return f"{self.short_desc()}: its API, else its feed, else its listings. {crawl.EXIT_CODES}"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError(f"Name no spider, only -a site=URL; not {' '.join(args)}", print_help=False)
        super().run(["refresh"], opts)
