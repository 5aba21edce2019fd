"""`scrapy search`: the command line of furat.reports.search."""

import argparse
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import orjson
from scrapy.exceptions import UsageError

from furat.cli.archive_command import ArchiveCommand
from furat.reports.search import Query, search
from furat.store import Store
from furat.terminal import several, visible

LONGEST = 10
"""Digits of a number of articles."""


class Command(ArchiveCommand):
    """Prints the articles that contain the given words."""

    words = sys.maxsize

    def syntax(self) -> str:
        return "[options] WORDS"

    def short_desc(self) -> str:
        return "Find articles by their words, regardless of spelling, hamza, harakat or digits"

    def long_desc(self) -> str:
        return f"{self.short_desc()}. All words must occur; write a phrase as '\"two words\"'."

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--since", metavar="YYYY-MM-DD", default="", help="published on this day or later")
        parser.add_argument("--until", metavar="YYYY-MM-DD", default="", help="published on this day or earlier")
        parser.add_argument("--section", metavar="NAME", default="", help="a category or tag")
        parser.add_argument(
            "--limit", type=_number, default=20, metavar="N", help="at most N articles (20 if left out)"
        )
        parser.add_argument("--json", action="store_true", help="one object per line")

    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        if not args:
            raise UsageError('Name what to search for, such as scrapy search "دير الزور"', print_help=False)
        opts = self.opts
        since, until = _day("since", opts.since), _day("until", opts.until)
        if since and until and since > until:
            raise UsageError(f"--since {since} is later than --until {until}; swap them", print_help=False)
        query = Query(text=" ".join(args), since=since, until=until, section=opts.section, limit=opts.limit + 1)
        hits = list(search(store, folder, query))
        for hit in hits[: opts.limit]:
            if opts.json:
                print(visible(orjson.dumps(asdict(hit)).decode()))
            else:
                print(f"{visible(hit.published or 'no date')}  {visible(hit.title or 'untitled')}")
                print(f"    {visible(hit.snippet)}\n    {visible(unquote(hit.url))}  {visible(hit.id)}")
        if not hits:
            print(f"No article in {folder} has all of this", file=sys.stderr)
        elif hits[opts.limit :]:
            print(f"More than {several(opts.limit, 'article')}; --limit N shows more", file=sys.stderr)


def _number(value: str) -> int:
    if not (value.isdecimal() and 0 < len(value) < LONGEST and int(value)):
        raise argparse.ArgumentTypeError(f"{visible(value)} is not a number of at least 1")
    return int(value)


def _day(name: str, value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat() if value else ""
    except ValueError:
        raise UsageError(f"--{name} {value} is not a date; use YYYY-MM-DD", print_help=False) from None
