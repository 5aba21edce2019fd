"""Archives that an earlier Furat signed are signed anew when an article is next compared."""

from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection, connect

import pytest

from bench.news import archive
from furat.duplicates import DuplicateIndex, Match
from furat.store import Store, signatures
from tests.support.archives import article

SCHEMA_4 = Path(__file__).parents[1] / "store" / "schema-4.sql"
NEWS = [one for one in archive(80, seed=3) if one.of is None][:40]


def fill(store: Store) -> None:
    index = DuplicateIndex(store.signatures)
    for number, news in enumerate(NEWS):
        told = replace(article(number, news.text), title=news.title, digest=news.id)
        index.add(told.id, told.title, told.text)
        store.articles.add(told)


def as_of_schema_3(path: Path) -> None:
    """Make the file what an earlier Furat wrote: its schema, the same rows, and signatures that nobody reads today."""
    new = path.rename(path.with_name("new.db"))
    with closing(connect(path)) as file, file:
        file.executescript(f"{SCHEMA_4.read_text()}; DROP TABLE unsigned")  # which schema 3 had not yet
        file.execute("ATTACH ? AS new", [str(new)])
        for (table,) in file.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
            columns = ", ".join(sorted(_columns(file, "main", table) & _columns(file, "new", table)))
            if columns:
                file.execute(f"INSERT OR REPLACE INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
        file.execute("UPDATE signature SET words = 'as it was', digest = number, clues = '[1, 2]'")
        file.execute("INSERT OR IGNORE INTO clue SELECT 1, number FROM signature")
        file.execute("PRAGMA user_version = 3")


def _columns(file: Connection, schema: str, table: str) -> set[str]:
    return {name for _, name, *_ in file.execute(f"PRAGMA {schema}.table_info({table})")}


def found(store: Store) -> list[Match | None]:
    index = DuplicateIndex(store.signatures)
    return [index.add(f"copy {number}", "خبر عاجل", f"{news.text}\n\nالمصدر") for number, news in enumerate(NEWS)]


@pytest.fixture(params=[1, 7, 256])
def old(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(signatures, "RENEWED", request.param)
    with Store.at(tmp_path / "old") as store:
        fill(store)
    as_of_schema_3(tmp_path / "old" / "archive.db")
    return tmp_path / "old"


def rows(folder: Path) -> list[tuple[str, int, str]]:
    with closing(connect(folder / "archive.db")) as file:
        return file.execute("SELECT article, digest, words FROM signature ORDER BY number").fetchall()


def test_an_archive_of_an_earlier_schema_finds_what_a_new_one_finds(tmp_path: Path, old: Path) -> None:
    with Store.at(tmp_path / "new") as store:
        fill(store)
        expected = found(store)
    with Store.at(old) as store:
        assert found(store) == expected
    assert any(expected)
    assert rows(old) == rows(tmp_path / "new")


def test_nothing_is_signed_before_anything_is_compared(old: Path) -> None:
    with Store.at(old) as store:
        assert store.signatures.signature("example.org/1") is None
    with closing(connect(old / "archive.db")) as file:
        assert file.execute("SELECT count(*) FROM unsigned").fetchone() == (len(rows_of(file, "article")),)


def rows_of(file: Connection, table: str) -> list[tuple[str]]:
    return file.execute(f"SELECT id FROM {table}").fetchall()


def test_a_renewal_that_fails_goes_on_where_it_stopped(old: Path) -> None:
    signed: list[str] = []

    def fail(id: str, title: str, text: str) -> None:
        if len(signed) == 10:
            raise OSError("the disk is full")
        signed.append(id)
        store.signatures.keep(id, None, title + text, [])

    with Store.at(old) as store, suppress(OSError):
        store.signatures.renew(fail)
    with Store.at(old) as store:
        DuplicateIndex(store.signatures)

    assert [id for id, *_ in rows(old)] == [f"example.org/{number}" for number in range(len(NEWS))]


def test_an_article_that_can_t_be_read_keeps_no_other_from_being_signed(old: Path) -> None:
    with closing(connect(old / "archive.db")) as file, file:
        file.execute("UPDATE revision SET item = x'00' WHERE article = 'example.org/3'")
    with Store.at(old) as store:
        DuplicateIndex(store.signatures)

    assert len(rows(old)) == len(NEWS) - 1
