"""What the parts of a crawl may know of it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

from scrapy.crawler import Crawler


@dataclass(frozen=True, slots=True)
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

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """Return the crawl that ``crawler`` runs; its spider is made before any other part."""
        spider: Any
        spider = crawler.spider
        return cls(spider.crawl, spider.name, spider.site, spider.folder, spider.since, spider.until)
