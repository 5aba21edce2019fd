"""The base class of Furat's spiders: the site, the range of days, the crawl."""

import secrets
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Self

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from furat import urls
from furat.exceptions import Unreachable
from furat.frontier.crawl import Crawl
from furat.items import DELIVERED
from furat.options import data_folder
from furat.pages import Entry
from furat.sites import site_named
from furat.sites.site import address_of
from furat.spiders.prepared import prepare
from furat.store import Store
from furat.store.folders import settled
from furat.terminal import SITE

FEEDS = {"%(folder)s/feed/%(name)s-%(crawl_id)s.jsonl": {"format": "jsonlines", "overwrite": True}}
"""Each crawl has a file of its own, so there is nothing to append to."""


class SiteSpider(Spider):
    """A spider that crawls one site into one folder."""

    takes = "site, sections, since and until"
    crawl: Crawl
    """What this run shares with Furat's other components; only Furat's spiders have it."""

    def __init__(self, site: str, since: str = "", until: str = "", **unknown: str) -> None:
        """Raise UsageError if an argument is not understood; Scrapyd's own (`_job`) are ignored."""
        super().__init__()
        strange = sorted(name for name in unknown if not name.startswith("_"))
        if strange:
            raise UsageError(f"Unknown argument {strange[0]!r}; {self.name} takes {self.takes}")
        self.site = address_of(site)
        self.since = _day("since", since)
        self.until = _day("until", until)
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"since={since} is after until={until}; swap them")
        self.crawl_id = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Add the crawl's own feed to those that the project, `-o` and `-O` name.

        `FEED_EXPORT_FIELDS={}` adds the fields that only the archive has otherwise: `items.STORED`.
        """
        super().update_settings(settings)
        above = SETTINGS_PRIORITIES["cmdline"] + 1  # the process sets its own settings on its crawlers once more
        settings.set("FEEDS", {**FEEDS, **settings.getdict("FEEDS")}, priority=above)
        settings.set("FEED_EXPORT_FIELDS", DELIVERED, priority="addon")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: str, **kwargs: str) -> Self:
        """Return the spider of the site that `site` names, with the settings of that site."""
        site = site_named(crawler.settings, kwargs.pop("site", ""))
        site.apply(crawler.settings)
        prepare(crawler.settings)
        spider = super().from_crawler(crawler, *args, **{**kwargs, "site": site.address})
        if site.sections:
            spider.choose(site.sections)
        folder = settled(data_folder(crawler.settings), spider.site)
        SITE.set(SITE.get() or folder.name)
        spider.crawl = Crawl(
            spider.crawl_id, spider.name, spider.site, folder, spider.since, spider.until, crawler, site.access
        )
        return spider

    def choose(self, sections: Sequence[str]) -> None:
        """Crawl these ``sections`` alone, unless others were asked for."""
        raise UsageError(f"{self.name} knows no sections, and sites.toml names some for {self.site}: {sections[0]}")

    @property
    def folder(self) -> Path:
        """The folder that holds the site's archive and feeds."""
        return self.crawl.folder

    @property
    def store(self) -> Store:
        """The archive."""
        return self.crawl.store

    def must_lead_here(self, url: str, addresses: Collection[str]) -> None:
        """Raise Unreachable if all ``addresses`` that ``url`` shows are on other sites: nothing could be archived."""
        if addresses and not any(urls.within(self.site, address) for address in addresses):
            there = f"{url} links to nothing on {self.site}, but for instance to {next(iter(addresses))}"
            raise Unreachable(f"{there}; give the address of the site's home page as --site ADDRESS")

    def foretell(self, posts: int, requests: int) -> None:
        """Log what a first archive of up to so many ``posts`` will take at the pace that is set."""
        if posts and not self.store.crawls.counts()["articles"]:
            pace = self.crawler.settings.getfloat("DOWNLOAD_DELAY")
            least = (
                f"{timedelta(seconds=round(requests * pace))} hours or more" if pace else "as long as the site takes"
            )
            self.logger.info(
                "First archive: up to %s posts, about %s requests, %s", f"{posts:,}", f"{requests:,}", least
            )

    @property
    def _is_partial(self) -> bool:
        """Whether walks leave out entries, because of `since` or `until`."""
        return bool(self.since or self.until)

    def _is_in_range(self, entry: Entry) -> bool:
        day = (entry.published or "")[:10]
        too_early = self.since and day and day < self.since.isoformat()
        too_late = self.until and day and day > self.until.isoformat()
        return not (too_early or too_late)

    def _is_past(self, entries: tuple[Entry, ...]) -> bool:
        since = self.since and self.since.isoformat()
        return bool(since and entries and all(entry.published and entry.published[:10] < since for entry in entries))


def _day(argument: str, value: str) -> date | None:
    try:
        day = date.fromisoformat(value) if value else None
    except ValueError:
        day = date.max
    if day in (date.min, date.max):  # the day before or after it can't be computed
        raise UsageError(f"{argument}={value} is not a date; use YYYY-MM-DD")
    return day
