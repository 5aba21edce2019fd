"""Sends a site's own headers, password and proxy (from `sites.toml`) to that site only."""

from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from furat.frontier.crawl import Crawl
from furat.sites import Access
from furat.urls import authority


class AccessMiddleware:
    """Adds the site's headers, credentials and proxy to each request to it, unless the connection is less safe."""

    def __init__(self, site: str, access: Access) -> None:
        self.site = site
        self.headers = dict(access.headers)
        if access.authorization:
            self.headers["Authorization"] = access.authorization.decode("latin-1")
        self.proxy = access.proxy

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        crawl = Crawl.of(crawler)
        if crawl.access == Access():
            raise NotConfigured
        return cls(crawl.site, crawl.access)

    def process_request(self, request: Request) -> None:
        """Add them to ``request``, or remove them after a redirect to another address."""
        is_safe = urlsplit(request.url).scheme in {"https", urlsplit(self.site).scheme}
        if authority(request.url) == authority(self.site) and is_safe:
            request.headers.update(self.headers)
        else:
            for name in self.headers:
                request.headers.pop(name, None)
        if self.proxy:
            request.meta["proxy"] = self.proxy
