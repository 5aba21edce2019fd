"""One process that refreshes many sites, so that start-up is paid for once."""

import asyncio
import os
import signal
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from furat.cli.ending import Ended, ended
from furat.cli.fleet import BEGUN, Group
from furat.cli.watching import tell_end, watch_beginning
from furat.outcomes import ExitCode
from furat.sites import Site
from furat.terminal import SITE

ECHO = 2.0
"""Seconds within which two signals are one."""

LONGEST = 1000
"""The most letters of a reason that are reported."""


class Worker(AsyncCrawlerProcess):
    """Refreshes several sites at a time; those of one host one after another, at that host's pace."""

    def __init__(self, settings: Settings, groups: Sequence[Group], door: Connection) -> None:
        super().__init__(settings)
        self.groups = deque(groups)
        self.door = door
        self.lanes: list[asyncio.Task[None]] = []
        self.stopping = asyncio.Event()
        self.asked = 0.0
        """When a signal asked for the end."""

    def work(self, lanes: int) -> None:
        """Refresh all sites, ``lanes`` at a time."""
        loop = asyncio.get_event_loop()
        self.lanes = [loop.create_task(self._lane()) for _ in range(min(lanes, len(self.groups)))]
        loop.create_task(self._end())  # noqa: RUF006 (the loop ends with it)
        self.start(stop_after_crawl=False)

    async def stop(self) -> None:
        """Begin no other site, end those in progress, and wait until their ends are reported."""
        self.stopping.set()
        await super().stop()
        await asyncio.wait(self.lanes)

    def _signal_shutdown(self, signum: int, _: Any) -> None:
        self.asked = monotonic()
        super()._signal_shutdown(signum, _)

    def _signal_kill(self, signum: int, _: Any) -> None:
        """Take a second signal for haste, unless it comes at once: systemd sends to all that which is passed on too."""
        if monotonic() - self.asked > ECHO:
            super()._signal_kill(signum, _)

    async def _end(self) -> None:
        await asyncio.wait(self.lanes)
        self._stop_reactor()

    async def _lane(self) -> None:
        while self.groups and not self.stopping.is_set():
            pause = 0.0
            for site in self.groups.popleft():
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.stopping.wait(), pause)
                if self.stopping.is_set():
                    return
                pause = await self._refresh(site)

    async def _refresh(self, site: Site) -> float:
        """Refresh one site, and return after how many seconds its host may get the next request."""
        SITE.set(site.name)
        self._tell(site, BEGUN)
        crawler = self.create_crawler("refresh")
        watch_beginning(crawler)
        task = self.crawl(crawler, site=site.name)
        await asyncio.wait([task])
        try:
            end = ended(task, crawler)
            await asyncio.to_thread(tell_end, crawler, end)
        except Exception as error:  # noqa: BLE001 (any error concerns this site only)
            end = Ended(ExitCode.CRASHED, repr(error))
        self._tell(site, replace(end, why=end.why[:LONGEST]))
        return crawler.settings.getfloat("DOWNLOAD_DELAY")

    def _tell(self, site: Site, what: Ended | str) -> None:
        try:
            self.door.send((site.name, what))
        except OSError:  # the process that started this one is gone
            self.stopping.set()


def refresh(settings: Settings, lanes: int, groups: Sequence[Group], door: Connection) -> None:
    """Refresh ``groups`` of sites in this forked process, ``lanes`` at a time."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with suppress(OSError):
        os.setpgid(0, 0)  # it gets the terminal's signals once, from the process that started it
    with suppress(SystemExit):
        Worker(settings, groups, door).work(lanes)
    door.close()
