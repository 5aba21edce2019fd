"""`scrapy show`: prints one article for a person to read."""

import argparse
import sys
from pathlib import Path
from textwrap import wrap
from urllib.parse import unquote

from scrapy.exceptions import UsageError

from furat.cli.archive_command import ArchiveCommand, article_named
from furat.items import Article
from furat.store import Store
from furat.terminal import RIGHT_TO_LEFT, visible


class Command(ArchiveCommand):
    """Prints an article."""

    words = 1

    def syntax(self) -> str:
        return "[options] [ID, NUMBER or URL]"

    def short_desc(self) -> str:
        return "Print one article of the archive (default: the newest) for a person to read"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--source",
            action="store_true",
            help="print the response that it was read from, as received; > FILE keeps it",
        )

    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        article = store.articles.find(article_named(store, folder, args[0])) if args else store.articles.newest()
        if article is None:
            raise UsageError(f"No article is archived in {folder} yet", print_help=False)
        if self.opts.source:
            self._print_source(store, folder, article.id)
            return
        known = store.articles.known(article.id)
        print(page(article, gone=known.gone if known else None, hidden=store.history.hidden(article.id)))

    def _print_source(self, store: Store, folder: Path, article: str) -> None:
        """Print the bytes to a file or a pipe; what a person can read to a terminal."""
        from furat.reports.source import messages, readable  # noqa: PLC0415 (no other command pays for it)

        for source, message in messages(store, folder, article):
            if sys.stdout.isatty():
                print(*readable(source, message), sep="\n")
            else:
                sys.stdout.buffer.write(message)


def page(article: Article, width: int = 76, gone: int | None = None, hidden: str | None = None) -> str:
    """Return ``article`` as lines of at most ``width`` letters, each in its own direction.

    ``gone`` is the HTTP status of its tombstone, ``hidden`` the reason why it could not be
    read at its last visit.
    """
    about = {
        "by": "، ".join(article.authors),
        "published": article.published,
        "in": "، ".join(article.categories),
        "tags": "، ".join(article.tags),
        "seen on": "، ".join(article.sections),
        "at": unquote(article.url),
        "gone": f"from the site (HTTP {gone}); `scrapy history` shows when" if gone else None,
        "since then": f"it {hidden}" if hidden else None,
        "copy of": article.duplicate_of,
        "id": f"{article.id}, revision {article.revision}, seen {article.seen}",
    }
    lines = [
        visible(article.title),
        "=" * min(width, len(article.title)),
        *(f"{label}: {visible(value)}" for label, value in about.items() if value),
    ]
    for paragraph in article.text.split("\n\n"):
        lines += ["", *(RIGHT_TO_LEFT + line for line in wrap(visible(paragraph), width))]
    return "\n".join(lines)
