"""Visits that make no crawl incomplete any more: given up after so many tries, or waived by the operator."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TypedDict

from furat.clock import now
from furat.outcomes import Outcome
from furat.store.connection import Connection
from furat.store.frontier import PendingVisit, visit_of
from furat.urls import canonical

LATER = timedelta(days=7)
"""How long a visit that was given up or waived waits until it is tried again."""

GIVEN_UP = "pending IS NOT NULL AND tries > 0 AND tries >= :tries"
"""A condition that the index `address_tries` serves, because of `tries > 0`."""


class Waived(TypedDict):
    """A visit that the operator waived; `visited` is when it was last tried."""

    url: str
    because: str
    tries: int
    visited: str


class Waivers:
    """The visits that no longer make a crawl incomplete, but are tried again from time to time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waive(self, url: str, because: str) -> bool:
        """Waive the visit of ``url`` for the reason ``because``; return False if no visit was pending or waived."""
        with self._connection.writing():
            waived = self._connection.execute(
                "UPDATE address SET pending = NULL, outcome = ?1, detail = ?2, seen = coalesce(seen, ?4)"
                " WHERE url = ?3 AND (pending IS NOT NULL OR outcome = ?1)",
                (Outcome.WAIVED, because, canonical(url), now()),
            )
        return waived.rowcount > 0

    def covers(self, url: str) -> bool:
        """Return whether the visit of ``url`` is waived."""
        query = "SELECT 1 FROM address WHERE url = ? AND outcome = ?"
        return self._connection.execute(query, (canonical(url), Outcome.WAIVED)).fetchone() is not None

    def keep(self, url: str) -> None:
        """Record that a waived visit of ``url`` failed, as expected."""
        self._connection.write(
            "UPDATE address SET pending = NULL, tries = tries + 1, seen = ? WHERE url = ?", (now(), canonical(url))
        )

    def all(self) -> list[Waived]:
        """Return the waived visits, sorted by address."""
        query = "SELECT url, detail, tries, seen FROM address WHERE outcome = ? ORDER BY url"
        rows = self._connection.execute(query, (Outcome.WAIVED,))
        return [Waived(url=url, because=why, tries=tries, visited=seen) for url, why, tries, seen in rows]

    def given_up(self, tries: int, since: str = "") -> int:
        """Return how many visits are pending that failed ``tries`` times; with ``since``, those that just did so."""
        just = "AND tries = :tries AND seen >= :since" if since else ""
        query = f"SELECT count(*) FROM address WHERE {GIVEN_UP} {just}"
        row = self._connection.execute(query, {"tries": max(tries, 1), "since": since}).fetchone()
        return int(row[0])

    def due(self, tries: int, limit: int) -> Iterator[PendingVisit]:
        """Return what was given up after ``tries``, or waived, and is to be tried again: the longest unseen first."""
        before = (datetime.fromisoformat(now()) - LATER).isoformat()
        columns = "SELECT number, url, printed, tries, article, outcome, detail, seen FROM address WHERE"
        rows = self._connection.execute(
            f"SELECT number, url, printed, tries, article, outcome, detail FROM"
            f" ({columns} {GIVEN_UP} UNION ALL {columns} outcome = :waived)"
            " WHERE seen NOT BETWEEN :before AND :now ORDER BY seen LIMIT :limit",
            {"tries": max(tries, 1), "waived": Outcome.WAIVED, "before": before, "now": now(), "limit": limit},
        ).fetchall()
        return map(visit_of, rows)
