"""Shows how far a crawl has come."""

import logging
from time import monotonic
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from furat.frontier.crawl import Crawl
from furat.options import flag

logger = logging.getLogger(__name__)

INTERVAL = 30
"""Seconds between two lines in the log if it is not a terminal."""

BLINK = 0.1
"""Seconds between two updates of the bar."""


class ShowProgress:
    """Shows how many listings were read, and how many of the pending articles were visited.

    On a terminal this is a bar, elsewhere a line in the log from time to time.
    """

    def __init__(self, crawl: Crawl, console: Console) -> None:
        self.crawl = crawl
        self.shown = monotonic()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self.bar = Progress(*columns, console=console, disable=not console.is_terminal)
        self.task = self.bar.add_task("reading listings", total=None)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not flag(crawler.settings, "FURAT_PROGRESS"):
            raise NotConfigured
        progress = cls(Crawl.of(crawler), Console(stderr=True))
        for name in ("spider_opened", "response_received", "spider_closed"):
            crawler.signals.connect(getattr(progress, name), getattr(signals, name))
        return progress

    def spider_opened(self) -> None:
        self.bar.start()

    def response_received(self) -> None:
        interval = INTERVAL if self.bar.disable else BLINK
        if monotonic() - self.shown > interval:
            self.shown = monotonic()
            self._show()

    def _show(self) -> None:
        listings, pending, visited = map(self.crawl.counted, ("listings", "pending", "visited"))
        description = f"{listings} listings, articles:"
        self.bar.update(self.task, description=description, total=pending or None, completed=visited)
        if self.bar.disable:
            logger.info("%d listings read, %d of %d articles visited", listings, visited, pending)

    def spider_closed(self) -> None:
        if not self.bar.disable:
            self._show()
        self.bar.stop()
