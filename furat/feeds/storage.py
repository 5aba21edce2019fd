"""The file of a feed: all of it or none of it."""

import os
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Self

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured, UsageError
from scrapy.extensions.feedexport import FileFeedStorage
from w3lib.url import file_uri_to_path

from furat.frontier.crawl import Crawl
from furat.store.joining import LINES


class AtomicFileStorage:
    """Keeps a feed beside its final name until all of the crawl is in it.

    The extension `Deliver` gives it that name, or joins it with the file that is appended to.
    """

    def __init__(self, uri: str, crawl: Crawl, *, overwrite: bool) -> None:
        self.path = Path(file_uri_to_path(uri) if uri.startswith("file:") else uri)
        self.crawl = crawl
        self.overwrite = overwrite

    @classmethod
    def from_crawler(cls, crawler: Crawler, uri: str, *, feed_options: dict[str, Any]) -> Self | FileFeedStorage:
        """Return Scrapy's own storage for a spider that is not one of Furat's.

        Raise UsageError where the file could not be written; Scrapy would only find out when there is an item.
        """
        try:
            crawl = Crawl.of(crawler)
        except NotConfigured:
            return FileFeedStorage(uri, feed_options=feed_options)
        feed = cls(uri, crawl, overwrite=feed_options.get("overwrite", False))
        if "%(" not in uri:  # a template names its folder when the spider opens
            feed.try_out()
        return feed

    def try_out(self) -> None:
        """Raise UsageError where the feed's folder can't be written."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with TemporaryFile(dir=self.path.parent):
                pass
        except OSError as error:
            raise UsageError(f"The feed {self.path} can't be written: {error}; choose another with -o or -O") from None

    def open(self, spider: Spider) -> IO[bytes]:
        """Return the file to write to; its name keeps readers from taking it for a feed."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        kind = ".part" if self.overwrite else LINES
        part = self.path.with_name(f".{self.path.name}.{self.crawl.id}{kind}")
        self.crawl.store.deliveries.open(part, self.path, self.crawl.id)
        return part.open("wb")

    def store(self, file: IO[bytes]) -> None:
        """Bring the feed to the disk; raise OSError where that fails."""
        with file:
            file.flush()
            os.fsync(file.fileno())
