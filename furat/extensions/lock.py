"""One crawl per archive."""

from typing import Self

from scrapy.crawler import Crawler

from furat.frontier.crawl import Crawl
from furat.store.folders import discard
from furat.store.lock import ArchiveLock
from furat.store.read_only import FILE


class Lock(ArchiveLock):
    """Holds the archive's lock from before the store is opened until it is closed."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        crawl = Crawl.of(crawler)
        lock = cls(crawl.folder, f"crawl {crawl.id}")
        crawl.held.callback(lock.release)
        crawl.held.callback(_tidy, crawl)
        return lock


def _tidy(crawl: Crawl) -> None:
    """Delete the folder if neither this crawl nor an earlier one archived anything in it."""
    if crawl.counted("blank") or not (crawl.folder / FILE).exists():
        discard(crawl.folder)
