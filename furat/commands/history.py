"""`scrapy history`: words → furat.history."""

import re
import sys
from pathlib import Path

from scrapy.exceptions import UsageError

from furat.archive_command import ArchiveCommand
from furat.history import history
from furat.store import Store
from furat.terminal import visible

RED, GREEN, PLAIN = "\33[31m", "\33[32m", "\33[0m"  # ECMA-48, section 8.3.117
COLOURS = ((re.compile(r"\[-.*?-\]"), RED), (re.compile(r"\{\+.*?\+\}"), GREEN))


class Command(ArchiveCommand):
    """Prints the states of an article."""

    def syntax(self) -> str:
        return "[options] ID or URL"

    def short_desc(self) -> str:
        return "Print every state in which an article was seen, and what is other in each"

    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        if len(args) != 1:
            raise UsageError("Give the id or the address of one article", print_help=False)
        article = store.history.id_of(args[0])
        if article is None:
            near = ", ".join(map(visible, store.history.nearest(args[0]))) or "none; nothing is archived yet"
            raise UsageError(f"No article {visible(args[0])} in {folder}. The nearest: {near}", print_help=False)
        for line in history(store, article):
            print(coloured(line) if sys.stdout.isatty() else line)


def coloured(line: str) -> str:
    """Return ``line`` with what went in red and what came in green."""
    for mark, colour in COLOURS:
        line = mark.sub(lambda found, colour=colour: f"{colour}{found[0]}{PLAIN}", line)  # type: ignore[misc]
    return line
