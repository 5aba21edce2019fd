"""The history of one article: every state in which it was seen."""

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nlargest
from os.path import commonprefix
from urllib.parse import unquote

from furat.items import Article, Tombstone, from_json
from furat.outcomes import Outcome
from furat.store.connection import Connection
from furat.store.records import LARGEST
from furat.urls import canonical

WORD = re.compile(r"\w+")
HIDDEN: dict[str, str] = {
    Outcome.PROTECTED: "asks for a password",
    Outcome.NOT_ARTICLE: "is now a static page, no longer an article",
}
"""Why an archived article can't be read now, by the outcome of its last visit."""

CANDIDATES = 20
"""How many addresses are compared to find the nearest: those that share most words, then most of their beginning."""

NEAR = 0.6
"""How much of two addresses is alike, from 0 to 1, if one may be meant by the other: difflib's own limit."""

BESIDE, NEWEST = 200, 20_000
"""How many addresses on each side of the wrong one, and how many of the newest, are looked at."""

NEIGHBOURS = """
SELECT article.id FROM json_each(:numbers) CROSS JOIN article ON post_id = value
UNION ALL SELECT * FROM (SELECT id FROM article WHERE id >= :name ORDER BY id LIMIT :beside)
UNION ALL SELECT * FROM (SELECT id FROM article WHERE id < :name ORDER BY id DESC LIMIT :beside)
UNION ALL SELECT * FROM (
    SELECT id FROM article WHERE post_id >= CAST(:name AS INTEGER) ORDER BY post_id LIMIT :beside
)
UNION ALL SELECT * FROM (
    SELECT id FROM article WHERE post_id < CAST(:name AS INTEGER) ORDER BY post_id DESC LIMIT :beside
)
UNION ALL SELECT url FROM (
    SELECT * FROM (SELECT url, article FROM address WHERE url >= :url ORDER BY url LIMIT :beside)
    UNION ALL SELECT * FROM (SELECT url, article FROM address WHERE url < :url ORDER BY url DESC LIMIT :beside)
    UNION ALL SELECT * FROM (SELECT url, article FROM address WHERE number > 0 ORDER BY number DESC LIMIT :newest)
) WHERE article IN (SELECT id FROM article)
"""
"""Selects known ids and addresses that may be like another."""


@dataclass(frozen=True, slots=True)
class State:
    """The state of an article that one visit found."""

    item: Article | Tombstone
    crawl: str
    is_revision: bool
    """Whether the title or text had changed, so that it was delivered."""

    reread: str | None = None
    """When its kept page was read again; None if the state is as a visit found it."""


class History:
    """The states of articles, and the addresses that lead to them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def id_of(self, name: str) -> str | None:
        """Return the id of the article with this id, post number or address; the address may be `/?p=NUMBER`.

        None if the archive knows none.
        """
        url = _canonical(name)
        short = url.partition("://")[2].replace("/?p=", "/")
        row = self._connection.execute(
            """
            SELECT id FROM article WHERE id = :name
            UNION ALL SELECT id FROM article WHERE id = :short
            UNION ALL SELECT id FROM article WHERE post_id = CAST(:name AS INTEGER) AND :name NOT GLOB '*[^0-9]*'
            UNION ALL SELECT article.id FROM address CROSS JOIN article ON article.id = article WHERE address.url = :url
            LIMIT 1
            """,
            {"name": name, "short": short, "url": url},
        ).fetchone()
        return str(row["id"]) if row else None

    def nearest(self, name: str) -> list[str]:
        """Return up to three known addresses and ids that are similar to ``name``, the nearest first.

        What all of a site have in common counts for nothing. Only those of the newest articles are compared, and those
        beside it in the order of numbers and of the alphabet.
        """
        words = _words(name)
        numbers = json.dumps([int(word) for word in words if word.isdecimal() and len(word) < len(str(LARGEST))])
        values = {"name": name, "url": _canonical(name), "numbers": numbers, "beside": BESIDE, "newest": NEWEST}
        known = {unquote(row[0]) for row in self._connection.execute(NEIGHBOURS, values)}
        phrases = {each: _words(each) for each in sorted(known)}
        candidates = nlargest(CANDIDATES, phrases, key=lambda each: _begins_alike(words, phrases[each]))
        alike = {each: _likeness(words, phrases[each]) for each in candidates}
        return nlargest(3, (each for each in candidates if alike[each] >= NEAR), key=alike.__getitem__)

    def states(self, article: str) -> list[State]:
        """Return every state in which the article with this id was seen, oldest first."""
        rows = self._connection.execute(
            """
            SELECT plain(item) AS item, '{}' AS change, revision, 0 AS number, NULL AS reread
            FROM revision WHERE article = :id
            UNION ALL
            SELECT plain(item), change, revision, state.number, reread
            FROM state JOIN revision USING (article, revision)
            WHERE article = :id ORDER BY revision, number
            """,
            {"id": article},
        )
        return [
            self._state(from_json(item, change), reread, is_revision=not number)
            for item, change, _, number, reread in rows
        ]

    def hidden(self, article: str) -> str | None:
        """Return why the article with this id could not be read at its last visit, and when; None if it could."""
        rows = self._connection.execute("SELECT outcome, seen FROM address WHERE article = ? ORDER BY seen", (article,))
        return next((f"{HIDDEN[outcome]}, seen {seen}" for outcome, seen in rows if outcome in HIDDEN), None)

    def addresses(self, article: str) -> list[str]:
        """Return all addresses that are known to lead to the article with this id, in the order of discovery."""
        rows = self._connection.execute("SELECT url FROM address WHERE article = ? ORDER BY number", (article,))
        return [row["url"] for row in rows]

    def _state(self, item: Article | Tombstone, reread: str | None, *, is_revision: bool) -> State:
        crawl = item.crawl if isinstance(item, Article) else self._crawl_at(item.seen)
        return State(item, crawl, is_revision, reread)

    def _crawl_at(self, moment: str) -> str:
        """Return the crawl that ran at ``moment``: a tombstone names none, and no two crawls run at a time."""
        row = self._connection.execute(
            "SELECT id FROM crawl WHERE began <= ? ORDER BY began DESC LIMIT 1", (moment,)
        ).fetchone()
        return str(row["id"]) if row else "unknown"


def _words(name: str) -> list[str]:
    """Return the words of an id or an address in the order of the alphabet, without those of its host."""
    host, slash, path = unquote(name).rpartition("://")[2].partition("/")
    return sorted(set(WORD.findall(path if slash else host)))


def _begins_alike(some: list[str], others: list[str]) -> tuple[int, int]:
    """Return how many words two names share, and how many letters at their beginning."""
    begin = commonprefix([" ".join(some), " ".join(others)])  # noqa: RUF071 (letters are compared, not folders)
    return len(set(some).intersection(others)), len(begin)


def _likeness(some: list[str], others: list[str]) -> float:
    """Return how alike two names are by their words: 1 if ``some`` has all of the ``others``.

    >>> _likeness(["2024", "fire"], ["2024"]), _likeness(["fires"], ["fire"]) > NEAR > _likeness(["4711"], ["1060"])
    (1.0, True)
    """
    if others and set(others) <= set(some):
        return 1.0
    return SequenceMatcher(None, " ".join(some), " ".join(others)).ratio()


def _canonical(name: str) -> str:
    """Return the canonical form of ``name`` if it is an address."""
    with suppress(ValueError):
        return canonical(name)
    return name
