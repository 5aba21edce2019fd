"""`scrapy refresh`: the one command for cron."""

import argparse

from scrapy.exceptions import UsageError

from furat.commands import crawl


class Command(crawl.Command):
    """Runs the spider that keeps an archive fresh, and returns its verdict."""

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Bring the archive up to date at the lowest cost that the site offers"

    def long_desc(self) -> str:
        return f"{self.short_desc()}: by its REST API, otherwise its feed, otherwise its listings. {crawl.EXIT_CODES}"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError(
                f"refresh takes no spider, only -a site=URL; unexpected argument {' '.join(args)}", print_help=False
            )
        super().run(["refresh"], opts)
