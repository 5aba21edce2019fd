"""How many requests a day may cost."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from furat.downloader import Budget, budget


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "requests.json"


def noted(path: Path) -> int:
    return int(json.loads(path.read_text())["requests"])


def spend(budget: Budget, times: int) -> int:
    return sum(budget.spend() for _ in range(times))


def test_without_a_limit_nothing_is_counted(path: Path) -> None:
    budget = Budget(path, 0)

    assert spend(budget, 100) == 100
    budget.close()
    assert not path.exists()


def test_a_day_s_requests_are_those_of_all_crawls(path: Path) -> None:
    first, second = Budget(path, 50), Budget(path, 50)

    assert spend(first, 30) == 30
    first.close()
    assert spend(second, 30) == 20


@given(spent=st.integers(0, 120), limit=st.integers(1, 100))
def test_a_killed_crawl_never_leaves_too_low_a_count(
    tmp_path_factory: pytest.TempPathFactory, spent: int, limit: int
) -> None:
    path = tmp_path_factory.mktemp("killed") / "requests.json"
    used = spend(Budget(path, limit), spent)
    again = spend(Budget(path, limit), 200)

    assert used == min(spent, limit)
    assert used + again <= limit
    assert used + again >= limit - budget.HANDFUL
    assert used <= noted(path) <= limit


def test_the_next_day_begins_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crawl = Budget(path, 10)
    monkeypatch.setattr(budget, "now", lambda: "2026-11-23T23:59:59+00:00")
    assert spend(crawl, 20) == 10
    monkeypatch.setattr(budget, "now", lambda: "2026-11-24T00:00:00+00:00")

    assert spend(crawl, 20) == 10
    assert json.loads(path.read_text()) == {"day": "2026-11-24", "requests": 10}
