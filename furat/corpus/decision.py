"""All that a corpus knows of Furat's decision, as functions from batches to batches, for any engine to map."""

from collections.abc import Mapping
from hashlib import blake2b
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from furat.corpus.relations import ARTICLE, SIGNED, VERDICT
from furat.duplicates import boilerplate, keys, long_hash, pair
from furat.duplicates.index import digest_of
from furat.duplicates.signature import sign as signature_of
from furat.duplicates.signature import spelled

LONG, SHORT = 8, 4
"""Bytes of a hash: of one that must tell all articles apart, and of one that tells those of one id apart."""


Signed = tuple[int | None, list[int], str]
"""Digest, keys and signature."""


def sign(articles: pa.RecordBatch, known: Mapping[int, Signed] = MappingProxyType({})) -> pa.RecordBatch:
    """Return what `SIGNED` holds of a batch of `ARTICLE`; columns besides those are passed over.

    What is ``known`` of a content is taken over.

    >>> text = "افتتح المجلس المحلي في مدينة الرقة مدرسة جديدة بعد سنوات من الانتظار الطويل."
    >>> row = {"id": "a/1", "url": "https://a/b/", "first_seen": "2026", "seen": "2026", "title": "خبر", "text": text}
    >>> signed = sign(pa.RecordBatch.from_pylist([row])).to_pylist()[0]
    >>> len(signed["keys"]), len(signed["signature"].split())
    (10, 2)
    """
    columns = (articles.column(name).to_pylist() for name in ARTICLE.names)
    rows = [
        (id, first_seen, seen, _hash(url, SHORT), _hash(title, SHORT), *_signed(title, text, known))
        for id, url, first_seen, seen, title, text in zip(*columns, strict=True)
    ]
    return _batch(rows, SIGNED)


def check(pairs: pa.RecordBatch) -> pa.RecordBatch:
    """Return the verdicts (`VERDICT`) on a batch of `PAIR`."""
    columns = (pairs.column(name).to_pylist() for name in ("number", "of", "shared", "mine", "theirs"))
    rows = [
        (number, of, shared, similarity(mine, theirs, frozenset(shared)))
        for number, of, shared, mine, theirs in zip(*columns, strict=True)
    ]
    return _batch(rows, VERDICT)


def similarity(mine: str, theirs: str, shared: frozenset[int]) -> float | None:
    """Return how similar two articles are if one copies the other, by their signatures; None if neither does."""
    verdict = pair(mine, theirs, boilerplate(mine, theirs, shared, long_hash))
    return verdict.similarity if verdict.is_copy else None


def content(title: str, text: str) -> int:
    """Return a hash of 64 bits of what is signed.

    >>> content("خبر", "نص") == content("خبرن", "ص")
    False
    """
    return _hash(f"{title}\0{text}", LONG)


def _hash(text: str, size: int) -> int:
    """Return a hash of so many bytes."""
    hashed = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size)
    return int.from_bytes(hashed.digest(), signed=size == LONG)


def _signed(title: str, text: str, known: Mapping[int, Signed]) -> tuple[int, int | None, list[int], str]:
    told = content(title, text)
    if told in known:
        return told, *known[told]
    line = spelled(title, text)
    signature = signature_of(line)
    return told, digest_of(line), [*keys(signature, long_hash)], signature


def _batch(rows: list[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.RecordBatch.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )
