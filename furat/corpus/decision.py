"""All that a corpus knows of Furat's decision, as functions from batches to batches, for any engine to map."""

from hashlib import blake2b
from typing import Any

import pyarrow as pa

from furat.corpus.relations import SIGNED, VERDICT
from furat.duplicates import boilerplate, keys, long_hash, pair
from furat.duplicates.index import digest_of
from furat.duplicates.signature import sign as signature_of
from furat.duplicates.signature import spelled


def sign(articles: pa.RecordBatch) -> pa.RecordBatch:
    """Return what `SIGNED` holds of a batch of `ARTICLE`; columns besides those are passed over.

    >>> text = "افتتح المجلس المحلي في مدينة الرقة مدرسة جديدة بعد سنوات من الانتظار الطويل."
    >>> columns = {"id": ["a/1"], "first_seen": ["2026"], "title": ["خبر"], "text": [text]}
    >>> signed = sign(pa.RecordBatch.from_pydict(columns)).to_pylist()[0]
    >>> len(signed["keys"]), len(signed["signature"].split())
    (10, 2)
    """
    ids, moments, titles, texts = (articles.column(name).to_pylist() for name in ("id", "first_seen", "title", "text"))
    rows = [
        (id, moment, *_signed(title, text)) for id, moment, title, text in zip(ids, moments, titles, texts, strict=True)
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
    told = f"{title}\0{text}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(told, digest_size=8).digest(), signed=True)


def _signed(title: str, text: str) -> tuple[int, int | None, list[int], str]:
    line = spelled(title, text)
    signature = signature_of(line)
    return content(title, text), digest_of(line), sorted(keys(signature, long_hash)), signature


def _batch(rows: list[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.RecordBatch.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )
