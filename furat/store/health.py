"""The figures that an operator watches: whether an archive is still kept up to date, read from indexes only."""

from dataclasses import dataclass
from datetime import date, timedelta

from furat.clock import now
from furat.outcomes import Outcome
from furat.store.connection import Connection

BEGUN = 11
"""How many crawls show how often the archive is crawled."""

NEWEST = 50
"""How many of the newest articles are checked for being in the feed."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A crawl, as the archive records it."""

    id: str
    spider: str
    began: str
    ended: str | None
    """None while it runs, and if it was killed."""

    exit_code: int | None
    ending: str | None
    detail: str | None
    """The reason that the log gave for its end."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many visits are open."""

    pending: int
    """All pending visits, including those in quarantine and those that were given up."""

    quarantined: int
    waived: int
    """Visits that the operator waived: they are not pending."""


class Health:
    """The state of an archive, read from a few rows, however many articles it holds."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def last_complete(self) -> str | None:
        """Return when the last complete crawl ended; None if none ever was."""
        return self._moment("SELECT max(ended) FROM crawl WHERE exit_code = 0")

    def crawls(self, limit: int = BEGUN) -> list[Begun]:
        """Return up to ``limit`` crawls, the last one first; ids sort by when the crawl began."""
        rows = self._connection.execute(
            "SELECT id, spider, began, ended, exit_code, ending, detail FROM crawl ORDER BY id DESC LIMIT ?", (limit,)
        )
        return [Begun(*row) for row in rows]

    def first_after(self, moment: str | None) -> str | None:
        """Return when the first crawl ended that began later than ``moment``, as its id tells."""
        begun = "".join(letter for letter in moment or "" if letter not in "-:")[: len("20260102T030405")]
        query = "SELECT ended FROM crawl WHERE id > ? AND ended NOT NULL ORDER BY id LIMIT 1"
        return self._moment(query, f"{begun}Z" if begun else "")

    def backlog(self) -> Backlog:
        """Return how many visits are open."""
        outcome = "SELECT count(*) FROM address WHERE outcome = ?"
        pending = self._count("SELECT count(*) FROM address WHERE pending IS NOT NULL AND number > 0")
        return Backlog(pending, self._count(outcome, Outcome.QUARANTINED), self._count(outcome, Outcome.WAIVED))

    def incomplete_sections(self) -> int:
        """Return how many categories were not read to the end."""
        query = "SELECT count(*) FROM listing WHERE kind = 'category' AND (complete IS NULL OR reached IS NOT NULL)"
        return self._count(query)

    def archived_by(self, crawl: str) -> int:
        """Return how many records ``crawl`` has archived until now."""
        return self._count("SELECT count(*) FROM delivery WHERE crawl = ?", crawl)

    def last_delivery(self) -> str | None:
        """Return when the crawl ended that delivered the newest delivered record; None if there is none."""
        return self._moment(
            "SELECT ended FROM crawl WHERE id = ("
            "SELECT crawl FROM delivery WHERE number > 0 AND number NOT IN (SELECT number FROM undelivered)"
            " AND crawl NOT NULL"
            " ORDER BY number DESC LIMIT 1)"
        )

    def days(self, until: date, most: int) -> list[date]:
        """Return up to ``most`` days before or on ``until`` on which something was published, the last one first.

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
        """Return, for each kind of listing, when a walk was last complete."""
        return dict(
            self._connection.execute("SELECT kind, max(walked) FROM listing WHERE walked NOT NULL GROUP BY kind")
        )

    def last_look(self) -> str | None:
        """Return until when the archive knows what the site published; None if it never looked at all of it.

        That is the end of the last whole walk of a listing; of the last complete crawl where there are no listings.
        """
        if self._count("SELECT EXISTS (SELECT 1 FROM listing)"):
            return max(self.walked().values(), default=None)
        return self.last_complete()

    def categories(self) -> list[tuple[str, bool]]:
        """Return when each category that had entries was last walked to its end, and whether that walk saw any.

        Only its newest entries are checked, which a walk that stopped early has seen too.
        """
        newest = "SELECT walk FROM sighting WHERE listing = listing.number ORDER BY address DESC LIMIT ?"
        rows = self._connection.execute(
            f"SELECT walked, (SELECT max(walk) FROM ({newest})) AS seen, walk FROM listing"
            " WHERE kind = 'category' AND walked NOT NULL AND seen NOT NULL",
            (NEWEST,),
        )
        return [(str(walked), seen == walk) for walked, seen, walk in rows]

    def shown_by_feed(self, before: str) -> list[bool]:
        """Return whether a feed ever showed each of the newest articles published ``before``, the newest first."""
        rows = self._connection.execute(
            "SELECT EXISTS (SELECT 1 FROM address JOIN sighting ON address = address.number"
            " JOIN listing ON listing = listing.number WHERE article = article.id AND kind = 'feed')"
            " FROM article WHERE published < ? AND gone IS NULL ORDER BY published DESC LIMIT ?",
            (before, NEWEST),
        )
        return [bool(is_shown) for (is_shown,) in rows]

    def ahead(self) -> str | None:
        """Return when the last crawl began that, by today's clock, is yet to come; None if none is."""
        began = self._moment("SELECT began FROM crawl ORDER BY id DESC LIMIT 1")
        return began if began and began > now() else None

    def _count(self, query: str, *values: object) -> int:
        return int(self._connection.execute(query, values).fetchone()[0])

    def _moment(self, query: str, *values: object) -> str | None:
        row = self._connection.execute(query, values).fetchone()
        return str(row[0]) if row and row[0] else None


def _day(text: str | None) -> date | None:
    """Return the day that a site printed; None if it is not a date."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
