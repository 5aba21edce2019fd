"""Completes dates with what their page does not say: the site's time zone and the day of the visit."""

from dataclasses import replace
from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from furat.arabic import parse_date
from furat.items import Article
from furat.pipelines.step import ArticleStep


class ResolveDate(ArticleStep):
    """Adds the site's zone to times without one, and resolves dates that are printed relative to the visit."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        name = crawler.settings["FURAT_TIMEZONE"]
        try:
            return cls(ZoneInfo(name))
        except (ValueError, ZoneInfoNotFoundError):
            raise UsageError(f"FURAT_TIMEZONE={name} is not a time zone; write it like Asia/Damascus") from None

    def process(self, article: Article) -> Article:
        published = article.published or self._relative(article.published_raw, article.seen)
        moments = self._zoned(published), self._zoned(article.modified)
        if moments == (article.published, article.modified):
            return article
        return replace(article, published=moments[0], modified=moments[1])

    def _relative(self, printed: str | None, seen: str) -> str | None:
        parsed = parse_date(printed, datetime.fromisoformat(seen).astimezone(self.zone)) if printed and seen else None
        return parsed.value.isoformat() if parsed and parsed.precision != "month" else None

    def _zoned(self, moment: str | None) -> str | None:
        if moment is None or "T" not in moment:
            return moment
        value = datetime.fromisoformat(moment)
        return (value if value.tzinfo else value.replace(tzinfo=self.zone)).isoformat()
