"""The schema of a stranger's archive acts in nobody's name."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from furat.exceptions import WrongUsage
from furat.items import Article
from furat.store import Store
from furat.store.read_only import opened_to_read
from tests.support.forks import Forks


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return the folder of an archive with one article."""
    place = tmp_path / "data" / "example.org"
    with Store.at(place) as store:
        store.articles.add(Article(id="example.org/1", url="https://example.org/a/", crawl="c1", title="خبر"))
    return place


def execute(archive: Path, statement: str) -> None:
    with closing(sqlite3.connect(archive / "archive.db")) as db, db:
        db.execute(statement)


FOREIGN = {
    "a trigger": ("CREATE TRIGGER x AFTER UPDATE ON address BEGIN DELETE FROM article; END", "the trigger x"),
    "a view": ("CREATE VIEW x AS SELECT 1", "the view x"),
    "a table": ("CREATE TABLE x (y)", "the table x"),
    "a generated column": ("ALTER TABLE article ADD COLUMN x TEXT AS (hex(id))", "the table article"),
    "an index of an expression": ("CREATE INDEX x ON article (hex(id))", "the index x"),
}
"""What a stranger adds to a schema, and how it is named."""

ENDLESS = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT"
REPLACED = {
    "a view that never ends": (
        "DROP VIEW pending",
        f"CREATE VIEW pending AS {ENDLESS} x AS url, x AS since, x AS tries, x AS outcome, x AS detail FROM n",
    ),
    "a view in the place of a table": ("DROP TABLE checkpoint", f"CREATE VIEW checkpoint AS {ENDLESS} x, x FROM n"),
    "a check behind what looks like a comment": (
        "DROP TABLE checkpoint",
        "CREATE TABLE checkpoint (name TEXT PRIMARY KEY, value TEXT NOT NULL DEFAULT '--' CHECK (0) DEFAULT '\n')",
    ),
    "a table that ignores": (
        "DROP TABLE checkpoint",
        "CREATE TABLE checkpoint (name TEXT PRIMARY KEY ON CONFLICT IGNORE, value TEXT NOT NULL) STRICT",
    ),
}
"""What a stranger puts in the place of Furat's own."""


@pytest.mark.parametrize("name", [*FOREIGN, *REPLACED])
def test_a_schema_that_acts_by_itself_is_refused_by_name(name: str, archive: Path) -> None:
    statements = REPLACED.get(name) or FOREIGN[name][:1]
    for statement in statements:
        execute(archive, statement)
    named = FOREIGN.get(name, ("", "pending" if "never" in name else "checkpoint"))[1]

    for opening in (Store.at, opened_to_read):
        with pytest.raises(WrongUsage) as refused, opening(archive):
            pass
        assert f"{named}, which Furat did not make" in refused.value.reason


@pytest.mark.parametrize("version", [0, 1, 4])
def test_a_schema_that_says_it_is_older_is_not_upgraded_where_it_acts(version: int, archive: Path) -> None:
    execute(archive, FOREIGN["a trigger"][0])
    execute(archive, f"PRAGMA user_version = {version}")
    before = (archive / "archive.db").read_bytes()

    with pytest.raises(WrongUsage) as refused, Store.at(archive):
        pass

    assert "which Furat did not make" in refused.value.reason
    assert (archive / "archive.db").read_bytes() == before


def test_a_version_that_never_was_is_refused(archive: Path) -> None:
    execute(archive, "PRAGMA user_version = -1")

    with pytest.raises(WrongUsage) as refused, Store.at(archive):
        pass

    assert "schema -1" in refused.value.reason


@pytest.mark.parametrize(
    "words", [("report",), ("check-archive",), ("check-archive", "--repair"), ("pending",), ("dataset", "-")]
)
def test_commands_refuse_an_archive_of_a_foreign_schema_in_one_line(
    words: tuple[str, ...], archive: Path, forks: Forks
) -> None:
    for statement in REPLACED["a view that never ends"]:
        execute(archive, statement)
    data = f"-sFURAT_DATA={archive.parent}"

    told = forks.run("scrapy", *words, "--site", "https://example.org/", data)

    assert (told.exit_code, told.out) == (2, "")
    assert told.err.count("\n") == 1
    assert "the view pending" in told.err
