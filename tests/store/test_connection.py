"""Writes that wait for one commit fail alone."""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from furat.exceptions import Damaged
from furat.store.connection import Connection
from furat.store.failure import archive_failure


@pytest.fixture(autouse=True)
def opened() -> Iterator[list[Connection]]:
    """Return the connections of the test, which are closed at its end."""
    OPENED.clear()
    yield OPENED
    for connection in OPENED:
        connection.close()


OPENED: list[Connection] = []


def opened_at(path: Path | str) -> Connection:
    connection = sqlite3.connect(path, isolation_level=None, factory=Connection)
    OPENED.append(connection)
    return connection


def connect() -> Connection:
    connection = opened_at(":memory:")
    connection.gather = 60
    connection.execute("CREATE TABLE word (number INTEGER PRIMARY KEY, text TEXT NOT NULL)")
    return connection


def words(connection: Connection) -> list[tuple[int, str]]:
    return connection.execute("SELECT number, text FROM word ORDER BY number").fetchall()


def write(connection: Connection, texts: list[str], fails: bool) -> list[str]:
    """Write ``texts``, or fail at the end; return what ought to be there."""
    with suppress(ZeroDivisionError), connection.writing():
        connection.execute("INSERT INTO word (text) VALUES (?)", ("first",))
        connection.executemany("INSERT INTO word (text) VALUES (?)", [(text,) for text in texts])
        1 / (not fails)
    return [] if fails else ["first", *texts]


@given(st.lists(st.tuples(st.lists(st.text(max_size=3), max_size=3), st.booleans())))
def test_a_write_that_fails_leaves_what_waits_as_it_was(writes: list[tuple[list[str], bool]]) -> None:
    connection = connect()
    expected: list[str] = []
    for each in writes:
        expected += write(connection, *each)

        assert [text for _, text in words(connection)] == expected
    connection.commit()

    assert [text for _, text in words(connection)] == expected


def test_a_statement_that_fails_is_not_done_again() -> None:
    connection = connect()
    connection.write("INSERT INTO word VALUES (1, 'a')")
    with pytest.raises(sqlite3.IntegrityError):
        connection.write("INSERT INTO word VALUES (1, 'b')")
    with pytest.raises(sqlite3.IntegrityError):
        connection.write("INSERT INTO word VALUES (2, NULL)")
    connection.write("INSERT INTO word VALUES (3, 'c')")
    connection.commit()

    assert words(connection) == [(1, "a"), (3, "c")]


def test_what_can_t_be_done_again_is_given_up_as_a_whole() -> None:
    connection = connect()
    connection.create_function("once", 0, iter(["a"]).__next__)  # fails the second time
    with connection.writing():
        connection.execute("INSERT INTO word VALUES (1, 'x')")
        connection.execute("INSERT INTO word VALUES (2, once())")

    with pytest.raises(sqlite3.OperationalError):
        write(connection, [], fails=True)

    assert not connection.in_transaction
    assert words(connection) == []
    with pytest.raises(sqlite3.OperationalError):
        connection.write("INSERT INTO word VALUES (3, 'z')")


def test_a_write_and_its_undoing_are_both_changes() -> None:
    connection = connect()
    changes = [connection.changes]
    with suppress(ZeroDivisionError), connection.writing():
        connection.execute("INSERT INTO word VALUES (1, 'x')")
        changes.append(connection.changes)
        _ = 1 / 0
    changes.append(connection.changes)
    words(connection)

    assert changes == sorted({*changes})
    assert connection.changes == changes[-1]


def full(path: Path) -> Connection:
    """Return a connection to a file that may not grow."""
    connection = opened_at(path)
    connection.gather = 60
    connection.execute("CREATE TABLE word (number INTEGER PRIMARY KEY, text TEXT NOT NULL)")
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    return connection


def test_nothing_is_written_after_what_was_lost_on_a_full_disk(tmp_path: Path) -> None:
    connection = full(tmp_path / "archive.db")
    connection.write("INSERT INTO word VALUES (1, 'told as kept')")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        connection.write("INSERT INTO word VALUES (2, ?)", ("x" * 100_000,))

    with pytest.raises(sqlite3.OperationalError, match="full"):
        connection.write("INSERT INTO word VALUES (3, 'mark')")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        connection.commit()
    assert connection.failure
    assert words(connection) == []


def test_nothing_is_committed_to_a_file_that_was_deleted(tmp_path: Path) -> None:
    connection = opened_at(tmp_path / "archive.db")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE word (number INTEGER PRIMARY KEY, text TEXT NOT NULL)")
    (tmp_path / "archive.db").unlink()

    with pytest.raises(sqlite3.OperationalError, match="moved or deleted"):
        connection.write("INSERT INTO word VALUES (1, 'x')")


def test_a_statement_that_is_wrong_poisons_nothing() -> None:
    connection = connect()
    for statement in ("INSERT INTO word VALUES (1, NULL)", "INSERT INTO nothing VALUES (1)"):
        with pytest.raises(sqlite3.DatabaseError):
            connection.write(statement)
    connection.write("INSERT INTO word VALUES (1, 'a')")

    assert words(connection) == [(1, "a")]


def test_a_schema_that_is_no_text_any_more_is_damage(tmp_path: Path) -> None:
    opened = opened_at(tmp_path / "archive.db")
    opened.execute("CREATE TABLE a (b)")
    opened.execute("PRAGMA writable_schema = 1")
    opened.execute("UPDATE sqlite_schema SET sql = CAST(x'b1b1b1' AS TEXT), name = CAST(x'b1' AS TEXT)")

    with pytest.raises(sqlite3.DatabaseError, match="malformed") as told:
        opened_at(tmp_path / "archive.db").execute("SELECT * FROM sqlite_schema")

    assert isinstance(archive_failure(told.value, tmp_path), Damaged)
