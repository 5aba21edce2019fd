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
        (f"{SITE}2024/a69/", f"{SITE}a69/"),  # the newest
        (f"{SITE}2024/other-words-17/", "example.org/17"),  # by a number in its words
        ("a6x", f"{SITE}a69/"),
    ],
)
def test_a_name_that_is_unknown_gets_its_nearest(store: Store, name: str, suggested: str) -> None:
    assert store.history.id_of(name) is None
    assert suggested in store.history.nearest(name)


@pytest.mark.parametrize("name", ["9" * 400, "", "http://[", "\x1b[31m", SITE, f"{SITE}حريق-في-سوق/", "777777"])
def test_what_has_only_the_host_in_common_is_not_near(store: Store, name: str) -> None:
    assert store.history.id_of(name) is None
    assert not store.history.nearest(name)


def test_of_many_that_share_no_word_those_that_begin_alike_are_compared(tmp_path: Path) -> None:
    with Store.at(tmp_path) as store:
        for number in range(100, 200):
            store.articles.add(article(number))

        assert store.history.nearest(f"{SITE}a1678/")[0] == f"{SITE}a167/"


@pytest.mark.parametrize("name", ["12", "example.org/12", f"{SITE}a12/", "http://www.example.org/a12", f"{SITE}?p=12"])
def test_a_name_that_is_known_is_found_by_its_index(store: Store, name: str) -> None:
    assert store.history.id_of(name) == "example.org/12"


@pytest.mark.parametrize("name", ["012x", "12 ", "1" * 30, "-12", "١٢"])
def test_what_is_no_number_names_no_article(store: Store, name: str) -> None:
    assert store.history.id_of(name) is None
