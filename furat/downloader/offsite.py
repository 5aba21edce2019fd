"""Links and redirects never lead off the site."""

from typing import Any, Self
from urllib.parse import urljoin

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware
from scrapy.exceptions import IgnoreRequest

from furat.urls import authority, within


class OnSiteMiddleware(OffsiteMiddleware):
    """Refuses every request that leaves the spider's site: another host, another port, above its path.

    Unlike Scrapy's own it knows no exceptions, neither subdomains nor `dont_filter`,
    and it lets the request fail: what was to be read there stays owed, with the reason.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler.stats)
        middleware.crawler = crawler
        return middleware

    def process_request(self, request: Request, spider: Any = None) -> None:
        """Raise IgnoreRequest where ``request`` leaves the site."""
        site = self.crawler.spider
        assert site
        if not self.should_follow(request, site):
            self.stats.inc_value("furat/offsite")
            raise IgnoreRequest(f"it leads off the site, to {request.url}")

    def should_follow(self, request: Request, spider: Spider) -> bool:
        """Return whether ``request`` stays on the spider's site, or reads the robots.txt of its host (RFC 9309)."""
        site: str = spider.site  # type: ignore[attr-defined]
        return within(site, request.url) or _is_robots(site, request.url)


def _is_robots(site: str, url: str) -> bool:
    return url == urljoin(url, "/robots.txt") and authority(url) == authority(site)
