"""The signatures of archived articles, by which copies are found without reading the texts again."""

import json
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import cast

from furat.store.connection import Connection

BATCH = 4096
"""How many signatures are looked up in memory before all their clues go into the table `clue` at once.

That table is as large as the archive. A single row costs the writing of a whole page;
in a batch, every page takes several rows.
"""

RENEWED = 256
"""How many articles are signed again in one write."""

Place = tuple[int, str]
"""An article's number in the order of archiving, and its id."""


class Signatures:
    """The rows of the index; furat.duplicates knows what they mean.

    Its changes are part of the surrounding write. If that fails, memory may know an id
    that the file does not: it has no signature, and does no harm.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def first(self, digest: int) -> str | None:
        """Return the id of the first article with ``digest``; None if there is none."""
        return self._value("SELECT article FROM signature WHERE digest = ? ORDER BY number LIMIT 1", digest)

    def signature(self, id: str) -> str | None:
        """Return the signature of the article ``id``; None if it has none."""
        return self._value("SELECT words FROM signature WHERE article = ?", id)

    def holders(self, keys: Iterable[int]) -> dict[int, tuple[Place, ...]]:
        """Return those of ``keys`` that are known, each with its articles in the order of archiving."""
        asked = {*keys}
        holders = {key: self._fresh[key] for key in self._fresh.keys() & asked}
        if not self._has_clues:
            return holders
        rows = self._connection.execute(
            """
            SELECT clue.key, number, article FROM json_each(?) CROSS JOIN clue ON clue.key = value
            CROSS JOIN signature USING (number) ORDER BY number DESC
            """,
            (str([*asked]),),
        )
        for key, number, article in rows:
            holders[key] = ((number, article), *holders.get(key, ()))
        return holders

    def keep(self, id: str, digest: int | None, signature: str, keys: Iterable[int]) -> None:
        """Add the signature of the article ``id``, which has none yet."""
        fresh, clues = self._fresh, [*keys]
        number = self._connection.execute(
            "INSERT INTO signature (article, digest, words, clues) VALUES (?, ?, ?, ?)",
            (id, digest, signature, str(clues)),
        ).lastrowid
        assert number
        _enter(fresh, (number, id), set(clues))
        if number % BATCH == 0:
            self._connection.execute(
                "INSERT INTO clue SELECT value, number FROM signature, json_each(clues) WHERE number > ? ORDER BY 1, 2",
                (number - BATCH,),
            )
            del self._fresh  # to be read again: if this write fails, nothing was moved
            self._has_clues = True

    def forget(self, id: str, keys: Iterable[int]) -> None:
        """Undo `keep`; the article may not be stored under all of ``keys``."""
        (number,) = self._connection.execute("SELECT number FROM signature WHERE article = ?", (id,)).fetchone()
        asked = [*keys]
        self._connection.executemany("DELETE FROM clue WHERE key = ? AND number = ?", [(key, number) for key in asked])
        self._connection.execute("DELETE FROM signature WHERE number = ?", (number,))
        for key in self._fresh.keys() & asked:
            self._fresh[key] = tuple(place for place in self._fresh[key] if place[1] != id)

    def renew(self, keep: Callable[[str, str, str], None]) -> None:
        """Call ``keep`` with id, title and text of each article that an earlier Furat signed, in archiving order.

        Each batch is one write; one that was not finished is repeated.
        """
        while rows := self._connection.execute(
            """
            SELECT number, article, item ->> 'title', item ->> 'text' FROM (
                SELECT number, article, (
                    SELECT plain(item) FROM revision
                    WHERE revision.article = unsigned.article
                    AND iif(json_valid(plain(item)), plain(item) ->> 'kind', '') = 'article'
                    ORDER BY revision.number DESC LIMIT 1
                ) AS item FROM unsigned ORDER BY number LIMIT ?
            )
            """,
            (RENEWED,),
        ).fetchall():
            with self._connection.writing():
                for _, id, title, text in rows:
                    if title is not None:  # else the file is damaged, and `scrapy check-archive` reports it
                        keep(id, title, text)
                self._connection.execute("DELETE FROM unsigned WHERE number <= ?", (rows[-1]["number"],))

    @cached_property
    def _fresh(self) -> dict[int, tuple[Place, ...]]:
        """The clues of the signatures since the last batch, each with its articles."""
        rows = self._connection.execute(
            """
            SELECT number, article, clues FROM signature
            WHERE number > (SELECT seq / ? * ? FROM sqlite_sequence WHERE name = 'signature') ORDER BY number
            """,
            (BATCH, BATCH),
        )
        fresh: dict[int, tuple[Place, ...]] = {}
        for number, article, clues in rows:
            _enter(fresh, (number, article), {*json.loads(clues)})
        return fresh

    @cached_property
    def _has_clues(self) -> bool:
        """Whether a batch was moved into the table of clues."""
        return self._connection.execute("SELECT 1 FROM clue LIMIT 1").fetchone() is not None

    def _value(self, query: str, value: int | str) -> str | None:
        row = self._connection.execute(query, (value,)).fetchone()
        return cast("str", row[0]) if row else None


def _enter(clues: dict[int, tuple[Place, ...]], place: Place, keys: set[int]) -> None:
    holder = (place,)  # shared by all keys that no other article has: most of them
    clues |= dict.fromkeys(keys, holder) | {key: clues[key] + holder for key in clues.keys() & keys}
