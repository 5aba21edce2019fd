"""Which articles a dataset holds."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from furat.arabic import fold
from furat.datasets.selection import Reader, Selection, end_of
from furat.datasets.splits import Splits
from furat.datasets.takedowns import takedowns
from furat.exceptions import WrongUsage
from furat.store import Store


def numbers(store: Store, selection: Selection) -> list[int]:
    return [int(record["id"].rpartition("/")[2]) for record in Reader(store, selection).records()]


@pytest.mark.parametrize(
    "selection, wanted",
    [
        (Selection(), [1, 2, 3, 4]),
        (Selection(since=date(2016, 1, 8)), [2]),
        (Selection(until=date(2016, 1, 7)), [1]),
        (Selection(sections=frozenset({fold("دِرعا")})), [1]),
        (Selection(sections=frozenset({fold("اخبار")})), [2]),
        (Selection(language="ar"), [1]),
        (Selection(without_duplicates=True), [1, 3, 4]),
        (Selection(takedowns=frozenset({"example.org/1"})), [3, 4]),
        (Selection(as_of=datetime(2026, 1, 2, tzinfo=UTC)), []),
        (Selection(as_of=end_of(date(2026, 1, 2))), [1, 2, 3, 4, 5]),
    ],
)
def test_a_selection_finds_what_it_asks_for(store: Store, selection: Selection, wanted: list[int]) -> None:
    assert numbers(store, selection) == wanted


def test_the_archive_as_it_stood_has_the_text_of_that_day(store: Store) -> None:
    then = {
        record["id"]: record["text"] for record in Reader(store, Selection(as_of=end_of(date(2026, 1, 2)))).records()
    }
    now = {record["id"]: record["text"] for record in Reader(store, Selection()).records()}

    assert then["example.org/4"] == 'سطر\n\n"مقتبس"، وفاصلة'
    assert now["example.org/4"] == "سطر معدل"


def test_the_history_has_all_states_and_tombstones_one_after_the_other(store: Store) -> None:
    states = list(Reader(store, Selection(history=True)).records())

    assert Counter(state["kind"] for state in states) == {"article": 6, "tombstone": 1}
    edited = [state for state in states if state["id"] == "example.org/4"]
    assert [state["valid_to"] for state in edited] == [edited[1]["valid_from"], None]
    (gone,) = [state for state in states if state["kind"] == "tombstone"]
    assert (gone["gone"], gone["text"], gone["valid_to"]) == (404, None, None)


def test_what_was_printed_is_written_by_choice(store: Store) -> None:
    assert "title_raw" not in next(Reader(store, Selection()).records())
    assert next(Reader(store, Selection(raw=True)).records())["paragraphs_raw"]


def test_clusters_tell_their_size(store: Store) -> None:
    sizes = [record["cluster_size"] for record in Reader(store, Selection()).records()]

    assert sizes == [2, 2, 1, 1]


def test_a_takedown_is_honoured_by_every_later_build(store: Store, folder: Path, tmp_path: Path) -> None:
    listed = tmp_path / "takedown.txt"
    listed.write_text("https://example.org/a4/ # asked for by the author\nhttps://example.org/nowhere/\n", "utf-8")

    told = takedowns(store, folder, listed)

    assert told.unknown == ("https://example.org/nowhere/",)
    assert takedowns(store, folder).ids == told.ids == {"example.org/4"}


@given(st.text(min_size=1))
def test_a_cluster_stays_in_its_part(cluster: str) -> None:
    splits = Splits.parse("train=.8,validation=.1,test=.1")

    assert splits.of(cluster) == splits.of(cluster)
    assert splits.of(cluster) in splits.names


def test_parts_have_their_shares() -> None:
    splits = Splits.parse("train=.9,test=.1")

    counts = Counter(splits.of(f"example.org/{number}") for number in range(10_000))

    assert 850 < counts["test"] < 1150


@pytest.mark.parametrize("text", ["", "train", "train=.9", "train=.5,train=.5", "a/b=1", "train=1.5,test=-.5", "a=nan"])
def test_splits_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        Splits.parse(text)

    assert "add up to 1" in caught.value.reason
