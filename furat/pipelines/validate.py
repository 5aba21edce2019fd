"""Drops articles that are empty, or outside the dates that were asked for."""

from datetime import date
from typing import Self

from scrapy.crawler import Crawler

from furat.exceptions import Incomplete, OutOfRange
from furat.frontier.crawl import Crawl
from furat.items import Article
from furat.pipelines.step import ArticleStep


class Validate(ArticleStep):
    """Drops articles without title and text, and those published before `since` or after `until`.

    An article without a date is kept: it can't be said to be outside.
    """

    def __init__(self, since: date | None = None, until: date | None = None) -> None:
        self.since = since
        self.until = until

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        crawl = Crawl.of(crawler)
        return cls(crawl.since, crawl.until)

    def process(self, article: Article) -> Article:
        if not (article.title or article.text or article.videos or article.images):
            raise Incomplete(f"the page has neither title nor text: {article.url}", log_level="WARNING")
        if article.published and not self._is_in_range(date.fromisoformat(article.published[:10])):
            raise OutOfRange(f"published {article.published}: {article.url}", log_level="DEBUG")
        return article

    def _is_in_range(self, day: date) -> bool:
        return (self.since or day) <= day <= (self.until or day)
