"""Archives on media that can't be written are read all the same, and left as they are."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from furat.store import Store
from furat.store.connection import Connection
from furat.store.read_only import opened_to_read, opened_to_watch
from tests.store.earlier import earlier, fill_all
from tests.support.archives import article


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of an archive that can't be written, as far as the code can tell: root may write anything."""
    with Store.at(tmp_path / "site") as store:
        store.articles.add(article(1))
    monkeypatch.setattr("os.access", lambda *_: False)
    return tmp_path / "site"


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_an_archive_is_read_in_its_place(folder: Path) -> None:
    before = files(folder)
    with opened_to_read(folder) as store:
        assert store.articles.find("example.org/1")
        assert store.crawls.counts()["articles"] == 1
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            store.checkpoints.set("x", "y")

    assert files(folder) == before


@pytest.mark.parametrize(
    "names", [("archive.db", "archive.db-wal"), ("archive.db", "archive.db-wal", "archive.db-shm")]
)
def test_what_a_killed_crawl_left_beside_it_is_read_too(folder: Path, tmp_path: Path, names: tuple[str, ...]) -> None:
    left = tmp_path / "left"
    left.mkdir()
    with Store.at(folder) as killed:
        killed.articles.add(article(2))
        for name in names:
            shutil.copyfile(folder / name, left / name)
    before = files(left)
    assert before["archive.db-wal"]

    with opened_to_read(left) as store:
        assert store.articles.find("example.org/2")
    assert {name: files(left)[name] for name in names[:2]} == {name: before[name] for name in names[:2]}


def test_an_archive_is_read_whose_crawl_was_killed_at_the_first_page_of_its_log(folder: Path, tmp_path: Path) -> None:
    left = tmp_path / "left"
    left.mkdir()
    with closing(sqlite3.connect(folder / "archive.db")) as killed:
        killed.execute("SELECT * FROM article").fetchone()
        shutil.copyfile(folder / "archive.db-shm", left / "archive.db-shm")
        killed.execute("UPDATE article SET id = id")
        killed.commit()
        log = (folder / "archive.db-wal").read_bytes()
        shutil.copyfile(folder / "archive.db", left / "archive.db")
    (left / "archive.db-wal").write_bytes(log[:32])

    for opened in (opened_to_watch, opened_to_read):
        with opened(left) as store:
            assert store.articles.find("example.org/1")
    with Store.at(left) as crawled:
        crawled.articles.add(article(2))
        assert crawled.crawls.counts()["articles"] == 2


def test_what_another_user_s_crawl_writes_is_seen_while_it_does(folder: Path) -> None:
    with Store.at(folder) as crawled, opened_to_read(folder) as store:
        crawled.articles.add(article(2))
        assert store.articles.find("example.org/2")
        crawled.articles.add(article(3))
        assert store.articles.find("example.org/3")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            store.checkpoints.set("x", "y")


@pytest.mark.parametrize("version", [1, 2])
def test_an_archive_of_an_earlier_furat_is_read_from_a_copy(folder: Path, version: int) -> None:
    old = folder.with_name("old")
    with closing(earlier(old, version)) as connection:
        fill_all(connection, version)
    before = files(old)

    with opened_to_read(old) as store:
        assert store.articles.find("example.org/1")
    assert files(old) == before
    with closing(Connection(old / "archive.db")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)
