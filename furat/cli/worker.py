"""One process that refreshes many sites: what start-up costs is paid once."""

import asyncio
import os
import signal
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from furat.cli.ending import Ended, ended
from furat.cli.fleet import BEGUN, Group
from furat.outcomes import ExitCode
from furat.sites import Site
from furat.terminal import SITE

LONGEST = 1000
"""Letters of a reason."""


class Worker(AsyncCrawlerProcess):
    """Refreshes sites, several at a time; those of one host one after another, at the pace of the host."""

    def __init__(self, settings: Settings, groups: Sequence[Group], door: Connection) -> None:
        super().__init__(settings)
        self.groups = deque(groups)
        self.door = door
        self.lanes: list[asyncio.Task[None]] = []
        self.is_stopping = False

    def work(self, lanes: int) -> None:
        """Refresh all, so many side by side."""
        loop = asyncio.get_event_loop()
        self.lanes = [loop.create_task(self._lane()) for _ in range(min(lanes, len(self.groups)))]
        loop.create_task(self._end())  # noqa: RUF006 (the loop ends with it)
        self.start(stop_after_crawl=False)

    async def stop(self) -> None:
        """Begin no other site, end those that are under way, and wait until it is told how they ended."""
        self.is_stopping = True
        await super().stop()
        await asyncio.wait(self.lanes)

    async def _end(self) -> None:
        await asyncio.wait(self.lanes)
        self._stop_reactor()

    async def _lane(self) -> None:
        while self.groups and not self.is_stopping:
            pause = 0.0
            for site in self.groups.popleft():
                await asyncio.sleep(pause)
                if self.is_stopping:
                    return
                pause = await self._refresh(site)

    async def _refresh(self, site: Site) -> float:
        """Refresh one site, and return after how many seconds its host may be asked again."""
        SITE.set(site.name)
        self._tell(site, BEGUN)
        crawler = self.create_crawler("refresh")
        task = self.crawl(crawler, site=site.name)
        await asyncio.wait([task])
        try:
            end = ended(task, crawler)
        except Exception as error:  # noqa: BLE001 (whatever it is, it is of this site alone)
            end = Ended(ExitCode.CRASHED, repr(error))
        self._tell(site, replace(end, why=end.why[:LONGEST]))
        return crawler.settings.getfloat("DOWNLOAD_DELAY")

    def _tell(self, site: Site, what: Ended | str) -> None:
        try:
            self.door.send((site.name, what))
        except OSError:  # whoever began all this is gone
            self.is_stopping = True


def refresh(settings: Settings, lanes: int, groups: Sequence[Group], door: Connection) -> None:
    """Refresh ``groups`` of sites in this process, which is a fork, so many ``lanes`` side by side."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with suppress(OSError):
        os.setpgid(0, 0)  # what a terminal sends reaches it once, through the process that began it
    with suppress(SystemExit):
        Worker(settings, groups, door).work(lanes)
    door.close()
