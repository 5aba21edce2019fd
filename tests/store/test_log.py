"""A write-ahead log is applied to the archive that it was written for, and to no other of that name."""

import shutil
from pathlib import Path

import pytest

from furat.exceptions import WrongUsage
from furat.store import Store
from furat.store.log import check_log
from furat.store.read_only import opened_to_read
from tests.support.archives import article

FILES = ("archive.db", "archive.db-wal", "archive.db-shm")


def crawl(folder: Path, number: int) -> Store:
    """Return the store after a crawl that added an article, still open."""
    store = Store.at(folder, gather=60)
    store.checkpoints.set("crawl", str(number))  # waits for its commit
    store.crawls.begin(f"c{number}", "news")
    store.articles.add(article(number))
    store.commit()
    return store


def kill(store: Store, folder: Path, killed: Path) -> None:
    """Put the files as they are at this moment into the folder ``killed``."""
    killed.mkdir(exist_ok=True)
    for name in FILES:
        shutil.copyfile(folder / name, killed / name)
    store.close()


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """Return the folder of an archive whose third crawl was killed; `backup.db` is what the first one left."""
    crawl(tmp_path / "site", 1).close()
    shutil.copyfile(tmp_path / "site" / "archive.db", tmp_path / "backup.db")
    crawl(tmp_path / "site", 2).close()
    kill(crawl(tmp_path / "site", 3), tmp_path / "site", tmp_path / "killed")
    return tmp_path / "killed"


def test_what_a_killed_crawl_committed_is_there(killed: Path) -> None:
    with Store.at(killed) as store:
        assert [store.articles.find(f"example.org/{number}") is not None for number in (1, 2, 3)] == [True] * 3


def test_killed_again_and_again_it_still_belongs_to_the_archive(killed: Path, tmp_path: Path) -> None:
    for number in range(4, 8):
        following = tmp_path / str(number)
        kill(crawl(killed, number), killed, following)
        killed = following

    with Store.at(killed) as store:
        assert store.crawls.counts()["articles"] == 7


@pytest.mark.parametrize("is_read_only", [False, True])
def test_beside_a_restored_backup_it_is_refused_and_the_backup_stays_as_it_is(
    killed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_read_only: bool
) -> None:
    backup = (tmp_path / "backup.db").read_bytes()
    (killed / "archive.db").write_bytes(backup)
    if is_read_only:
        monkeypatch.setattr("os.access", lambda *_: False)

    with pytest.raises(WrongUsage) as refused, opened_to_read(killed):
        pass
    assert "move archive.db-wal and archive.db-shm out of the folder" in refused.value.reason
    assert (killed / "archive.db").read_bytes() == backup
    for name in FILES[1:]:
        (killed / name).unlink()
    with opened_to_read(killed) as store:
        assert store.crawls.counts()["articles"] == 1


@pytest.mark.parametrize("size", [0, 1, 32, 40, 60, 4000, 5000])
def test_a_log_that_was_cut_off_says_nothing(killed: Path, size: int) -> None:
    log = killed / "archive.db-wal"
    log.write_bytes(log.read_bytes()[:size])

    check_log(killed / "archive.db")


def test_a_log_belongs_to_an_archive_that_is_in_pieces_without_it(killed: Path) -> None:
    archive = killed / "archive.db"
    archive.write_bytes(archive.read_bytes()[: -3 * 4096])  # a kill while the log was written back

    check_log(archive)


def test_a_log_of_zeros_says_nothing(killed: Path) -> None:
    (killed / "archive.db-wal").write_bytes(bytes(10_000))

    check_log(killed / "archive.db")


def test_the_log_of_the_first_crawl_of_this_furat_belongs_to_an_archive_of_an_earlier_one(tmp_path: Path) -> None:
    Store.at(tmp_path / "site").close()  # without a crawl it has no mark
    kill(crawl(tmp_path / "site", 1), tmp_path / "site", tmp_path / "killed")

    check_log(tmp_path / "killed" / "archive.db")
