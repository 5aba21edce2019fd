"""The file of a feed: all of it or none of it."""

import errno
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Self

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured, UsageError
from scrapy.extensions.feedexport import FileFeedStorage, StdoutFeedStorage

from furat.files import check_regular, creating, flush, is_at, path_of
from furat.frontier.crawl import Crawl
from furat.store.joining import LINES

STDOUT = ("/dev/stdout", "file:///dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
"""What other tools are told where `-o -` is not understood."""


class AtomicFileStorage:
    """Keeps a feed beside its final name until all of the crawl is in it.

    The extension `Deliver` gives it that name, or joins it with the file that is appended to.
    """

    def __init__(self, uri: str, crawl: Crawl, *, overwrite: bool) -> None:
        self.path = path_of(uri)
        self.crawl = crawl
        self.overwrite = overwrite

    @classmethod
    def from_crawler(
        cls, crawler: Crawler, uri: str, *, feed_options: dict[str, Any]
    ) -> Self | FileFeedStorage | StdoutFeedStorage:
        """Return Scrapy's own storage for a spider that is not one of Furat's.

        Raise UsageError where the file could not be written; Scrapy would only find out when there is an item.
        """
        if uri in STDOUT:
            return StdoutFeedStorage("stdout:", feed_options=feed_options)
        try:
            crawl = Crawl.of(crawler)
        except NotConfigured:
            return FileFeedStorage(uri, feed_options=feed_options)
        feed = cls(uri, crawl, overwrite=feed_options.get("overwrite", False))
        if "%(" not in uri:  # a template names its folder when the spider opens
            feed.try_out()
        return feed

    def try_out(self) -> None:
        """Raise UsageError where the feed can't be written, or what stands there would be destroyed."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            check_regular(self.path)
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
        return creating(part)

    def store(self, file: IO[bytes]) -> None:
        """Bring the feed to the disk; raise OSError where that fails, or where others took the file away."""
        with file:
            flush(file)
            if not is_at(file, Path(file.name)):
                raise OSError(errno.ENOENT, "moved or deleted while the crawl wrote it", file.name)
