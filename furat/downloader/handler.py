"""The last thing before the wire."""

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from furat.downloader.politeness import PolitenessMiddleware


class PoliteDownloadHandler(HTTP11DownloadHandler):
    """Sends a request when the crawl's politeness allows it.

    Earlier would be too early: what has passed the middlewares waits for its turn
    behind other requests, and one of these may be refused meanwhile.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.crawler = crawler

    async def download_request(self, request: Request) -> Response:
        """Return the answer to ``request``; raise Stop where the crawl is to ask for no more."""
        politeness = self.crawler.get_downloader_middleware(PolitenessMiddleware)
        if politeness is None:  # the spider is not one of Furat's
            return await super().download_request(request)
        await politeness.leave(request)
        response = await super().download_request(request)
        politeness.hear(request, response)
        return response
