"""What was archived: every state of every article."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

from furat.clock import utc
from furat.items import Article, Tombstone, from_json, to_json
from furat.store.connection import Connection
from furat.urls import canonical


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive holds of an article."""

    id: str
    post_id: int | None
    revision: int
    digest: str
    first_seen: str
    crawl: str
    """The crawl that visited it last."""

    doubted: str | None
    """The crawl that first found it gone."""

    gone: int | None
    """The HTTP status of its tombstone."""

    seen: str
    """When it was last visited."""

    way: str
    """What printed its last state: `page` or `api`."""

    other: str | None
    """The digest of the same state as the other way prints it."""


class Articles:
    """The articles of the archive, each with all its revisions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, article: str) -> Known | None:
        """Return what the archive holds of the article with this id."""
        row = self._connection.execute(
            "SELECT id, post_id, revision, digest, first_seen, crawl, doubted, gone, seen, way, other"
            " FROM article WHERE id = ?",
            (article,),
        ).fetchone()
        return Known(*row) if row else None

    def known_at(self, url: str) -> Known | None:
        """Return what the archive holds of the article that the address ``url`` leads to."""
        row = self._connection.execute("SELECT article FROM address WHERE url = ?", (canonical(url),)).fetchone()
        return self.known(row["article"]) if row and row["article"] else None

    def first_with(self, digest: str, other_than: str) -> str | None:
        """Return the id of the first article archived with this digest."""
        row = self._connection.execute(
            "SELECT id FROM article WHERE digest = ? AND id <> ? ORDER BY rowid LIMIT 1", (digest, other_than)
        ).fetchone()
        return cast("str", row["id"]) if row else None

    def sections(self, article: str) -> tuple[str, ...]:
        """Return the names of the sections on whose listings the article was seen, in the order of their discovery."""
        rows = self._connection.execute(
            """
            SELECT name FROM listing
            JOIN sighting ON listing = listing.number JOIN address ON address = address.number
            WHERE article = ? AND kind IN ('category', 'tag') GROUP BY listing.number ORDER BY listing.number
            """,
            (article,),
        )
        return tuple(dict.fromkeys(row["name"] for row in rows))

    def add(self, article: Article) -> Article | None:
        """Return the revision that ``article`` makes, archived and its debt ended; None where its state is known.

        Pages and the API print the same state in two forms. Each is held against its own.
        """
        with self._connection.writing():
            self._settle_at(article)
            known = self.known(article.id)
            is_new = known is None or known.gone is not None or _is_edit(known, article)
            state = replace(
                article,
                revision=(known.revision if known else 0) + is_new,
                first_seen=known.first_seen if known else article.seen,
                sections=self.sections(article.id),
            )
            self._touch(state)
            if known and not is_new and known.way != way(article):
                self._keep_other(known, article.digest)
            if is_new:
                self._append(state, state.crawl)
        return state if is_new else None

    def bury(self, tombstone: Tombstone, crawl: str) -> Tombstone | None:
        """Return the archived tombstone; None where the article is in doubt for the first time.

        Gone is what two crawls found gone: a broken server or a slip of an editor
        must not make tombstones.
        """
        with self._connection.writing():
            known = self.known(tombstone.id)
            if known is None or known.gone is not None:
                return None
            is_sure = known.doubted not in (None, crawl)
            state = replace(tombstone, revision=known.revision + is_sure)
            self._connection.execute(
                "UPDATE article SET seen = ?, doubted = coalesce(doubted, ?), gone = ?, revision = ? WHERE id = ?",
                (state.seen, crawl, state.gone if is_sure else None, state.revision, state.id),
            )
            self._settle(state.id, state.seen)
            if is_sure:
                self._append(state, crawl)
        return state if is_sure else None

    def confirm(self, url: str, seen: str) -> None:
        """Note that the server says that the page at ``url`` did not change.

        It is believed once: the next visit asks for the page.
        """
        with self._connection.writing():
            self._connection.execute(
                "UPDATE article SET seen = ?, doubted = NULL WHERE id = (SELECT article FROM address WHERE url = ?)",
                (seen, url),
            )
            self._connection.execute(
                "UPDATE address SET etag = NULL, changed = NULL, seen = ? WHERE url = ?", (seen, url)
            )

    def find(self, name: str) -> Article | None:
        """Return the last state of the article with this id or address."""
        known = self.known(name) or self.known_at(name)
        return self._last(known.id) if known else None

    def posts(self) -> Iterator[tuple[int, str]]:
        """Return the WordPress number and the address of every article that is not gone."""
        query = "SELECT post_id, url FROM article WHERE gone IS NULL AND post_id NOT NULL"
        return (tuple(row) for row in self._connection.execute(query).fetchall())

    def newest(self) -> Article | None:
        """Return the last state of the article that was published last."""
        row = self._connection.execute("SELECT id FROM article ORDER BY published DESC LIMIT 1").fetchone()
        return self._last(row["id"]) if row else None

    def latest(self) -> Iterator[Article]:
        """Return every article that is not gone in its last state, in the order of archiving."""
        rows = self._connection.execute(
            """
            SELECT item FROM revision JOIN article ON id = article AND article.revision = revision.revision
            WHERE gone IS NULL ORDER BY number
            """
        )
        return (cast("Article", from_json(row["item"])) for row in rows)

    def _last(self, article: str) -> Article:
        query = (
            "SELECT item FROM revision WHERE article = ? AND item ->> 'kind' = 'article' ORDER BY number DESC LIMIT 1"
        )
        return cast("Article", from_json(self._connection.execute(query, (article,)).fetchone()["item"]))

    def _touch(self, state: Article) -> None:
        self._connection.execute(
            """
            INSERT INTO article (id, url, post_id, revision, digest, published, first_seen, seen, crawl, way)
            VALUES (:id, :url, :post_id, :revision, :digest, :published, :first_seen, :seen, :crawl, :way)
            ON CONFLICT (id) DO UPDATE SET
                url = excluded.url, post_id = excluded.post_id, revision = excluded.revision, digest = excluded.digest,
                published = excluded.published, seen = excluded.seen, crawl = excluded.crawl,
                doubted = NULL, gone = NULL, other = iif(digest = excluded.digest, other, NULL), way = excluded.way
            """,
            {"way": way(state), **{name: getattr(state, name) for name in COLUMNS}},
        )

    def _keep_other(self, known: Known, digest: str) -> None:
        self._connection.execute(
            "UPDATE article SET digest = ?, way = ?, other = ? WHERE id = ?",
            (known.digest, known.way, digest, known.id),
        )

    def _settle_at(self, article: Article) -> None:
        self._connection.execute(
            """
            INSERT INTO address (url, printed, article) VALUES (:url, :url, :id)
            ON CONFLICT (url) DO UPDATE SET article = excluded.article
            """,
            {"url": article.url, "id": article.id},
        )
        self._settle(article.id, article.seen)

    def _settle(self, article: str, seen: str) -> None:
        self._connection.execute(
            "UPDATE address SET owed = NULL, tries = 0, reason = NULL, seen = ? WHERE article = ?", (seen, article)
        )

    def _append(self, state: Article | Tombstone, crawl: str) -> None:
        self._connection.execute(
            "INSERT INTO revision (article, revision, item, feed) VALUES (?, ?, ?, ?)",
            (state.id, state.revision, to_json(state), crawl),
        )


def way(article: Article) -> str:
    """Return what told of ``article``: `api`, or its `page`."""
    return "api" if article.published_source == "api" else "page"


def _is_edit(known: Known, article: Article) -> bool:
    """Return whether ``article`` is another state than the ``known`` one, not only another form of it."""
    if known.digest == article.digest:
        return False
    if known.way == way(article):
        return True
    changed = utc(article.modified)
    return known.other != article.digest if known.other else bool(changed and changed > known.seen)


COLUMNS = ("id", "url", "post_id", "revision", "digest", "published", "first_seen", "seen", "crawl")
"""What the table `article` repeats of an item."""
