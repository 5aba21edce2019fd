"""What the parts of a crawl share: its parameters, its store, its counters and the one way to stop it."""

from asyncio import Future, ensure_future
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from furat.exceptions import Stop
from furat.frontier.deletions import Deletions
from furat.frontier.drift import LayoutDrift
from furat.frontier.expectations import Expectations
from furat.frontier.turns import Turns
from furat.frontier.walks import Walks
from furat.options import flag
from furat.sites import Access
from furat.store import Store

GATHER = 0.5
"""Seconds after which pending writes are committed; after a kill, the next crawl repeats what was not committed."""


@dataclass(frozen=True, eq=False)
class Crawl:
    """One run of a spider."""

    id: str
    spider: str
    """The spider's name."""

    site: str
    """The address of the site's home page."""

    folder: Path
    """The folder that holds the site's archive and feeds."""

    since: date | None
    """The first day asked for."""

    until: date | None
    """The last day asked for."""

    crawler: Crawler = field(repr=False)
    access: Access = field(default=Access(), repr=False)
    """What is sent to the site alone."""

    def __str__(self) -> str:
        """Return the id, as `%(crawl)s` in the address of a feed has it."""
        return self.id

    @staticmethod
    def of(crawler: Crawler) -> "Crawl":
        """Return the crawl that ``crawler`` runs; raise NotConfigured if its spider is not one of Furat's.

        Scrapy then leaves out the component that raised it.
        """
        crawl = getattr(crawler.spider, "crawl", None)
        if not isinstance(crawl, Crawl):
            raise NotConfigured
        return crawl

    @property
    def rereads(self) -> bool:
        """Whether it reads pages that were captured before: an article may be among them several times."""
        return self.spider == "warc"

    @cached_property
    def held(self) -> ExitStack:
        """The lock and the archive that this crawl holds; closed at its end, the archive first."""
        return ExitStack()

    @cached_property
    def store(self) -> Store:
        """The archive, opened on first use: after the lock was taken."""
        return self.held.enter_context(Store.at(self.folder, gather=GATHER))

    @cached_property
    def watches_layout(self) -> bool:
        """Whether pages that lack what the site's articles usually have are held back (FURAT_QUARANTINE)."""
        return flag(self.crawler.settings, "FURAT_QUARANTINE")

    @cached_property
    def drift(self) -> LayoutDrift:
        """Which fields the site's articles have, and whether its pages still give them."""
        return LayoutDrift(self.store.articles.coverage(), watches=self.watches_layout)

    @cached_property
    def deletions(self) -> Deletions:
        """The articles that this crawl finds missing."""
        return Deletions(self.store, believes_all=not self.watches_layout)

    @cached_property
    def walks(self) -> Walks:
        """The walks of the listings."""
        return Walks(self.store.listings)

    @cached_property
    def turns(self) -> Turns:
        """Whose turn it is, walks' or visits'."""
        return Turns(holds_feed=self.store.held.exist())

    @cached_property
    def expectations(self) -> Expectations:
        """How many posts the site says it has."""
        return Expectations()

    @cached_property
    def shutdown(self) -> "Shutdown":
        """The one way to stop this crawl early."""
        return Shutdown(self.crawler)

    def count(self, what: str, number: int = 1) -> None:
        """Add ``number`` to the crawl's statistic ``what``."""
        assert self.crawler.stats
        self.crawler.stats.inc_value(f"furat/{what}", number)

    def counted(self, what: str) -> int:
        """Return the crawl's statistic ``what``."""
        assert self.crawler.stats
        return int(self.crawler.stats.get_value(f"furat/{what}", 0))


class Shutdown:
    """Stops a crawl early, once: the first reason counts."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.why: Stop | None = None
        self._closing: Future[None] | None = None

    def begin(self, why: Stop) -> Stop:
        """Stop the crawl, and return why it stops: ``why``, unless it was already stopping for another reason."""
        if self.why is None:
            self.why = why
            assert self.crawler.engine
            self._closing = ensure_future(self.crawler.engine.close_spider_async(reason=why.reason))
        return self.why
