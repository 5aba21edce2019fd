"""Archived records that wait for the end of the walks: until then other sections may show their articles."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace

from furat.arabic import tidy
from furat.items import Article, RedeliveredArticle, RedeliveredTombstone, redelivered, to_json
from furat.store.connection import Connection
from furat.store.packed import pack
from furat.store.undelivered import HELD, undelivered


class Held:
    """The records that are archived but in no feed yet."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def exist(self) -> bool:
        """Return whether there are any."""
        query = f"SELECT 1 FROM undelivered CROSS JOIN delivery USING (number) WHERE {HELD} LIMIT 1"
        return self._connection.execute(query).fetchone() is not None

    def release(self) -> Iterator[RedeliveredArticle | RedeliveredTombstone]:
        """Yield them in the order of archiving; articles get all sections that are now known to show them."""
        for number, item in undelivered(self._connection, HELD):
            yield redelivered(self._complete(number, item) if isinstance(item, Article) else item)

    def _complete(self, number: int, article: Article) -> Article:
        """Return ``article`` with all its sections, and archive it so."""
        sections = names(places(self._connection, article.id), article.language)
        if sections == article.sections:
            return article
        whole = replace(article, sections=sections)
        self._connection.write("UPDATE revision SET item = ? WHERE number = ?", (pack(to_json(whole)), number))
        return whole


def places(connection: Connection, article: str) -> list[sqlite3.Row]:
    """Return the addresses that lead to the article with this id, each with the names of sections that show it."""
    return connection.execute(
        "SELECT DISTINCT address.url, iif(kind IN ('category', 'tag'), name, NULL) FROM address"
        " LEFT JOIN sighting ON address = address.number LEFT JOIN listing ON listing = listing.number"
        " WHERE article = ?",
        (article,),
    ).fetchall()


def names(rows: Iterable[sqlite3.Row], language: str | None) -> tuple[str, ...]:
    """Return the names of the sections among ``rows`` of `places`, sorted."""
    return tuple(sorted({tidy(name, language or "ar") for _, name in rows if name}))
