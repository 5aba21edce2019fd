"""Hands on pages that arrive at about the same time together."""

from asyncio import Future, TimerHandle, get_running_loop
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

MOST = 16
"""The most pages in a batch."""

LONGEST = 0.05
"""The most seconds for which the first page of a batch waits for others."""


class ResponseBatching:
    """Hands pages on in batches: those whose requests are in progress at the same time.

    Downloading, reading and archiving page by page refills the processor's caches each time;
    doing each step for several pages saves a tenth of the CPU. If a crawl pauses between
    requests, as by default, there is hardly ever another in progress, and no page waits.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.waiting: list[Future[None]] = []
        self.timer: TimerHandle | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Return ``response`` unchanged, once its batch is complete or has waited for `LONGEST` seconds."""
        if len(self.waiting) + 1 < MOST and self._expects_more:
            await self._turn()
        else:
            self._release()
        return response

    @property
    def _expects_more(self) -> bool:
        assert self.crawler.engine
        return any(slot.transferring for slot in self.crawler.engine.downloader.slots.values())

    def _turn(self) -> Future[None]:
        """Return a future that is done when the batch is handed on."""
        loop = get_running_loop()
        if not self.waiting:
            self.timer = loop.call_later(LONGEST, self._release)
        turn = loop.create_future()
        self.waiting.append(turn)
        return turn

    def _release(self) -> None:
        if self.timer:
            self.timer.cancel()
        waiting, self.waiting = self.waiting, []
        for turn in waiting:
            if not turn.done():  # a crawl that ends cancels what it waits for
                turn.set_result(None)
