"""OpenTimestamps: a root waits for a block, and its proof is made good by a later crawl."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from furat.chain.authorities import stamp
from furat.chain.finding import Finding, Weight
from furat.chain.verify import Verification
from tests.chain.archive import Folder
from tests.support.calendar import Calendar, calendar


@pytest.fixture
def btc() -> Iterator[Calendar]:
    with calendar() as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "site")


def found(folder: Folder) -> list[Finding]:
    return list(Verification(folder.path, folder.known()).findings())


def test_a_proof_waits_for_a_block_and_is_upgraded(folder: Folder, btc: Calendar) -> None:
    first = folder.crawl()
    assert list(stamp(folder.path, first, [btc.url])) == []
    (waits,) = found(folder)
    assert list(stamp(folder.path, first, [btc.url])) == []

    assert (waits.weight, waits.what) == (Weight.NOTE, "it waits for a block of Bitcoin")
    assert [path[:5] for path in btc.asked] == [
        "/dige",
        "/time",
        "/time",
    ]  # asked for one proof, and twice for its block

    btc.block = 900_000
    second = folder.crawl()
    assert list(stamp(folder.path, second, [btc.url])) == []
    notes = found(folder)

    assert [note.weight for note in notes] == [Weight.NOTE] * 2
    assert all("this root is in block 900000 of Bitcoin" in note.what for note in notes)
    asked = len(btc.asked)
    assert list(stamp(folder.path, second, [btc.url])) == []
    assert len(btc.asked) == asked


def test_only_the_calendar_that_was_named_is_asked(folder: Folder, btc: Calendar) -> None:
    with calendar() as stranger:
        btc.named = stranger.address
        end = folder.crawl()
        list(stamp(folder.path, end, [btc.url]))
        list(stamp(folder.path, end, [btc.url]))

        assert stranger.asked == []


def test_what_is_done_to_a_proof_anywhere_is_seen(folder: Folder, btc: Calendar) -> None:
    list(stamp(folder.path, folder.crawl(), [btc.url]))
    (proof,) = folder.path.glob("manifests/*.ots")
    whole, chance = proof.read_bytes(), random.Random(27)  # noqa: S311 (a repeatable test)
    for _ in range(100):
        at = chance.randrange(len(whole))
        proof.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :])
        (fault,) = found(folder)
        assert (fault.place, fault.weight) == (f"manifests/{proof.name}", Weight.FAULT)


def test_an_answer_that_is_no_proof_is_told(folder: Folder, btc: Calendar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(btc, "pending", lambda _: b"<html>")

    (told,) = stamp(folder.path, folder.crawl(), [btc.url])

    assert told.startswith("127.0.0.1")
    assert "gave no time stamp" in told
    assert not list(folder.path.glob("manifests/*.ots"))
