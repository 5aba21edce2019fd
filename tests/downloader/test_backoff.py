"""When the next request may leave."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from furat.downloader import Backoff
from furat.downloader.backoff import LONGEST_BACKOFF, WIDEST_GAP


class Clock:
    """A clock that stands still until it is set."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def pass_through(backoff: Backoff, clock: Clock) -> float:
    clock.now += max(backoff.wait, 0)
    return backoff.leave()


def test_a_gate_is_open_at_first() -> None:
    assert Backoff().wait <= 0


def test_it_opens_when_the_site_asked(clock: Clock) -> None:
    backoff = Backoff(clock=clock)

    backoff.refuse(backoff.leave(), asked=600)

    assert backoff.wait == 600
    assert backoff.patience == 600


def test_refusals_in_flight_are_one_but_the_latest_moment_counts(clock: Clock) -> None:
    backoff = Backoff(clock=clock)
    in_flight = [backoff.leave() for _ in range(8)]
    clock.now += 1
    for left in in_flight:
        backoff.refuse(left, asked=10)
    gap = backoff.gap
    backoff.refuse(in_flight[0], asked=20)

    assert backoff.refusals == 1
    assert backoff.wait == 20
    assert backoff.gap == gap


def test_a_page_that_was_in_flight_does_not_open_the_gate(clock: Clock) -> None:
    backoff = Backoff(clock=clock)
    early, late = backoff.leave(), backoff.leave()
    clock.now += 1
    backoff.refuse(late, asked=10)
    backoff.serve(early)

    assert backoff.refusals == 1
    assert backoff.wait == 10


def test_waiting_grows_with_refusals_in_a_row_up_to_a_bound(clock: Clock) -> None:
    backoff = Backoff(clock=clock)
    waits = []
    for _ in range(20):
        backoff.refuse(pass_through(backoff, clock))
        waits.append(backoff.wait)

    assert 0.5 <= waits[0] <= 1
    assert 8 <= waits[4] <= 16
    assert LONGEST_BACKOFF / 2 <= waits[-1] <= LONGEST_BACKOFF
    assert backoff.patience > LONGEST_BACKOFF


def test_a_site_that_asks_for_nothing_is_still_spared(clock: Clock) -> None:
    backoff = Backoff(clock=clock)
    for _ in range(6):
        backoff.refuse(pass_through(backoff, clock), asked=0)

    assert backoff.wait >= 16


def test_the_distance_between_requests_grows_and_recovers(clock: Clock) -> None:
    backoff = Backoff(delay=1, clock=clock)
    gaps = []
    for _ in range(8):
        backoff.refuse(pass_through(backoff, clock))
        gaps.append(backoff.gap)
        backoff.serve(pass_through(backoff, clock))
    for _ in range(60):
        backoff.serve(pass_through(backoff, clock))

    assert gaps[0] == 2
    assert gaps == sorted(gaps)
    assert gaps[-1] <= WIDEST_GAP
    assert backoff.gap < 1
    assert backoff.refusals == 0


def test_the_distance_that_the_site_wants_is_the_least(clock: Clock) -> None:
    backoff = Backoff(clock=clock)
    backoff.leave()
    backoff.least = 5

    assert backoff.wait == 5


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1000), st.floats(0, 50)), max_size=40))
def test_nothing_leaves_before_any_moment_that_the_site_named(answers: list[tuple[bool, float, float]]) -> None:
    clock = Clock()
    backoff = Backoff(clock=clock)
    named = 0.0
    for is_refused, asked, passed in answers:
        left = pass_through(backoff, clock)
        assert left >= named - 1e-6  # the clock's last digits
        clock.now += passed
        if is_refused:
            named = max(named, clock.now + asked)
            backoff.refuse(left, asked)
        else:
            backoff.serve(left)
