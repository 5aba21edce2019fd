"""The feed: its lines, and its file, all of it or none of it."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Self

import orjson
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.exporters import JsonLinesItemExporter
from w3lib.url import file_uri_to_path

from furat.crawl import Crawl
from furat.items import Article
from furat.store.joining import LINES


class Lines(JsonLinesItemExporter):
    """Writes JSON Lines in UTF-8 (jsonlines.org)."""

    def export_item(self, item: Any) -> None:
        """Write one line."""
        is_article = type(item) is Article
        record = dict(self._columns(item) if is_article else self.get_serialized_fields(item))
        self.file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))

    def _columns(self, article: Article) -> Iterator[tuple[str, Any]]:
        """Return what Scrapy would, which asks of each item anew what fields it has: ten times as slow."""
        return ((column, getattr(article, name)) for name, column in self._names)

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        """The fields of an article that are wanted, and what they are called in the feed."""
        own, wanted = [field.name for field in fields(Article)], self.fields_to_export
        columns = wanted if isinstance(wanted, Mapping) else {name: name for name in wanted or own}
        return [(name, column) for name, column in columns.items() if name in own]


class WholeFile:
    """Keeps a feed beside its final name until all of the crawl is in it.

    The extension `Deliver` gives it that name, or joins it with the file that is appended to.
    """

    def __init__(self, uri: str, crawl: Crawl, *, overwrite: bool) -> None:
        self.path = Path(file_uri_to_path(uri) if uri.startswith("file:") else uri)
        self.crawl = crawl
        self.overwrite = overwrite

    @classmethod
    def from_crawler(cls, crawler: Crawler, uri: str, *, feed_options: dict[str, Any]) -> Self:
        """Raise UsageError where the file could not be written; Scrapy would only find out when there is an item."""
        feed = cls(uri, Crawl.of(crawler), overwrite=feed_options.get("overwrite", False))
        if "%(" not in uri:  # a template names its folder when the spider opens
            feed.try_out()
        return feed

    def try_out(self) -> None:
        """Raise UsageError where the feed's folder can't be written."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with TemporaryFile(dir=self.path.parent):
                pass
        except OSError as error:
            raise UsageError(f"The feed {self.path} can't be written: {error}; choose another with -o or -O") from None

    def open(self, spider: Spider) -> IO[bytes]:
        """Return the file to write to; its name keeps readers from taking it for a feed."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        kind = ".part" if self.overwrite else LINES
        part = self.path.with_name(f".{self.path.name}.{self.crawl.id}{kind}")
        self.crawl.store.deliveries.open(part, self.path, self.crawl.id)
        return part.open("wb")

    def store(self, file: IO[bytes]) -> None:
        """Bring the feed to the disk; raise OSError where that fails."""
        with file:
            file.flush()
            os.fsync(file.fileno())
