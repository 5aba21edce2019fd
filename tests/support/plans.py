"""Notes how SQLite carries out the statements on an archive (sqlite.org/eqp.html).

`python -m tests.support.plans FILE crawl …` runs Scrapy, and writes each step of each plan into FILE: a line of JSON.
"""

import json
import re
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scrapy.cmdline import execute

from furat.store.connection import Connection

PLANNED = re.compile(r"\s*+(?:SELECT|WITH|INSERT|UPDATE|DELETE)\b")

LARGE = re.compile(r"SCAN (?:article|revision|address|sighting|state|delivery|signature|clue|source|other|still)\b")
"""A pass over a table that grows with the archive, or over one of its indexes."""

SHOWN = re.compile(r"SEARCH sighting USING .*\(listing=\?(?! AND address).* in SELECT (?:(?!FROM ).)*FROM address\b")
"""A pass over all that a listing showed, where a few addresses are asked for."""

Note = Callable[[str, str], None]


def noting(note: Note) -> Callable[..., sqlite3.Cursor]:
    """Return what carries out a statement for a Connection, and calls ``note`` with each step of its plan."""
    carry_out = Connection._do
    seen: set[str] = set()

    def do(connection: Connection, how: Any, statement: str, values: Any) -> sqlite3.Cursor:
        values_of_one = next(iter(values), None) if how is sqlite3.Connection.executemany else values
        if PLANNED.match(statement) and statement not in seen and values_of_one is not None:
            seen.add(statement)
            plan = f"EXPLAIN QUERY PLAN {statement}"
            for row in sqlite3.Connection.execute(connection, plan, values_of_one).fetchall():
                note(row["detail"], " ".join(statement.split()))
        return carry_out(connection, how, statement, values)

    return do


def passes(file: Path) -> list[str]:
    """Return the passes over large tables, or over what a listing showed, in a FILE."""
    steps = (" in ".join(json.loads(line)) for line in file.read_text("utf-8").splitlines())
    return [step for step in steps if LARGE.match(step) or SHOWN.match(step)]


if __name__ == "__main__":
    with Path(sys.argv[1]).open("w", encoding="utf-8", buffering=1) as file:
        Connection._do = noting(lambda *step: print(json.dumps(step), file=file))  # type: ignore[method-assign]
        execute(["scrapy", *sys.argv[2:]])
