"""What becomes of an id that several archives have."""

from typing import Any

import duckdb
import pyarrow as pa
import pytest

from furat.corpus.decision import sign
from furat.corpus.queries import NAMES
from furat.corpus.relations import ARTICLE


def row(source: int, id: str = "a/1", **fields: Any) -> dict[str, Any]:
    told = {"id": id, "url": "u", "first_seen": "2026-01", "seen": "2026-01", "title": "خبر", "text": "نص", **fields}
    return {**sign(pa.RecordBatch.from_pylist([told], ARTICLE)).to_pylist()[0], "source": source}


def named(*rows: dict[str, Any]) -> list[tuple[str, str, int]]:
    engine = duckdb.connect()
    engine.register("signed", pa.Table.from_pylist(list(rows)))
    query = f"SELECT name, since, source FROM ({NAMES}) WHERE turn = 1 ORDER BY since, name"
    return engine.sql(query).fetchall()


@pytest.mark.parametrize(
    "other, found",
    [
        ({}, [("a/1", "2026-01", 1)]),
        ({"seen": "2026-02", "text": "نص معدل"}, [("a/1", "2026-01", 2)]),  # edited
        ({"seen": "2026-02", "url": "v"}, [("a/1", "2026-01", 2)]),  # renamed
        ({"seen": "2026-02", "url": "v", "text": "نص معدل"}, [("a/1", "2026-01", 2)]),
        ({"seen": "2026-02", "url": "v", "title": "خبر معدل"}, [("a/1", "2026-01", 1), ("a/1#", "2026-01", 2)]),
        ({"first_seen": "2025-12", "seen": "2025-12"}, [("a/1", "2025-12", 1)]),
        ({"id": "a/01"}, [("a/01", "2026-01", 2), ("a/1", "2026-01", 1)]),
    ],
)
def test_an_id_is_one_article_unless_nothing_of_it_is_the_same(
    other: dict[str, Any], found: list[tuple[str, str, int]]
) -> None:
    if other.get("title"):
        other["text"] = "نص آخر"
    told = named(row(1), row(2, **other))

    assert told == named(row(2, **other), row(1))
    assert [(name.rstrip("0123456789") if "#" in name else name, *rest) for name, *rest in told] == found


def test_what_two_sources_saw_at_the_same_time_is_in_an_order_of_its_own() -> None:
    """The third row has the title of one of them: no numbering of the sources decides which counts as the oldest."""
    told = [{}, {"title": "نبأ", "text": "آخر"}, {"url": "v", "seen": "2026-02", "title": "نبأ", "text": "ثالث"}]

    found = {
        tuple(name for name, *_ in named(*(row(source, **fields) for source, fields in zip(order, told, strict=True))))
        for order in ((1, 2, 3), (2, 1, 3), (3, 2, 1))
    }

    assert len(found) == 1
