"""Archives of every schema that was shipped open, keep what they hold, and end as new ones begin."""

import os
import signal
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from furat.exceptions import Damaged
from furat.items import to_json
from furat.store import Store
from furat.store.connection import Connection
from furat.store.packed import plain
from furat.store.store import VERSION, scripts
from tests.replica import Replica, serve
from tests.support.archives import article
from tests.support.crawls import Command, Crawler

HERE = Path(__file__).parent

FIRST = replace(article(1), title_raw="خبر", revision=1)

ROWS = {
    "crawl": ("c1", "news", "2026-01-01T00:00:00+00:00", "2026-01-01T00:01:00+00:00", 0, "finished"),
    "listing": (1, "https://example.org/", "home", "", None),
    "address": (1, "https://example.org/a1/", "https://example.org/a1", "example.org/1", None, 0, None, None),
    "sighting": (1, 1, "c1"),
    "article": (FIRST.id, FIRST.url, 1, 1, FIRST.digest, None, "2026", "2026", "c1", None, None),
    "revision": (1, FIRST.id, 1, to_json(FIRST).decode(), "c1", 1),
    "feed": ("/feed/x.part", "/feed/x.jsonl", "c0", 0),
}


def schema_1(folder: Path) -> sqlite3.Connection:
    """Return a new archive as the first Furat made it; the caller closes it."""
    folder.mkdir(parents=True, exist_ok=True)
    old = sqlite3.connect(folder / "archive.db")
    old.execute("PRAGMA journal_mode = WAL")
    old.executescript((HERE / "schema-1.sql").read_text("utf-8"))
    old.execute("PRAGMA user_version = 1")
    return old


def fill(old: sqlite3.Connection, table: str, rows: Iterable[Any]) -> None:
    for row in rows:
        old.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", tuple(row))  # noqa: S608 (our own names)
    old.commit()


def shape(folder: Path) -> dict[str, list[Any]]:
    """Return all that SQLite knows of the tables of an archive, but for their wording."""
    with closing(Connection(folder / "archive.db")) as archive:
        tables = sorted(row[1:] for row in archive.execute("PRAGMA table_list") if not row[1].startswith("sqlite_"))
        found: dict[str, list[Any]] = {"": tables, "version": archive.execute("PRAGMA user_version").fetchall()}
        for table, *_about in tables:
            for what in ("table_info", "index_list", "foreign_key_list"):
                found[f"{what} {table}"] = archive.execute(f"PRAGMA {what}({table})").fetchall()
            for _, index, *_rest in found[f"index_list {table}"]:
                found[f"index {index}"] = archive.execute(f"PRAGMA index_info({index})").fetchall()
    return found


def unpacked(value: Any) -> Any:
    return plain(value) if isinstance(value, bytes) else value


def kept(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return what the archive holds in the columns that schema 1 had, as far as they are still there."""
    with closing(sqlite3.connect(":memory:")) as old, closing(Connection(folder / "archive.db")) as archive:
        old.executescript((HERE / "schema-1.sql").read_text("utf-8"))
        archive.row_factory = sqlite3.Row
        found = {}
        for table in ROWS:
            names = {row[1] for row in old.execute(f"PRAGMA table_info({table})")}
            rows = [dict(row) for row in archive.execute(f"SELECT * FROM {table}")]  # noqa: S608 (as above)
            found[table] = [{name: unpacked(row[name]) for name in row if name in names} for row in rows]
    return found


def test_an_archive_of_schema_1_becomes_what_a_new_one_is_and_keeps_its_rows(tmp_path: Path) -> None:
    with closing(schema_1(tmp_path / "old")) as old:
        for table, row in ROWS.items():
            fill(old, table, [row])
    before = kept(tmp_path / "old")
    Store.at(tmp_path / "old").close()
    Store.at(tmp_path / "new").close()

    assert shape(tmp_path / "old") == shape(tmp_path / "new")
    after = kept(tmp_path / "old")
    assert [len(rows) for rows in after.values()] == [1] * len(ROWS)
    for table, (found,) in after.items():
        assert found.items() <= before[table][0].items()
    with Store.at(tmp_path / "old") as store:
        assert not list(store.soundness.faults())
        assert store.articles.coverage() == {("published",): 1}


def test_every_version_has_its_upgrade() -> None:
    assert [path.name for path in scripts(1)] == [f"{number}.sql" for number in range(2, VERSION + 1)]
    assert all(path.exists() for path in [*scripts(0), *scripts(1)])


class Mortal(Connection):
    """A connection that kills its process at a statement."""

    left = 0

    def execute(self, *words: Any) -> sqlite3.Cursor:
        Mortal.left -= 1
        if Mortal.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(*words)


def open_until(folder: Path, moment: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Open the archive in a process that dies at its statement number ``moment``; return whether it lived."""
    child = os.fork()
    if child == 0:
        monkeypatch.setattr("furat.store.store.Connection", Mortal)
        Mortal.left = moment
        Store.at(folder).close()
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def test_an_upgrade_that_is_killed_leaves_the_old_or_the_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.at(tmp_path / "new").close()
    outcomes: list[int] = []
    lived = False
    while not lived:
        folder = tmp_path / str(len(outcomes))
        with closing(schema_1(folder)) as old:
            fill(old, "crawl", [ROWS["crawl"]])
        before = shape(folder)
        lived = open_until(folder, len(outcomes) + 1, monkeypatch)
        outcomes.append([before, shape(tmp_path / "new")].index(shape(folder)))
        assert [row["id"] for row in kept(folder)["crawl"]] == ["c1"]

    assert outcomes == sorted(outcomes)
    assert outcomes[-1] == 1
    assert len(outcomes) > len(scripts(1)[0].read_text("utf-8").split(";\n"))


def test_a_crawl_goes_on_with_an_archive_of_schema_1(crawl: Crawler, command: Command, data: Path) -> None:
    with serve(Replica(60, weight=0)) as site:
        crawl(site.url)
        (archive,) = data.rglob("archive.db")
        os.rename(archive, data / "new.db")  # noqa: PTH104 (its -wal is gone since the crawl closed it)
        with closing(schema_1(archive.parent)) as old, closing(Connection(data / "new.db")) as new:
            for table in ("crawl", "listing", "address", "sighting", "article", "revision"):
                names = [row[1] for row in old.execute(f"PRAGMA table_info({table})")]
                columns = (
                    "listing, address, 'c1'" if table == "sighting" else ", ".join(names).replace("item", "plain(item)")
                )
                fill(old, table, new.execute(f"SELECT {columns} FROM {table}"))  # noqa: S608 (as above)
        site.replica.add(2)
        site.replica.edit(20, "أضيفت هذه الفقرة لاحقاً.")

        again = crawl(site.url, FURAT_DUE_SHARE=0, FURAT_REVISITS=1000)
        checked = command("check-archive", site=site.url)

    assert again.exit_code == 0, again.log
    assert sorted(record["revision"] for record in again.records) == [1, 1, 2]
    assert (checked.exit_code, checked.out) == (0, "Whole: 63 revisions, 2 feeds\n")


def test_a_file_that_is_no_archive_is_named_and_left_alone(tmp_path: Path) -> None:
    content = b"no archive, but as long as the head of one" * 20
    (tmp_path / "archive.db").write_bytes(content)

    with pytest.raises(Damaged) as failure:
        Store.at(tmp_path)

    assert str(tmp_path / "archive.db") in failure.value.reason
    assert (tmp_path / "archive.db").read_bytes() == content
