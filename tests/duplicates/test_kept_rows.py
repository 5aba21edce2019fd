"""What an article is compared by is kept as few rows, in memory or in the store."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest

from furat.duplicates import DuplicateIndex, Match
from furat.duplicates.keeper import Keeper, Memory
from furat.duplicates.keys import line_keys, run_keys
from furat.duplicates.signature import sign, spelled
from furat.store import Store, signatures
from tests.duplicates.examples import (
    COPIES,
    NEAR_COPIES,
    OTHER_LEAD,
    OTHER_TITLE,
    PARAGRAPHS,
    STORIES,
    TEXT,
    TITLE,
    babble,
    text,
)


def test_rows_of_an_article_are_small() -> None:
    signature = sign(spelled(TITLE, text(*[TEXT.replace("محطة", f"محطة{number}") for number in range(5)])))
    rows = [*line_keys(signature), *run_keys(signature)]

    assert len(signature) > 500
    assert len(signature.encode()) + 32 * len(rows) < 10_000


def test_rows_can_be_kept_in_the_store_between_crawls(tmp_path: Path) -> None:
    articles = [*COPIES.values(), *NEAR_COPIES.values(), *[article for pair in STORIES.values() for article in pair]]
    memory = DuplicateIndex()
    expected = [memory.add(str(number), *article) for number, article in enumerate(articles)]

    def crawls() -> Iterator[Match | None]:
        for number, article in enumerate(articles):
            with Store.at(tmp_path) as store:
                yield DuplicateIndex(store.signatures).add(str(number), *article)

    assert list(crawls()) == expected
    assert list(crawls()) == expected


@pytest.mark.parametrize("batch", [1, 2, 4096])
@pytest.mark.parametrize("kind", ["memory", "store"])
def test_keeper_forgets_all_that_it_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, batch: int
) -> None:
    monkeypatch.setattr(signatures, "BATCH", batch)
    with Store.at(tmp_path) as store:
        keeper: Keeper = Memory() if kind == "memory" else store.signatures
        keeper.keep("1", 7, "abc", [1, 2])
        keeper.keep("2", None, "abd", [2, 3])
        keeper.keep("3", None, "abe", [2])
        keeper.forget("1", [1, 2, 3])

        held = {key: [id for _, id in places] for key, places in keeper.holders([1, 2, 3, 4]).items() if places}
        assert (keeper.first(7), keeper.signature("1"), keeper.signature("2")) == (None, None, "abd")
        assert held == {2: ["2", "3"], 3: ["2"]}


@pytest.mark.parametrize("batch", [2, 3, 4096])
def test_holders_come_in_the_order_of_archiving_whatever_was_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(signatures, "BATCH", batch)
    for names in ("abc", "de"):
        with Store.at(tmp_path) as store:
            for name in names:
                store.signatures.keep(name, None, "", [5, 6])
    with Store.at(tmp_path) as store:
        store.signatures.forget("a", [5, 6])
        store.signatures.keep("a", None, "", [6])

        held = store.signatures.holders([5, 6])
        assert {key: [id for _, id in places] for key, places in held.items()} == {5: [*"bcde"], 6: [*"bcdea"]}
        assert all(places == tuple(sorted(places)) for places in held.values())


def test_a_batch_that_was_not_moved_for_an_error_is_still_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signatures, "BATCH", 2)
    with Store.at(tmp_path) as store:
        store.signatures.keep("a", None, "", [5])
        with suppress(OSError), store._connection.writing():
            store.signatures.keep("b", None, "", [5])
            raise OSError("the disk is full")

        assert store.signatures.holders([5]) == {5: ((1, "a"),)}


def test_looking_up_and_keeping_read_no_table_as_a_whole(tmp_path: Path) -> None:
    statements: list[str] = []
    with Store.at(tmp_path) as store:
        index = DuplicateIndex(store.signatures)
        index.add("1", TITLE, TEXT)
        store._connection.set_trace_callback(statements.append)
        index.add("2", OTHER_TITLE, text(OTHER_LEAD, *PARAGRAPHS[1:]))
        index.add("1", TITLE, text(*PARAGRAPHS[:2]))
        store._connection.set_trace_callback(None)
        plans = [store._connection.execute(f"EXPLAIN QUERY PLAN {each}").fetchall() for each in {*statements}]

    scans = {row["detail"] for plan in plans for row in plan if row["detail"].startswith("SCAN")}
    assert len(plans) > 5
    assert scans <= {"SCAN json_each VIRTUAL TABLE INDEX 1:", "SCAN asked"}


def test_rows_of_an_article_take_few_bytes_of_the_store(tmp_path: Path) -> None:
    long = [(babble(seed), text(*(babble(100 * seed + number) for number in range(20)))) for seed in range(200)]
    with Store.at(tmp_path) as store:
        empty = store._connection.execute("PRAGMA page_count").fetchone()[0]
        for number, article in enumerate(long):
            DuplicateIndex(store.signatures).add(str(number), *article)
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0] - empty

    assert 0 < 4096 * pages / len(long) < 10_000


def test_lines_are_found_alone_and_in_pairs() -> None:
    lines = sign(spelled(TITLE, TEXT)).split("\n")
    found = set(line_keys("\n".join(lines)).values())
    lines = [line for line in lines if line]

    assert found == {(line,) for line in lines} | set(pairwise(lines))
