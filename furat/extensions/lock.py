"""One crawl per archive."""

from typing import Self

from scrapy.crawler import Crawler

from furat.frontier.crawl import Crawl
from furat.store.lock import ArchiveLock


class Lock(ArchiveLock):
    """Holds the archive's lock from before the store is opened until it is closed."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        crawl = Crawl.of(crawler)
        lock = cls(crawl.folder, f"crawl {crawl.id}")
        crawl.held.callback(lock.release)
        return lock
