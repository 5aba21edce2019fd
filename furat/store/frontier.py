"""What was discovered: listings, the addresses on them, and what is owed or due."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from furat.clock import now
from furat.store.connection import Connection
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


class Frontier:
    """The store as the frontier of a crawl: nothing discovered is ever only in memory."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # Listings

    def begin_walk(self, url: str, kind: str, name: str) -> bool:
        """Return whether the last walk of the listing at ``url`` reached its end; until this one does, none has."""
        with self._connection.writing():
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
        with self._connection.writing():
            discovered = self._connection.executemany(
                "INSERT INTO address (url, printed, owed) VALUES (?, ?, ?) ON CONFLICT (url) DO NOTHING",
                [(link, as_printed, moment) for link, as_printed in links.items()],
            )
            sighted = self._connection.executemany(
                """
                INSERT INTO sighting (listing, address, crawl)
                SELECT listing.number, address.number, ? FROM listing, address WHERE listing.url = ? AND address.url = ?
                ON CONFLICT DO UPDATE SET crawl = excluded.crawl WHERE crawl <> excluded.crawl
                """,
                [(crawl, listing, link) for link in links],
            )
        return Step(new=max(discovered.rowcount, 0), fresh=max(sighted.rowcount, 0))

    def end_walk(self, url: str) -> None:
        """Note that the listing at ``url`` was walked to its end."""
        self._connection.write("UPDATE listing SET walked = ? WHERE url = ?", (now(), canonical(url)))

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

    def owing(self) -> list[sqlite3.Row]:
        """Return what is owed, the most recent first: url, since, tries, reason, visited, and sections as JSON."""
        return self._connection.execute(
            """
            SELECT
                url, owed AS since, tries, reason, seen AS visited,
                (SELECT json_group_array(DISTINCT name) FROM sighting JOIN listing ON listing = listing.number
                WHERE sighting.address = address.number AND kind <> 'home') AS sections
            FROM address WHERE owed IS NOT NULL ORDER BY owed DESC, number DESC
            """
        ).fetchall()

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
        self._connection.write("UPDATE address SET article = ? WHERE url = ?", (article, canonical(url)))

    def postpone(self, url: str, reason: str) -> None:
        """Note that a visit of ``url`` failed for ``reason``; what is owed there stays owed."""
        self._connection.write(
            "UPDATE address SET tries = tries + 1, reason = ?, seen = ? WHERE url = ?", (reason, now(), canonical(url))
        )

    def settle(self, url: str, reason: str) -> None:
        """Note that nothing is owed at ``url``, for ``reason``."""
        self._connection.write(
            "UPDATE address SET owed = NULL, tries = 0, reason = ?, seen = ? WHERE url = ?",
            (reason, now(), canonical(url)),
        )
