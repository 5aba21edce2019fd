"""Scrapy that notes how SQLite carries out each statement on an archive: `python -m tests.support.traced FILE crawl …`.

Each line of FILE is a step of a plan (sqlite.org/eqp.html) and its statement, as JSON.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scrapy.cmdline import execute

from furat.store.connection import Connection

carry_out = Connection._do
planned: set[str] = set()
PLANNED = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")


def explained(connection: Connection, how: Any, statement: str, values: Any) -> Any:
    """Execute ``statement``, after its plan was noted."""
    is_many = how.__name__ == "executemany"
    if statement.split()[0] in PLANNED and statement not in planned and not (is_many and not values):
        planned.add(statement)
        rows = how_it_goes(connection, statement, values[0] if is_many else values)
        with Path(sys.argv[0]).open("a", encoding="utf-8") as file:
            file.writelines(json.dumps([row[3], " ".join(statement.split())]) + "\n" for row in rows)
    return carry_out(connection, how, statement, values)


def how_it_goes(connection: Connection, statement: str, values: Sequence[Any] | Mapping[str, Any]) -> list[Any]:
    """Return the plan of ``statement``."""
    return super(Connection, connection).execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()


if __name__ == "__main__":
    Connection._do = explained  # type: ignore[method-assign]
    sys.argv = sys.argv[1:]
    execute(["scrapy", *sys.argv[1:]])
