"""What a site says it has is held against what its listings gave."""

from pathlib import Path

import pytest

from furat.frontier.expectations import Expectations
from furat.sections import Section
from furat.store import Store

LOCAL = "https://sada.example/category/local/"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An archive whose section shows ten addresses."""
    store = Store.at(tmp_path)
    section = Section("category", "محليات", LOCAL)
    store.listings.discover(section)
    store.listings.step(store.listings.begin(section), [f"https://sada.example/{number}/" for number in range(10)])
    return store


@pytest.mark.parametrize("count,gaps", [(10, 0), (12, 0), (40, 1), (0, 0)])
def test_a_section_that_gave_far_fewer_than_the_site_counts_is_named(store: Store, count: int, gaps: int) -> None:
    expected = Expectations()
    expected.count({LOCAL: count})

    found = [*expected.gaps(store, [LOCAL])]

    assert len(found) == gaps
    assert all(f"gave 10 articles, but the site counts {count}" in gap for gap in found)


def test_a_section_that_was_not_walked_to_its_end_is_not_held_to_it(store: Store) -> None:
    expected = Expectations()
    expected.count({LOCAL: 40})

    assert [*expected.gaps(store, [])] == []


def test_a_post_that_a_listing_marks_and_nothing_leads_to_is_named(store: Store) -> None:
    expected = Expectations()
    expected.mark([7], LOCAL)

    assert [*expected.gaps(store, [])] == [f"the listing {LOCAL} marks post 7 as an entry, but does not link to it"]
