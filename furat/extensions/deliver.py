"""Feeds get their names when all of them are whole."""

from collections import Counter
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import FeedExporter, FeedSlot

from furat.crawl import Crawl
from furat.store import Store


class Deliver:
    """Delivers the crawl's feeds, if every item of the crawl is in each of them."""

    def __init__(self, crawler: Crawler) -> None:
        crawl = Crawl.of(crawler)
        self.crawler = crawler
        self.crawl = crawl.id
        self.store = Store.at(crawl.folder)
        self.scraped = 0
        self.written: Counter[str] = Counter()
        self.store.deliveries.recover()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        deliver = cls(crawler)
        crawler.signals.connect(deliver.item_scraped, signals.item_scraped)
        crawler.signals.connect(deliver.feed_slot_closed, signals.feed_slot_closed)
        crawler.signals.connect(deliver.feed_exporter_closed, signals.feed_exporter_closed)
        return deliver

    def item_scraped(self) -> None:
        self.scraped += 1

    def feed_slot_closed(self, slot: FeedSlot) -> None:
        self.written[slot.uri_template] += slot.itemcount

    def feed_exporter_closed(self) -> None:
        exporter, stats = self.crawler.get_extension(FeedExporter), self.crawler.stats
        assert exporter
        assert stats
        failed = any(name.startswith("feedexport/failed_count/") for name in stats.get_stats())
        if not failed and all(self.written[uri] == self.scraped for uri in exporter.feeds):
            stats.set_value("furat/feeds", self.store.deliveries.finish(self.crawl))
            stats.set_value("furat/delivered", self.scraped)
        self.store.close()
