"""The addresses of articles: which visits are pending, and which are due for recrawl."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from furat.clock import now
from furat.outcomes import Outcome, Reason
from furat.store.connection import Connection
from furat.store.due import DUE, parameters
from furat.store.tally import Tally
from furat.urls import canonical


@dataclass(frozen=True, slots=True)
class PendingVisit:
    """An address that waits for a visit."""

    number: int
    url: str
    """The canonical address."""

    printed: str
    """The address to request, as the site prints it."""

    tries: int

    article: str | None
    """The id of the article that was found there before; None if none was."""

    reason: Reason | None
    """Why the last visit archived nothing; None if it archived something, or if there was no visit."""

    etag: str | None = None
    last_modified: str | None = None
    """The ETag and Last-Modified of the last visit, if the next request is to be conditional."""


class Frontier:
    """The crawl frontier in the store: nothing discovered is ever only in memory."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._tally = Tally(connection)

    def pending(
        self, after: int = 0, limit: int = -1, most_tries: int | None = None, untried: str | None = None
    ) -> Iterator[PendingVisit]:
        """Return the visits numbered above ``after``, oldest first.

        None that failed ``most_tries`` times, nor where something was found since ``untried``.
        """
        rows = self._connection.execute(
            f"{PENDING} AND number > ?1 AND tries < ifnull(?2, 1e9)"
            " AND (?3 IS NULL OR ifnull(seen, '') NOT BETWEEN ?3 AND ?4) ORDER BY number LIMIT ?5",
            (after, most_tries, untried, now(), limit),
        ).fetchall()
        return map(visit_of, rows)

    def newest_pending(self, limit: int) -> Iterator[PendingVisit]:
        """Return up to ``limit`` pending visits, the newest first."""
        rows = self._connection.execute(f"{PENDING} AND number > 0 ORDER BY number DESC LIMIT ?", (limit,)).fetchall()
        return map(visit_of, rows)

    def due(self, share: float, before: str, limit: int) -> Iterator[PendingVisit]:
        """Yield the articles due for recrawl that were last visited ``before``, the longest overdue first.

        An article is due when it was last visited longer ago than ``share`` of its
        age, counted from its publication and taken to two digits. An address that led
        to no article counts as ten days old at that visit: a password may be removed.
        A visit dated in the future is ignored.
        """
        rows = self._connection.execute(DUE, parameters(share, before, now(), limit)).fetchall()
        return map(visit_of, rows)

    def at(self, urls: Iterable[str]) -> Iterator[PendingVisit]:
        """Yield the pending visits of these addresses."""
        among = "url IN (SELECT value FROM json_each(?))"
        query = f"{PENDING} AND {among} ORDER BY number"
        rows = self._connection.execute(query, (json.dumps(list(urls)),)).fetchall()
        return map(visit_of, rows)

    def of(self, articles: Iterable[str]) -> Iterator[PendingVisit]:
        """Yield visits of the articles with these ids, at their own addresses."""
        rows = self._connection.execute(
            "SELECT address.number, address.url, printed, tries, id, outcome, detail"
            " FROM article JOIN address USING (url) WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(articles)),),
        ).fetchall()
        return map(visit_of, rows)

    def witnesses(self, number: int) -> Iterator[PendingVisit]:
        """Yield visits of so many articles with the fewest missing fields, the longest unvisited first."""
        found: list[sqlite3.Row] = []
        for lacks in sorted(self._tally.lacking(), key=len):
            found += self._connection.execute(
                "SELECT address.number, address.url, printed, tries, id, outcome, detail"
                " FROM article CROSS JOIN address USING (url) WHERE gone IS NULL AND lacks = ? AND pending IS NULL"
                " ORDER BY article.seen LIMIT ?",
                (lacks, number - len(found)),
            ).fetchall()
        return map(visit_of, found)

    def validate(self, url: str, etag: bytes | None, changed: bytes | None) -> None:
        """Record the ETag and Last-Modified of the page at ``url`` (RFC 9110, section 8.8)."""
        if etag or changed:
            tag = etag and etag.decode("latin-1").removeprefix("W/")  # some servers know it only without the prefix
            self._connection.write(
                "UPDATE address SET etag = ?, last_modified = ? WHERE url = ?",
                (tag, changed and changed.decode("latin-1"), url),
            )

    def held(self) -> int:
        """Return how many posts the archive expects on the site, archived or not."""
        row = self._connection.execute(
            """
            SELECT count(DISTINCT coalesce(address.article, url)) FROM (
                SELECT url, article FROM address WHERE pending IS NOT NULL AND number > 0
                UNION ALL SELECT url, article FROM address WHERE outcome IN (?, ?, ?, ?) AND pending IS NULL
            ) AS address WHERE NOT EXISTS (SELECT 1 FROM article WHERE id = address.article)
            """,
            (Outcome.PROTECTED, Outcome.OUT_OF_RANGE, Outcome.WAIVED, Outcome.FORGOTTEN),
        ).fetchone()
        return self._tally.articles() + int(row[0])

    def unknown(self, urls: Iterable[str]) -> int:
        """Return how many of the addresses ``urls`` the archive does not know."""
        links = json.dumps([*map(canonical, urls)])
        row = self._connection.execute(
            "SELECT count(*) FROM json_each(?) WHERE value NOT IN (SELECT url FROM address)", (links,)
        ).fetchone()
        return int(row[0])

    def since(self, url: str) -> tuple[str | None, Outcome | None]:
        """Return since when a visit of ``url`` is pending, and the last outcome; None for either that there is not."""
        query = "SELECT pending, outcome FROM address WHERE url = ?"
        row = self._connection.execute(query, (canonical(url),)).fetchone()
        return (row["pending"], Outcome(row["outcome"]) if row["outcome"] else None) if row else (None, None)

    def add_pending(self, url: str) -> None:
        """Record that a visit of the known address ``url`` is pending."""
        self._connection.write(
            "UPDATE address SET pending = coalesce(pending, ?) WHERE url = ?", (now(), canonical(url))
        )

    def discover(self, url: str) -> None:
        """Record that a visit of ``url`` is pending, whether the address was known or not."""
        values = (canonical(url), url, now())
        self._connection.write(
            "INSERT INTO address (url, printed, pending) VALUES (?1, ?2, ?3)"
            " ON CONFLICT (url) DO UPDATE SET pending = coalesce(pending, excluded.pending)",
            values,
        )

    def add_changed(self, changes: Mapping[str, str | None]) -> None:
        """Record when known addresses were last modified, in the form of `utc`; those that changed are pending.

        An address changed if this is later than the last recorded change or, without one, than the last visit. Moments
        in the future can't be compared, whichever clock is wrong: then any different moment counts as a change.
        """
        named = [(changed, now(), canonical(url)) for url, changed in changes.items() if changed]
        with self._connection.writing():
            self._connection.executemany(
                "UPDATE address SET modified = ?1, pending = iif("
                "?1 >= coalesce(modified, min(seen, ?2)) OR max(?1, coalesce(modified, seen, '')) > ?2,"
                " coalesce(pending, ?2), pending)"
                " WHERE url = ?3 AND modified IS NOT ?1",
                named,
            )

    def lead(self, url: str, article: str) -> None:
        """Record that the address ``url`` leads to ``article``."""
        with self._connection.writing():
            self._tally.lead(canonical(url))
            self._connection.execute("UPDATE address SET article = ? WHERE url = ?", (article, canonical(url)))

    def postpone(self, url: str, reason: Reason) -> None:
        """Record that a visit of ``url`` failed for ``reason``; a pending visit stays pending."""
        self._connection.write(
            "UPDATE address SET tries = tries + 1, outcome = ?, detail = ?, seen = ? WHERE url = ?",
            (reason.outcome, reason.detail or None, now(), canonical(url)),
        )

    def quarantine(self, url: str, detail: str) -> None:
        """Put the page at ``url`` into quarantine, with ``detail``: it is pending, but this is no failed visit."""
        self._connection.write(
            "UPDATE address SET pending = coalesce(pending, ?), outcome = ?, detail = ?, seen = ?,"
            " etag = NULL, last_modified = NULL WHERE url = ?",
            (now(), Outcome.QUARANTINED, detail, now(), canonical(url)),
        )

    def finish(self, url: str, reason: Reason) -> None:
        """Record that there is nothing to archive at ``url``, for ``reason``."""
        self._connection.write(
            "UPDATE address SET pending = NULL, tries = 0, outcome = ?, detail = ?, seen = ? WHERE url = ?",
            (reason.outcome, reason.detail or None, now(), canonical(url)),
        )


PENDING = "SELECT number, url, printed, tries, article, outcome, detail FROM address WHERE pending IS NOT NULL"
"""Selects pending visits, with the columns that `visit_of` takes."""


def visit_of(row: sqlite3.Row) -> PendingVisit:
    """Return the visit that a row of the columns of PENDING, and perhaps the page's state, describes."""
    number, url, printed, tries, article, outcome, detail, *validators = row
    reason = Reason(Outcome(outcome), detail or "") if outcome else None
    return PendingVisit(number, url, printed, tries, article, reason, *validators)
