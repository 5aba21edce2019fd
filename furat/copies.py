"""Which articles copy which, for a person to read."""

import re
from collections.abc import Iterator
from textwrap import shorten
from urllib.parse import unquote

from furat.arabic import fold
from furat.duplicates import sentences
from furat.items import Article
from furat.store import Store

SHOWN = 3
"""Sentences that are shown of what one text has and the other lacks."""

WIDTH = 100
"""Letters that are shown of each."""

COMMANDS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
"""What a terminal would obey, not show: controls (Unicode's Cc), line ends, changes of direction, broken letters."""


def copies(store: Store) -> Iterator[str]:
    """Return the clusters of the archive as lines: each first article, its copies, and what differs."""
    for first, others in store.articles.clusters():
        yield from _about("first", first)
        for copy in others:
            yield from _about(f"{copy.duplicate_kind} copy, similarity {copy.similarity}", copy)
            yield from _own("only in the first", first, copy)
            yield from _own("only in the copy", copy, first)
        yield ""


def _about(what: str, article: Article) -> Iterator[str]:
    yield printable(f"{article.id}: {what}, published {article.published or 'on an unknown day'}")
    yield f"    {printable(article.title or 'untitled')}"
    yield f"    {printable(unquote(article.url))}"


def _own(what: str, article: Article, other: Article) -> Iterator[str]:
    theirs = set(map(fold, sentences(other.text)))
    own = [sentence for sentence in sentences(article.text) if fold(sentence) not in theirs]
    if own:
        yield f"    {what}:"
    for sentence in own[:SHOWN]:
        yield f"        {shorten(printable(sentence), WIDTH, placeholder=' …')}"
    if own[SHOWN:]:
        yield f"        and {len(own) - SHOWN} more"


def printable(text: str) -> str:
    r"""Return ``text`` with one � for whatever a terminal would obey.

    >>> printable("خبر\x1b[2Jعاجل")
    'خبر�[2Jعاجل'
    """
    return COMMANDS.sub("\N{REPLACEMENT CHARACTER}", text)
