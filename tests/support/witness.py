"""An extension that tries to take the archive while a crawl ends."""

import logging
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from furat.exceptions import Locked
from furat.frontier.crawl import Crawl
from furat.store import Store
from furat.store.lock import ArchiveLock

logger = logging.getLogger(__name__)


class Witness:
    """Tells whether another could have the archive when the end of the crawl was not noted yet."""

    def __init__(self, crawl: Crawl) -> None:
        self.crawl = crawl

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        witness = cls(Crawl.of(crawler))
        crawler.signals.connect(witness.engine_stopped, signals.engine_stopped)
        return witness

    def engine_stopped(self) -> None:
        try:
            with ArchiveLock(self.crawl.folder, "witness"), Store.at(self.crawl.folder):
                logger.warning("The archive was free")
        except Locked:
            logger.warning("The archive was held")
