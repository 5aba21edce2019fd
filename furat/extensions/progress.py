"""How far a crawl has come, for the person who waits."""

import logging
from time import monotonic
from typing import Any, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from furat.options import flag

logger = logging.getLogger(__name__)

INTERVAL = 30
"""Seconds between two lines of a log that is no terminal."""

BLINK = 0.1
"""Seconds between two looks of the bar."""


class ShowProgress:
    """Tells how many listings were read, and how many of the owed articles were visited.

    On a terminal this is a bar, elsewhere a line of the log now and then.
    """

    def __init__(self, crawler: Crawler, console: Console) -> None:
        self.crawler = crawler
        self.told = monotonic()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self.bar = Progress(*columns, console=console, disable=not console.is_terminal)
        self.task = self.bar.add_task("reading listings", total=None)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not flag(crawler.settings, "FURAT_PROGRESS"):
            raise NotConfigured
        progress = cls(crawler, Console(stderr=True))
        for name in ("spider_opened", "response_received", "spider_closed"):
            crawler.signals.connect(getattr(progress, name), getattr(signals, name))
        return progress

    def spider_opened(self) -> None:
        self.bar.start()

    def response_received(self) -> None:
        interval = INTERVAL if self.bar.disable else BLINK
        if monotonic() - self.told > interval:
            self.told = monotonic()
            self._tell()

    def _tell(self) -> None:
        assert self.crawler.stats
        counts: dict[str, Any] = self.crawler.stats.get_stats()
        listings, owed, visited = (counts.get(f"furat/{what}", 0) for what in ("listings", "pending", "visited"))
        self.bar.update(self.task, description=f"{listings} listings, articles:", total=owed or None, completed=visited)
        if self.bar.disable:
            logger.info("%d listings read, %d of %d articles visited", listings, visited, owed)

    def spider_closed(self) -> None:
        if not self.bar.disable:
            self._tell()
        self.bar.stop()
