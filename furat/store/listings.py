"""Which articles each listing shows, and how far its walks came."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from furat.clock import now
from furat.outcomes import Outcome
from furat.sections import Kind, Section
from furat.store.connection import Connection
from furat.store.moved import forget_moved
from furat.store.tally import Tally
from furat.store.walk import Balance, Step, Walk
from furat.urls import canonical


class Listings:
    """The listings of a site, each with the addresses seen on it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def discover(self, section: Section) -> None:
        """Record that ``section`` has a listing (as walk 0), so that a later crawl walks it if this one can't."""
        self._connection.write(
            "INSERT INTO listing (url, kind, name, walk) VALUES (?, ?, ?, 0) ON CONFLICT (url) DO NOTHING",
            (canonical(section.url), section.kind, section.name),
        )

    def unwalked(self) -> list[Section]:
        """Return the categories whose last walk did not come to its end."""
        rows = self._connection.execute(
            "SELECT kind, name, url FROM listing"
            " WHERE kind = 'category' AND (complete IS NULL OR reached IS NOT NULL) ORDER BY number"
        )
        return [Section(*row) for row in rows]

    def fronts(self) -> list[str]:
        """Return the addresses of home pages and of lists of posts that were asked of the API."""
        rows = self._connection.execute("SELECT url FROM listing WHERE kind IN ('home', 'api') ORDER BY number")
        return [str(row["url"]) for row in rows]

    def begin(self, section: Section, *, afresh: bool = False, is_unchanged: bool = False) -> Walk:
        """Return a new walk of the listing of ``section``; a walk ``afresh`` trusts no earlier one.

        A listing that ``is_unchanged`` shows what it showed to its last walk, which goes on.
        """
        url = canonical(section.url)
        with self._connection.writing():
            row = self._connection.execute(
                "INSERT INTO listing (url, kind, name, walk) VALUES (?, ?, ?, 1) ON CONFLICT (url) DO UPDATE"
                " SET walk = walk + ?, name = coalesce(nullif(excluded.name, ''), name)"
                " RETURNING number, walk, complete, reached, coalesce(reached_by, 0)",
                (url, section.kind, section.name, not is_unchanged),
            ).fetchone()
            walk = Walk(*row)
        return Walk(walk.listing, walk.number) if afresh else walk

    def step(self, walk: Walk, printed: Iterable[str], trusts: Sequence[str] = ()) -> Step:
        """Record the addresses ``printed`` on a page, return what they show; unknown and gone ones become pending.

        What complete walks of the listings that it ``trusts`` saw counts as seen by a walk 0 of this listing.
        """
        links, moment = {canonical(link): link for link in printed}, now()
        with self._connection.writing():
            rows = self._connection.execute(
                "SELECT address.url, number, walk, gone, article NOT NULL FROM address"
                " LEFT JOIN sighting ON address = number AND listing = ? LEFT JOIN article ON id = article"
                " WHERE address.url IN (SELECT value FROM json_each(?))",
                (walk.listing, json.dumps([*links])),
            ).fetchall()
            self._connection.executemany(
                "UPDATE address SET pending = coalesce(pending, ?) WHERE number = ?",
                [(moment, number) for _, number, _, gone, _ in rows if gone],
            )
            walks = {url: by for url, _, by, *_ in rows}
            unseen = [number for _, number, by, *_ in rows if by != walk.number]
            first = [leads for *_, by, _, leads in rows if by is None]
            unknown = self._add_pending([link for link in links.items() if link[0] not in walks], moment)
            self._connection.executemany(
                "INSERT INTO sighting (listing, address, walk) VALUES (?, ?, ?)"
                " ON CONFLICT DO UPDATE SET walk = excluded.walk",
                [(walk.listing, number, walk.number) for number in (*unseen, *unknown)],
            )
            Tally(self._connection).show(walk.listing, len(first) + len(unknown), sum(first))
            walks.update(dict.fromkeys(self._covered(links, trusts), 0))
        return Step(len(unknown), tuple(map(walks.get, links)))

    def reach(self, walk: Walk, page: str) -> None:
        """Record that ``walk`` covers all pages down to the address ``page``."""
        self._connection.write(
            "UPDATE listing SET reached = ?, reached_by = ? WHERE number = ?", (page, walk.number, walk.listing)
        )

    def end(self, walk: Walk) -> None:
        """Record that ``walk`` is complete."""
        with self._connection.writing():
            self._connection.execute(
                "UPDATE listing SET complete = ?, walked = ?, reached = NULL, reached_by = NULL WHERE number = ?",
                (walk.number, now(), walk.listing),
            )
            forget_moved(self._connection, walk)

    def is_complete(self, section: Section) -> bool:
        """Return whether a walk of the listing of ``section`` ever came to its end."""
        row = self._connection.execute(
            "SELECT complete FROM listing WHERE url = ?", (canonical(section.url),)
        ).fetchone()
        return row is not None and row["complete"] is not None

    def walked(self, kind: Kind) -> dict[str, str]:
        """Return when the listings of this ``kind`` were last read to their ends, by address."""
        rows = self._connection.execute("SELECT url, walked FROM listing WHERE kind = ? AND walked NOT NULL", (kind,))
        return {row["url"]: row["walked"] for row in rows}

    def vanished(self, kind: Kind, since: str) -> list[str]:
        """Return the addresses of articles that listings of this ``kind`` showed, but not in their last walks.

        A listing that was not read to its end ``since`` then is no more, and shows nothing.
        """
        rows = self._connection.execute(
            """
            SELECT DISTINCT article.url FROM listing
            CROSS JOIN sighting ON sighting.listing = listing.number
                AND sighting.walk < listing.walk + coalesce(walked NOT BETWEEN ?2 AND ?3, 0)
            CROSS JOIN address ON address.number = sighting.address CROSS JOIN article ON article.id = address.article
            WHERE kind = ?1 AND gone IS NULL AND NOT EXISTS (
                SELECT 1 FROM address AS other CROSS JOIN sighting AS still ON still.address = other.number
                CROSS JOIN listing AS now ON now.number = still.listing
                WHERE other.article = article.id AND now.kind = ?1 AND still.walk = now.walk
                AND coalesce(now.walked BETWEEN ?2 AND ?3, 1)
            )
            """,
            (kind, since, now()),
        )
        return [row["url"] for row in rows]

    def showing(self, url: str, *, ever: bool = False) -> list[str]:
        """Return the addresses of the listings whose last walk, or any if ``ever``, saw the article address ``url``."""
        rows = self._connection.execute(
            "SELECT listing.url FROM address JOIN sighting ON address = address.number"
            " JOIN listing ON listing = listing.number WHERE address.url = ? AND (listing.walk = sighting.walk OR ?)",
            (canonical(url), ever),
        )
        return [row["url"] for row in rows]

    def shows(self, article: str, since: str = "") -> bool:
        """Return whether the last walk of any listing saw an address that leads to the article with this id.

        Only listings that were read to their ends ``since`` then count, if it is given. A feed of which only one page
        was read, to learn from, does not: it is not read again.
        """
        row = self._connection.execute(
            "SELECT 1 FROM address JOIN sighting ON address = address.number"
            " JOIN listing ON listing = listing.number AND listing.walk = sighting.walk"
            " WHERE article = ?1 AND (kind <> 'feed' OR walked NOT NULL)"
            " AND (?2 = '' OR walked BETWEEN ?2 AND ?3) LIMIT 1",
            (article, since, now()),
        )
        return row.fetchone() is not None

    def shows_missing(self, url: str) -> bool:
        """Return whether the last walk of the listing at ``url`` saw an article that seems to be gone."""
        row = self._connection.execute(
            "SELECT 1 FROM article INDEXED BY article_suspected CROSS JOIN address ON address.article = article.id"
            " CROSS JOIN sighting ON sighting.address = address.number"
            " CROSS JOIN listing ON listing.number = sighting.listing AND listing.walk = sighting.walk"
            " WHERE suspected_by NOT NULL AND article.id > '' AND listing.url = ? LIMIT 1",
            (canonical(url),),
        )
        return row.fetchone() is not None

    def numbers(self, kind: Kind, but: str, *, ever: bool = False) -> set[int]:
        """Return the WordPress numbers of articles on listings of a ``kind`` whose addresses don't begin with ``but``.

        Only what their last walks saw counts; what any walk saw if ``ever``.
        """
        rows = self._connection.execute(
            "SELECT post_id FROM listing CROSS JOIN sighting ON listing = listing.number"
            " CROSS JOIN address ON address = address.number CROSS JOIN article ON article.id = article"
            " WHERE kind = ?1 AND substr(listing.url, 1, length(?2)) <> ?2 AND post_id NOT NULL"
            " AND (listing.walk = sighting.walk OR ?3)",
            (kind, but, ever),
        )
        return {int(number) for (number,) in rows}

    def has_entries(self, url: str) -> bool:
        """Return whether an article was ever seen on the listing at ``url``."""
        query = "SELECT 1 FROM listing JOIN sighting ON listing = number WHERE url = ? LIMIT 1"
        return self._connection.execute(query, (canonical(url),)).fetchone() is not None

    def all(self) -> list[sqlite3.Row]:
        """Return every listing: url, kind, name, walked, and how many archived articles were seen on it."""
        return self._connection.execute(
            "SELECT url, kind, name, walked, archived AS articles FROM listing ORDER BY number"
        ).fetchall()

    def shown(self, url: str) -> int:
        """Return how many addresses were ever seen on the listing at ``url``; of a sitemap, without moved ones."""
        row = self._connection.execute("SELECT shown FROM listing WHERE url = ?", (url,)).fetchone()
        return int(row[0]) if row else 0

    def balance(self, walk: Walk) -> Balance:
        """Return how many addresses ``walk`` saw, and how many of them are archived or pending."""
        row = self._connection.execute(
            "SELECT coalesce(nullif(name, ''), kind), listing.url, count(address),"
            " count(DISTINCT article) FILTER (WHERE pending IS NULL), count(pending),"
            " count(article) FILTER (WHERE pending IS NULL)"
            " FROM listing LEFT JOIN sighting ON listing = listing.number AND sighting.walk = listing.walk"
            " LEFT JOIN address ON address = address.number WHERE listing.number = ?",
            (walk.listing,),
        ).fetchone()
        return Balance(*row)

    def reopen_merged(self, walk: Walk) -> None:
        """Note that visits are pending of what ``walk`` saw and what led to the article of another address."""
        with self._connection.writing():
            self._connection.execute(
                "UPDATE address SET pending = coalesce(pending, ?1), outcome = ?2, article = NULL, detail ="
                " 'it leads to ' || (SELECT url FROM article WHERE id = address.article) || ', and so do others'"
                " WHERE number IN (SELECT address FROM sighting WHERE listing = ?3 AND walk = ?4)"
                " AND url <> (SELECT url FROM article WHERE id = address.article)",
                (now(), Outcome.FAILED, walk.listing, walk.number),
            )
            Tally(self._connection).recount()

    def _add_pending(self, unknown: Sequence[tuple[str, str]], moment: str) -> range:
        """Add ``unknown`` addresses, canonical and printed, as pending, and return their numbers.

        Trying to insert all addresses would cost four times as much: most of a page's are known.
        """
        (last,) = self._connection.execute("SELECT ifnull(max(number), 0) FROM address").fetchone()
        numbers = range(last + 1, last + 1 + len(unknown))
        self._connection.executemany(
            "INSERT INTO address (number, url, printed, pending) VALUES (?, ?, ?, ?)",
            [(number, *link, moment) for number, link in zip(numbers, unknown, strict=True)],
        )
        return numbers

    def _covered(self, links: Iterable[str], trusts: Sequence[str]) -> Iterator[str]:
        """Yield those of the canonical ``links`` that a complete walk of one of the listings at ``trusts`` saw."""
        if trusts:
            rows = self._connection.execute(
                "SELECT address.url FROM address CROSS JOIN sighting ON address = address.number"
                " CROSS JOIN listing ON listing = listing.number"
                " WHERE address.url IN (SELECT value FROM json_each(?))"
                " AND listing.url IN (SELECT value FROM json_each(?)) AND sighting.walk <= complete",
                (json.dumps([*links]), json.dumps([*map(canonical, trusts)])),
            )
            yield from (url for (url,) in rows.fetchall())
