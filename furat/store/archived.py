"""Reads archived articles: each one, in the last state in which it was seen."""

import json
from array import array
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import cast

from furat.items import Article, from_json
from furat.store.connection import Connection
from furat.store.known import Known, origin
from furat.store.tally import Tally
from furat.urls import canonical


class Archived:
    """The articles of the archive, each in its last state."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._tally = Tally(connection)
        self._changes = 0
        self._found: dict[tuple[str, str], Known | None] = {}

    def known(self, article: str) -> Known | None:
        """Return what the archive knows about the article with this id; None if it knows none."""
        return self._known("article WHERE id = ?", article)

    def known_at(self, url: str) -> Known | None:
        """Return what the archive knows about the article at the address ``url``; None if it knows none."""
        return self._known("address JOIN article ON id = article WHERE address.url = ?", canonical(url))

    def has_copies(self, article: str) -> bool:
        """Return whether the article with this id is the first of a cluster of copies."""
        query = "SELECT 1 FROM article WHERE duplicate_of = ? LIMIT 1"
        return self._connection.execute(query, (article,)).fetchone() is not None

    def clusters(self) -> Iterator[tuple[Article, Iterator[Article]]]:
        """Yield the last state of every article that has copies, with those of its copies, in archiving order."""
        rows = self._connection.execute(
            """
            SELECT first.id, copy.id FROM article AS copy JOIN article AS first ON first.id = copy.duplicate_of
            ORDER BY first.rowid, copy.rowid
            """
        ).fetchall()
        for first, copies in groupby(rows, itemgetter(0)):
            ids = [copy for _, copy in copies]
            yield self._last(first), map(self._last, ids)

    def coverage(self) -> dict[tuple[str, ...], int]:
        """Return how many articles lack each combination of fields."""
        return {tuple(lacks.split()): number for lacks, number in self._tally.lacking().items()}

    def find(self, name: str) -> Article | None:
        """Return the last state of the article with this id or address."""
        known = self.known(name) or self.known_at(name)
        return self._last(known.id) if known else None

    def tells_more(self, article: Article) -> bool:
        """Return whether the archive has much more text of ``article``, from its page, than the API returns now."""
        last = self.find(article.id)
        return last is not None and origin(last) != origin(article) and len(article.text) < ENOUGH * len(last.text)

    def numbers(self) -> "array[int]":
        """Return the WordPress numbers of all articles that are not gone, sorted, each once."""
        query = "SELECT DISTINCT post_id FROM article WHERE gone IS NULL AND post_id NOT NULL ORDER BY post_id"
        return array("q", (number for (number,) in self._connection.execute(query)))

    def posts(self, numbers: Iterable[int]) -> list[tuple[int, str, str]]:
        """Return number, address and id of the articles that are not gone and have one of these WordPress numbers."""
        rows = self._connection.execute(
            "SELECT post_id, url, id FROM article WHERE gone IS NULL AND post_id IN (SELECT value FROM json_each(?))",
            (json.dumps([*numbers]),),
        )
        return [tuple(row) for row in rows]

    def archived_posts(self, numbers: Collection[int]) -> set[int]:
        """Return those of the post ``numbers`` that are archived, even if they are gone or forgotten by now."""
        query = (
            "SELECT post_id FROM article WHERE post_id IN (SELECT value FROM json_each(?1)) UNION ALL"
            " SELECT value FROM json_each(?1) WHERE EXISTS (SELECT 1 FROM forgotten WHERE article LIKE '%/' || value)"
        )
        return {row[0] for row in self._connection.execute(query, (json.dumps([*numbers]),))}

    def last(self) -> Article | None:
        """Return the article that was archived last; None if the last records of the archive are all tombstones."""
        row = self._connection.execute(
            "SELECT item FROM current WHERE number > (SELECT max(number) FROM revision) - ?"
            " AND item ->> 'kind' = 'article' ORDER BY number DESC LIMIT 1",
            (RECENT,),
        ).fetchone()
        return cast("Article", from_json(row["item"])) if row else None

    def newest(self) -> Article | None:
        """Return the last state of the article that was published last."""
        row = self._connection.execute(
            "SELECT id FROM (SELECT id FROM article WHERE published NOT NULL ORDER BY published DESC LIMIT 1)"
            " UNION ALL SELECT * FROM (SELECT id FROM article WHERE first_seen > '' ORDER BY first_seen DESC LIMIT 1)"
        ).fetchone()
        return self._last(row["id"]) if row else None

    def latest(self) -> Iterator[Article]:
        """Return every article that is not gone in its last state, in the order of archiving."""
        rows = self._connection.execute(
            "SELECT item, change FROM current JOIN article ON id = article AND article.revision = current.revision"
            " WHERE gone IS NULL ORDER BY number"
        )
        return (cast("Article", from_json(*row)) for row in rows)

    def _known(self, where: str, value: str) -> Known | None:
        """Return what a query finds; the answer is kept until something is written."""
        if self._connection.changes != self._changes:
            self._changes = self._connection.changes
            self._found.clear()
        if (where, value) not in self._found:
            row = self._connection.execute(f"{KNOWN} FROM {where}", (value,)).fetchone()
            self._found[where, value] = Known(*row) if row else None
        return self._found[where, value]

    def _last(self, article: str) -> Article:
        row = self._connection.execute(
            "SELECT item, change FROM current WHERE article = ? AND item ->> 'kind' = 'article'"
            " ORDER BY number DESC LIMIT 1",
            (article,),
        ).fetchone()
        return cast("Article", from_json(*row))


KNOWN = (
    "SELECT id, post_id, revision, digest, first_seen, crawl, suspected_by, gone, article.seen, origin, other_digest,"
    " suspected_at, suspected_status, looks, next_look, lacks"
)
"""The columns of `Known`."""

RECENT = 1000
"""How many of the last records are searched for an article."""

ENOUGH = 2 / 3
"""The least share of a page's text that the API returns if it returns all of it."""
