"""Which articles a dataset holds."""

from collections import Counter
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from furat.arabic import fold
from furat.datasets.moments import point
from furat.datasets.selection import Selection, end_of
from furat.datasets.splits import Splits
from furat.datasets.takedowns import takedowns
from furat.exceptions import WrongUsage
from furat.store import Store
from tests.datasets.conftest import add, records, remove
from tests.support.archives import article


def numbers(store: Store, selection: Selection) -> list[int]:
    return [int(record["id"].rpartition("/")[2]) for record in records(store, selection)]


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
    then = {record["id"]: record["text"] for record in records(store, Selection(as_of=end_of(date(2026, 1, 2))))}
    now = {record["id"]: record["text"] for record in records(store, Selection())}

    assert then["example.org/4"] == 'سطر\n\n"مقتبس"، وفاصلة'
    assert now["example.org/4"] == "سطر معدل"


def test_the_history_has_all_states_and_tombstones_one_after_the_other(store: Store) -> None:
    states = records(store, Selection(history=True))

    assert Counter(state["kind"] for state in states) == {"article": 6, "tombstone": 1}
    edited = [state for state in states if state["id"] == "example.org/4"]
    assert [state["valid_to"] for state in edited] == [edited[1]["valid_from"], None]
    (gone,) = [state for state in states if state["kind"] == "tombstone"]
    assert (gone["gone"], gone["text"], gone["valid_to"]) == (404, None, None)


def test_a_moment_is_the_last_at_which_the_archive_is_told_of(store: Store) -> None:
    add(store, article(6, "أول", "c7"), seen="2026-05-01T00:00:00+00:00")
    add(store, article(6, "ثان", "c8"), seen="2026-05-02T00:00:00+00:00")
    add(store, article(6, "ثالث", "c9"), seen="2026-04-01T00:00:00+00:00")  # the clock went back

    moments = [datetime(2026, 5, 2, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 3, 31, tzinfo=UTC)]
    texts = [
        [record["text"] for record in records(store, Selection(as_of=moment)) if record["post_id"] == 6]
        for moment in moments
    ]

    assert texts == [["ثالث"], ["ثالث"], []]


@pytest.mark.parametrize("moment, sizes", [("2026-01-03", [2, 2]), ("2026-04-02", [1])])
def test_clusters_of_then_are_those_of_then(store: Store, moment: str, sizes: list[int]) -> None:
    remove(store, 1, "2026-04-01T00:00:00+00:00")
    then = end_of(date.fromisoformat(moment))
    stood = records(store, Selection(as_of=then))
    firsts = records(store, Selection(as_of=then, without_duplicates=True))

    assert [each["cluster_size"] for each in stood if each["post_id"] in (1, 2)] == sizes
    assert len(firsts) == len(stood) - len(sizes) + 1


def test_the_last_day_of_all_is_a_day() -> None:
    assert end_of(date.max).isoformat() == "9999-12-31T23:59:59.999999+00:00"


def test_an_article_is_in_one_part_with_all_its_states(store: Store) -> None:
    for number in range(10, 30):
        add(store, article(number, f"نسخة {number}", "c1"), duplicate_of="example.org/1")
        remove(store, number, "2026-04-01T00:00:00+00:00")
    states = records(store, Selection(history=True, splits=Splits.parse("a=.5,b=.5")))

    assert len({(state["split"]) for state in states if (state["post_id"] or 0) in (1, 2, *range(10, 30))}) == 1


@pytest.mark.parametrize("history", [True, False])
@pytest.mark.parametrize("number", [1, 2])
def test_a_takedown_takes_all_copies_of_the_text_and_their_tombstones(store: Store, number: int, history: bool) -> None:
    add(store, article(6, "نسخة أخرى", "c1"), duplicate_of="example.org/1")
    remove(store, 6, "2026-04-01T00:00:00+00:00")
    taken = Selection(takedowns=frozenset({f"example.org/{number}"}), history=history)

    assert not {1, 2, 6} & {*numbers(store, taken)}


@pytest.mark.parametrize(
    "printed, utc",
    [
        ("0001-01-01T00:00:00+03:00", None),
        ("0001-01-01", "0001-01-01T00:00:00+00:00"),
        ("9999-12-31T23:59:59-01:00", None),
        ("9999-12-31T23:59:59+03:00", "9999-12-31T20:59:59+00:00"),
        ("2024-01-01T00:00:00.250+05:45", "2023-12-31T18:15:00.250000+00:00"),
        ("2024-01-01T00:00:00", None),
        ("2024-13-45", None),
        ("yesterday", None),
    ],
)
def test_odd_moments_are_points_or_null(printed: str, utc: str | None) -> None:
    found = point(printed)

    assert (found.isoformat() if found else None) == utc


def test_what_was_printed_is_written_by_choice(store: Store) -> None:
    assert "title_raw" not in records(store, Selection())[0]
    assert records(store, Selection(raw=True))[0]["paragraphs_raw"]


def test_clusters_tell_their_size(store: Store) -> None:
    sizes = [record["cluster_size"] for record in records(store, Selection())]

    assert sizes == [2, 2, 1, 1]


def test_a_takedown_is_honoured_by_every_later_build(store: Store, folder: Path, tmp_path: Path) -> None:
    listed = tmp_path / "takedown.txt"
    listed.write_text("https://example.org/a4/ # asked for by the author\nhttps://example.org/nowhere/\n", "utf-8")

    told = takedowns(store, folder, listed)

    assert told.unknown == ("https://example.org/nowhere/",)
    assert takedowns(store, folder).ids == told.ids == {"example.org/4", "https://example.org/nowhere/"}


def test_a_takedown_of_what_is_archived_later_is_honoured_then(store: Store, folder: Path, tmp_path: Path) -> None:
    listed, kept = tmp_path / "takedown.txt", folder / "takedowns.txt"
    kept.write_text("example.org/4 # a letter of May", "utf-8")
    listed.write_text("https://www.example.org/a77?utm_source=x\n78\nexample.org/79\n", "utf-8")
    assert len(takedowns(store, folder, listed).unknown) == 3
    for number in (77, 78, 79, 80):
        add(store, article(number, f"خبر جديد {number}", "c7"))

    told = takedowns(store, folder)

    assert told.ids == {f"example.org/{number}" for number in (4, 77, 78, 79)}
    assert told.sha256 == sha256(kept.read_bytes()).hexdigest()
    assert "# a letter of May\n" in kept.read_text("utf-8")


def test_a_takedown_file_that_is_no_text_is_refused(store: Store, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "listed.txt").write_bytes("خبر".encode("utf-16"))

    with pytest.raises(WrongUsage) as caught:
        takedowns(store, folder, tmp_path / "listed.txt")

    assert "not text in UTF-8" in caught.value.reason


def test_a_list_of_takedowns_that_can_t_be_read_is_no_empty_one(store: Store, folder: Path) -> None:
    (folder / "takedowns.txt").symlink_to("nowhere")

    with pytest.raises(OSError, match=r"takedowns\.txt"):
        takedowns(store, folder)


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
