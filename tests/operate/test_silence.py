"""Silence is told where a site's own history makes it unlikely, and nowhere else."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest

from furat.operate.silence import HISTORY, is_feast, silence

DAY = timedelta(days=1)
START = date(2023, 3, 1)


def weekly(rest: tuple[int, ...], days: int = 440) -> list[date]:
    every = (START + DAY * number for number in range(days))
    return [day for day in every if day.weekday() not in rest]


def healthy(random: Random, days: int) -> Iterator[date]:
    """Yield the days on which a newsroom publishes that has weekends, holidays and quiet weeks of its own."""
    chance, on_rest = random.choice([0.99, 0.95, 0.8, 0.5, 0.3]), random.choice([0, 0.05, 0.2])
    rest = random.choice([(), (4,), (4, 5), (5, 6)])
    keeps_feasts = random.random() < 0.7
    holidays = [(random.randrange(360), random.randrange(2, 8)) for _ in range(random.randrange(4))]
    for day in (START + DAY * number for number in range(days)):
        is_holiday = any(0 <= day.timetuple().tm_yday - first < length for first, length in holidays)
        if is_holiday or (keeps_feasts and is_feast(day)):
            continue
        if random.random() < (on_rest if day.weekday() in rest else chance):
            yield day


@pytest.mark.parametrize("seed", range(10))
def test_a_thousand_refreshes_of_healthy_sites_raise_no_alarm(seed: int) -> None:
    random, alarms = Random(seed), []  # noqa: S311 (no secret)
    for _ in range(10):
        length = random.choice([80, 200, 400, 800])
        days = list(healthy(random, length))
        for today in (START + DAY * number for number in range(length - 10, length)):
            known = [day for day in days if day <= today][-HISTORY:]
            found = silence(known, today)
            alarms += [found] if found and found.is_unlikely else []

    assert alarms == []


@pytest.mark.parametrize("rest", [(), (4,), (4, 5), (5, 6)])
def test_a_daily_site_that_falls_silent_is_told_within_a_week(rest: tuple[int, ...]) -> None:
    days = weekly(rest)

    assert not silence(days, days[-1] + 2 * DAY).is_unlikely  # type: ignore[union-attr]
    assert silence(days, days[-1] + 8 * DAY).is_unlikely  # type: ignore[union-attr]


def test_a_feast_is_no_silence() -> None:
    """Eid al-Fitr of 1446 began on 30 March 2025."""
    days = [day for day in weekly((), 800) if day < date(2025, 3, 30)]

    assert not silence(days, date(2025, 4, 2)).is_unlikely  # type: ignore[union-attr]
    assert silence(days, date(2025, 4, 12)).is_unlikely  # type: ignore[union-attr]


def test_a_site_that_publishes_once_a_week_may_be_silent_for_a_week() -> None:
    days = weekly((0, 1, 2, 3, 4, 5), 800)

    assert not silence(days, days[-1] + 13 * DAY).is_unlikely  # type: ignore[union-attr]
    assert silence(days, days[-1] + 40 * DAY).is_unlikely  # type: ignore[union-attr]


def test_too_short_or_too_thin_a_history_tells_nothing() -> None:
    assert silence(weekly((), 29), START + 100 * DAY) is None
    assert silence([START + 70 * DAY * number for number in range(40)], START + 5000 * DAY) is None
    assert silence([], START) is None
