"""What the parts of a crawl may know of it, and the store that they share."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler

from furat.frontier.drift import LayoutDrift
from furat.options import flag
from furat.store import Store

GATHER = 0.5
"""Seconds after which all that waits is committed; what waits, a killed crawl does again."""

_crawls: WeakKeyDictionary[Crawler, "Crawl"] = WeakKeyDictionary()


@dataclass(frozen=True)
class Crawl:
    """One run of a spider."""

    id: str
    spider: str
    """The spider's name."""

    site: str
    """The address of the site's home page."""

    folder: Path
    """Where everything of the site lives."""

    since: date | None
    """The first day asked for."""

    until: date | None
    """The last day asked for."""

    watches: bool
    """Whether pages that lack what is usual on the site are held back."""

    @staticmethod
    def of(crawler: Crawler) -> "Crawl":
        """Return the crawl that ``crawler`` runs, to every part the same; its spider is made before any other part."""
        if crawler not in _crawls:
            spider: Any
            spider = crawler.spider
            watches = flag(crawler.settings, "FURAT_QUARANTINE")
            _crawls[crawler] = Crawl(
                spider.crawl, spider.name, spider.site, spider.folder, spider.since, spider.until, watches
            )
        return _crawls[crawler]

    @cached_property
    def store(self) -> Store:
        """The archive, opened when it is first asked for: after the lock was taken."""
        return Store.at(self.folder, gather=GATHER)

    @cached_property
    def drift(self) -> LayoutDrift:
        """What the site's articles have, and whether its pages still give it."""
        return LayoutDrift(self.store.articles.coverage(), watches=self.watches)
