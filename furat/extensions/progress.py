"""Shows how far a crawl has come."""

import logging
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from furat.frontier.crawl import Crawl
from furat.options import flag
from furat.terminal import several

logger = logging.getLogger(__name__)

INTERVAL = 30
"""Seconds between two lines of a log that is not a terminal, and between two notes for `scrapy status`."""

BLINK = 0.1
"""Seconds between two updates of the bar."""

ENOUGH = 10
"""Articles that tell how long others take."""

ENDED = ("visited", "from_api", "postponed", "quarantined", "gone", "protected", "not_article", "out_of_range")
"""The statistics that count articles that need no more waiting for."""


@dataclass(frozen=True, slots=True)
class Progressed:
    """How far a crawl is."""

    listings: int
    done: int
    known: int
    """The articles that are known to come, those that are done too."""

    seconds: float
    """How long it took."""

    grows: bool = False
    """Whether listings are still read, so that more may come."""

    @property
    def left(self) -> timedelta | None:
        """How long the known visits will take at the pace so far; None if too few are done to estimate it."""
        if self.done < ENOUGH or self.known <= self.done:
            return None
        return timedelta(seconds=(self.known - self.done) * self.seconds / self.done)

    def __str__(self) -> str:
        """Say what is done, what is known to come, and how long that takes.

        >>> print(Progressed(3, 100, 400, seconds=1200, grows=True))
        3 listings read, 100 of 400 articles or more, at least 60 min left
        >>> print(Progressed(3, 0, 0, 1)), print(Progressed(3, 0, 70, 1))
        3 listings read
        3 listings read, 70 articles to come
        (None, None)
        """
        read = f"{several(self.listings, 'listing')} read"
        if not self.done:
            return f"{read}, {several(self.known, 'article')} to come" if self.known else read
        more = " or more" if self.grows else ""
        left = f", {'at least' if self.grows else 'about'} {minutes(self.left)} left" if self.left else ""
        return f"{read}, {self.done} of {several(self.known, 'article')}{more}{left}"


def minutes(time: timedelta) -> str:
    """Return ``time`` as coarsely as an estimate is.

    >>> [minutes(timedelta(minutes=number)) for number in (0.2, 5, 200, 5000)]
    ['1 min', '5 min', '3 h', '3 d']
    """
    hours = time / timedelta(hours=1)
    return f"{max(hours * 60, 1):.0f} min" if hours < 2 else f"{hours:.0f} h" if hours < 48 else f"{hours / 24:.0f} d"  # noqa: PLR2004


class ShowProgress:
    """Shows how many listings were read, and how many of the articles that are known to come are done.

    On a terminal this is a bar, elsewhere a line of the log now and then; `scrapy status` shows it too.
    """

    def __init__(self, crawl: Crawl, console: Console) -> None:
        self.crawl = crawl
        self.began = self.shown = self.noted = monotonic()
        self.before = crawl.store.health.backlog().pending
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
        now = monotonic()
        if not self.bar.disable and now - self.shown > BLINK:
            self.shown = now
            self._show(self._progressed())
        if now - self.noted > INTERVAL:
            self.noted = now
            self._note(self._progressed())

    def _progressed(self) -> Progressed:
        done = sum(map(self.crawl.counted, ENDED))
        known = self.before + self.crawl.counted("pending") + self.crawl.counted("told")
        grows = bool(self.crawl.walks.unfinished)
        return Progressed(self.crawl.counted("listings"), done, max(known, done), monotonic() - self.began, grows)

    def _show(self, progressed: Progressed) -> None:
        words = f"{several(progressed.listings, 'listing')}, articles:"
        self.bar.update(self.task, description=words, total=progressed.known or None, completed=progressed.done)

    def _note(self, progressed: Progressed) -> None:
        if self.bar.disable:
            logger.info("%s", progressed)
        with suppress(sqlite3.DatabaseError):  # whoever writes next ends the crawl for it
            self.crawl.store.checkpoints.set("progress", f"{self.crawl.id} {progressed}")

    def spider_closed(self) -> None:
        if not self.bar.disable:
            self._show(self._progressed())
        self.bar.stop()
