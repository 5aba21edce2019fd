"""Reads which feed delivered which record."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from furat.files import is_inside
from furat.items import Article, Tombstone, from_json
from furat.store.connection import Connection

NAMED = re.compile(r"\w+-(?P<crawl>\d{8}T\d{6}Z-[0-9a-f]{4})\.jsonl")
"""The name that a crawl gives its feed."""


UNKNOWN_FEED = (
    "archive.db does not know that this feed was delivered: it is older, as a restored backup is; "
    "what the feed holds will be delivered again: move it out of the folder, and crawl"
)
"""The message about a feed that the archive does not know."""

DELIVERED_BY = "crawl = ?1 AND number NOT IN (SELECT number FROM undelivered)"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: still written, waiting for its name, or delivered."""

    part: Path
    """The file as it is written."""

    path: Path
    """Its final name."""

    crawl: str
    whole: bool
    """Whether it is complete on the disk, and so are all feeds of its crawl."""


class Delivered:
    """The feeds of all crawls, and what they hold."""

    def __init__(self, connection: Connection, folder: Path) -> None:
        """``folder`` is the archive's: feeds in it are stored by relative path, so that it can be moved."""
        self._connection = connection
        self._folder = folder.absolute()

    def pending(self) -> list[Feed]:
        """Return the feeds that are not delivered: a crawl is writing them, or was killed before it delivered them."""
        return self._feeds("SELECT part, path, crawl, whole FROM feed WHERE delivered IS NULL")

    def delivered(self) -> list[Feed]:
        """Return the JSON Lines files in the archive's folder `feed` that a single crawl delivered, in crawl order.

        Their names contain the crawl's id; any other file may hold more. Schema 1 did not record
        them: a file with the name that a crawl gives its feed counts as one of them.
        """
        known = (
            "SELECT part, path, crawl, whole FROM feed"
            " WHERE delivered IS NOT NULL AND path LIKE 'feed/%.jsonl' AND instr(path, crawl)"
        )
        guessed = """
            SELECT '', 'feed/' || spider || '-' || id || '.jsonl', id, 0 FROM crawl
            WHERE id NOT IN (SELECT crawl FROM feed) AND EXISTS (
                SELECT 1 FROM delivery WHERE crawl = id AND number NOT IN (SELECT number FROM undelivered)
            )
        """
        feeds = [*self._feeds(known), *(feed for feed in self._feeds(guessed) if feed.path.exists())]
        own = (feed for feed in feeds if is_inside(self._folder, feed.path))
        return sorted(own, key=lambda feed: feed.crawl)

    def unknown(self) -> list[Path]:
        """Return the feeds in the archive's folder `feed` of crawls that delivered none as far as the archive knows.

        There are some if ``archive.db`` is older than they are, as a restored backup is.
        """
        named = ((path, NAMED.fullmatch(path.name)) for path in sorted((self._folder / "feed").glob("*.jsonl")))
        return [path for path, name in named if name and not self._has_delivered(name["crawl"])]

    def numbers(self, feed: Feed) -> Iterator[int]:
        """Yield the number of each record that the file of a delivered ``feed`` must contain, in ascending order.

        Schema 1 did not record which copies of a text were left out: there none must be.
        """
        query = f"SELECT number FROM delivery WHERE {DELIVERED_BY} ORDER BY number"
        if not feed.whole:
            copied = "SELECT plain(item) ->> 'duplicate_of' FROM revision WHERE revision.number = delivery.number"
            query = f"SELECT number FROM delivery WHERE {DELIVERED_BY} AND ({copied}) IS NULL ORDER BY number"
        return (number for (number,) in self._connection.execute(query, (feed.crawl,)))

    def record(self, crawl: str, article: str, revision: int) -> tuple[int, str] | None:
        """Return the number and the JSON of a revision that the feeds of ``crawl`` delivered; None if they did not."""
        row = self._connection.execute(
            "SELECT number, plain(item) FROM revision CROSS JOIN delivery USING (number)"
            f" WHERE article = ?2 AND revision = ?3 AND {DELIVERED_BY}",
            (crawl, article, revision),
        ).fetchone()
        return (row[0], str(row[1])) if row else None

    def items(self, crawl: str) -> Iterator[Article | Tombstone]:
        """Return what the feeds of ``crawl`` delivered, in the order of archiving."""
        rows = self._connection.execute(
            f"SELECT plain(item) AS item FROM delivery CROSS JOIN revision USING (number) WHERE {DELIVERED_BY}"
            " ORDER BY number",
            (crawl,),
        )
        return (from_json(row["item"]) for row in rows)

    def _has_delivered(self, crawl: str) -> bool:
        """Return whether a feed of ``crawl`` is complete; schema 1 recorded only which records were delivered."""
        row = self._connection.execute(
            "SELECT EXISTS (SELECT 1 FROM feed WHERE crawl = ?1 AND (whole OR delivered IS NOT NULL))"
            " OR EXISTS (SELECT 1 FROM delivery WHERE crawl = ?1 AND number NOT IN (SELECT number FROM undelivered))",
            (crawl,),
        ).fetchone()
        return bool(row[0])

    def _feeds(self, query: str) -> list[Feed]:
        rows = self._connection.execute(query)
        return [Feed(self._folder / part, self._folder / path, crawl, bool(whole)) for part, path, crawl, whole in rows]
