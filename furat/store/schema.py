"""What the schema of an archive may hold: what Furat made, and nothing that acts by itself.

A trigger, a view without end or a generated column runs where only a table was asked for
(sqlite.org/security.html#untrusted_sqlite_database_files).
"""

import re
import sqlite3
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from furat.terminal import visible

SCRIPTS = files("furat.store")

TOKEN = re.compile(r"""'(?:[^']|'')*+'|"[^"]*+"|--[^\n]*+|/\*.*?\*/|\w++|\S""", re.DOTALL)

OWN = {"sqlite_sequence", "sqlite_stat1", "sqlite_stat4"}
"""What SQLite adds by itself, beside indexes without SQL."""

ACTS = {"AS", "CHECK", "COLLATE", "CONFLICT", "GENERATED", "TRIGGER", "VIRTUAL"}
"""Words of what would act by itself while an archive is upgraded."""


def statements(script: Traversable) -> list[str]:
    """Return the statements of a ``script``."""
    return script.read_text("utf-8").split(";\n")


def foreign(connection: sqlite3.Connection) -> str | None:
    """Return what of today's schema Furat did not make, by its kind and name; None where all is its own."""
    own = _own()
    for kind, name, sql in _objects(connection):
        if own.get(name) != sql and _tokens(own.get(name, "")) != _tokens(sql):
            return f"the {visible(kind)} {visible(name)}"
    return None


def acting(connection: sqlite3.Connection) -> str | None:
    """Return what of an earlier schema would act while it is upgraded, by its kind and name; None where nothing."""
    own = _own()
    for kind, name, sql in _objects(connection):
        tokens = _tokens(sql)
        if name in own and tokens == _tokens(own[name]):
            continue
        is_view = (kind, name) == ("view", "current")  # of schemas before 5, which the upgrade drops
        if not is_view and (kind not in {"table", "index"} or ACTS & {token.upper() for token in tokens}):
            return f"the {visible(kind)} {visible(name)}"
        if kind == "index" and tokens.count("(") > 1:
            return f"the index {visible(name)}"
    return None


def _objects(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema"):
        is_automatic = kind == "index" and sql is None
        if not is_automatic and not (kind == "table" and name in OWN):
            yield str(kind), str(name), str(sql)


def _tokens(sql: str) -> list[str]:
    """Return what ``sql`` consists of, without comments, spaces and the quotation marks of names.

    >>> _tokens('CREATE TABLE "crawl" ( -- a run\\n  id TEXT)')
    ['CREATE', 'TABLE', 'crawl', '(', 'id', 'TEXT', ')']
    """
    return [token.strip('"') for token in TOKEN.findall(sql) if not token.startswith(("--", "/*"))]


@cache
def _own() -> dict[str, str]:
    """Return the SQL of all that today's schema holds, by name, as SQLite keeps it."""
    made = re.compile(r"^CREATE \w+ (\w+).*", re.DOTALL | re.MULTILINE)
    return {found[1]: found[0].rstrip() for found in map(made.search, statements(SCRIPTS / "schema.sql")) if found}
