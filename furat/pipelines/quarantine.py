"""Holds back pages that lack fields which the site's articles usually have."""

from typing import Self

from scrapy.crawler import Crawler

from furat.exceptions import Suspect
from furat.frontier.crawl import Crawl
from furat.frontier.drift import LayoutDrift, repeating
from furat.items import Article, lacking
from furat.pipelines.step import ArticleStep
from furat.store import Store
from furat.store.known import origin


class Quarantine(ArticleStep):
    """Drops an article as suspect if it lacks fields that the site's articles, or its own earlier states, have.

    Articles from the API pass: its fields have names, and don't depend on a layout. (A witness whose page tells no date
    has that of the API, too, and is judged all the same.)
    """

    def __init__(self, store: Store, drift: LayoutDrift) -> None:
        self.store = store
        self.drift = drift
        self.last = store.articles.last()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        crawl = Crawl.of(crawler)
        return cls(crawl.store, crawl.drift)

    def process(self, article: Article) -> Article:
        if origin(article) == "api" and not self.drift.asked:
            return article
        lacks = (*lacking(article), *repeating(article, self.last))
        odd = self.drift.judge(article.id, lacks, self._lacked_before(article) if lacks else ())
        self.last = article
        if odd:
            raise Suspect(", ".join(f"no {name}" for name in odd), article.id, odd)
        return article

    def _lacked_before(self, article: Article) -> tuple[str, ...]:
        """Return the fields that the archived state of ``article`` lacks, or shares with the article visited before."""
        known = self.store.articles.find(article.id) or self.store.articles.find(article.url)
        return (*lacking(known), *repeating(known, self.last)) if known else ()
