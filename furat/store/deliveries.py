"""Records which feed delivered which revision, so that every revision is delivered exactly once."""

import errno
import logging
from collections.abc import Collection, Iterator
from pathlib import Path

from furat.clock import now
from furat.files import is_inside
from furat.items import RedeliveredArticle, RedeliveredTombstone, redelivered
from furat.store.delivered import UNKNOWN_FEED, Delivered, Feed
from furat.store.joining import deliver
from furat.store.records import Numbers, key_of, read
from furat.store.undelivered import WAITING, undelivered

__all__ = ["UNKNOWN_FEED", "Deliveries", "Feed"]

logger = logging.getLogger(__name__)

NUMBER = "SELECT number FROM revision WHERE article = ?1 AND revision = ?2"


class Deliveries(Delivered):
    """The feeds of all crawls: being written, complete, or delivered under their final names.

    A feed is written beside its final name, or beside the file that its lines will be
    appended to. Once all feeds of a crawl are on the disk, one commit decides that they
    are delivered. After a kill, the next crawl renames those and deletes all others.
    """

    def open(self, part: Path, path: Path, crawl: str) -> None:
        """Record that ``crawl`` writes the feed ``path`` in the file ``part``."""
        self._connection.write(
            "INSERT OR REPLACE INTO feed (part, path, crawl) VALUES (?, ?, ?)",
            (self._name(part), self._name(path), crawl),
        )
        self._connection.commit()  # before the file exists: after a kill, the next crawl must know of it

    def enter(self, article: str, revision: int, crawl: str) -> None:
        """Record that a revision goes into the feeds of ``crawl``."""
        with self._connection.writing():
            self._mark(article, revision, crawl)
            self._connection.execute(f"INSERT OR IGNORE INTO undelivered {NUMBER}", (article, revision))

    def withdraw(self, article: str, crawl: str) -> None:
        """Record that the revisions of an article that ``crawl`` archived did not reach its feeds after all."""
        self._connection.write(
            "UPDATE delivery SET crawl = NULL WHERE crawl = ? AND number IN"
            " (SELECT number FROM revision CROSS JOIN undelivered USING (number) WHERE article = ?)",
            (crawl, article),
        )

    def withhold(self, article: str, revision: int) -> None:
        """Record that a revision is not meant for any feed."""
        with self._connection.writing():
            self._mark(article, revision, None)
            self._connection.execute(f"DELETE FROM undelivered WHERE number = ({NUMBER})", (article, revision))

    def promised(self, crawl: str) -> int:
        """Return how many revisions the feeds of ``crawl`` must hold."""
        query = "SELECT count(*) FROM undelivered CROSS JOIN delivery USING (number) WHERE crawl = ?"
        return int(self._connection.execute(query, (crawl,)).fetchone()[0])

    def finish(self, crawl: str) -> list[str]:
        """Give the feeds of ``crawl`` their final names and return these; their records are delivered.

        Raises OSError if a feed is no longer there; then no feed of the crawl is delivered.
        """
        feeds = [feed for feed in self.pending() if feed.crawl == crawl]
        for feed in feeds:
            if not feed.part.exists():
                raise OSError(errno.ENOENT, "moved or deleted while the crawl wrote it", str(feed.part))
        self._durably("UPDATE feed SET whole = 1 WHERE crawl = ?", crawl)
        finished = self.recover([feed.path for feed in feeds])
        with self._connection.writing():
            self._mark_delivered([crawl])  # also records that went only to the standard output
        return [str(feed.path) for feed in finished]

    def recover(self, named: Collection[Path] = ()) -> list[Feed]:
        """Give complete feeds of earlier crawls their names and return them; delete those that are incomplete.

        A feed that can't get its name yet, such as one on a disk that is not connected, goes on waiting. Outside
        the archive's folder no file is touched on the archive's word alone, as a stranger may have written the
        archive: there only feeds are finished that the operator has ``named`` again.
        """
        feeds = [feed for feed in self.pending() if self.may_touch(feed, named)]
        broken = [feed for feed in feeds if not feed.whole]
        for feed in broken:
            feed.part.unlink(missing_ok=True)
        finished = [feed for feed in feeds if feed.whole and self._deliver(feed)]
        with self._connection.writing():
            gone, done = ([(self._name(feed.part),) for feed in some] for some in (broken, finished))
            self._connection.executemany("DELETE FROM feed WHERE part = ?", gone)
            self._connection.executemany(
                "UPDATE feed SET delivered = ? WHERE part = ?", [(now(), *part) for part in done]
            )
            self._mark_delivered([feed.crawl for feed in finished])
        return finished

    def may_touch(self, feed: Feed, named: Collection[Path] = ()) -> bool:
        """Return whether a pending ``feed`` is in the archive's folder or is ``named``, with its part beside it."""
        is_beside = feed.part.parent == feed.path.parent and feed.part.suffix == ".part"
        return is_beside and (feed.path in named or is_inside(self._folder, feed.path))

    def undelivered(self) -> Iterator[RedeliveredArticle | RedeliveredTombstone]:
        """Return the revisions that no delivered feed holds, in the order of archiving.

        Those in a complete feed outside the folder are left out: they wait until the operator names that feed again.
        """
        return (redelivered(item) for _, item in undelivered(self._connection, WAITING))

    def _deliver(self, feed: Feed) -> bool:
        """Return whether ``feed`` has its final name, given now or before a kill."""
        try:
            return deliver(feed.part, feed.path) or self._holds(feed)
        except OSError as error:
            logger.warning("The feed %s can't be delivered yet: %s; the next crawl tries again", feed.path, error)
            return False

    def _holds(self, feed: Feed) -> bool:
        """Return whether the file of ``feed`` has all records of its crawl, as after a kill that followed its renaming.

        A file whose lines have no ids, in a format of the operator's choice, is assumed to.
        """
        if not feed.path.exists():
            return False
        found = Numbers()
        for record in read(feed.path):
            if (key := key_of(record)) is None:
                return True
            row = self._connection.execute(NUMBER, key).fetchone()
            found.add(row[0] if row else 0)
        rows = self._connection.execute("SELECT number FROM delivery WHERE crawl = ?", (feed.crawl,))
        return all(number in found for (number,) in rows)

    def _mark_delivered(self, crawls: list[str]) -> None:
        """Mark the records of these crawls as delivered, unless a feed of the same crawl still waits."""
        self._connection.executemany(
            "DELETE FROM undelivered WHERE number IN"
            " (SELECT number FROM undelivered CROSS JOIN delivery USING (number) WHERE crawl = :crawl)"
            " AND NOT EXISTS (SELECT * FROM feed WHERE crawl = :crawl AND delivered IS NULL)",
            [{"crawl": crawl} for crawl in crawls],
        )

    def _mark(self, article: str, revision: int, crawl: str | None) -> None:
        self._connection.execute(
            f"UPDATE delivery SET crawl = ?3 WHERE number = ({NUMBER})", (article, revision, crawl)
        )

    def _name(self, path: Path) -> str:
        path = path.absolute()
        return str(path.relative_to(self._folder) if path.is_relative_to(self._folder) else path)

    def _durably(self, statement: str, *values: str) -> None:
        self._connection.commit()
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute(statement, values)
        self._connection.execute("PRAGMA synchronous = NORMAL")
