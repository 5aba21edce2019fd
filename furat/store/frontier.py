"""What was discovered: listings, the addresses on them, and what is owed or due."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

from furat.clock import now
from furat.sections import Section
from furat.urls import canonical


@dataclass(frozen=True, slots=True)
class Debt:
    """An address that waits for a visit."""

    number: int
    url: str
    """Its canonical form."""

    printed: str
    """The address to request."""

    tries: int
    reason: str | None

    is_due: bool = False
    """Whether it was visited before, so that nothing is owed there."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far one page of a listing brought its walk."""

    new: int
    """Addresses that the archive did not know."""

    fresh: int
    """Addresses that this crawl had not yet seen on this listing."""

    unseen: int
    """Addresses that no crawl had yet seen on this listing."""


class Frontier:
    """The store as the frontier of a crawl: nothing discovered is ever only in memory."""

    def __init__(self, connection: sqlite3.Connection, transaction: Callable[[], AbstractContextManager[None]]) -> None:
        self._connection = connection
        self._transaction = transaction

    # Listings

    def discover(self, url: str, kind: str, name: str) -> None:
        """Note that there is a listing at ``url``, so that it is walked even if this crawl can't."""
        self._connection.execute(
            "INSERT INTO listing (url, kind, name) VALUES (?, ?, ?) ON CONFLICT (url) DO NOTHING",
            (canonical(url), kind, name),
        )

    def unwalked(self) -> list[Section]:
        """Return the categories that were discovered, and not walked to their end since."""
        rows = self._connection.execute(
            "SELECT kind, name, url FROM listing WHERE kind = 'category' AND walked IS NULL ORDER BY number"
        )
        return [Section(*row) for row in rows]

    def begin_walk(self, url: str, kind: str, name: str) -> bool:
        """Return whether the last walk of the listing at ``url`` reached its end; until this one does, none has."""
        with self._transaction():
            row = self._connection.execute("SELECT walked FROM listing WHERE url = ?", (canonical(url),)).fetchone()
            self._connection.execute(
                "INSERT INTO listing (url, kind, name) VALUES (?, ?, ?)"
                " ON CONFLICT (url) DO UPDATE SET walked = NULL, name = coalesce(nullif(excluded.name, ''), name)",
                (canonical(url), kind, name),
            )
        return bool(row and row["walked"])

    def step(self, url: str, printed: Iterable[str], crawl: str) -> Step:
        """Return what is new among the addresses ``printed`` on a page of the listing at ``url``; it is owed now."""
        links = {canonical(link): link for link in printed}
        moment, listing = now(), canonical(url)
        with self._transaction():
            discovered = self._connection.executemany(
                "INSERT INTO address (url, printed, owed) VALUES (?, ?, ?) ON CONFLICT (url) DO NOTHING",
                [(link, as_printed, moment) for link, as_printed in links.items()],
            )
            sightings = [(crawl, listing, link) for link in links]
            first = self._connection.executemany(
                """
                INSERT INTO sighting (listing, address, crawl)
                SELECT listing.number, address.number, ? FROM listing, address WHERE listing.url = ? AND address.url = ?
                ON CONFLICT DO NOTHING
                """,
                sightings,
            )
            again = self._connection.executemany(
                """
                UPDATE sighting SET crawl = ?1 WHERE crawl <> ?1
                AND listing = (SELECT number FROM listing WHERE url = ?2)
                AND address = (SELECT number FROM address WHERE url = ?3)
                """,
                sightings,
            )
        new, unseen, seen = (max(cursor.rowcount, 0) for cursor in (discovered, first, again))
        return Step(new=new, fresh=unseen + seen, unseen=unseen)

    def end_walk(self, url: str) -> None:
        """Note that the listing at ``url`` was walked to its end."""
        self._connection.execute("UPDATE listing SET walked = ? WHERE url = ?", (now(), canonical(url)))

    def listings(self) -> list[sqlite3.Row]:
        """Return every listing: url, kind, name, walked, and how many archived articles were seen on it."""
        return self._connection.execute(
            "SELECT listing.url, kind, name, walked, count(DISTINCT article) AS articles FROM listing"
            " LEFT JOIN sighting ON listing = listing.number LEFT JOIN address ON address = address.number"
            " GROUP BY listing.number ORDER BY listing.number"
        ).fetchall()

    # Debts

    def owed(self, after: int = 0, limit: int = -1, most_tries: int | None = None) -> Iterator[Debt]:
        """Return the debts numbered above ``after``, oldest first; none that failed ``most_tries`` times."""
        rows = self._connection.execute(
            "SELECT number, url, printed, tries, reason FROM address"
            " WHERE owed IS NOT NULL AND number > ? AND tries < ifnull(?, 1e9) ORDER BY number LIMIT ?",
            (after, most_tries, limit),
        ).fetchall()
        return (Debt(*row) for row in rows)

    def due(self, share: float, before: str, limit: int) -> Iterator[Debt]:
        """Return the articles to visit again that were last visited ``before``, the longest overdue first.

        An article is due when it was last visited longer ago than ``share`` of its
        age, counted from its publication. An address that led to no article counts
        as ten days old at that visit: a password may be lifted.
        """
        rows = self._connection.execute(
            """
            WITH visit AS (
                SELECT url, seen, doubted, coalesce(published, first_seen) AS born FROM article WHERE gone IS NULL
                UNION ALL
                SELECT url, seen, NULL, datetime(seen, '-10 days') FROM address WHERE article IS NULL AND owed IS NULL
            ), age AS (
                SELECT
                    url, doubted, julianday('now') - julianday(seen) AS idle, julianday('now') - julianday(born) AS age
                FROM visit WHERE seen < ?
            )
            SELECT address.number, address.url, address.printed, address.tries, address.reason, TRUE
            FROM age JOIN address USING (url)
            WHERE idle >= ? * max(age, 0) OR doubted IS NOT NULL
            ORDER BY doubted IS NULL, idle / max(age, 0.001) DESC LIMIT ?
            """,
            (before, share, limit),
        ).fetchall()
        return (Debt(*row) for row in rows)

    def lead(self, url: str, article: str) -> None:
        """Note that the address ``url`` leads to ``article``."""
        self._connection.execute("UPDATE address SET article = ? WHERE url = ?", (article, canonical(url)))

    def postpone(self, url: str, reason: str) -> None:
        """Note that a visit of ``url`` failed for ``reason``; what is owed there stays owed."""
        self._connection.execute(
            "UPDATE address SET tries = tries + 1, reason = ?, seen = ? WHERE url = ?", (reason, now(), canonical(url))
        )

    def settle(self, url: str, reason: str) -> None:
        """Note that nothing is owed at ``url``, for ``reason``."""
        self._connection.execute(
            "UPDATE address SET owed = NULL, tries = 0, reason = ?, seen = ? WHERE url = ?",
            (reason, now(), canonical(url)),
        )
