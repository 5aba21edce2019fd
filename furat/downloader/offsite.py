"""Keeps links and redirects from leaving the site."""

from typing import Self
from urllib.parse import urljoin

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware
from scrapy.exceptions import NotConfigured

from furat.exceptions import OffSite
from furat.frontier.crawl import Crawl
from furat.urls import anonymous, authority, within


class OnSiteMiddleware:
    """Refuses every request that leaves the spider's site: to another host or port, or outside its path.

    Unlike Scrapy's own it makes no exception for subdomains or `dont_filter`, and it lets
    the request fail: its visit stays pending, with the reason.
    """

    def __init__(self, crawl: Crawl) -> None:
        self.crawl = crawl

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self | OffsiteMiddleware:
        """Return Scrapy's own middleware for a spider that is not one of Furat's."""
        try:
            return cls(Crawl.of(crawler))
        except NotConfigured:
            return OffsiteMiddleware.from_crawler(crawler)

    def process_request(self, request: Request) -> None:
        """Raise OffSite if ``request`` leaves the site, unless it reads the robots.txt of its host."""
        site, url = self.crawl.site, anonymous(request.url)
        is_own = within(site, url) and url == request.url  # with a user name, it would be requested as that user
        if not (is_own or _is_robots(site, request.url)):
            self.crawl.count("offsite")
            raise OffSite(url, site)


def _is_robots(site: str, url: str) -> bool:
    """Return whether ``url`` is the robots.txt of the site's host (RFC 9309)."""
    return url == urljoin(url, "/robots.txt") and authority(url) == authority(site)
