"""Keeps requests from articles that the operator had forgotten."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from furat.exceptions import Forgotten
from furat.frontier.crawl import Crawl
from furat.urls import canonical


class ForgottenMiddleware:
    """Refuses every request for an address that is known to lead to a forgotten article, also after a redirect."""

    def __init__(self, crawl: Crawl) -> None:
        self.crawl = crawl

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(Crawl.of(crawler))

    def process_request(self, request: Request) -> None:
        """Raise Forgotten if ``request`` is for a forgotten article."""
        addresses = self.crawl.store.forgotten.addresses
        article = addresses.get(canonical(request.url)) if addresses else None
        if article:
            raise Forgotten(article)
