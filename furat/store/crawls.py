"""The crawls of a site: when each began and how it ended."""

from typing import Any

from furat.clock import now
from furat.outcomes import Ending, Outcome
from furat.store.connection import Connection
from furat.store.log import renew
from furat.store.tally import GONE, REVISIONS, Tally

RECENT = 50
"""The verdicts of so many crawls are kept section by section: a site may have thousands, and be crawled each hour."""

SUMMARIZE = """
UPDATE crawl SET verdict = iif(json_valid(verdict), (
    SELECT json_object(
        'sections', count(*),
        'walked', ifnull(sum(json_extract(verdict, fullkey || '.walked')), 0),
        'promised', ifnull(sum(json_extract(verdict, fullkey || '.promised')), 0),
        'archived', ifnull(sum(json_extract(verdict, fullkey || '.archived')), 0),
        'pending', ifnull(sum(json_extract(verdict, fullkey || '.pending')), 0)
    ) FROM json_each(verdict)
), NULL)
WHERE id IN (SELECT id FROM crawl WHERE substr(verdict, 1, 1) = '[' ORDER BY id DESC LIMIT -1 OFFSET ?)
"""


class Crawls:
    """The crawls that the archive records."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, crawl: str, spider: str) -> None:
        """Record that ``crawl`` begins."""
        renew(self._connection)
        self._connection.write("INSERT INTO crawl (id, spider, began) VALUES (?, ?, ?)", (crawl, spider, now()))

    def ahead(self) -> str | None:
        """Return when the last crawl began that lies in the future by today's clock; None if there is none."""
        row = self._connection.execute("SELECT max(began) FROM crawl WHERE began > ?", (now(),)).fetchone()
        return row[0] and str(row[0])

    def first(self) -> str:
        """Return when the first crawl began."""
        return str(self._connection.execute("SELECT min(began) FROM crawl").fetchone()[0])

    def last(self) -> str | None:
        """Return the id of the crawl that began last; None if there was none."""
        row = self._connection.execute("SELECT id FROM crawl ORDER BY began DESC, id DESC LIMIT 1").fetchone()
        return row and str(row[0])

    def is_blank(self) -> bool:
        """Return whether no crawl was ever complete, or saw an address of an article."""
        row = self._connection.execute(
            "SELECT EXISTS (SELECT 1 FROM crawl WHERE exit_code = 0) OR (SELECT max(number) FROM address) NOT NULL"
            " OR (SELECT max(rowid) FROM article) NOT NULL"
        ).fetchone()
        return not row[0]

    def newest(self, limit: int) -> list[dict[str, Any]]:
        """Return up to ``limit`` crawls, newest first: id, spider, ended, exit_code, ending and detail."""
        rows = self._connection.execute(
            "SELECT id, spider, ended, exit_code, ending, detail FROM crawl ORDER BY began DESC LIMIT ?", (limit,)
        )
        return [dict(row) for row in rows]

    def end(self, crawl: str, exit_code: int, ending: Ending, verdict: str, detail: str = "") -> None:
        """Record how and why ``crawl`` ended; ``verdict`` is JSON per section, ``detail`` what the log said."""
        with self._connection.writing():
            self._connection.execute(
                "UPDATE crawl SET ended = ?, exit_code = ?, ending = ?, verdict = ?, detail = ? WHERE id = ?",
                (now(), exit_code, ending, verdict, detail or None, crawl),
            )
            self._connection.execute(SUMMARIZE, (RECENT,))

    def counts(self) -> dict[str, int]:
        """Return how much the archive holds, by name."""
        tally = Tally(self._connection)
        row = self._connection.execute(
            "SELECT (SELECT count(*) FROM undelivered) AS undelivered,"
            " (SELECT count(*) FROM address WHERE pending IS NOT NULL AND number > 0) AS pending,"
            " (SELECT count(*) FROM address WHERE outcome = ?) AS protected,"
            " (SELECT count(*) FROM forgotten) AS forgotten,"
            " (SELECT count(*) FROM crawl) AS crawls",
            (Outcome.PROTECTED,),
        ).fetchone()
        return {
            "articles": tally.articles(),
            "gone": tally.number(GONE),
            "revisions": tally.number(REVISIONS),
            **dict(row),
        }
