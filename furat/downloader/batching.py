"""Pages that arrive at about the same time, handed on together."""

from asyncio import Future, TimerHandle, get_running_loop
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

MOST = 16
"""Pages in a burst."""

LONGEST = 0.05
"""Seconds for which the first of a burst waits for others: one may be long in coming."""


class ResponseBatching:
    """Hands pages on in bursts: those whose requests are under way at the same time.

    To download, read and archive in turns fills the processor's caches anew for each page;
    to do each for several saves a tenth of the CPU. Where a crawl pauses between its
    requests, as by default, hardly ever is another under way, and pages do not wait.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.waiting: list[Future[None]] = []
        self.timer: TimerHandle | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Return ``response`` as it is, once its burst is whole or has waited for `LONGEST`."""
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
        """Return what is done when the burst is."""
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
            if not turn.done():  # a crawl that ends calls off what it waits for
                turn.set_result(None)
