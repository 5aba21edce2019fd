"""Reads the archive in bulk: as JSON, without building an object for each article."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import unquote

from furat.store.connection import Connection
from furat.store.packed import unpack


@dataclass(frozen=True, slots=True)
class Shard:
    """A range of articles in the order in which they were first seen, including those that are gone."""

    number: int
    after: str
    """Where the run before it ends in that order: the moment and the id of an article, a space between."""

    last: str
    """Where it ends itself."""

    state: str
    """A value that changes with every article, revision or state that is added to it."""


class Exports:
    """The articles of the archive as JSON, in the order in which they were first seen."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def latest(self, shard: Shard | None = None) -> Iterator[tuple[bytes, str]]:
        """Yield the last state of every article that is not gone: a revision, and what changed since then."""
        rows = self._connection.execute(
            f"""
            SELECT item, {CHANGE} FROM article
            JOIN revision ON revision.article = article.id AND revision.revision = article.revision
            WHERE gone IS NULL AND {WITHIN} ORDER BY {ORDER}
            """,
            _bounds(shard),
        )
        return ((unpack(item), change) for item, change in rows)

    def by_day(self) -> Iterator[tuple[bytes, str]]:
        """Yield what `latest` does, from the last day of publication to the first, and then what has none.

        Only the ids are sorted, as the limit keeps the texts out of it.
        """
        rows = self._connection.execute(
            f"""
            SELECT item, {CHANGE} FROM (
                SELECT id, revision FROM article WHERE gone IS NULL
                ORDER BY substr(published, 1, 10) DESC, {ORDER} LIMIT -1
            ) AS article
            CROSS JOIN revision ON revision.article = article.id AND revision.revision = article.revision
            """
        )
        return ((unpack(item), change) for item, change in rows)

    def fingerprint(self, shard: Shard) -> str:
        """Return the SHA-256 of the revisions of a shard's articles, as stored, and then of their states."""
        told = sha256()
        for query in (
            f"SELECT item FROM article JOIN revision ON article = id WHERE {WITHIN} ORDER BY {ORDER}, number",
            f"SELECT change FROM article JOIN state ON article = id WHERE {WITHIN} ORDER BY {ORDER}, number",
        ):
            for (stored,) in self._connection.execute(query, _bounds(shard)):
                told.update(stored if isinstance(stored, bytes) else stored.encode())
        return told.hexdigest()

    def ids(self, shard: Shard | None = None) -> list[str]:
        """Return the ids of all articles, or of those of one ``shard``, gone or not."""
        query = f"SELECT id FROM article WHERE {WITHIN} ORDER BY {ORDER}"
        return [row[0] for row in self._connection.execute(query, _bounds(shard))]

    def states(self, article: str) -> list[tuple[bytes, str]]:
        """Return every state of the article with this id, oldest first: a revision, and what changed since then."""
        rows = self._connection.execute(
            """
            SELECT item, '{}', revision, 0 AS number FROM revision WHERE article = :id
            UNION ALL
            SELECT item, change, revision, state.number FROM state JOIN revision USING (article, revision)
            WHERE article = :id ORDER BY revision, number
            """,
            {"id": article},
        )
        return [(unpack(item), change) for item, change, *_ in rows]

    def last(self, article: str) -> tuple[bytes, str] | None:
        """Return the last state of the article with this id, or None if it is gone."""
        row = self._connection.execute(
            f"""
            SELECT item, {CHANGE} FROM article
            JOIN revision ON revision.article = id AND revision.revision = article.revision
            WHERE id = ? AND gone IS NULL
            """,
            (article,),
        ).fetchone()
        return (unpack(row[0]), row[1]) if row else None

    def marks(self) -> tuple[int, int]:
        """Return the numbers of the newest revision and of the newest state: both only ever grow."""
        row = self._connection.execute(
            "SELECT ifnull((SELECT max(number) FROM revision), 0), ifnull((SELECT max(number) FROM state), 0)"
        ).fetchone()
        return row[0], row[1]

    def changed(self, revision: int, state: int) -> Iterator[tuple[str, bytes, str]]:
        """Return the id and the last state (or tombstone) of articles with later revisions or states than these."""
        rows = self._connection.execute(
            f"""
            SELECT id, item, {CHANGE} FROM revision
            JOIN article ON id = revision.article AND article.revision = revision.revision WHERE number > :revision
            UNION ALL
            SELECT id, item, {CHANGE} FROM (SELECT DISTINCT article AS id FROM state WHERE number > :state)
            JOIN article USING (id)
            JOIN revision ON revision.article = id AND revision.revision = article.revision AND number <= :revision
            """,
            {"revision": revision, "state": state},
        )
        return ((article, unpack(item), change) for article, item, change in rows)

    def edited(self, limit: int) -> list[str]:
        """Return the ids of up to ``limit`` articles with more than one revision, the last edited first."""
        rows = self._connection.execute(
            """
            SELECT article FROM revision WHERE plain(item) ->> 'kind' = 'article'
            GROUP BY article HAVING count(*) > 1 ORDER BY max(number) DESC LIMIT ?
            """,
            (limit,),
        )
        return [row[0] for row in rows]

    def deleted(self, limit: int) -> list[dict[str, Any]]:
        """Return up to ``limit`` articles that are gone, the last ones first: url, title, gone, and seen."""
        rows = self._connection.execute(
            """
            SELECT url, gone, seen, (
                SELECT plain(item) ->> 'title' FROM revision
                WHERE article = id AND revision < article.revision ORDER BY revision DESC LIMIT 1
            ) AS title FROM article WHERE gone IS NOT NULL ORDER BY seen DESC LIMIT ?
            """,
            (limit,),
        )
        return [{**dict(row), "url": unquote(row["url"])} for row in rows]

    def clusters(self) -> dict[str, tuple[int, str]]:
        """Return, by id of a cluster's first article, how many of the cluster are not gone, and the first of those."""
        rows = self._connection.execute(
            f"SELECT cluster, count(*), min({KEY}), id FROM ({MEMBERS}) WHERE gone IS NULL GROUP BY cluster"
        )
        return {cluster: (size, living) for cluster, size, _, living in rows}

    def copies(self) -> dict[str, str]:
        """Return, by id of each copy, the id of the first article of its cluster, whether that is gone or not."""
        return dict(self._connection.execute("SELECT id, duplicate_of FROM article WHERE duplicate_of IS NOT NULL"))

    def members(self) -> list[tuple[str, str]]:
        """Return, for each article that has copies or is one, its sort key (see `Shard.first`) and its cluster."""
        rows = self._connection.execute(f"SELECT {KEY}, cluster FROM ({MEMBERS}) ORDER BY 1")
        return [tuple(row) for row in rows]

    def shards(self, size: int) -> list[Shard]:
        """Return ranges of ``size`` articles; the last one may be smaller, and grows.

        An article stays in its range, whatever is added or deleted later; ranges move only if a clock went back, and
        then their first and last articles differ. Revisions and states are only ever added, so their numbers show
        whether anything changed.
        """
        query = f"""
            SELECT max({KEY}), count(*), sum(revision), sum((SELECT count(*) FROM state WHERE article = id))
            FROM (SELECT {ORDER}, revision FROM article WHERE (first_seen, id) > (?, ?) ORDER BY {ORDER} LIMIT ?)
        """
        shards: list[Shard] = []
        after = ""
        while (row := self._connection.execute(query, (*_place(after), size)).fetchone())[0]:
            shards.append(Shard(len(shards), after, row[0], ".".join(map(str, (after, *row)))))
            after = row[0]
        return shards


CHANGE = """
ifnull((
    SELECT change FROM state WHERE state.article = article.id AND state.revision = article.revision
    ORDER BY state.number DESC LIMIT 1
), '{}')
"""
"""What changed since an article's last revision."""

ORDER = "first_seen, id"
KEY = "first_seen || ' ' || id"
WITHIN = "(first_seen, id) > (:after, :after_id) AND (first_seen, id) <= (:last, :last_id)"  # by the index

MEMBERS = """
SELECT duplicate_of AS cluster, first_seen, id, gone FROM article WHERE duplicate_of IS NOT NULL
UNION ALL SELECT id, first_seen, id, gone FROM article
WHERE id IN (SELECT duplicate_of FROM article WHERE duplicate_of IS NOT NULL)
"""
"""The articles that have copies or are copies: by indexes, as most articles are neither."""


def _bounds(shard: Shard | None) -> dict[str, str]:
    after, after_id = _place(shard.after) if shard else ("", "")
    last, last_id = _place(shard.last) if shard else ("\U0010ffff", "")
    return {"after": after, "after_id": after_id, "last": last, "last_id": last_id}


def _place(key: str) -> tuple[str, str]:
    first_seen, _, article = key.partition(" ")
    return first_seen, article
