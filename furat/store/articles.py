"""What was archived: every article, with each state in which it was seen."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import cast

from furat.arabic import tidy
from furat.coverage import lacking
from furat.items import Article, Tombstone, from_json, to_json
from furat.store.connection import Connection
from furat.store.known import Known, way
from furat.store.packed import pack
from furat.store.states import changes, patch, settled
from furat.urls import canonical


class Articles:
    """The articles of the archive, each with all its revisions and what changed between them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._changes = 0
        self._found: dict[tuple[str, str], Known | None] = {}

    def known(self, article: str) -> Known | None:
        """Return what the archive holds of the article with this id."""
        return self._known("article WHERE id = ?", article)

    def known_at(self, url: str) -> Known | None:
        """Return what the archive holds of the article that the address ``url`` leads to."""
        return self._known("address JOIN article ON id = article WHERE address.url = ?", canonical(url))

    def has_copies(self, article: str) -> bool:
        """Return whether the article with this id is the first of a cluster of copies."""
        query = "SELECT 1 FROM article WHERE duplicate_of = ? LIMIT 1"
        return self._connection.execute(query, (article,)).fetchone() is not None

    def clusters(self) -> Iterator[tuple[Article, list[Article]]]:
        """Return the last states of every article that has copies and of these, both in the order of archiving."""
        rows = self._connection.execute(
            """
            SELECT first.id, copy.id FROM article AS copy JOIN article AS first ON first.id = copy.duplicate_of
            ORDER BY first.rowid, copy.rowid
            """
        ).fetchall()
        for first, copies in groupby(rows, itemgetter(0)):
            yield self._last(first), [self._last(copy) for _, copy in copies]

    def sections(self, article: str, language: str | None = None) -> tuple[str, ...]:
        """Return the names of the sections on whose listings the article was seen, clean, in their order."""
        rows = self._connection.execute(
            """
            SELECT DISTINCT name FROM listing JOIN sighting ON listing = listing.number
            JOIN address ON address = address.number WHERE article = ? AND kind IN ('category', 'tag')
            """,
            (article,),
        )
        return tuple(sorted({tidy(name, language or "ar") for (name,) in rows}))

    def add(self, article: Article, link: Callable[[Article], Article] | None = None) -> Article | None:
        """Return the revision that ``article`` makes, archived and its debt ended; None where its state is known.

        ``link`` returns a revision with what it copies; what it writes is part of the same write.
        """
        with self._connection.writing():
            known = self.known(article.id)
            self._settle_at(article)
            is_new = known is None or known.gone is not None or known.is_edited_by(article)
            state = replace(
                article,
                revision=(known.revision if known else 0) + is_new,
                first_seen=known.first_seen if known else article.seen,
                sections=self.sections(article.id, article.language),
            )
            if known and not is_new:
                self._touch(self._note(state))
                if known.way != way(article):
                    self._keep_other(known, article.digest)
                return None
            if link:
                state = link(state)
            self._touch(state)
            self._append(state, state.crawl)
        return state

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

    def coverage(self) -> dict[tuple[str, ...], int]:
        """Return how many articles lack which fields."""
        rows = self._connection.execute("SELECT lacks, count(*) FROM article WHERE gone IS NULL GROUP BY lacks")
        return {tuple(lacks.split()): number for lacks, number in rows}

    def find(self, name: str) -> Article | None:
        """Return the last state of the article with this id or address."""
        known = self.known(name) or self.known_at(name)
        return self._last(known.id) if known else None

    def tells_more(self, article: Article) -> bool:
        """Return whether the page of ``article`` told much more of it than the API does now."""
        last = self.find(article.id)
        return last is not None and way(last) != way(article) and len(article.text) < ENOUGH * len(last.text)

    def posts(self) -> Iterator[tuple[int, str]]:
        """Return the WordPress number and the address of every article that is not gone."""
        query = "SELECT post_id, url FROM article WHERE gone IS NULL AND post_id NOT NULL"
        return (tuple(row) for row in self._connection.execute(query).fetchall())

    def last(self) -> Article | None:
        """Return what was archived last."""
        row = self._connection.execute(
            "SELECT item FROM current WHERE item ->> 'kind' = 'article' ORDER BY number DESC LIMIT 1"
        ).fetchone()
        return cast("Article", from_json(row["item"])) if row else None

    def newest(self) -> Article | None:
        """Return the last state of the article that was published last."""
        row = self._connection.execute("SELECT id FROM article ORDER BY published DESC LIMIT 1").fetchone()
        return self._last(row["id"]) if row else None

    def latest(self) -> Iterator[Article]:
        """Return every article that is not gone in its last state, in the order of archiving."""
        rows = self._connection.execute(
            "SELECT item, change FROM current JOIN article ON id = article AND article.revision = current.revision"
            " WHERE gone IS NULL ORDER BY number"
        )
        return (cast("Article", from_json(*row)) for row in rows)

    def _known(self, where: str, value: str) -> Known | None:
        """Return what a query finds; asked again before anything was written, it finds the same."""
        if self._connection.changes != self._changes:
            self._changes = self._connection.changes
            self._found.clear()
        if (where, value) not in self._found:
            row = self._connection.execute(f"{KNOWN} FROM {where}", (value,)).fetchone()
            self._found[where, value] = Known(*row) if row else None
        return self._found[where, value]

    def _last(self, article: str) -> Article:
        row = self._connection.execute(
            "SELECT item, change FROM current WHERE article = ? AND item ->> 'kind' = 'article'"
            " ORDER BY number DESC LIMIT 1",
            (article,),
        ).fetchone()
        return cast("Article", from_json(*row))

    def _note(self, state: Article) -> Article:
        """Return ``state`` as it differs from the last one; it is kept where it does."""
        item, change = self._connection.execute(
            "SELECT item, change FROM current WHERE article = ? AND revision = ?", (state.id, state.revision)
        ).fetchone()
        last = cast("Article", from_json(item, change))
        state = settled(last, state)
        if changes(last, state):
            self._connection.execute(
                "INSERT INTO state (article, revision, change) VALUES (?, ?, ?)",
                (state.id, state.revision, patch(cast("Article", from_json(item)), state)),
            )
        return state

    def _touch(self, state: Article) -> None:
        self._connection.execute(
            """
            INSERT INTO article
                (id, url, post_id, revision, digest, published, first_seen, seen, crawl, duplicate_of, lacks, way)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                duplicate_of = CASE WHEN revision = excluded.revision THEN duplicate_of ELSE excluded.duplicate_of END,
                url = excluded.url, post_id = excluded.post_id, revision = excluded.revision, digest = excluded.digest,
                published = excluded.published, lacks = excluded.lacks, seen = excluded.seen, crawl = excluded.crawl,
                doubted = NULL, gone = NULL, other = iif(digest = excluded.digest, other, NULL), way = excluded.way
            """,
            (*repeated(state), " ".join(lacking(state)), way(state)),
        )

    def _keep_other(self, known: Known, digest: str) -> None:
        self._connection.execute(
            "UPDATE article SET digest = ?, way = ?, other = ? WHERE id = ?",
            (known.digest, known.way, digest, known.id),
        )

    def _settle_at(self, article: Article) -> None:
        values = (article.url, article.id, article.seen)
        settled = self._connection.execute(
            "UPDATE address SET article = ?2, seen = ?3, owed = NULL, tries = 0, reason = NULL WHERE url = ?1", values
        )
        if not settled.rowcount:
            self._connection.execute(
                "INSERT INTO address (url, printed, article, seen) VALUES (?1, ?1, ?2, ?3)", values
            )
        self._settle(article.id, article.seen, article.url)

    def _settle(self, article: str, seen: str, beside: str | None = None) -> None:
        """Note that nothing is owed at the addresses that lead to ``article``; ``beside`` is one that was noted."""
        self._connection.execute(
            "UPDATE address SET owed = NULL, tries = 0, reason = NULL, seen = ? WHERE article = ? AND url IS NOT ?",
            (seen, article, beside),
        )

    def _append(self, state: Article | Tombstone, crawl: str) -> None:
        self._connection.execute(
            "INSERT INTO revision (article, revision, item, feed) VALUES (?, ?, ?, ?)",
            (state.id, state.revision, pack(to_json(state)), crawl),
        )


KNOWN = "SELECT id, post_id, revision, digest, first_seen, crawl, doubted, gone, article.seen, way, other"
"""What `Known` takes."""

ENOUGH = 2 / 3
"""How much of the text of its page the API tells at least, if it tells all."""

repeated = attrgetter(
    "id", "url", "post_id", "revision", "digest", "published", "first_seen", "seen", "crawl", "duplicate_of"
)
"""What the table `article` repeats of an item."""
