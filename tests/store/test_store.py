"""The store is opened by who knows its schema, and names feeds when all of them are complete."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from furat.exceptions import TooNew
from furat.store import Store
from tests.support.archives import article


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.at(tmp_path) as store:
        yield store


def test_a_feed_gets_its_name_when_all_is_whole_or_never(store: Store, tmp_path: Path) -> None:
    whole, torn = tmp_path / "whole.jsonl", tmp_path / "torn.jsonl"
    for number, path in enumerate((whole, torn), 1):
        store.articles.add(article(number, f"نص {number}"))
        part = path.with_suffix(".part")
        part.write_text("{}\n")
        store.deliveries.open(part, path, f"c{number}")
        store.deliveries.enter(f"example.org/{number}", 1, f"c{number}")

    store.deliveries.finish("c1")

    assert [path.name for path in sorted(tmp_path.glob("*.jsonl"))] == ["whole.jsonl"]
    assert [item.id for item in store.deliveries.undelivered()] == ["example.org/2"]


def test_a_feed_that_was_whole_when_the_crawl_was_killed_gets_its_name_later(store: Store, tmp_path: Path) -> None:
    store.articles.add(article(1))
    part, path = tmp_path / "feed.part", tmp_path / "feed.jsonl"
    part.write_text("{}\n")
    store.deliveries.open(part, path, "c1")
    store.deliveries.enter("example.org/1", 1, "c1")
    store._connection.execute("UPDATE feed SET whole = 1")

    store.deliveries.recover()
    store.deliveries.recover()

    assert path.read_text() == "{}\n"
    assert not list(store.deliveries.undelivered())


def test_a_store_of_a_later_furat_is_not_touched(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "archive.db")) as later:
        later.execute("PRAGMA user_version = 99")

    with pytest.raises(TooNew) as failure:
        Store.at(tmp_path)

    assert "upgrade Furat" in failure.value.reason
