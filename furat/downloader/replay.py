"""Answers the requests of `scrapy crawl warc` from WARC files, and nothing from the network."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse, Response

from furat.clock import now
from furat.downloader.challenges import protection
from furat.frontier.crawl import Crawl
from furat.frontier.requests import as_seen, capture, seen_by
from furat.store.sources import Source
from furat.warc.captures import Captured, Captures, page_of
from furat.warc.exchange import digest
from furat.warc.reader import Kept

NOT_CAPTURED = 404


class ReplayMiddleware:
    """Answers with the page that was captured at the request's moment, otherwise with the last one, otherwise 404."""

    def __init__(self, crawl: Crawl, captures: Captures) -> None:
        self.folder = crawl.folder.resolve()
        self.captures = captures

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Have the spider ask it directly, too."""
        captures = getattr(crawler.spider, "captures", None)
        if not isinstance(captures, Captures):
            raise NotConfigured
        replay = cls(Crawl.of(crawler), captures)
        crawler.spider.answer = replay.process_request  # type: ignore[union-attr]
        return replay

    def process_request(self, request: Request) -> Response:
        """Return the captured page."""
        captured = self.captures.at(request.url, seen_by(request) or now())
        page = page_of(captured) if captured else None
        response = self._response(request, captured, page) if captured and page else None
        if response is None or protection(response):
            return Response(request.url, status=NOT_CAPTURED, request=request)
        return response

    def _response(self, request: Request, captured: Captured, page: Kept) -> Response:
        request = as_seen(request, captured.seen)
        if captured.path.is_relative_to(self.folder):
            name = str(captured.path.relative_to(self.folder))
            if name.isprintable() and not captured.inside:  # no other names a record that is found again
                capture(request, Source("", 0, name, page.offset, page.record, digest(page.body), ""))
        body = page.page()
        headers = {"Content-Type": page.content_type}  # others are of then: validators, dates, lengths
        return HtmlResponse(request.url, headers=headers, body=body, request=request)
