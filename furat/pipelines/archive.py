"""The last step: writes items to the archive, and passes new and changed ones on to the feed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from furat.duplicates import DuplicateIndex
from furat.exceptions import Duplicate, Early, Forgotten, Unchanged
from furat.frontier.captured import parted
from furat.frontier.crawl import Crawl
from furat.frontier.turns import Turns
from furat.items import Article, Redelivered, Tombstone
from furat.store import Store
from furat.store.known import fate
from furat.store.sources import Source

FATES = ("mark", "drop")


class Archive:
    """Archives articles and tombstones, and links copies; only new and changed items go on to the feed.

    An article is compared with others within the write that archives it, so that no other
    article can come between. One that has copies stays the first of its cluster, however
    its text changes.
    """

    def __init__(self, store: Store, crawl: str, *, drops_duplicates: bool, turns: Turns | None = None) -> None:
        self.store = store
        self.crawl = crawl
        self.turns = turns or Turns()
        self.index = DuplicateIndex(store.signatures)
        self.drops_duplicates = drops_duplicates

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        crawl, copies = Crawl.of(crawler), crawler.settings["FURAT_DUPLICATES"]
        if copies not in FATES:
            raise UsageError(f"FURAT_DUPLICATES={copies} is unknown; choose {' or '.join(FATES)}")
        return cls(crawl.store, crawl.id, drops_duplicates=copies == "drop", turns=crawl.turns)

    def process_item(self, item: Article | Tombstone) -> Any:
        if isinstance(item, Redelivered):
            self.store.deliveries.enter(item.id, item.revision, self.crawl)
            return item
        if item.id in self.store.forgotten.ids:
            raise Forgotten(item.id)
        is_held = self.turns.holds_feed
        state = self._add(*parted(item), is_held=is_held)
        if state is None:
            raise Unchanged(item.id, log_level="DEBUG")
        if self.drops_duplicates and isinstance(state, Article) and self._is_told(state):
            self.store.deliveries.withhold(state.id, state.revision)
            raise Duplicate(f"{state.id} is a copy of {state.duplicate_of}", log_level="DEBUG")
        if is_held:
            raise Early(state.id, fate(state))
        return state

    def _is_told(self, article: Article) -> bool:
        """Return whether the site still has the article that ``article`` copies; a text published again is no copy."""
        first = self.store.articles.known(article.duplicate_of) if article.duplicate_of else None
        return first is not None and first.gone is None

    def _add(
        self, item: Article | Tombstone, sources: Sequence[Source], *, is_held: bool
    ) -> Article | Tombstone | None:
        if isinstance(item, Tombstone):
            return self.store.articles.write_tombstone(item, None if is_held else self.crawl, sources)
        return self.store.articles.add(item, self._linked, is_held=is_held, sources=sources)

    def _linked(self, article: Article) -> Article:
        match = self.index.add(article.id, article.title, article.text)
        if match is None or self.store.articles.has_copies(article.id):
            return article
        return replace(article, duplicate_of=match.of, duplicate_kind=match.kind, similarity=match.similarity)
