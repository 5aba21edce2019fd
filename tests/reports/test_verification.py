"""What a check can't tell, as nobody outside vouches for it, is said."""

from collections.abc import Callable
from pathlib import Path

import pytest

from furat.chain.finding import Weight
from furat.chain.record import CHECKPOINT
from furat.reports.verification import verified
from furat.store import Store
from tests.chain.archive import Folder

Change = Callable[[Path], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of an archive after two crawls."""
    made = Folder(tmp_path / "newsroom.example")
    made.crawl()
    made.crawl()
    with Store.at(made.path) as store:
        store.checkpoints.set(CHECKPOINT, " ".join(map(str, made.known())))
    return made.path


def told(folder: Path, weight: Weight) -> list[str]:
    return [str(each) for each in verified(folder) if each.weight is weight]


def forgets(value: str) -> Change:
    """Return what has the archive keep a ``value`` for the last manifest."""

    def change(folder: Path) -> None:
        with Store.at(folder) as store:
            store.checkpoints.set(CHECKPOINT, value)

    return change


def test_a_chain_that_nobody_stamped_is_said_to_prove_little(folder: Path) -> None:
    unstamped, checked = told(folder, Weight.NOTE)

    assert unstamped.startswith("manifests: no authority stamped a root: who can write here and in archive.db")
    assert "the last root is " in checked
    assert not told(folder, Weight.OPEN)
    assert not told(folder, Weight.FAULT)


@pytest.mark.parametrize(
    "change, why",
    [
        (lambda folder: (folder / "archive.db").unlink(), "it can't be read (it is missing)"),
        (lambda folder: (folder / "archive.db").write_bytes(b"SQLite"), "it can't be read ("),
        (forgets(""), "it does not know the last manifest"),
        (forgets("0"), "it does not know the last manifest"),
        (forgets("two roots"), "it does not know the last manifest"),
    ],
)
def test_an_archive_that_forgot_the_chain_is_doubted(folder: Path, change: Change, why: str) -> None:
    change(folder)

    (doubt,) = told(folder, Weight.OPEN)

    assert doubt.startswith(f"archive.db: {why}")
    assert doubt.endswith("so a cut at the end of the chain would not be seen")


@pytest.mark.parametrize("value", ["9 00", "1 00", "99999999999999999999 00"])
def test_an_archive_that_knows_another_chain_is_a_fault(folder: Path, value: str) -> None:
    forgets(value)(folder)

    assert {each.place.partition("/")[0] for each in verified(folder) if each.weight is Weight.FAULT} == {"manifests"}
