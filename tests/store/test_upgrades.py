"""Archives of every schema that was shipped open, keep what they hold, and end as new ones begin."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from furat.exceptions import Damaged
from furat.outcomes import Ending, Outcome
from furat.store import Store
from furat.store.connection import Connection
from furat.store.packed import plain
from furat.store.store import VERSION, scripts
from tests.store.earlier import ADDRESS, MOMENT, ROWS, earlier, fill, fill_all
from tests.support.mortal import lives

RENAMED = {
    "memory": "checkpoint",
    "owed": "pending",
    "doubted": "suspected_by",
    "way": "origin",
    "other": "other_digest",
    "changed": "last_modified",
    "reason": "outcome",
}
"""What tables and columns are called now."""


def shape(folder: Path) -> dict[str, list[Any]]:
    """Return all that SQLite knows of the tables of an archive, but for their wording."""
    with closing(Connection(folder / "archive.db")) as archive:
        tables = sorted(row[1:] for row in archive.execute("PRAGMA table_list") if not row[1].startswith("sqlite_"))
        found: dict[str, list[Any]] = {"": tables, "version": archive.execute("PRAGMA user_version").fetchall()}
        for table, *_about in tables:
            for what in ("table_info", "index_list", "foreign_key_list"):
                found[f"{what} {table}"] = archive.execute(f"PRAGMA {what}({table})").fetchall()
            found[f"index_list {table}"] = sorted(row[1:] for row in found[f"index_list {table}"])
            for index, *_rest in found[f"index_list {table}"]:
                found[f"index {index}"] = archive.execute(f"PRAGMA index_info({index})").fetchall()
    return found


def rows_of(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return what an archive holds, by table and column as they are called now; packed records are unpacked."""
    with closing(Connection(folder / "archive.db")) as archive:
        archive.row_factory = sqlite3.Row
        tables = [row["name"] for row in archive.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {
            RENAMED.get(table, table): [
                {
                    RENAMED.get(name, name): plain(value) if isinstance(value, bytes) else value
                    for name, value in zip(row.keys(), row, strict=True)
                }
                for row in archive.execute(f"SELECT * FROM {table}")
            ]
            for table in tables
        }


@pytest.mark.parametrize("version", ROWS)
def test_an_archive_of_an_earlier_schema_becomes_what_a_new_one_is_and_keeps_its_rows(
    tmp_path: Path, version: int
) -> None:
    with closing(earlier(tmp_path / "old", version)) as old:
        fill_all(old, version)
    before = rows_of(tmp_path / "old")
    Store.at(tmp_path / "old").close()
    Store.at(tmp_path / "new").close()

    assert shape(tmp_path / "old") == shape(tmp_path / "new")
    after = rows_of(tmp_path / "old")
    assert (after["delivery"], after["undelivered"]) == ([{"number": 1, "crawl": "c1"}], [])
    assert {row["name"]: row["number"] for row in after["tally"]} == {"lacks published": 1, "gone": 0, "revisions": 1}
    assert [(row["shown"], row["archived"]) for row in after["listing"]] == [(1, 1)]
    for table, rows in before.items():
        assert len(after[table]) == len(rows)
        for old_row, new_row in zip(rows, after[table], strict=True):
            kept = {name: value for name, value in old_row.items() if name in new_row} | TOLD.get((version, table), {})
            assert kept.items() <= new_row.items()
    with closing(sqlite3.connect(tmp_path / "old" / "archive.db")) as bare:  # as any reader opens it
        views = [row[0] for row in bare.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")]
        assert {view: len(bare.execute(f"SELECT * FROM {view}").fetchall()) for view in views} == {
            "living": 1,
            "pending": 0,
        }
    with Store.at(tmp_path / "old") as store:
        assert not list(store.soundness.faults())
        assert store.articles.coverage() == {("published",): 1}


TOLD: dict[tuple[int, str], dict[str, Any]] = {
    (1, "sighting"): {"walk": 1},
    (1, "listing"): {"walk": 1},
    (2, "crawl"): {"verdict": '[{"pending": 0}]'},
    (2, "article"): {"suspected_at": MOMENT, "origin": "api"},
}
"""What an upgrade makes of the rows of some tables."""


@pytest.mark.parametrize(
    "reason, pending, expected",
    [
        ("Protected", None, ("protected", None)),
        ("NotArticle", None, ("not_article", None)),
        ("OutOfRange", None, ("out_of_range", None)),
        ("Duplicate", None, ("duplicate", None)),
        ("HTTP 410", None, ("gone", "HTTP 410")),
        ("HTTP 404", MOMENT, ("failed", "HTTP 404")),
        ("Suspect: no title, no text", MOMENT, ("quarantined", "no title, no text")),
        ("Incomplete: cut off: https://example.org/", MOMENT, ("incomplete", "cut off: https://example.org/")),
        ("RuntimeError: no luck", MOMENT, ("failed", "RuntimeError: no luck")),
        (None, MOMENT, (None, None)),
    ],
)
def test_why_a_visit_archived_nothing_is_an_outcome_now(
    tmp_path: Path, reason: str | None, pending: str | None, expected: tuple[str | None, str | None]
) -> None:
    with closing(earlier(tmp_path, 2)) as old:
        fill(old, "address", [(1, ADDRESS.format(1), "", None, pending, 1, reason, MOMENT, None, None, None)])
    Store.at(tmp_path).close()

    (row,) = rows_of(tmp_path)["address"]
    assert (row["outcome"], row["detail"]) == expected
    assert expected[0] is None or Outcome(expected[0])


@pytest.mark.parametrize(
    "reason, expected",
    [
        ("finished", ("finished", None)),
        ("shutdown", ("stopped", None)),
        ("start_error", ("crashed", "start_error")),
        ("WrongUsage: No section named 'x': y", ("wrong_usage", "No section named 'x': y")),
        ("Spent: 100 requests", ("budget_spent", "100 requests")),
        ("closespider_timeout", ("stopped", "closespider_timeout")),
        (None, (None, None)),
    ],
)
def test_why_a_crawl_ended_is_enumerated_now(
    tmp_path: Path, reason: str | None, expected: tuple[str | None, str | None]
) -> None:
    with closing(earlier(tmp_path, 2)) as old:
        fill(old, "crawl", [("c1", "news", MOMENT, MOMENT, 0, reason, None)])
    Store.at(tmp_path).close()

    (row,) = rows_of(tmp_path)["crawl"]
    assert (row["ending"], row["detail"]) == expected
    assert expected[0] is None or Ending(expected[0])


def test_every_version_has_its_upgrade() -> None:
    assert [path.name for path in scripts(1)] == [f"{number}.sql" for number in range(2, VERSION + 1)]
    assert all(path.is_file() for path in [*scripts(0), *scripts(1)])
    assert sorted([*ROWS, 3]) == [*range(1, VERSION)]  # schema 3 was never shipped


@pytest.mark.slow
@pytest.mark.parametrize("version", ROWS)
def test_an_upgrade_that_is_killed_leaves_the_old_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    Store.at(tmp_path / "new").close()
    with closing(earlier(tmp_path / "old", version)) as old:
        fill_all(old, version)
    states = [shape(tmp_path / "old"), shape(tmp_path / "new")]
    outcomes: list[int] = []
    lived = False
    while not lived:
        folder = tmp_path / str(len(outcomes))
        shutil.copytree(tmp_path / "old", folder)
        lived = lives(lambda folder=folder: Store.at(folder).close(), len(outcomes) + 1, monkeypatch)  # type: ignore[misc]
        outcomes.append(states.index(shape(folder)))
        assert [row["id"] for row in rows_of(folder)["crawl"]] == ["c1"]

    assert outcomes == sorted(outcomes)
    assert outcomes[-1] == 1
    assert len(outcomes) > len(scripts(version)[0].read_text("utf-8").split(";\n"))


def test_a_file_that_is_no_archive_is_named_and_left_alone(tmp_path: Path) -> None:
    content = b"no archive, but as long as the head of one" * 20
    (tmp_path / "archive.db").write_bytes(content)

    with pytest.raises(Damaged) as failure:
        Store.at(tmp_path)

    assert str(tmp_path / "archive.db") in failure.value.reason
    assert (tmp_path / "archive.db").read_bytes() == content
