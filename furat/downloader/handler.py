"""The download handler: sends each request when politeness allows it."""

from asyncio import CancelledError, Task, ensure_future
from time import monotonic
from typing import TYPE_CHECKING

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from twisted.internet.task import LoopingCall

from furat.downloader.http11 import HTTP11DownloadHandler
from furat.downloader.politeness import PolitenessMiddleware
from furat.exceptions import Stop
from furat.frontier.crawl import Crawl
from furat.options import flag
from furat.store.failure import archive_failure

if TYPE_CHECKING:
    from furat.downloader.capture import Capture

GRACE = 5.0
"""Seconds that responses in progress have to arrive after the operator ends the crawl."""

BLINK = 1.0
"""Seconds between two checks whether the operator ended the crawl."""


def _capture(crawler: Crawler) -> "Capture | None":
    """Return what captures the exchanges of ``crawler``, if FURAT_WARC is set and its spider is one of Furat's."""
    if not flag(crawler.settings, "FURAT_WARC"):
        return None
    try:
        crawl = Crawl.of(crawler)
    except NotConfigured:
        return None
    from furat.downloader.capture import Capture  # noqa: PLC0415 (an extra, which others need not install)

    return Capture(crawl)


class PoliteDownloadHandler(HTTP11DownloadHandler):
    """Sends a request when the crawl's politeness allows it.

    A middleware would decide too early: after the middlewares a request waits behind
    others, and one of these may be refused meanwhile. A crawl that the operator ends
    does not wait for slow responses.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.crawler = crawler
        self.under_way: set[Task[Response]] = set()
        self.timer = LoopingCall(self._look)
        self.capture = _capture(crawler)
        if self.capture:
            self._pool._factory = self.capture.recorder.factory  # type: ignore[assignment]  # noqa: SLF001 (the only way in)
            crawler.signals.connect(self.capture.recorder.headers_received, signals.headers_received)
        self.ended: float | None = None
        """When the operator ended the crawl."""

    async def download_request(self, request: Request) -> Response:
        """Return the response to ``request``; raise Stop if no more requests may be sent."""
        politeness = self.crawler.get_downloader_middleware(PolitenessMiddleware)
        if politeness is None:  # the spider is not one of Furat's
            return await super().download_request(request)
        await politeness.leave(request)
        response = await self._answer(request)
        politeness.hear(request, response)
        if self.capture:
            self._keep(self.capture, request, response)
        return response

    async def close(self) -> None:
        """Stop checking, and close the connections."""
        if self.timer.running:
            self.timer.stop()
        await super().close()
        if self.capture:
            self.capture.files.close()

    def _keep(self, capture: "Capture", request: Request, response: Response) -> None:
        """Write the exchange; raise Stop if that fails, as nothing may be archived whose source is missing."""
        try:
            capture.keep(request, response)
        except OSError as error:
            stop = archive_failure(error, capture.crawl.folder)
            assert stop
            raise capture.crawl.shutdown.begin(stop) from error

    async def _answer(self, request: Request) -> Response:
        if not self.timer.running:
            self.timer.start(BLINK, now=False)
        answer = ensure_future(super().download_request(request))
        self.under_way.add(answer)
        answer.add_done_callback(self.under_way.discard)
        try:
            return await answer
        except CancelledError:
            raise Stop("the operator ended the crawl") from None

    def _look(self) -> None:
        assert self.crawler.engine
        if not self.crawler.engine.running:
            self.ended = self.ended or monotonic()
            if monotonic() - self.ended > GRACE:
                for answer in [*self.under_way]:
                    answer.cancel()
