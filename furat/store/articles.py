"""Writes articles to the archive: every revision, and each other state in which an article is seen."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import cast

from furat.clock import now
from furat.items import Article, Tombstone, from_json, lacking, to_json
from furat.store.archived import Archived
from furat.store.held import names, places
from furat.store.known import Known, origin
from furat.store.packed import pack
from furat.store.readings import is_another_reading
from furat.store.sources import Source, add_sources, has_sources
from furat.store.states import as_read, changes, patch, reconciled
from furat.store.tally import GONE, REVISIONS


class Articles(Archived):
    """The articles of the archive, each with all its revisions and what changed between them."""

    def add(
        self,
        article: Article,
        link: Callable[[Article], Article] | None = None,
        *,
        is_held: bool = False,
        sources: Sequence[Source] = (),
    ) -> Article | None:
        """Archive ``article``, end its visit, and return the new revision; None if its title and text are known.

        ``link`` returns a revision with what it copies; what it writes is part of the same write.
        One that ``is_held`` is in no feed of its crawl (see `Held`). ``sources`` are the WARC records it was read from.
        """
        with self._connection.writing():
            known = self.known(article.id)
            sections = self._end_visit(article)
            is_new = known is None or known.gone is not None or self._is_edited(known, article)
            if known and not is_new and known.origin == origin(article):
                article = replace(article, digest=known.digest)  # only read differently, not edited
            state = replace(
                article,
                revision=(known.revision if known else 0) + is_new,
                first_seen=known.first_seen if known else article.seen,
                sections=sections,
            )
            if known and not is_new:
                self._touch(self._note(state, sources), known)
                if known.origin != origin(article):
                    self._keep_other(known, article.digest)
                return None
            if link:
                state = link(state)
            self._touch(state, known)
            self._append(state, None if is_held else state.crawl, sources)
        return state

    def read_again(self, article: Article) -> None:
        """Keep the last state of ``article`` as its page is read today: no revision, as the site changed nothing."""
        known, lacks = self.known(article.id), " ".join(lacking(article))
        with self._connection.writing():
            query = "SELECT plain(item) FROM revision WHERE article = ? AND revision = ?"
            (item,) = self._connection.execute(query, (article.id, article.revision)).fetchone()
            self._connection.execute(
                "INSERT INTO state (article, revision, change, reread) VALUES (?, ?, ?, ?)",
                (article.id, article.revision, patch(cast("Article", from_json(item)), article), now()),
            )
            if known and known.gone is None:
                self._tally.move(known, lacks)
                self._connection.execute(
                    "UPDATE article SET digest = ?, published = ?, lacks = ? WHERE id = ?",
                    (article.digest, article.published, lacks, article.id),
                )

    def write_tombstone(
        self, tombstone: Tombstone, crawl: str | None, sources: Sequence[Source] = ()
    ) -> Tombstone | None:
        """Archive ``tombstone`` and return it; None if the article has one already, or is unknown.

        From then on it is due for another look (see `look_again`). Without a ``crawl`` it is held, as in `add`.
        """
        with self._connection.writing():
            known = self.known(tombstone.id)
            self._end_visits(tombstone.id, tombstone.seen)
            if known is None or known.gone is not None:  # an outdated listing may still show it
                return None
            state = replace(tombstone, revision=known.revision + 1)
            self._connection.execute(
                "UPDATE article SET seen = ?, gone = ?, revision = ?, looks = 0, next_look = ? WHERE id = ?",
                (state.seen, state.gone, state.revision, state.seen, state.id),
            )
            self._tally.move(known, None)
            self._append(state, crawl, sources)
        return state

    def suspect(self, article: str, crawl: str, seen: str, status: int) -> None:
        """Record that a visit did not find the article with this id; the first such time stays, unless yet to come."""
        with self._connection.writing():
            self._connection.execute(
                "UPDATE article SET seen = ?2, suspected_by = coalesce(suspected_by, ?3),"
                " suspected_at = iif(suspected_status IS NULL, ?2, min(suspected_at, ?2)),"
                " suspected_status = coalesce(suspected_status, ?4) WHERE id = ?1",
                (article, seen, crawl, status),
            )
            self._end_visits(article, seen)

    def look_again(self, article: str, looks: int, moment: str) -> None:
        """Record that an article with a tombstone was still missing, and when it is looked for next."""
        with self._connection.writing():
            self._connection.execute(
                "UPDATE article SET looks = ?, next_look = ? WHERE id = ?", (looks, moment, article)
            )
            self._end_visits(article, now())

    def deletions(self) -> tuple[int, int, int]:
        """Return how many articles are on the site, how many are gone, and on how many days that was found."""
        row = self._connection.execute(
            """
            WITH RECURSIVE found (day) AS (
                SELECT '0' UNION ALL SELECT (
                    SELECT substr(seen, 1, 10) FROM article
                    WHERE gone IS NOT NULL AND seen > found.day || 'U' ORDER BY seen LIMIT 1
                ) FROM found WHERE day NOT NULL
            ) SELECT count(day) - 1 FROM found
            """
        ).fetchone()
        return self._tally.articles(), self._tally.number(GONE), int(row[0])

    def confirm(self, url: str, seen: str) -> None:
        """Record that the server says that the page at ``url`` did not change.

        The server is believed once: the next visit requests the page unconditionally.
        """
        with self._connection.writing():
            self._connection.execute(
                "UPDATE article SET seen = ?, suspected_by = NULL, suspected_at = NULL, suspected_status = NULL"
                " WHERE id = (SELECT article FROM address WHERE url = ?)",
                (seen, url),
            )
            self._connection.execute(
                "UPDATE address SET etag = NULL, last_modified = NULL, seen = ? WHERE url = ?", (seen, url)
            )

    def suspect_gone(self, article: str, crawl: str) -> None:
        """Record that ``crawl`` has a sign that the article with this id is gone: it is due for recrawl at once."""
        with self._connection.writing():
            self._suspect(article, crawl, now(), None)

    def _is_edited(self, known: Known, article: Article) -> bool:
        """Return whether ``article`` was edited; if its dates leave that open, its words decide."""
        match known.is_edited_by(article):
            case None:
                last = self._last(known.id)
                return (last.title.split(), last.text.split()) != (article.title.split(), article.text.split())
            case is_edited:
                is_alike = known.origin == origin(article)
                return is_edited and not (is_alike and is_another_reading(self._last(known.id), article))

    def _note(self, state: Article, sources: Sequence[Source]) -> Article:
        """Keep ``state`` if it differs from the last one, and return it as the archive then has it."""
        item, change = self._connection.execute(
            "SELECT item, change FROM current WHERE article = ? AND revision = ?", (state.id, state.revision)
        ).fetchone()
        last = cast("Article", from_json(item, change))
        state = reconciled(last, state)
        is_new = bool(changes(last, state))
        if sources and (is_new or not has_sources(self._connection, state.id, state.revision)):
            add_sources(self._connection, state, sources)
        if is_new:
            self._connection.execute(
                "INSERT INTO state (article, revision, change) VALUES (?, ?, ?)",
                (state.id, state.revision, patch(cast("Article", from_json(item)), as_read(last, state))),
            )
        return state

    def _touch(self, state: Article, known: Known | None) -> None:
        lacks = " ".join(lacking(state))
        self._tally.move(known, lacks)
        self._connection.execute(
            """
            INSERT INTO article
                (id, url, post_id, revision, digest, published, first_seen, seen, crawl, duplicate_of, lacks, origin)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                duplicate_of = CASE WHEN revision = excluded.revision THEN duplicate_of ELSE excluded.duplicate_of END,
                url = excluded.url, post_id = excluded.post_id, revision = excluded.revision, digest = excluded.digest,
                published = excluded.published, lacks = excluded.lacks, seen = excluded.seen, crawl = excluded.crawl,
                suspected_by = NULL, suspected_at = NULL, suspected_status = NULL,
                gone = NULL, looks = 0, next_look = NULL,
                other_digest = iif(digest = excluded.digest, other_digest, NULL), origin = excluded.origin
            """,
            (*repeated(state), lacks, origin(state)),
        )

    def _suspect(self, article: str, crawl: str, moment: str, status: int | None) -> None:
        """Record the first sign that the article with this id is gone; an earlier record is kept."""
        self._connection.execute(
            "UPDATE article SET suspected_by = ?, suspected_at = ?, suspected_status = ?"
            " WHERE id = ? AND suspected_by IS NULL",
            (crawl, moment, status, article),
        )

    def _keep_other(self, known: Known, digest: str) -> None:
        self._connection.execute(
            "UPDATE article SET digest = ?, origin = ?, other_digest = ? WHERE id = ?",
            (known.digest, known.origin, digest, known.id),
        )

    def _end_visit(self, article: Article) -> tuple[str, ...]:
        """End the visit of ``article``; return the names of the sections that show it, sorted."""
        values = (article.url, article.id, article.seen)
        self._tally.lead(article.url)
        ended = self._connection.execute(
            "UPDATE address SET article = ?2, seen = ?3, pending = NULL, tries = 0, outcome = NULL, detail = NULL"
            " WHERE url = ?1",
            values,
        )
        if not ended.rowcount:
            self._connection.execute(
                "INSERT INTO address (url, printed, article, seen) VALUES (?1, ?1, ?2, ?3)", values
            )
        rows = places(self._connection, article.id)
        if any(url != article.url for url, _ in rows):
            self._end_visits(article.id, article.seen)
        return names(rows, article.language)

    def _end_visits(self, article: str, seen: str) -> None:
        """End the visits of all addresses that lead to ``article``."""
        self._connection.execute(
            "UPDATE address SET pending = NULL, tries = 0, outcome = NULL, detail = NULL, seen = ? WHERE article = ?",
            (seen, article),
        )

    def _append(self, state: Article | Tombstone, crawl: str | None, sources: Sequence[Source]) -> None:
        values = (state.id, state.revision, pack(to_json(state)))
        query = "INSERT INTO revision (article, revision, item) VALUES (?, ?, ?)"
        number = self._connection.execute(query, values).lastrowid
        self._connection.execute("INSERT INTO delivery (number, crawl) VALUES (?, ?)", (number, crawl))
        self._connection.execute("INSERT INTO undelivered (number) VALUES (?)", (number,))
        self._tally.add(REVISIONS, 1)
        add_sources(self._connection, state, sources)


repeated = attrgetter(
    "id", "url", "post_id", "revision", "digest", "published", "first_seen", "seen", "crawl", "duplicate_of"
)
"""The fields of an item that the table `article` repeats."""
