"""Finds articles by their words, regardless of spelling."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import orjson

from furat.arabic import fold
from furat.exceptions import WrongUsage
from furat.files import check_regular
from furat.items import without
from furat.store import Store
from furat.store.search_index import Document, SearchIndex

NAME = "search.db"

PART = re.compile(r'"([^"]*)"?|(\S+)')
"""A phrase in quotation marks, or a word."""

FORM = crc32(fold(" ".join(map(chr, range(0x0600, 0x0700)))).encode()) >> 1
"""What `fold` makes of Arabic letters, as a number: an index whose words were folded otherwise is made again."""

AROUND = 12
"""How many words a snippet shows before and after the first match."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A search: every word and phrase must occur."""

    text: str
    since: str = ""
    until: str = ""
    section: str = ""
    limit: int = 20

    @property
    def parts(self) -> list[str]:
        """The words and phrases, folded."""
        quotes = str.maketrans("“”«»", '""""')
        return list(filter(None, (fold(phrase or word) for phrase, word in PART.findall(self.text.translate(quotes)))))


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found."""

    id: str
    url: str
    title: str
    published: str | None
    score: float
    """Its bm25 score; higher is better."""

    snippet: str
    """The words around the first match, as printed."""


def search(store: Store, folder: Path, query: Query) -> Iterator[Hit]:
    """Yield the articles that match ``query``, the best first; raise WrongUsage if it has no word."""
    if not query.parts:
        raise WrongUsage(f"{query.text!r} has no word to search for; write letters or digits")
    words = {word for part in query.parts for word in part.split()}
    with index(store, folder) as searched:
        asked = " ".join(f'"{part}"' for part in query.parts)
        for found in searched.find(asked, query.since, query.until, fold(query.section), query.limit):
            if article := _article(store, found.article):
                text = snippet(f"{article['title']}\n{article['text']}", words)
                score = round(-found.rank, 3)
                yield Hit(article["id"], article["url"], article["title"], article["published"], score, text)


def index(store: Store, folder: Path) -> SearchIndex:
    """Return the index, brought up to date: the file beside the archive, or one in memory."""
    path = folder / NAME
    try:
        check_regular(path)
        return _updated(path, store)
    except (sqlite3.OperationalError, OSError):  # a read-only disk, a link, or another search that is building it
        return _updated(None, store)
    except sqlite3.DatabaseError:  # damaged
        path.unlink(missing_ok=True)
        return _updated(path, store)


def snippet(text: str, words: set[str]) -> str:
    """Return the words of ``text`` around the first that is one of the folded ``words``.

    >>> snippet("زار الوفدُ مدينة حمص أمس", {"حمص"})
    'زار الوفدُ مدينة حمص أمس'
    """
    printed = text.split()
    place = next((place for place, word in enumerate(printed) if words.intersection(fold(word).split())), 0)
    begin, end = max(place - AROUND, 0), place + AROUND + 1
    return f"{'… ' if begin else ''}{' '.join(printed[begin:end])}{' …' if end < len(printed) else ''}"


def _updated(path: Path | None, store: Store) -> SearchIndex:
    searched = SearchIndex(path)
    try:
        _update(searched, store)
    except BaseException:
        searched.close()
        raise
    return searched


def _update(searched: SearchIndex, store: Store) -> None:
    marks = store.exports.marks()
    is_older = any(now < then for now, then in zip(marks, searched.marks(), strict=True))
    if is_older or searched.form != FORM:  # the archive was replaced by an older one, or words are folded otherwise now
        searched.clear(FORM)
    if marks != searched.marks():
        changed = store.exports.changed(*searched.marks())
        searched.update(((article, _document(item, change)) for article, item, change in changed), marks)


def _document(item: bytes, change: str) -> Document | None:
    told = orjson.loads(without(item, b',"title_raw":'))
    if change != "{}":
        told |= orjson.loads(change)
    if told["kind"] != "article":
        return None
    names = (*told["categories"], *told["tags"], *told["sections"])
    sections = tuple(dict.fromkeys(map(_folded, names)))
    return Document(told["id"], fold(told["title"]), fold(told["text"]), told["published"], sections)


_folded = lru_cache(4096)(fold)  # most articles have the same few names


def _article(store: Store, article: str) -> dict[str, str] | None:
    state = store.exports.last(article)
    return orjson.loads(state[0]) | orjson.loads(state[1]) if state else None
