"""Which articles copy which, for a person to read."""

from collections.abc import Iterator
from textwrap import shorten
from urllib.parse import unquote

from furat.arabic import fold
from furat.duplicates import pair, sentences, signature
from furat.items import Article
from furat.store import Store
from furat.terminal import visible

SHOWN = 3
"""Sentences that are shown of what one text has and the other lacks."""

WIDTH = 100
"""Letters that are shown of each."""


def copies(store: Store) -> Iterator[str]:
    """Return the clusters of the archive as lines: each first article, its copies, and what differs."""
    for first, others in store.articles.clusters():
        yield from _about("first", first)
        for copy in others:
            yield from _about(f"{copy.duplicate_kind} copy, similarity {copy.similarity}", copy)
            yield from _why(first, copy)
            yield from _own("only in the first", first, copy)
            yield from _own("only in the copy", copy, first)
        yield ""


def _about(what: str, article: Article) -> Iterator[str]:
    yield visible(f"{article.id}: {what}, published {article.published or 'on an unknown day'}")
    yield f"    {visible(article.title or 'untitled')}"
    yield f"    {visible(unquote(article.url))}"


def _why(first: Article, copy: Article) -> Iterator[str]:
    verdict = pair(signature(first.title, first.text), signature(copy.title, copy.text))
    if copy.duplicate_kind == "near" and verdict.is_copy:  # else either was edited since
        yield f"    because they have {verdict.reason}"


def _own(what: str, article: Article, other: Article) -> Iterator[str]:
    theirs = set(map(fold, sentences(other.text)))
    own = [sentence for sentence in sentences(article.text) if fold(sentence) not in theirs]
    if own:
        yield f"    {what}:"
    for sentence in own[:SHOWN]:
        yield f"        {shorten(visible(sentence), WIDTH, placeholder=' …')}"
    if own[SHOWN:]:
        yield f"        and {len(own) - SHOWN} more"
