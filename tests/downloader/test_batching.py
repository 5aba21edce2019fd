"""Pages that are under way at the same time are handed on together."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy import Request
from scrapy.http import Response

from furat.downloader.batching import MOST, ResponseBatching
from tests.replica import Fault, Replica, serve
from tests.support.crawls import LONG, Crawler
from tests.support.sites import When

REQUEST, PAGE = Request("https://example.org/"), Response("https://example.org/")


class Downloads:
    """Requests of two hosts that are under way."""

    def __init__(self, first: int, second: int = 0) -> None:
        self.slots = {
            str(host): SimpleNamespace(transferring=set(range(number))) for host, number in enumerate((first, second))
        }
        crawler: Any = SimpleNamespace(engine=SimpleNamespace(downloader=self))
        self.bursts = ResponseBatching.from_crawler(crawler)
        self.handed_on: list[Response] = []

    async def arrive(self, host: int = 0) -> None:
        self.slots[str(host)].transferring.pop()
        self.handed_on.append(await self.bursts.process_response(REQUEST, PAGE))

    async def let_run(self) -> None:
        for _ in range(3):
            await asyncio.sleep(0)


def test_a_page_that_is_alone_waits_for_nothing() -> None:
    downloads = Downloads(1)
    arrival = downloads.arrive()

    with pytest.raises(StopIteration):
        cast("Any", arrival).send(None)

    assert downloads.handed_on == [PAGE]


def test_pages_wait_for_all_that_are_under_way() -> None:
    async def scene() -> None:
        downloads = Downloads(1, 2)
        tasks = [asyncio.ensure_future(downloads.arrive(host)) for host in (0, 1)]
        await downloads.let_run()
        assert downloads.handed_on == []

        await downloads.arrive(host=1)
        await downloads.let_run()

        assert downloads.handed_on == [PAGE] * 3
        assert all(task.done() for task in tasks)

    asyncio.run(scene())


def test_a_burst_has_an_end() -> None:
    async def scene() -> None:
        downloads = Downloads(3 * MOST)
        tasks = [asyncio.ensure_future(downloads.arrive()) for _ in range(2 * MOST + 1)]
        await downloads.let_run()

        assert len(downloads.handed_on) == 2 * MOST
        await asyncio.wait_for(asyncio.gather(*tasks), LONG)

    asyncio.run(scene())


def test_no_page_waits_for_long() -> None:
    async def scene() -> None:
        downloads = Downloads(2)
        await asyncio.wait_for(downloads.arrive(), LONG)

        assert downloads.slots["0"].transferring
        assert downloads.handed_on == [PAGE]

    asyncio.run(scene())


def test_a_burst_that_is_whole_cuts_no_later_one_short() -> None:
    async def scene() -> None:
        downloads = Downloads(2)
        waiting = asyncio.ensure_future(downloads.arrive())
        await downloads.let_run()
        timer = downloads.bursts.timer
        await downloads.arrive()
        await waiting

        assert timer
        assert timer.cancelled()

    asyncio.run(scene())


def test_a_page_that_is_called_off_holds_no_other() -> None:
    async def scene() -> None:
        downloads = Downloads(3)
        called_off, other = (asyncio.ensure_future(downloads.arrive()) for _ in range(2))
        await downloads.let_run()
        called_off.cancel()
        await asyncio.wait_for(other, LONG)

        assert called_off.cancelled()

    asyncio.run(scene())


def test_a_crawl_goes_on_while_one_page_is_long_in_coming(crawl: Crawler) -> None:
    with serve(Replica(20, feeds=False)) as site:
        first = Fault("^/[^/.]+/$", "held", times=1)
        site.faults = [When("^/%[^/]+/2/$", happens=first.release), first]
        done = crawl(site.url)
        articles = len(site.truth())

    assert first.released.done(), "an article of several pages that came meanwhile was not read"
    assert (done.exit_code, len(done.records)) == (0, articles)
