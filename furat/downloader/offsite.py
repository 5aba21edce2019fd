"""Links and redirects never lead off the site."""

from typing import Self
from urllib.parse import urljoin

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware
from scrapy.exceptions import IgnoreRequest, NotConfigured

from furat.frontier.crawl import Crawl
from furat.urls import anonymous, authority, within


class OnSiteMiddleware:
    """Refuses every request that leaves the spider's site: another host, another port, above its path.

    Unlike Scrapy's own it knows no exceptions, neither subdomains nor `dont_filter`,
    and it lets the request fail: what was to be read there stays pending, with the reason.
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
        """Raise IgnoreRequest if ``request`` leaves the site, unless it reads the robots.txt of its host."""
        site, url = self.crawl.site, anonymous(request.url)
        is_own = within(site, url) and url == request.url  # with a name in it, it would be asked as that user
        if not (is_own or _is_robots(site, request.url)):
            self.crawl.count("offsite")
            raise IgnoreRequest(f"it leads off the site, to {url}")


def _is_robots(site: str, url: str) -> bool:
    """Return whether ``url`` is the robots.txt of the site's host (RFC 9309)."""
    return url == urljoin(url, "/robots.txt") and authority(url) == authority(site)
