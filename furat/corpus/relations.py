"""The relations between the stages of a corpus: what each holds, as an Arrow schema."""

import pyarrow as pa

FORM = 3
"""The form of the relations, and of what computes them; files of another form are made anew."""


def _schema(**types: pa.DataType) -> pa.Schema:
    """Return a schema; a field whose name ends in an underscore may be null."""
    return pa.schema([pa.field(name.rstrip("_"), kind, name.endswith("_")) for name, kind in types.items()])


KEYS = pa.list_(pa.field("element", pa.int64(), nullable=False))

ARTICLE = _schema(
    id=pa.string(), url=pa.string(), first_seen=pa.string(), seen=pa.string(), title=pa.string(), text=pa.string()
)
"""What is asked of an article: its last state."""

SIGNED = _schema(
    id=pa.string(),
    first_seen=pa.string(),
    seen=pa.string(),
    address=pa.int64(),
    headline=pa.int64(),
    content=pa.int64(),
    digest_=pa.int64(),
    keys=KEYS,
    signature=pa.string(),
)
"""The stage `sign`. `address` and `headline` are hashes of the address and the title, `content` is one of title and
text, of which all that follows is a function. `digest` is what exact copies share, null where the text is too short
to be one."""

NAMED = pa.schema(
    [*SIGNED, pa.field("source", pa.int64(), nullable=False), pa.field("name", pa.string(), nullable=False)]
)
"""The articles of all sources, one row for each: `first_seen` is the earliest of all sources, the rest is of that
`source` which saw the article last. `name` is its id in the corpus."""

NUMBERED = _schema(number=pa.int64(), content=pa.int64(), digest_=pa.int64(), own=pa.int64())
"""All articles in the order of (`first_seen`, `name`): `number` counts upwards in it, with or without gaps. `own` says
how many keys there are. (Both are compared by code points, as SQLite, DuckDB and Spark compare text.)"""

POSTING = _schema(key=pa.int64(), number=pa.int64())
"""Every key of every article."""

FIRST = _schema(number=pa.int64())
"""The articles that are supposed to be no copies."""

HEAD = _schema(key=pa.int64(), number=pa.int64(), place=pa.int64(), last_=pa.int64())
"""The stage `heads`: the first five firsts of each key, numbered by `place` from 1. `last` is the fifth of them, null
where there are fewer: later articles hold the key for boilerplate."""

LIKELY = _schema(number=pa.int64(), of=pa.int64(), rank=pa.int64(), shared=KEYS)
"""The stage `likely`: at most four earlier firsts, which the article is compared with in the order of `rank`. `shared`
are the keys that only both and a few others have, sorted."""

PAIR = _schema(number=pa.int64(), of=pa.int64(), shared=KEYS, mine=pa.string(), theirs=pa.string())
"""What `decision.check` is asked: two signatures, the later article's and the earlier one's."""

VERDICT = _schema(number=pa.int64(), of=pa.int64(), shared=KEYS, similarity_=pa.float64())
"""The stage `check`: similarity is null where the pair are no copies. A verdict on the same pair with the same `shared`
holds in every round."""

LINK = _schema(number=pa.int64(), of=pa.int64(), kind=pa.string(), similarity=pa.float64())
"""The stage `settle`: what each copy is a copy of. All other articles are the firsts of the next round; if they are
those of this one, the links are the corpus's."""

COPY = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("corpus_duplicate_of", pa.string(), nullable=False),
        pa.field("corpus_duplicate_kind", pa.string(), nullable=False),
        pa.field("corpus_similarity", pa.float64(), nullable=False),
    ]
)
"""The links as they are published (`links.parquet`), by names, in the order of `NUMBERED`."""
