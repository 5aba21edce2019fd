"""Whether this machine's clock is right: dates, and what is due, are reckoned by it."""

import sqlite3
from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from furat.clock import now
from furat.extensions.closing import crawl_closing
from furat.frontier.crawl import Crawl

OFF = timedelta(hours=1)
"""How far the clocks of this machine and of the site may lie apart."""


class CheckClock:
    """Notes how far the site's clock is from ours, by the first answer that tells (RFC 9110, section 6.6.1)."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.crawl = Crawl.of(crawler)
        self.off: timedelta | None = None
        """How far this machine's clock is ahead; None if no response gave a time."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        check = cls(crawler)
        crawler.signals.connect(check.response_received, signals.response_received)
        crawler.signals.connect(check.crawl_closing, crawl_closing)
        return check

    def response_received(self, response: Response) -> None:
        if response.headers.get("Age"):  # it comes from a cache, as of then
            return
        try:
            told = parsedate_to_datetime((response.headers.get("Date") or b"").decode("latin-1"))
            self.off = datetime.fromisoformat(now()) - told
        except (ValueError, TypeError, OverflowError):  # it tells nothing, or no zone
            return
        self.crawler.signals.disconnect(self.response_received, signals.response_received)

    def crawl_closing(self) -> None:
        """Note what is wrong, for `scrapy status` and who else is told."""
        if self.off is not None:
            seconds = self.off.total_seconds()
            with suppress(sqlite3.DatabaseError):  # the verdict tells that nothing can be written
                self.crawl.store.checkpoints.set("clock", str(int(seconds)) if abs(self.off) > OFF else "")
