"""Which states of which articles a dataset holds."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any

import orjson

from furat.arabic import fold
from furat.datasets.columns import Column, Record, columns, empty
from furat.datasets.moments import point, precision
from furat.datasets.splits import Splits
from furat.store import Store
from furat.store.exports import Shard


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is asked for; everything that lives, each article in its last state, where nothing is."""

    since: date | None = None
    until: date | None = None
    """The days of publication, both included; an article without a date lies in no range."""

    sections: frozenset[str] = frozenset()
    """Names of categories, tags or sections, folded."""

    language: str = ""
    as_of: datetime | None = None
    """The moment as of which the archive is asked for; now where it is None."""

    history: bool = False
    """Whether all states are asked for, also of articles that are gone."""

    raw: bool = False
    without_duplicates: bool = False
    splits: Splits | None = None
    takedowns: frozenset[str] = frozenset()
    """Ids of articles that must not be in any dataset, nor any copy of their text."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the dataset."""
        return columns(raw=self.raw, splits=self.splits is not None, history=self.history)

    def described(self) -> dict[str, Any]:
        """Return the selection as JSON takes it, for a manifest."""
        told = asdict(self)
        return {
            **{name: str(told[name]) if told[name] else None for name in ("since", "until", "as_of", "splits")},
            **{name: told[name] for name in ("language", "history", "raw", "without_duplicates")},
            "sections": sorted(self.sections),
            "takedowns": sha256("\n".join(sorted(self.takedowns)).encode()).hexdigest() if self.takedowns else None,
        }


def end_of(day: date) -> datetime:
    """Return the last moment of ``day``, UTC.

    >>> end_of(date(2024, 6, 30)).isoformat()
    '2024-06-30T23:59:59.999999+00:00'
    """
    return datetime.combine(day, time.max, UTC)


@dataclass(slots=True)
class Reader:
    """Reads from ``store`` the records that a selection asks for, in the order in which articles were first seen."""

    store: Store
    selection: Selection
    copies: dict[str, str] = field(init=False)
    """The cluster of each article that is a copy, by the id of its first."""

    clusters: dict[str, tuple[int, str]] = field(init=False)
    """Of each cluster of copies, by the id of its first: how many live, and the first that does."""

    takedowns: frozenset[str] = field(init=False)
    """Clusters that must not be in any dataset: that of each article which was taken down."""

    order: list[str] = field(init=False)
    empty: dict[str, Any] = field(init=False)
    """What stands in each column, in their order, where nothing is known."""

    def __post_init__(self) -> None:
        selection, self.copies = self.selection, self.store.exports.copies()
        self.takedowns = frozenset(self.copies.get(article, article) for article in selection.takedowns)
        self.clusters = self._clusters_then() if selection.as_of else self.store.exports.clusters()
        self.order = [column.name for column in selection.columns]
        self.empty = {column.name: empty(column) for column in selection.columns}

    def records(self, shard: Shard | None = None) -> Iterator[Record]:
        """Yield the records of all articles, or of those of one ``shard``."""
        for record in self._states(shard) if self._looks_back else self._latest(shard):
            if self._is_wanted(record):
                yield self._complete(record)

    @property
    def _looks_back(self) -> bool:
        return self.selection.history or self.selection.as_of is not None

    def _latest(self, shard: Shard | None) -> Iterator[Record]:
        for item, change in self.store.exports.latest(shard):
            yield _loaded(item if self.selection.raw else _without_raw(item), change)

    def _states(self, shard: Shard | None = None) -> Iterator[Record]:
        for article in self.store.exports.ids(shard):
            states = [_loaded(*state) for state in self.store.exports.states(article)]
            for state, following in zip(states, [*states[1:], None], strict=True):
                state["valid_from"] = point(state["seen"])
                state["valid_to"] = point(following["seen"]) if following else None
            yield from states if self.selection.as_of is None else _stood(states, self.selection.as_of)

    def _clusters_then(self) -> dict[str, tuple[int, str]]:
        """Return the clusters as they were at the moment that is asked for."""
        found: dict[str, tuple[int, str]] = {}
        for record in self._states():
            cluster = self._cluster(record)
            size, first = found.get(cluster, (0, record["id"]))
            found[cluster] = size + 1, first
        return found

    def _is_wanted(self, record: Record) -> bool:
        chosen, cluster = self.selection, self._cluster(record)
        if record["id"] in chosen.takedowns or cluster in self.takedowns:
            return False
        if chosen.without_duplicates and self.clusters.get(cluster, (1, record["id"]))[1] != record["id"]:
            return False
        return record["kind"] != "article" or self._is_in_range(record)

    def _is_in_range(self, record: Record) -> bool:
        chosen, day = self.selection, (record["published"] or "")[:10]
        if (chosen.since or chosen.until) and not day:
            return False
        if (chosen.since and day < chosen.since.isoformat()) or (chosen.until and day > chosen.until.isoformat()):
            return False
        if chosen.language and record["language"] != chosen.language:
            return False
        names = (*record["categories"], *record["tags"], *record["sections"]) if chosen.sections else ()
        return not chosen.sections or not chosen.sections.isdisjoint(map(fold, names))

    def _complete(self, record: Record) -> Record:
        """Return ``record`` with all columns of the dataset, in their order."""
        for what in ("published", "modified"):
            moment = record.get(what)
            record[f"{what}_at"], record[f"{what}_precision"] = point(moment), precision(moment)
        cluster = self._cluster(record)
        record["cluster_size"] = self.clusters.get(cluster, (1, ""))[0]
        if self.selection.splits:
            record["split"] = self.selection.splits.of(cluster)
        if list(record) == self.order:  # as most are
            return record
        return {name: record.get(name, nothing) for name, nothing in self.empty.items()}

    def _cluster(self, record: Record) -> str:
        """Return the cluster of ``record``: today's, of all states and of the tombstone, or that of the moment."""
        article: str = record["id"]
        if self.selection.as_of:
            return record["duplicate_of"] or article
        return self.copies.get(article, article)


def _stood(states: list[Record], moment: datetime) -> list[Record]:
    """Return that of the ``states`` of an article which held at ``moment``, if it was there then.

    The last one that had begun: where a clock went back, no two hold at a time.
    """
    begun = [state for state in states if state["valid_from"] <= moment]
    return [state for state in begun[-1:] if state["kind"] == "article"]


def _loaded(item: bytes, change: str) -> Record:
    record: Record = orjson.loads(item)
    return record | orjson.loads(change) if change != "{}" else record


def _without_raw(item: bytes) -> bytes:
    """Return the JSON of an article without what was printed, which is half of it and stands in one piece.

    No text can look like a field's name: in JSON its quotes are escaped.

    >>> _without_raw(b'{"text":"a","title_raw":"b","paragraphs_raw":["c"],"guessed":false,"authors":[]}')
    b'{"text":"a","authors":[]}'
    """
    begin = item.find(b',"title_raw":')
    end = item.find(b',"authors":', begin)
    return item[:begin] + item[end:] if 0 <= begin < end else item
