"""What is suggested for a name that the archive does not know, without a look at all that it knows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from furat.store import Store
from tests.support.archives import article

SITE = "https://example.org/"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Return an archive in which only a few neighbours, and the newest articles, are compared."""
    monkeypatch.setattr("furat.store.history.BESIDE", 2)
    monkeypatch.setattr("furat.store.history.NEWEST", 3)
    with Store.at(tmp_path) as store:
        for number in (*range(10, 40), *range(60, 70)):
            store.articles.add(article(number))
        yield store


@pytest.mark.parametrize(
    "name, suggested",
    [
        (f"{SITE}a239/", f"{SITE}a23/"),  # beside it in the alphabet
        (f"{SITE}حمص-69", f"{SITE}a69/"),  # the newest
        (f"{SITE}2024/other-words-17/", f"{SITE}a17/"),  # by a number in its words
        ("9" * 400, f"{SITE}a69/"),
        ("", f"{SITE}a69/"),
        ("http://[", f"{SITE}a69/"),
    ],
)
def test_a_name_that_is_unknown_gets_its_nearest(store: Store, name: str, suggested: str) -> None:
    assert store.history.id_of(name) is None
    nearest = store.history.nearest(name)
    assert len(nearest) == 3
    assert suggested in nearest


@pytest.mark.parametrize("name", ["12", "example.org/12", f"{SITE}a12/", "http://www.example.org/a12", f"{SITE}?p=12"])
def test_a_name_that_is_known_is_found_by_its_index(store: Store, name: str) -> None:
    assert store.history.id_of(name) == "example.org/12"


@pytest.mark.parametrize("name", ["012x", "12 ", "1" * 30, "-12", "١٢"])
def test_what_is_no_number_names_no_article(store: Store, name: str) -> None:
    assert store.history.id_of(name) is None
