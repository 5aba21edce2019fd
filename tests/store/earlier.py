"""Archives as earlier versions of Furat made them."""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from furat.items import to_json
from furat.store.connection import Connection
from furat.store.packed import pack
from tests.support.archives import article

HERE = Path(__file__).parent
FIRST = replace(article(1), title_raw="خبر", revision=1)
ITEM = to_json(FIRST).decode()
MOMENT = "2026-01-01T00:00:00+00:00"
ADDRESS = "https://example.org/a{}/"
SUSPECTED = ("c1", "c1", None, "api", "other")

ROWS: dict[int, dict[str, list[tuple[Any, ...]]]] = {
    1: {
        "crawl": [("c1", "news", MOMENT, MOMENT, 0, "finished")],
        "listing": [(1, "https://example.org/", "home", "", None)],
        "address": [(1, ADDRESS.format(1), "https://example.org/a1", FIRST.id, None, 0, None, None)],
        "sighting": [(1, 1, "c1")],
        "article": [(FIRST.id, FIRST.url, 1, 1, FIRST.digest, None, MOMENT, MOMENT, "c1", None, None)],
        "revision": [(1, FIRST.id, 1, ITEM, "c1", 1)],
        "feed": [("/feed/x.part", "/feed/x.jsonl", "c0", 0)],
    },
    2: {
        "crawl": [("c1", "news", MOMENT, MOMENT, 0, "finished", '[{"owed": 0}]')],
        "listing": [(1, "https://example.org/", "home", "", 1, 1, MOMENT, None, None)],
        "address": [(1, ADDRESS.format(1), "https://example.org/a1", FIRST.id, None, 0, None, MOMENT, "e", "c", "m")],
        "sighting": [(1, 1, 1)],
        "article": [(FIRST.id, FIRST.url, 1, 1, FIRST.digest, None, MOMENT, MOMENT, *SUSPECTED, "published", None)],
        "revision": [(1, FIRST.id, 1, pack(ITEM), "c1", 1)],
        "memory": [("api", "wp-json")],
        "feed": [("/feed/x.part", "/feed/x.jsonl", "c0", 0, None)],
    },
    4: {
        "crawl": [("c1", "news", MOMENT, MOMENT, 0, "finished", '[{"pending": 0}]', None)],
        "listing": [(1, "https://example.org/", "home", "", 1, 1, MOMENT, None, None)],
        "address": [
            (1, ADDRESS.format(1), "https://example.org/a1", FIRST.id, None, 0, None, MOMENT, "e", "c", "m", None)
        ],
        "sighting": [(1, 1, 1)],
        "article": [
            (
                FIRST.id,
                FIRST.url,
                1,
                1,
                FIRST.digest,
                None,
                MOMENT,
                MOMENT,
                *SUSPECTED,
                "published",
                None,
                MOMENT,
                None,
                0,
                None,
            )
        ],
        "revision": [(1, FIRST.id, 1, pack(ITEM))],
        "delivery": [(1, "c1", 1)],
        "checkpoint": [("api", "wp-json")],
        "feed": [("/feed/x.part", "/feed/x.jsonl", "c0", 0, None)],
    },
}
"""What an archive of each earlier schema holds in these tests."""


def earlier(folder: Path, version: int) -> sqlite3.Connection:
    """Return a new archive as an earlier Furat made it; the caller closes it."""
    folder.mkdir(parents=True, exist_ok=True)
    old = Connection(folder / "archive.db", isolation_level=None)
    old.execute("PRAGMA journal_mode = WAL")
    old.executescript((HERE / f"schema-{version}.sql").read_text("utf-8"))
    old.execute(f"PRAGMA user_version = {version}")
    return old


def fill(old: sqlite3.Connection, table: str, rows: Iterable[Any]) -> None:
    for row in rows:
        old.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", tuple(row))
    old.commit()


def fill_all(old: sqlite3.Connection, version: int) -> None:
    for table, rows in ROWS[version].items():
        fill(old, table, rows)
