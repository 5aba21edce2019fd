"""What a record of a dataset holds: the fields of an article, and what is derived from them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from itemadapter import ItemAdapter

from furat.items import STORED, Article

Kind = Literal["text", "integer", "number", "boolean", "moment", "texts", "images"]
"""The type of a column: `moment` is a point in time (UTC, microseconds), `texts` a list of text, `images` a list of
addresses with captions."""

Record = dict[str, Any]
"""One row: the value of each column by its name, as JSON has it. A moment is ISO 8601 in UTC."""

JSON_KINDS: dict[str, Kind] = {"string": "text", "integer": "integer", "number": "number", "boolean": "boolean"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a dataset: of the same type in every format and file, even where all its values are null."""

    name: str
    kind: Kind
    meaning: str
    is_optional: bool = True


def _of_article() -> Iterator[Column]:
    for name, schema in ItemAdapter.get_json_schema(Article)["properties"].items():
        types = schema.get("type", "string")
        kind, *_ = [each for each in ([types] if isinstance(types, str) else types) if each != "null"]
        listed: Kind = "images" if schema.get("items", {}).get("type") == "object" else "texts"
        meaning = " ".join(schema["description"].split())
        yield Column(name, listed if kind == "array" else JSON_KINDS[kind], meaning, is_optional=kind != types)


OF_ARTICLE = tuple(_of_article())

RAW = tuple(column for column in OF_ARTICLE if column.name in STORED)
"""What was printed, and whether the text is a guess: written by choice."""

ARTICLE = tuple(column for column in OF_ARTICLE if column.name not in STORED)

DERIVED = tuple(
    column
    for what in ("published", "modified")
    for column in (
        Column(
            f"{what}_at",
            "moment",
            f"`{what}` as a point in time, UTC. Where the site gives a day alone, the beginning of that day, UTC.",
        ),
        Column(f"{what}_precision", "text", f"How exact `{what}` is: `second` or `day`; null where it is null."),
    )
)

CLUSTER = (
    Column(
        "cluster_size", "integer", "How many living articles have this text, its copies included.", is_optional=False
    ),
)
CORPUS = (
    Column(
        "corpus_id",
        "text",
        "The id in the corpus: `id`, with `#` and a number where two archives give one id to different articles.",
        is_optional=False,
    ),
    Column(
        "corpus_duplicate_of",
        "text",
        "The `corpus_id` of the article that it copies: the first seen of its cluster in any archive, never a copy.",
    ),
    Column("corpus_duplicate_kind", "text", "`exact` or `near`, as in `duplicate_kind`."),
    Column("corpus_similarity", "number", "As in `similarity`; null if it is not a copy."),
    Column(
        "corpus_cluster",
        "text",
        "The `corpus_id` of the first article of the cluster; its own if it is no copy.",
        is_optional=False,
    ),
    Column("corpus_cluster_size", "integer", "How many articles of the corpus have this text.", is_optional=False),
)
SPLIT = (Column("split", "text", "The part of the dataset; no cluster of copies lies across two.", is_optional=False),)
HISTORY = (
    Column("gone", "integer", "The HTTP status that a deleted article answered with; null where it is an article."),
    Column("valid_from", "moment", "When this state was first seen, UTC.", is_optional=False),
    Column("valid_to", "moment", "When the next state was first seen, UTC; null where it is the last one."),
)


def columns(
    *, raw: bool = False, splits: bool = False, history: bool = False, corpus: bool = False
) -> tuple[Column, ...]:
    """Return the columns of a dataset, in their order.

    >>> [column.name for column in columns()][:4], columns(splits=True)[-1].name
    (['kind', 'id', 'url', 'post_id'], 'split')
    """
    chosen = (
        *ARTICLE,
        *DERIVED,
        *CLUSTER,
        *(RAW if raw else ()),
        *(HISTORY if history else ()),
        *(CORPUS if corpus else ()),
        *(SPLIT if splits else ()),
    )
    return tuple(map(_nullable, chosen)) if history else chosen


def _nullable(column: Column) -> Column:
    """Return ``column`` as a tombstone needs it, which has an id, an address and little else."""
    is_of_both = column.name in {"kind", "id", "url", "revision", "seen", "valid_from", "split"}
    return column if is_of_both else replace(column, is_optional=True)


def empty(column: Column) -> Any:
    """Return what stands in a ``column`` that says nothing: null, or a list of nothing."""
    return [] if column.kind in {"texts", "images"} else None
