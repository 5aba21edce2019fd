"""One crawl per archive."""

import os
import socket
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout
from scrapy import signals
from scrapy.crawler import Crawler

from furat.clock import now
from furat.crawl import Crawl
from furat.exceptions import Locked


class Lock:
    """Holds the archive from before its store is opened until all is delivered.

    The system frees the lock of a process that dies.
    """

    def __init__(self, folder: Path, crawl: str) -> None:
        """Take the lock of the site's ``folder``.

        Raises Locked where another crawl holds it, OSError where the folder can't be written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self.owner = folder / "lock.owner"
        self.lock = FileLock(folder / "lock")
        try:
            self.lock.acquire(blocking=False)
        except Timeout:
            raise Locked(f"{folder} is held by {self._holder()}; wait for it to end") from None
        self.owner.write_text(
            f"crawl {crawl}, process {os.getpid()} on {socket.gethostname()}, since {now()}\n", "utf-8"
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        crawl = Crawl.of(crawler)
        lock = cls(crawl.folder, crawl.id)
        crawler.signals.connect(lock.engine_stopped, signals.engine_stopped)
        return lock

    def engine_stopped(self) -> None:
        self.owner.unlink(missing_ok=True)
        self.lock.release()

    def _holder(self) -> str:
        try:
            return self.owner.read_text("utf-8").strip()
        except OSError:
            return "another crawl"
