"""Articles are found by their words, whatever the spelling."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from furat.exceptions import WrongUsage
from furat.reports.search import Query, search, snippet
from furat.store import Store
from furat.store.search_index import SearchIndex
from tests.datasets.conftest import add, remove
from tests.support.archives import article
from tests.support.crawls import Command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "example.org"
    with Store.at(folder) as store:
        add(store, article(1, "شؤونُ الحيّ في دير الزور عام ٢٠٢٤"), title="مسؤول يزور الحي", tags=("الرقة",))
        add(store, article(2, "زار الوفد مدينة الزور ثم دير الرهبان"), published="2020-05-01")
        add(store, article(3, "لا شيء هنا"), published="2021-05-01T10:00:00+03:00")
    return folder


def found(folder: Path, text: str, **options: str) -> list[str]:
    with Store.at(folder) as store:
        return sorted(hit.id.rpartition("/")[2] for hit in search(store, folder, Query(text=text, **options)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text, ids",
    [
        ("دير الزور", ["1", "2"]),
        ('"دير الزور"', ["1"]),
        ("«دير الزور»", ["1"]),
        ("دِيرُ", ["1", "2"]),
        ("2024", ["1"]),
        ("٢٠٢٤", ["1"]),
        ("الحى", ["1"]),
        ("مسؤول", ["1"]),
        ('غير"موجود', []),
    ],
)
def test_words_and_phrases_find_their_articles(folder: Path, text: str, ids: list[str]) -> None:
    assert found(folder, text) == ids


def test_days_and_sections_narrow_a_search(folder: Path) -> None:
    assert found(folder, "دير", since="2020-01-01") == ["2"]
    assert found(folder, "شيء", until="2021-05-01") == ["3"]
    assert found(folder, "دير", section="الرقه") == ["1"]


def test_an_index_follows_its_archive(folder: Path) -> None:
    assert found(folder, "جديدة") == []
    with Store.at(folder) as store:
        add(store, article(2, "كلمات جديدة"), seen="2026-03-01T00:00:00+00:00")
        remove(store, 3, "2026-03-01T00:00:00+00:00")

    assert found(folder, "جديدة") == ["2"]
    assert found(folder, "الرهبان") == []
    assert found(folder, "شيء") == []


def test_words_that_were_folded_otherwise_are_indexed_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr("furat.reports.search.fold", str.lower)
        earlier.setattr("furat.reports.search.FORM", 1)
        assert found(folder, "شؤون") == []

    assert found(folder, "شؤون") == ["1"]


def test_a_folder_that_can_t_be_written_is_searched_all_the_same(folder: Path) -> None:
    (folder / "search.db").mkdir()

    assert found(folder, "دير") == ["1", "2"]


def test_a_damaged_index_is_made_again(folder: Path) -> None:
    path = folder / "search.db"
    path.write_bytes(b"no database" * 1000)

    assert found(folder, "دير") == ["1", "2"]
    assert path.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("elsewhere.db")], ids=["pipe", "link"])
def test_what_is_no_regular_file_is_no_index(folder: Path, make: Callable[[Path], None]) -> None:
    make(folder / "search.db")

    assert found(folder, "دير") == ["1", "2"]
    assert not (folder / "elsewhere.db").exists()


def test_an_older_archive_has_its_own_index(folder: Path) -> None:
    shutil.copyfile(folder / "archive.db", folder / "archive.db.old")
    with Store.at(folder) as store:
        add(store, article(2, "كلمات جديدة"), seen="2026-03-01T00:00:00+00:00")
    assert found(folder, "دير") == ["1"]
    for rest in folder.glob("archive.db-*"):
        rest.unlink()
    (folder / "archive.db.old").replace(folder / "archive.db")

    assert found(folder, "دير") == ["1", "2"]
    assert found(folder, "جديدة") == []


@given(st.text())
def test_any_query_is_answered_or_refused(text: str) -> None:
    parts = Query(text=text).parts or ["خبر"]
    with SearchIndex(None) as searched:
        assert list(searched.find(" ".join(f'"{part}"' for part in parts), "", "", "", 1)) == []


def test_a_query_without_words_is_refused(folder: Path) -> None:
    with pytest.raises(WrongUsage) as caught:
        found(folder, "؟!")

    assert "no word" in caught.value.reason


def test_the_title_counts_more_than_the_text(folder: Path) -> None:
    with Store.at(folder) as store:
        add(store, article(4, "نص طويل عن أمر آخر", "c1"), title="قافلة الحبوب")
        add(store, article(5, "وصلت قافلة إلى المعبر ثم عادت", "c1"), title="خبر آخر")
        hits = [hit.id for hit in search(store, folder, Query(text="قافلة"))]

    assert hits == ["example.org/4", "example.org/5"]


def test_a_snippet_shows_the_printed_words() -> None:
    text = " ".join(["كلام"] * 30 + ["الحُرِّية"] + ["آخر"] * 30)

    assert "الحُرِّية" in snippet(text, {"الحريه"})
    assert len(snippet(text, {"الحريه"}).split()) == 27


def test_the_command_takes_words_and_says_what_it_does_not_show(command: Command, data: Path) -> None:
    with Store.at(data / "example.org") as store:
        for number in (1, 2, 3):
            add(store, article(number, "زار الوفد مدينة دير الزور"))
    lines = {
        words: command("search", *words.split(), site="https://example.org/")
        for words in ("دير الزور", "دير الزور --limit 2", "دير الرهبان", "دير --limit 0", "دير --limit -1")
    }

    assert [len(told.out.splitlines()) for told in lines.values()] == [9, 6, 0, 0, 0]
    assert [told.exit_code for told in lines.values()] == [0, 0, 0, 2, 2]
    assert [told.err for told in lines.values()][:2] == ["", "More than 2 articles; --limit N shows more\n"]
    assert lines["دير الرهبان"].err.startswith("No article in ")
    assert "0 is not a number of at least 1" in lines["دير --limit 0"].err
