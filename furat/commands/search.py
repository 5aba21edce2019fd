"""`scrapy search`: the command line of furat.reports.search."""

import argparse
from dataclasses import asdict
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import orjson
from scrapy.exceptions import UsageError

from furat.cli.archive_command import ArchiveCommand
from furat.reports.search import Query, search
from furat.store import Store
from furat.terminal import visible


class Command(ArchiveCommand):
    """Prints the articles that contain the given words."""

    words = 1

    def syntax(self) -> str:
        return '[options] "WORDS"'

    def short_desc(self) -> str:
        return "Find articles by their words, regardless of spelling, hamza, harakat or digits"

    def long_desc(self) -> str:
        return f'{self.short_desc()}. All words must occur; write "a phrase" in quotation marks.'

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--since", metavar="YYYY-MM-DD", default="", help="published on this day or later")
        parser.add_argument("--until", metavar="YYYY-MM-DD", default="", help="published on this day or earlier")
        parser.add_argument("--section", metavar="NAME", default="", help="a category or tag")
        parser.add_argument("--limit", type=int, default=20, help="the maximum number of articles (20 if left out)")
        parser.add_argument("--json", action="store_true", help="one object per line")

    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        if not args:
            raise UsageError('Name what to search for, such as scrapy search "دير الزور"', print_help=False)
        opts = self.opts
        since, until = _day("since", opts.since), _day("until", opts.until)
        if since and until and since > until:
            raise UsageError(f"--since {since} is later than --until {until}; swap them", print_help=False)
        query = Query(text=args[0], since=since, until=until, section=opts.section, limit=opts.limit)
        for hit in search(store, folder, query):
            if opts.json:
                print(visible(orjson.dumps(asdict(hit)).decode()))
            else:
                print(f"{visible(hit.published or 'no date')}  {visible(hit.title or 'untitled')}")
                print(f"    {visible(hit.snippet)}\n    {visible(unquote(hit.url))}  {visible(hit.id)}")


def _day(name: str, value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat() if value else ""
    except ValueError:
        raise UsageError(f"--{name} {value} is not a date; use YYYY-MM-DD", print_help=False) from None
