"""What is due for recrawl is found by indexes, and is what the definition says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from furat.outcomes import Outcome, Reason
from furat.sections import Section
from furat.store import Store
from tests.support.archives import article

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
AGES = (0, 0.1, 1, 3.3, 9.9, 100, 1234, 9999)
"""Days since an article was published, at its last visit."""

IDLE = (0.02, 0.5, 2, 12, 140, 1500)
"""Days since then."""


def ago(days: float) -> str:
    return (NOW - timedelta(days=days)).isoformat(timespec="seconds")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr("furat.store.frontier.now", NOW.isoformat)
    with Store.at(tmp_path) as store:
        yield store


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 1, 2, float("inf")])
def test_an_article_is_due_after_a_share_of_its_age_the_longest_overdue_first(store: Store, share: float) -> None:
    visits = {
        f"example.org/{number}": (age, idle)
        for number, (age, idle) in enumerate(((age, idle) for age in AGES for idle in IDLE), 1)
    }
    for number, (age, idle) in enumerate(visits.values(), 1):
        published = (NOW - timedelta(days=idle + age)).isoformat(timespec="seconds")
        store.articles.add(replace(article(number, f"نص {number}"), published=published, seen=ago(idle)))

    found = [str(visit.article) for visit in store.frontier.due(share, ago(0), 1000)]

    ratios = {name: idle / max(idle + age, 0.001) for name, (age, idle) in visits.items()}
    surely = {name for name, ratio in ratios.items() if ratio > 1.1 * share}  # an age counts to two digits
    perhaps = {name for name, ratio in ratios.items() if ratio >= 0.9 * share}
    assert surely <= set(found) <= perhaps
    order = [ratios[name] for name in found]
    assert order == pytest.approx(sorted(order, reverse=True))
    assert [visit.article for visit in store.frontier.due(share, ago(0), 7)] == found[:7]


def test_what_led_nowhere_counts_as_ten_days_old_and_what_is_not_wanted_stays_away(store: Store) -> None:
    walk = store.listings.begin(Section("home", "", "https://example.org/"))
    outcomes = (Outcome.PROTECTED, Outcome.NOT_ARTICLE, Outcome.FORGOTTEN, Outcome.GONE)
    store.listings.step(walk, [f"https://example.org/{outcome}/" for outcome in outcomes])
    for outcome in outcomes:
        store.frontier.finish(f"https://example.org/{outcome}/", Reason(outcome))
    store._connection.execute("UPDATE address SET seen = ?", (ago(2),))

    assert [visit.url for visit in store.frontier.due(0.1, ago(0), 10)] == [
        "https://example.org/protected/",
        "https://example.org/gone/",
    ]
    assert not list(store.frontier.due(0.2, ago(0), 10))


def test_a_suspected_article_is_due_at_once_and_one_that_is_gone_when_its_moment_comes(store: Store) -> None:
    for number in (1, 2, 3):
        store.articles.add(replace(article(number, f"نص {number}"), published="2020-01-01", seen=ago(0.5)))
    store.articles.suspect_gone("example.org/2", "c2")
    store._connection.execute("UPDATE article SET gone = 404, next_look = ? WHERE id = 'example.org/3'", (ago(1),))

    assert [visit.article for visit in store.frontier.due(float("inf"), ago(0), 10)] == [
        "example.org/2",
        "example.org/3",
    ]
    assert [visit.article for visit in store.frontier.due(float("inf"), ago(1), 10)] == ["example.org/3"]


def test_a_date_that_is_none_counts_from_when_the_article_was_first_seen(store: Store) -> None:
    store.articles.add(replace(article(1), published="2026-99-99", seen=ago(5)))

    assert [visit.article for visit in store.frontier.due(0.1, ago(0), 10)] == ["example.org/1"]


def test_witnesses_are_whole_and_long_unvisited(store: Store) -> None:
    for number, (text, days) in enumerate((("", 9), ("نص", 1), ("نص", 3), ("نص", 2)), 1):
        store.articles.add(replace(article(number, text), published="2020-01-01", seen=ago(days)))
    store.frontier.add_pending("https://example.org/a3/")

    assert [visit.article for visit in store.frontier.witnesses(2)] == ["example.org/4", "example.org/2"]
    assert [visit.article for visit in store.frontier.witnesses(9)][2:] == ["example.org/1"]
