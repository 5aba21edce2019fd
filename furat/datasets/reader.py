"""What an archive holds, as the records of a dataset."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from furat.datasets.columns import ARTICLE, Record, empty
from furat.datasets.moments import point, precision
from furat.datasets.selection import Selection
from furat.items import without
from furat.store import Store
from furat.store.exports import Shard

State = tuple[Record, bytes]
"""What is known of a state; where the archive has it as a dataset does, all but the text, and the whole as JSON."""

BRIEF = [column.name for column in ARTICLE if column.name != "text"]
"""The columns of an article but for its text, which most questions leave alone."""


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

    empty: dict[str, Any] = field(init=False)
    """What stands in each column, in their order, where nothing is known."""

    def __post_init__(self) -> None:
        selection, self.copies = self.selection, self.store.exports.copies()
        self.takedowns = frozenset(self.copies.get(article, article) for article in selection.takedowns)
        self.clusters = self._clusters_then() if selection.as_of else self.store.exports.clusters()
        self.empty = {column.name: empty(column) for column in selection.columns}

    def lines(self, shard: Shard | None = None, split: str = "") -> Iterator[bytes]:
        """Yield the records of all articles as JSON, or of those of one ``shard``, or one ``split``."""
        splits = self.selection.splits
        for record, json in self._states(shard) if self._looks_back else self._latest(shard):
            cluster = self._cluster(record)
            if self._is_wanted(record, cluster) and not (splits and split and splits.of(cluster) != split):
                yield self._line(record, json, cluster)

    @property
    def _looks_back(self) -> bool:
        return self.selection.history or self.selection.as_of is not None

    def _latest(self, shard: Shard | None) -> Iterator[State]:
        """Yield the last states; most need no decoding, as they lie in the archive as a dataset has them."""
        for item, change in self.store.exports.latest(shard):
            brief = orjson.loads(without(item, b',"text":'))
            if change != "{}" or self.selection.raw or list(brief) != BRIEF:
                yield orjson.loads(item) | orjson.loads(change), b""
            else:
                yield brief, without(item, b',"title_raw":')

    def _states(self, shard: Shard | None = None) -> Iterator[State]:
        for article in self.store.exports.ids(shard):
            states = [orjson.loads(item) | orjson.loads(change) for item, change in self.store.exports.states(article)]
            for state, following in zip(states, [*states[1:], None], strict=True):
                state["valid_from"] = point(state["seen"])
                state["valid_to"] = point(following["seen"]) if following else None
            for state in states if self.selection.as_of is None else _stood(states, self.selection.as_of):
                yield state, b""

    def _clusters_then(self) -> dict[str, tuple[int, str]]:
        """Return the clusters as they were at the moment that is asked for."""
        found: dict[str, tuple[int, str]] = {}
        for record, _ in self._states():
            cluster = self._cluster(record)
            size, first = found.get(cluster, (0, record["id"]))
            found[cluster] = size + 1, first
        return found

    def _is_wanted(self, record: Record, cluster: str) -> bool:
        chosen = self.selection
        if record["id"] in chosen.takedowns or cluster in self.takedowns:
            return False
        if chosen.without_duplicates and self.clusters.get(cluster, (1, record["id"]))[1] != record["id"]:
            return False
        return record["kind"] != "article" or chosen.holds(record)

    def _line(self, record: Record, json: bytes, cluster: str) -> bytes:
        """Return ``record`` as JSON with all columns of the dataset, in their order."""
        added: Record = {}
        for what in ("published", "modified"):
            moment = record.get(what)
            added[f"{what}_at"], added[f"{what}_precision"] = point(moment), precision(moment)
        added["cluster_size"] = self.clusters.get(cluster, (1, ""))[0]
        if self.selection.splits:
            added["split"] = self.selection.splits.of(cluster)
        if json:
            return json[:-1] + b"," + orjson.dumps(added)[1:]
        record |= added
        return orjson.dumps({name: record.get(name, nothing) for name, nothing in self.empty.items()})

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
