"""Archives as sources of a corpus."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import orjson
import pyarrow as pa

from furat.corpus.parts import PART, Part
from furat.corpus.stages import of
from furat.corpus.tables import tables
from furat.datasets.columns import Column
from furat.datasets.reader import Reader
from furat.datasets.release import state_of
from furat.datasets.selection import Selection
from furat.datasets.takedowns import takedowns
from furat.exceptions import Damaged
from furat.store import Store
from furat.store.exports import Shard
from furat.store.read_only import FILE, opened_to_read


class Archive:
    """An open archive."""

    identity = ("id",)
    """The columns that tell an article's state from all others in the source."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The ids that its list of takedowns names, and those of all copies of their text."""
        left_out, copies = takedowns(self._store, self._folder).ids, self._reader.copies
        clusters = {copies.get(article, article) for article in left_out}
        return left_out.union(clusters, (copy for copy, first in copies.items() if first in clusters))

    def parts(self) -> Iterator[Part]:
        """Yield its shards, and its hidden articles that are gone."""
        members = self._store.exports.members()
        shards = self._store.exports.shards(PART) or [Shard(0, "", "", "")]
        for shard in shards:
            yield Part(shard.number, shard, shard.state, state_of(shard, self._reader, members))
        if gone := self._gone():
            yield Part(len(shards), None, of(*map(str, gone)), "")

    def articles(self, part: Part, wanted: Sequence[Column]) -> Iterator[pa.Table]:
        """Yield the articles of a part: the columns that are ``wanted``."""
        lines = self._reader.lines(part.where) if part.where else iter(self._gone())
        return tables(lines, str(self._folder / FILE), wanted)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self._store, Selection())

    def _gone(self) -> list[bytes]:
        """Return hidden articles that the site has deleted: their copies elsewhere must be known to be hidden too."""
        return [line for article in sorted(self.hidden) for line in self._last_text(article)]

    def _last_text(self, article: str) -> list[bytes]:
        if self._store.exports.last(article):
            return []
        told = [orjson.loads(item) | orjson.loads(change) for item, change in self._store.exports.states(article)]
        return [orjson.dumps(state) for state in told if state["kind"] == "article"][-1:]


@contextmanager
def opened_archive(folder: Path) -> Iterator[Archive]:
    """Yield the archive in ``folder``; a crawl may be writing to it."""
    try:
        with opened_to_read(folder) as store:
            yield Archive(store, folder)
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{folder / FILE}: {error}; run `scrapy check-archive` to see what is damaged") from None
