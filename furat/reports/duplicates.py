"""The copies in an archive, for a person to read."""

from collections.abc import Iterator
from textwrap import shorten
from urllib.parse import unquote

from furat.arabic import fold
from furat.duplicates import pair, sentences, signature
from furat.items import Article
from furat.store import Store
from furat.terminal import visible

SHOWN = 3
"""How many sentences are shown that only one of two texts has."""

WIDTH = 100
"""How many letters are shown of each sentence."""


def copies(store: Store) -> Iterator[str]:
    """Yield lines for every cluster of the archive: its first article, the copies, and what differs."""
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
    if copy.duplicate_kind == "near" and verdict.is_copy:  # else one of them was edited since
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
