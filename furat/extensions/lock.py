"""One crawl per archive."""

from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from furat.crawl import Crawl
from furat.lock import ArchiveLock


class Lock(ArchiveLock):
    """Holds the archive from before its store is opened until all is delivered."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        crawl = Crawl.of(crawler)
        lock = cls(crawl.folder, f"crawl {crawl.id}")
        crawler.signals.connect(lock.release, signals.engine_stopped)
        return lock
