"""Whether an archive is kept as it was: what its operator watches, read from indexes alone."""

from dataclasses import dataclass
from datetime import date, timedelta

from furat.clock import now
from furat.outcomes import Outcome
from furat.store.connection import Connection

BEGUN = 11
"""Crawls whose beginnings tell how often the archive is crawled."""

NEWEST = 50
"""Articles among which those are sought that the feed does not show."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A crawl, as the archive remembers it."""

    id: str
    spider: str
    began: str
    ended: str | None
    """None while it runs, and where it was killed."""

    exit_code: int | None
    ending: str | None
    detail: str | None
    """What the operator was told of its end."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many visits are open."""

    pending: int
    """All of them, those in quarantine and those that were given up too."""

    quarantined: int
    waived: int
    """Those that the operator expects nothing of: they are not pending."""


class Health:
    """What a few rows of an archive tell of its state, however many articles it holds."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def last_complete(self) -> str | None:
        """Return when the last complete crawl ended; None where none ever was."""
        return self._moment("SELECT max(ended) FROM crawl WHERE exit_code = 0")

    def crawls(self, limit: int = BEGUN) -> list[Begun]:
        """Return the crawls that began last, the last one first: their ids begin with the moment."""
        rows = self._connection.execute(
            "SELECT id, spider, began, ended, exit_code, ending, detail FROM crawl ORDER BY id DESC LIMIT ?", (limit,)
        )
        return [Begun(*row) for row in rows]

    def first_after(self, moment: str | None) -> str | None:
        """Return when the first crawl ended that ended later than ``moment``."""
        return self._moment("SELECT min(ended) FROM crawl WHERE ended > ?", moment or "")

    def backlog(self) -> Backlog:
        """Return how many visits are open."""
        outcome = "SELECT count(*) FROM address WHERE outcome = ?"
        pending = self._count("SELECT count(*) FROM address WHERE pending IS NOT NULL")
        return Backlog(pending, self._count(outcome, Outcome.QUARANTINED), self._count(outcome, Outcome.WAIVED))

    def incomplete_sections(self) -> int:
        """Return how many categories were not walked to their ends."""
        query = "SELECT count(*) FROM listing WHERE kind = 'category' AND (complete IS NULL OR reached IS NOT NULL)"
        return self._count(query)

    def archived_by(self, crawl: str) -> int:
        """Return how many records ``crawl`` has archived until now."""
        return self._count("SELECT count(*) FROM delivery WHERE crawl = ?", crawl)

    def last_delivery(self) -> str | None:
        """Return when the crawl ended that delivered the newest delivered record; None where none was."""
        return self._moment(
            "SELECT ended FROM crawl WHERE id = ("
            "SELECT crawl FROM delivery WHERE delivered = 1 AND crawl NOT NULL ORDER BY number DESC LIMIT 1)"
        )

    def days(self, until: date, most: int) -> list[date]:
        """Return the last days, ``most`` at most, up to ``until`` on which something was published, the last one first.

        Each is one step into the index of the articles, however many were published on it.
        """
        step = "(SELECT substr(max(published), 1, 10) FROM article WHERE published < {})"
        rows = self._connection.execute(
            f"WITH RECURSIVE day (day) AS (SELECT {step.format('?1')} UNION ALL"
            f" SELECT {step.format('day.day')} FROM day WHERE day.day NOT NULL) SELECT day FROM day LIMIT ?2",
            ((until + timedelta(days=1)).isoformat(), most),
        )
        return [day for (text,) in rows if (day := _day(text))]

    def walked(self) -> dict[str, str]:
        """Return when a walk of each kind of listing last came to its end."""
        return dict(
            self._connection.execute("SELECT kind, max(walked) FROM listing WHERE walked NOT NULL GROUP BY kind")
        )

    def categories(self) -> list[tuple[str, bool]]:
        """Return when each category that had entries was last walked to its end, and whether that walk saw any.

        Of those that it ever showed the newest are looked at, where a walk that stopped early has been too.
        """
        newest = "SELECT walk FROM sighting WHERE listing = listing.number ORDER BY address DESC LIMIT ?"
        rows = self._connection.execute(
            f"SELECT walked, (SELECT max(walk) FROM ({newest})) AS seen, walk FROM listing"
            " WHERE kind = 'category' AND walked NOT NULL AND seen NOT NULL",
            (NEWEST,),
        )
        return [(str(walked), seen == walk) for walked, seen, walk in rows]

    def unshown(self, before: str) -> int:
        """Return how many articles published ``before`` are newer than all of the newest that the feed shows.

        0 where it shows none of the newest: then something else is wrong, or the feed is not used.
        """
        rows = self._connection.execute(
            "SELECT EXISTS (SELECT 1 FROM address JOIN sighting ON address = address.number"
            " JOIN listing ON listing = listing.number WHERE article = article.id AND kind = 'feed')"
            " FROM article WHERE published < ? AND gone IS NULL ORDER BY published DESC LIMIT ?",
            (before, NEWEST),
        )
        shown = [bool(is_shown) for (is_shown,) in rows]
        return shown.index(True) if True in shown else 0

    def ahead(self) -> str | None:
        """Return when the last crawl began that, by today's clock, is yet to come; None where none is."""
        began = self._moment("SELECT began FROM crawl ORDER BY id DESC LIMIT 1")
        return began if began and began > now() else None

    def _count(self, query: str, *values: object) -> int:
        return int(self._connection.execute(query, values).fetchone()[0])

    def _moment(self, query: str, *values: object) -> str | None:
        row = self._connection.execute(query, values).fetchone()
        return str(row[0]) if row and row[0] else None


def _day(text: str | None) -> date | None:
    """Return the day that a site printed, where it is one."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
