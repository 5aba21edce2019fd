"""The description of feed and datasets, made from their fields."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from typing import Any

from itemadapter import ItemAdapter

from furat.datasets.columns import CLUSTER, CORPUS, DERIVED, HISTORY, SPLIT
from furat.files import replacing
from furat.items import STORED, Article, Image, Tombstone, digest

HEAD = """\
# The feed, field by field

One record a line: JSON Lines, UTF-8, keys in this order. `article.schema.json` and `tombstone.schema.json`
describe the same for machines (JSON Schema). Written by `scrapy describe` from `furat/items.py`.
"""


TABLE = "| type | example | meaning |\n|---|---|---|---|"

TEXT = "وصلت القافلة إلى المدينة صباح الخميس."
EXAMPLES: dict[str, Any] = {
    **asdict(
        Article(
            id="example.org/4711",
            url="https://example.org/news/convoy/",
            post_id=4711,
            revision=1,
            digest=f"{digest('وصول القافلة', [TEXT])[:12]}…",
            title="وصول القافلة",
            text=TEXT,
            title_raw="وصول القافلــة",
            paragraphs_raw=(TEXT,),
            authors=("سمر الحسن",),
            published="2024-07-25T10:00:00+03:00",
            modified="2024-07-25",
            published_raw="25 تموز 2024 10:00",
            published_source="time",
            categories=("أخبار",),
            tags=("حمص", "إغاثة"),
            sections=("أخبار",),
            images=(Image(url="https://example.org/convoy.jpg", caption="القافلة"),),
            videos=("https://www.youtube.com/embed/abc",),
            language="ar",
            duplicate_of="example.org/4700",
            duplicate_kind="near",
            similarity=0.93,
            first_seen="2024-07-25T08:00:00+00:00",
            seen="2024-07-25T08:00:00+00:00",
            crawl="20240725T075900Z-1f2e",
        )
    ),
    "gone": 410,
    "published_at": "2024-07-25T07:00:00+00:00",
    "published_precision": "second",
    "modified_at": "2024-07-25T00:00:00+00:00",
    "modified_precision": "day",
    "cluster_size": 2,
    "valid_from": "2024-07-25T08:00:00+00:00",
    "valid_to": "2024-09-01T08:00:00+00:00",
    "split": "train",
    "corpus_id": "example.org/4711",
    "corpus_duplicate_of": "example.net/815",
    "corpus_duplicate_kind": "near",
    "corpus_similarity": 0.93,
    "corpus_cluster": "example.net/815",
    "corpus_cluster_size": 3,
}
"""A value of each column."""


def documents() -> dict[str, str]:
    """Return the documents that describe the feed, by file name."""
    schemas = {item.__name__.lower(): schema(item) for item in (Article, Tombstone)}
    files = {f"{name}.schema.json": _pretty(each) for name, each in schemas.items()}
    feed = "".join(_section(name, each) for name, each in schemas.items())
    loading = (resources.files("furat.datasets") / "loading.md").read_text("utf-8")
    return {"DATA.md": HEAD + feed + loading + _derived(), **files}


def schema(item: type) -> dict[str, Any]:
    """Return the JSON Schema of an item class, each field with its sentence."""
    described: dict[str, Any] = ItemAdapter.get_json_schema(item)
    for field in described["properties"].values():
        field.pop("default", None)  # every record has every field
        field["description"] = " ".join(field["description"].split())  # one line: a cell of a table
    described["properties"]["kind"].update(type="string", const=item.__name__.lower())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": item.__name__,
        "description": item.__doc__,
        **described,
        "required": [name for name in described["properties"] if name not in STORED],
        "additionalProperties": False,
    }


def write(folder: Path) -> None:
    """Write the documents into ``folder``; make it where there is none."""
    for name, text in documents().items():
        with replacing(folder / name) as file:
            file.write(text.encode())


def _derived() -> str:
    """Return the table of the columns that datasets have beside the fields of the feed."""
    added = (*DERIVED, *CLUSTER, *HISTORY, *SPLIT, *CORPUS)
    rows = [f"| `{each.name}` | {each.kind} | {_example(each.name)} | {each.meaning} |" for each in added]
    return "\n".join(["\n## What datasets add\n", f"| column {TABLE}", *rows]) + "\n"


def _pretty(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _section(name: str, schema: dict[str, Any]) -> str:
    rows = [
        f"| `{field}` | {_type(each)} | {_example(field, each.get('const'))} | {each['description']} |"
        for field, each in schema["properties"].items()
    ]
    head = f"\n## {name.capitalize()}\n\n{schema['description']}\n\n| field {TABLE}"
    return "\n".join([head, *rows]) + "\n"


def _example(name: str, const: str | None = None) -> str:
    return f"`{json.dumps(const or EXAMPLES[name], ensure_ascii=False)}`"


def _type(field: dict[str, Any]) -> str:
    return " or ".join(dict.fromkeys(_types(field))) or "any"


def _types(field: dict[str, Any]) -> Iterator[str]:
    for each in field.get("anyOf", ()):
        yield from _types(each)
    types = field.get("type", ())
    for each in [types] if isinstance(types, str) else types:
        yield f"list of {_type(field['items'])}" if each == "array" else each
