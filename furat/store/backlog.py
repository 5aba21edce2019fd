"""What is pending, counted and listed for a person: by indexes, however much it is."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from furat.outcomes import Outcome
from furat.store.connection import Connection

NEWEST = 100_000
"""How many of the pending visits, the newest first, are counted by section."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Pending visits for one kind of reason."""

    outcome: Outcome | None
    """None if they were not visited yet."""

    detail: str | None
    """For failures, the words before the first colon, which reasons of one kind have in common."""

    visits: int


class Backlog:
    """The visits that are pending."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self) -> int:
        """Return how many there are."""
        query = "SELECT count(*) FROM address WHERE pending IS NOT NULL AND number > 0"
        return int(self._connection.execute(query).fetchone()[0])

    def kinds(self) -> list[Kind]:
        """Return how many are pending for each kind of reason, the most frequent first."""
        rows = self._connection.execute(
            f"SELECT outcome, {DETAIL} AS kind, count(*) FROM address INDEXED BY address_reason"
            " WHERE pending IS NOT NULL AND outcome > '' GROUP BY outcome, kind ORDER BY max(number) DESC",
            {"failed": Outcome.FAILED},
        ).fetchall()
        kinds = [Kind(Outcome(outcome), detail, visits) for outcome, detail, visits in rows]
        if unvisited := self.count() - sum(kind.visits for kind in kinds):
            kinds.insert(0, Kind(None, None, unvisited))
        return sorted(kinds, key=lambda kind: -kind.visits)

    def sections(self) -> list[tuple[str, int]]:
        """Return on which sections the newest pending visits were seen, and how many on each, most first."""
        rows = self._connection.execute(
            """
            SELECT name, visits FROM (
                SELECT sighting.listing, count(*) AS visits FROM (
                    SELECT number FROM address WHERE pending IS NOT NULL AND number > 0 ORDER BY number DESC LIMIT ?
                ) AS newest CROSS JOIN sighting ON sighting.address = newest.number GROUP BY sighting.listing
            ) AS counted JOIN listing ON number = listing WHERE kind IN ('category', 'tag') ORDER BY visits DESC, number
            """,
            (NEWEST,),
        )
        return [(str(name), int(visits)) for name, visits in rows]

    def newest(self, kind: Kind, limit: int) -> list[sqlite3.Row]:
        """Return the newest visits of one ``kind``, as `all` does."""
        query = OF_KIND if kind.outcome else UNVISITED
        values = {"failed": Outcome.FAILED, "outcome": kind.outcome, "detail": kind.detail, "limit": limit}
        return self._connection.execute(f"{VISIT.format(query)} ORDER BY address.number DESC", values).fetchall()

    def all(self) -> Iterator[sqlite3.Row]:
        """Yield what is pending, the latest first: url, since, tries, outcome, detail, visited, sections as JSON."""
        return self._connection.execute(VISIT.format(LATEST))


DETAIL = "iif(outcome = :failed, substr(detail, 1, instr(detail || ':', ':') - 1), NULL)"

OF_KIND = f"""
SELECT number FROM address INDEXED BY address_reason
WHERE pending IS NOT NULL AND outcome = :outcome AND {DETAIL} IS :detail ORDER BY number DESC LIMIT :limit
"""

UNVISITED = """
SELECT number FROM address WHERE pending IS NOT NULL AND number > 0 AND outcome IS NULL
ORDER BY number DESC LIMIT :limit
"""

LATEST = """
SELECT number FROM address WHERE pending IS NOT NULL AND number > 0 ORDER BY pending DESC, number DESC LIMIT -1
"""
"""With a limit, so that SQLite sorts the numbers alone."""

VISIT = """
SELECT
    url, pending AS since, tries, outcome, detail, seen AS visited,
    (SELECT json_group_array(DISTINCT name) FROM sighting CROSS JOIN listing ON listing = listing.number
    WHERE sighting.address = address.number AND kind IN ('category', 'tag')) AS sections
FROM ({}) AS chosen CROSS JOIN address USING (number)
"""
