"""Writes a feed to a hidden file; `extensions.deliver` gives it its final name once all of it is on the disk."""

import errno
import os
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Self

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured, UsageError
from scrapy.extensions.feedexport import FileFeedStorage, StdoutFeedStorage

from furat.files import STDOUT, check_regular, creating, flush, is_at, path_of
from furat.frontier.crawl import Crawl
from furat.store.joining import HIDDEN, LINES


class AtomicFileStorage:
    """Writes a feed beside its final name until it holds the whole crawl.

    The extension `Deliver` then renames it, or appends its lines to the existing file.
    """

    def __init__(self, uri: str, crawl: Crawl, *, overwrite: bool) -> None:
        self.path = path_of(uri)
        self.part = self.path
        """The file as it is written."""
        self.crawl = crawl
        self.overwrite = overwrite

    @classmethod
    def from_crawler(
        cls, crawler: Crawler, uri: str, *, feed_options: dict[str, Any]
    ) -> Self | FileFeedStorage | StdoutFeedStorage:
        """Return the storage of a feed; Scrapy's own for a spider that is not one of Furat's.

        Raises UsageError if the file can't be written; Scrapy would find that out only at the first item.
        """
        if str(path_of(uri)) in STDOUT:
            return StdoutFeedStorage("stdout:", feed_options=feed_options)
        try:
            crawl = Crawl.of(crawler)
        except NotConfigured:
            return FileFeedStorage(uri, feed_options=feed_options)
        check_options(uri, feed_options)
        feed = cls(uri, crawl, overwrite=feed_options.get("overwrite", False))
        if "%(" not in uri:  # the path of a template is known only when the spider opens
            feed.try_out()
        return feed

    def try_out(self) -> None:
        """Raise UsageError if the feed can't be written, or its path is not a regular file."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            check_regular(self.path)
            self._check_name()
            with TemporaryFile(dir=self.path.parent):
                pass
        except OSError as error:
            raise UsageError(f"The feed {self.path} can't be written: {error}; choose another with -o or -O") from None

    def open(self, spider: Spider) -> IO[bytes]:
        """Return the file to write to; its hidden name keeps readers from taking it for a feed."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.part = self._hidden(".part" if self.overwrite else LINES)
        self.crawl.store.deliveries.open(self.part, self.path, self.crawl.id)
        return creating(self.part)

    def store(self, file: IO[bytes]) -> None:
        """Flush the feed to the disk; raise OSError if that fails, or if the file was moved or deleted."""
        with file:
            flush(file)
            if not is_at(file, self.part):
                raise OSError(errno.ENOENT, "moved or deleted while the crawl wrote it", str(self.part))

    def _hidden(self, suffix: str) -> Path:
        return self.path.with_name(f".{self.path.name}.{self.crawl.id}{suffix}")

    def _check_name(self) -> None:
        """Raise OSError if a hidden name of the feed would be too long, though its own is not."""
        longest = max(map(self._hidden, HIDDEN), key=lambda path: len(path.name))
        if len(os.fsencode(longest.name)) > os.pathconf(self.path.parent, "PC_NAME_MAX"):
            raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), str(longest))


def check_options(uri: str, options: dict[str, Any]) -> None:
    """Raise UsageError if a feed with these ``options`` would not hold each record exactly once, unchanged."""
    is_appended = not options.get("overwrite", False)
    if options.get("postprocessing") and is_appended:
        raise UsageError(f"{uri} is compressed, so readers would stop where -o begins to append; use -O instead of -o")
    if options.get("batch_item_count") or options.get("item_filter"):
        setting = "FEED_EXPORT_BATCH_ITEM_COUNT" if options.get("batch_item_count") else "item_filter"
        raise UsageError(f"{setting} leaves records out of {uri}; use `scrapy dataset` with --since or --sections")
