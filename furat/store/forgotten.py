"""Removes articles for ever: nothing of their text stays, and a mark keeps them from being archived again."""

import json
from collections.abc import Collection
from contextlib import suppress
from functools import cached_property

from furat.clock import now
from furat.outcomes import Outcome
from furat.store.connection import Connection
from furat.store.tally import Tally
from furat.urls import canonical


class Forgotten:
    """The articles that the operator had forgotten; their addresses stay, to be recognized."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all of them."""
        return frozenset(article for (article,) in self._connection.execute("SELECT article FROM forgotten"))

    @cached_property
    def addresses(self) -> dict[str, str]:
        """The id of each, by every canonical address that leads to it."""
        rows = self._connection.execute("SELECT url, article FROM forgotten CROSS JOIN address USING (article)")
        return dict(rows.fetchall())

    def id_of(self, name: str) -> str | None:
        """Return the id of the forgotten article with this id, post number or address; None if there is none."""
        if name in self.ids:
            return name
        if name.isdecimal():
            return next((article for article in self.ids if article.rpartition("/")[2] == name), None)
        with suppress(ValueError):
            return self.addresses.get(canonical(name))
        return None

    def why(self, name: str) -> str | None:
        """Return why the article with this id, post number or address was forgotten, and when; None if it was not."""
        query = "SELECT because || ' (' || moment || ')' FROM forgotten WHERE article = ?"
        row = self._connection.execute(query, (self.id_of(name),)).fetchone()
        return row and str(row[0])

    def copies(self, articles: Collection[str]) -> list[str]:
        """Return the ids of other articles with the same text: the copies of these ``articles``, and their firsts."""
        rows = self._connection.execute(
            f"""
            WITH cluster AS (
                SELECT coalesce(duplicate_of, id) AS first FROM article WHERE id IN {THESE}
            )
            SELECT id FROM article WHERE id NOT IN {THESE}
            AND (id IN (SELECT first FROM cluster) OR duplicate_of IN (SELECT first FROM cluster)) ORDER BY id
            """,
            {"ids": json.dumps([*articles])},
        )
        return [str(row[0]) for row in rows]

    def feeds(self, articles: Collection[str]) -> list[str]:
        """Return the paths of all feeds that hold these ``articles``, relative if they are in the archive's folder."""
        rows = self._connection.execute(
            "SELECT DISTINCT path FROM feed WHERE crawl IN"
            f" (SELECT crawl FROM delivery JOIN revision USING (number) WHERE article IN {THESE}) ORDER BY path",
            {"ids": json.dumps([*articles])},
        )
        return [str(row[0]) for row in rows]

    def forget(self, articles: Collection[str], because: str) -> None:
        """Remove all that is known of these ``articles``, and mark them, in one write.

        Of copies whose first is forgotten, the one that was archived first becomes the first.
        """
        values = {"ids": json.dumps([*articles]), "because": because, "now": now(), "outcome": Outcome.FORGOTTEN}
        with self._connection.writing():
            heirs = self._connection.execute(HEIRS, values).fetchall()
            self._connection.executemany("INSERT INTO unsigned (article) VALUES (?)", [heir[:1] for heir in heirs])
            self._connection.executemany(
                "UPDATE article SET duplicate_of = iif(id = ?1, NULL, ?1) WHERE duplicate_of = ?2", heirs
            )
            for statement in STATEMENTS:
                self._connection.execute(statement, values)
            Tally(self._connection).recount()
        for name in ("ids", "addresses"):
            self.__dict__.pop(name, None)

    def compact(self) -> bool:
        """Rewrite the file without what was removed, and empty its log; return False if a reader keeps the log."""
        self._connection.commit()
        self._connection.execute("VACUUM")
        return not self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]


THESE = "(SELECT value FROM json_each(:ids))"

HEIRS = f"""
SELECT id, duplicate_of FROM article WHERE rowid IN (
    SELECT min(rowid) FROM article WHERE duplicate_of IN {THESE} AND id NOT IN {THESE} GROUP BY duplicate_of
)
"""
"""The copies that become the first of their cluster, each with the first before it."""

STATEMENTS = (
    "INSERT OR IGNORE INTO forgotten (article, because, moment) SELECT value, :because, :now FROM json_each(:ids)",
    f"""
    DELETE FROM clue WHERE (key, number) IN (
        SELECT value, number FROM signature, json_each(clues) WHERE article IN {THESE}
    )
    """,
    f"DELETE FROM signature WHERE article IN {THESE}",
    f"DELETE FROM unsigned WHERE article IN {THESE}",
    f"DELETE FROM undelivered WHERE number IN (SELECT number FROM revision WHERE article IN {THESE})",
    f"DELETE FROM delivery WHERE number IN (SELECT number FROM revision WHERE article IN {THESE})",
    f"DELETE FROM state WHERE article IN {THESE}",
    f"DELETE FROM revision WHERE article IN {THESE}",
    f"DELETE FROM article WHERE id IN {THESE}",
    f"""
    UPDATE address SET
        pending = NULL, tries = 0, outcome = :outcome, detail = NULL, etag = NULL, last_modified = NULL, seen = :now
    WHERE article IN {THESE}
    """,
)
"""What removes and marks articles: first what refers to them."""
