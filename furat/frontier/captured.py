"""Items that know the WARC records they were read from, on their way to the archive."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TypeVar

from scrapy.http import Response

from furat.frontier.requests import sources_of
from furat.items import Article, Tombstone
from furat.store.sources import Source

Item = TypeVar("Item", bound=Article | Tombstone)

OF_ARTICLE, OF_TOMBSTONE = (tuple(field.name for field in fields(kind)) for kind in (Article, Tombstone))


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedArticle(Article):
    """An article whose page was captured."""

    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedTombstone(Tombstone):
    """A tombstone whose reason was captured."""

    sources: tuple[Source, ...] = ()


def captured(item: Item, response: Response | None) -> Item:
    """Return ``item`` with the records of ``response``, which it was read from; unchanged if there are none."""
    return with_sources(item, sources_of(response) if response is not None else ())


def with_sources(item: Item, sources: tuple[Source, ...]) -> Item:
    """Return ``item`` with these ``sources``; unchanged if there are none.

    >>> with_sources(Article(id="example.org/7", url=""), ()) == Article(id="example.org/7", url="")
    True
    """
    if not sources:
        return item
    kind = CapturedArticle if isinstance(item, Article) else CapturedTombstone
    return kind(**_values(item), sources=sources)  # type: ignore[arg-type, return-value]


def merged(item: Article, parts: Iterable[Article]) -> Article:
    """Return ``item`` with the sources of all ``parts`` that it was put together from."""
    return with_sources(item, tuple(source for part in parts for source in parted(part)[1]))


def parted(item: Item) -> tuple[Item, tuple[Source, ...]]:
    """Return ``item`` as it is archived and delivered, and its sources."""
    match item:
        case CapturedArticle():
            return Article(**_values(item)), item.sources  # type: ignore[arg-type, return-value]
        case CapturedTombstone():
            return Tombstone(**_values(item)), item.sources  # type: ignore[arg-type, return-value]
    return item, ()


def _values(item: Article | Tombstone) -> dict[str, object]:
    return {name: getattr(item, name) for name in (OF_ARTICLE if isinstance(item, Article) else OF_TOMBSTONE)}
