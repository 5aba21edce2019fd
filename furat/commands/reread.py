"""`scrapy reread`: the command line of furat.reports.rereading."""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace

from scrapy.settings import BaseSettings
from scrapy.utils.conf import build_component_list
from scrapy.utils.misc import load_object

from furat.cli.archive_command import ArchiveCommand, article_named
from furat.items import Article
from furat.outcomes import ExitCode
from furat.reports.history import told
from furat.store import Store
from furat.store.failure import stopping
from furat.store.lock import ArchiveLock
from furat.terminal import several, visible

GATHER = 0.5
"""Seconds after which pending writes are committed."""

DECIDING = {f"furat.pipelines.{name}" for name in ("Quarantine", "Validate", "Deduplicate", "Archive")}
"""The steps that decide what becomes of an item; those before them only complete it."""


class Command(ArchiveCommand):
    """Runs today's pages over the responses that are kept; the exit code is 3 if some could not be read."""

    words = sys.maxsize

    def syntax(self) -> str:
        return "[options] [ID, NUMBER or URL …]"

    def short_desc(self) -> str:
        return "Read kept pages again (default: all), and show what would change: scrapy reread --apply"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--apply", action="store_true", help="keep today's reading, as states that were read again")

    def open(self, folder: Path) -> AbstractContextManager[Store]:
        """Return the store; with --apply one that no crawl writes to at the same time."""
        return _alone(folder) if self.opts.apply else super().open(folder)

    def work(self, store: Store, folder: Path, args: list[str]) -> None:
        from furat.reports.rereading import Reader  # noqa: PLC0415 (no other command pays for the pages)

        assert self.settings
        reader, found = Reader(store, folder, steps(self.settings)), Counter[str]()
        for each in reader.read(_chosen(store, folder, args)):
            fate = "left as they are" if each.is_left else self.change if each.differs else "as before"
            found[fate] += 1
            if each.is_left:
                print(f"Left as it is: {visible(each.before.id)}: {visible(each.why)}")
            elif each.differs and each.after:
                self._take(store, folder, each.before, each.after)
        shown = ", ".join(f"{found[fate]} {fate}" for fate in (self.change, "as before", "left as they are"))
        print(f"{several(found.total(), 'article')} read again: {shown}")
        if not found:
            print("No response is kept; with -s FURAT_WARC=True crawls keep what they receive from now on")
        self.exitcode = ExitCode.INCOMPLETE if found["left as they are"] else ExitCode.COMPLETE

    @property
    def change(self) -> str:
        """What becomes of the articles that are read in another way today."""
        return "changed" if self.opts.apply else "would change (--apply changes them)"

    def _take(self, store: Store, folder: Path, before: Article, after: Article) -> None:
        if self.opts.apply:
            with stopping(folder):
                store.articles.read_again(after)
        what, lines = told(before, after)
        print(f"{visible(before.id)}: {what if lines else 'normalized in another way'}", *lines, sep="\n")


@contextmanager
def _alone(folder: Path) -> Iterator[Store]:
    with ExitStack() as held:
        held.enter_context(ArchiveLock(folder, "scrapy reread"))
        yield held.enter_context(Store.at(folder, gather=GATHER))


def _chosen(store: Store, folder: Path, names: Iterable[str]) -> Iterable[Article]:
    ids = [article_named(store, folder, name) for name in names]
    return filter(None, map(store.articles.find, ids)) if ids else store.articles.latest()


def steps(settings: BaseSettings) -> list[Callable[[Article], Article]]:
    """Return the steps that complete an item, the operator's own too, in their order."""
    found = []
    for step in build_component_list(settings.getwithbase("ITEM_PIPELINES")):
        if step in DECIDING:
            break
        kind = load_object(step)
        crawler = SimpleNamespace(settings=settings, spider=None)
        found.append((kind.from_crawler(crawler) if hasattr(kind, "from_crawler") else kind()).process_item)
    return found
