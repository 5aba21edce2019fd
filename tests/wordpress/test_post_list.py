"""Two lists of posts are compared by few of their pages, and nothing that only one of them has stays hidden."""

from math import log2
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from furat.wordpress.post_list import Bisection, Differences, Enumeration, UnorderedError

SIZE = 10
POSTS = st.sets(st.integers(1, 400), max_size=300)
LISTED = st.sets(st.integers(1, 400), min_size=1, max_size=300)


def compare(known: list[int], listed: list[int], first: int = 0) -> tuple[Bisection, int]:
    """Return the comparison of both lists, and how many pages it read."""
    lists, read = Bisection(known, len(listed), SIZE, first), 0
    while number := lists.page:
        lists.read(listed[SIZE * (number - 1) : SIZE * number], len(listed))
        read += 1
    return lists, read


@given(POSTS, LISTED)
def test_what_is_said_is_true_and_the_counts_agree(known: set[int], listed: set[int]) -> None:
    lists, _ = compare(sorted(known), sorted(listed))

    assert lists.missing <= known - listed
    assert lists.added <= listed - known
    assert len(known) - len(lists.missing) + len(lists.added) == len(listed)


@given(LISTED, st.sets(st.integers(1, 400), max_size=3))
def test_each_post_that_is_gone_costs_the_logarithm_of_the_pages(known: set[int], gone: set[int]) -> None:
    listed = sorted((known - gone) | {401})
    known |= {401}

    lists, read = compare(sorted(known), listed)

    assert lists.missing == known & gone
    assert not lists.added
    assert read <= 1 + len(gone) * (log2(len(listed) + 1) + 1)


@given(POSTS, LISTED)
def test_a_post_that_took_the_place_of_another_is_found_in_a_round(known: set[int], listed: set[int]) -> None:
    pages = -(-len(listed) // SIZE)
    for first in range(pages):
        lists, _ = compare(sorted(known), sorted(listed), first)
        known = (known - lists.missing) | lists.added

    assert known == listed


@given(POSTS, LISTED, st.randoms(use_true_random=False))
def test_a_list_in_another_order_is_read_to_its_end(known: set[int], listed: set[int], random: Random) -> None:
    shown = sorted(listed)
    random.shuffle(shown)
    lists = Enumeration(sorted(known), len(shown), SIZE)
    while number := lists.page:
        lists.read(shown[SIZE * (number - 1) : SIZE * number], len(shown))

    assert (lists.missing, lists.added) == (known - listed, listed - known)


def test_a_list_that_repeats_posts_proves_nothing() -> None:
    lists = Enumeration([1, 2, 3], 2, SIZE)
    lists.read([1, 1], 2)

    assert (lists.page, lists.missing, lists.added) == (None, set(), set())


@pytest.mark.parametrize("numbers", [[2, 1], [1, 1], [1], [1, 2, 3], []])
def test_a_page_that_can_t_be_one_of_the_list_is_refused(numbers: list[int]) -> None:
    with pytest.raises(UnorderedError):
        Bisection([1, 2, 3], 2, SIZE, 0).read(numbers, 2)


def test_posts_that_come_meanwhile_do_no_harm_and_after_one_that_went_nothing_is_sure() -> None:
    grown, shrunk = (Bisection([1, 2, 3], 2, SIZE, 0) for _ in range(2))
    grown.read([1, 3, 4], 3)
    shrunk.read([1], 1)

    shorter = Bisection(range(25), 24, SIZE, 2)
    shorter.read([], 20)

    assert (shorter.page, shorter.missing, shorter.is_sure) == (None, set(), False)
    assert (grown.missing, grown.added, grown.is_sure) == ({2}, {4}, True)
    assert (shrunk.missing, shrunk.is_sure) == ({2, 3}, False)


@given(POSTS, POSTS, POSTS, POSTS)
def test_differences_that_are_known_are_no_news(
    archived: set[int], listed: set[int], new: set[int], typed: set[int]
) -> None:
    """``typed`` posts have a list of their own."""
    found = Differences().after(listed - archived, archived - listed - typed)

    assert [*found.known(sorted(archived), typed)] == sorted((archived & listed - typed) | (listed - archived - typed))
    assert found.after(new).listed >= new
    assert not found.after(new).unlisted & new
    assert found.among(archived) == found
    assert Differences.from_json(found.to_json()) == found


def test_a_site_that_says_it_has_a_billion_posts_is_not_read_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("furat.wordpress.post_list.MOST_PAGES", 50)
    read = 0
    lists = Bisection([], 10**9, SIZE, 0)
    while number := lists.page:
        lists.read(range(SIZE * number, SIZE * number + SIZE), 10**9)
        read += 1
    whole = lists.whole()
    while number := whole.page:
        whole.read([number], 10**9)
        read += 1

    assert read == 100
    assert not whole.added


def test_an_empty_page_is_the_last() -> None:
    whole = Enumeration([1], 10**9, SIZE)
    whole.read([], 10**9)

    assert (whole.page, whole.missing) == (None, set())
