"""Builds or mends an archive from WARC files, without the network."""

from asyncio import shield, sleep
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from functools import cached_property
from glob import glob
from os.path import realpath
from pathlib import Path

from scrapy import Request
from scrapy.exceptions import UsageError
from scrapy.http import Response
from scrapy.signals import response_received
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.python.failure import Failure

from furat.exceptions import Incomplete, Protected
from furat.frontier.reasons import words
from furat.frontier.requests import ArticleTask, Callback, as_seen, build, seen_by
from furat.items import Article, Tombstone
from furat.profile import ProfileGuide
from furat.spiders.article import GONE, ArticleSpider, Output
from furat.terminal import several, visible
from furat.urls import canonical, within
from furat.warc.captures import Captured, Captures
from furat.warc.strange import cure
from furat.wordpress.site_profile import SiteProfile

STEP = 50
"""The records after which others have their turn: a stop must be obeyed soon."""


class WarcSpider(ArticleSpider):
    """Reads the captured pages of a site in the order of their capture, each as if it had been visited then.

    What is no article, or not whole, is left out and makes nothing pending: no page is missing because a file lacks it.
    """

    name = "warc"
    takes = "site, files, since and until"
    answer: Callable[[Request], Response]
    """Returns the page that was captured; `ReplayMiddleware` sets it."""

    def __init__(self, site: str, files: str = "", **arguments: str) -> None:
        """``files`` is a pattern: `*` stands for any name, `**` for any folders."""
        super().__init__(site, **arguments)
        if not files:
            raise UsageError("warc needs files: scrapy crawl warc -a files='captures/*.warc.gz'")
        names = sorted(glob(files, recursive=True))  # noqa: PTH207 (it may be absolute)
        self.paths = [
            Path(realpath(name)) for name in names if not Path(name).is_dir()
        ]  # links may be dead, or circular
        if not self.paths:
            raise UsageError(f"files={files} matches no file; give a pattern like 'captures/*.warc.gz'")
        self.captures = Captures(lambda url: within(self.site, url))

    def choose(self, sections: Sequence[str]) -> None:
        """Read the pages of all sections: a page does not say on which listings it was."""

    @cached_property
    def guide(self) -> ProfileGuide | None:  # type: ignore[override]
        """The guide by which pages are read, as earlier crawls learned it."""
        return SiteProfile(self.store.checkpoints).guide

    async def start(self) -> AsyncIterator[Request]:
        for path in self.paths:
            await self._read(path)
        for _ in self.captures.resolve():
            await sleep(0)
        captures = self.captures.finish()
        self._tell_revisits()
        held = several(len(self.paths), "file"), several(len(captures), "captured page")
        self.logger.info("Read: %s, %s of %s", *held, self.site)
        for captured in captures:
            if self._is_ending:
                return
            if request := self._request(captured):
                await self._visit(request)
        for request in ():  # all pages were handed on: none is to be scheduled
            yield request

    def parse(self, response: Response, parts: tuple[Article, ...] = (), claim: str = "") -> Iterator[Output]:
        """Yield the article; nothing if the page holds none."""
        yield from self._articles(response, super().parse(response, parts, claim), is_part=bool(parts))

    def parse_guess(self, response: Response, parts: tuple[Article, ...], claim: str) -> Iterator[Output]:
        """Yield the article, with the further page if that was captured."""
        yield from self._articles(response, super().parse_guess(response, parts, claim), is_part=True)

    def failed(self, failure: Failure) -> None:
        """Note that a page was left out, such as one of a forgotten article."""
        self.crawl.count("left_out")
        self.logger.debug("Left out: %s", words(failure.value))

    def _tell_revisits(self) -> None:
        for count, what in (
            (self.captures.lost, "of a page that no file holds"),
            (self.captures.false, "by a digest that no page has which claims it"),
        ):
            if count:
                self.crawl.expectations.leave_out(f"not read: {several(count, 'revisit')} {what}")

    async def _read(self, path: Path) -> None:
        exchanges = 0
        try:
            for number, is_exchange in enumerate(self.captures.read(path), 1):
                exchanges += is_exchange
                if number % STEP == 0:
                    await sleep(0)
                    if self._is_ending:
                        return
        except OSError as error:
            self.crawl.expectations.leave_out(visible(f"{path} was not read: {error}"))
            return
        if not exchanges:
            self.crawl.expectations.leave_out(visible(f"{path} holds no response of a WARC file; {cure(path)}"))

    @property
    def _is_ending(self) -> bool:
        assert self.crawler.engine
        return self.crawler.engine.needs_backout()

    async def _visit(self, request: Request) -> None:
        """Hand the captured page to Scrapy's scraper, and wait until it is done: captures come in their order.

        Scheduler and downloader would cost half as much as the reading. A stop lets the page be finished.
        """
        assert self.crawler.engine
        response = self.answer(request)
        self.crawler.signals.send_catch_log(response_received, response=response, request=request, spider=self)
        await shield(maybe_deferred_to_future(self.crawler.engine.scraper.enqueue_scrape(response, request)))

    def _request(self, captured: Captured) -> Request | None:
        """Return the request for a capture; None if the archive has seen the article since, or must forget it."""
        if self.store.forgotten.addresses.get(canonical(captured.url)):
            self.crawl.count("left_out")
            return None
        known = self.store.articles.known_at(captured.url)
        if known and captured.seen <= known.seen:
            self.crawl.count("seen_since")
            return None
        task = ArticleTask(canonical(captured.url), known.id if known else None)
        request = build(captured.url, task, None, self.failed)
        return as_seen(request, captured.seen)

    def _articles(self, response: Response, output: Iterator[Output], *, is_part: bool) -> Iterator[Output]:
        """Yield the articles in ``output``, with their further pages; one of which no file holds a page is pending."""
        further = list[Request]()
        try:
            for each in output:
                if isinstance(each, Request):
                    further.append(each)
                elif not isinstance(each, Tombstone):
                    yield each
        except (Incomplete, Protected) as why:
            if is_part:
                raise
            self.crawl.count("left_out")
            self.logger.debug("Left out: %s (%s)", response.url, why)
        for request in further:
            assert request.callback
            yield from request.callback(self.answer(request), **request.cb_kwargs)

    def _part(  # noqa: PLR0913, PLR0917 (as in the base)
        self,
        response: Response,
        url: str,
        parts: tuple[Article, ...],
        claim: str,
        parse: Callback | None = None,
        statuses: Collection[int] = GONE,
    ) -> Request:
        request = super()._part(response, url, parts, claim, parse, statuses)
        moment = seen_by(response)
        return as_seen(request, moment) if moment else request
