"""Steps that fail for some articles, or take their time: what a faulty pipeline does to a crawl."""

from asyncio import sleep
from pathlib import Path
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from furat.items import Article


class Failing:
    """Raises what nobody expects."""

    failures: dict[int, type[Exception]] = {0: RuntimeError}
    """What is raised, by the post's number modulo 4."""

    def process_item(self, item: Article) -> Article:
        failure = self.failures.get((item.post_id or 0) % 4)
        if failure:
            raise failure(f"no luck with {item.id}")
        return item


class FailingLate(Failing):
    """Does so for another fourth, and drops one more."""

    failures = {1: RuntimeError, 2: DropItem}


class FailingAlways(Failing):
    """Does so for all."""

    failures = dict.fromkeys(range(4), RuntimeError)


class Held:
    """Makes the file `got` beside the archives for an article, and holds that until somebody stops the crawl."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.got = Path(crawler.settings["FURAT_DATA"]).with_name("got")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_item(self, item: Article) -> Article:
        self.got.touch()
        while self.crawler.crawling:  # noqa: ASYNC110 (Scrapy has no event for it)
            await sleep(0.01)
        return item
