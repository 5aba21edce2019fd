"""`scrapy history`: the command line of furat.reports.history."""

import os
import re
import sys
from pathlib import Path
from typing import TextIO

from scrapy.exceptions import UsageError

from furat.cli.archive_command import ArchiveCommand, article_named
from furat.reports.history import history
from furat.store import Store

RED, GREEN, PLAIN = "\33[31m", "\33[32m", "\33[0m"  # ECMA-48, section 8.3.117
COLOURS = ((re.compile(r"\[-.*?-\]"), RED), (re.compile(r"\{\+.*?\+\}"), GREEN))


class Command(ArchiveCommand):
    """Prints the states of an article."""

    words = 1

    def syntax(self) -> str:
        return "[options] ID, NUMBER or URL"

    def short_desc(self) -> str:
        return "Print every state in which an article was seen, and what changed"

    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        if not args:
            raise UsageError("Give the id, the number or the address of one article", print_help=False)
        has_colours = shows_colours(sys.stdout)
        for line in history(store, article_named(store, folder, args[0])):
            print(coloured(line) if has_colours else line)


def shows_colours(stream: TextIO) -> bool:
    """Return whether ``stream`` is a terminal, and its user wants colours (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


def coloured(line: str) -> str:
    """Return ``line`` with deleted words in red and added words in green."""
    for mark, colour in COLOURS:
        line = mark.sub(lambda found, colour=colour: f"{colour}{found[0]}{PLAIN}", line)  # type: ignore[misc]
    return line
