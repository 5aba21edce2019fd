"""Which findings, and which listings, decide whether an article is gone: those by a clock that was right."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from furat.clock import later, now
from furat.frontier.deletions import Deletions, Usual
from furat.sections import Kind, Section
from furat.store import Store
from furat.store.known import Known
from tests.support.archives import article

ID = article(1).id
LAST_YEAR, LAST_MONTH, TO_COME = "2025-01-01T00:00:00+00:00", "2025-12-01T00:00:00+00:00", "2999-01-01T00:00:00+00:00"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.at(tmp_path) as store:
        store.crawls.begin("c1", "news")
        yield store


def show(store: Store, kind: Kind, walked: str) -> None:
    """Have a listing show the first article when it was read to its end then."""
    walk = store.listings.begin(Section(kind, "", f"https://example.org/{kind}/"))
    store.listings.step(walk, [article(1).url])
    store.listings.end(walk)
    store._connection.write("UPDATE listing SET walked = ? WHERE number = ?", (walked, walk.listing))


def find(store: Store, seen: str) -> bool:
    """Find the first article missing today; return whether it gets a tombstone. It was missing last when ``seen``."""
    store.articles.suspect(ID, "c1", seen, 404)
    deletions = Deletions(store, believes_all=True)
    deletions.find(known(store), article(1).url, 404, "c2")
    deletions.alive.update("abc")
    return bool([*deletions.ripe()])


def known(store: Store) -> Known:
    found = store.articles.known(ID)
    assert found
    return found


def vanished(store: Store) -> list[str]:
    return store.listings.vanished("sitemap", LAST_YEAR)


@pytest.mark.parametrize("seen, is_gone", [(LAST_YEAR, False), (LAST_MONTH, True), (TO_COME, False)])
def test_a_listing_not_read_for_long_has_a_say_until_findings_go_on_for_weeks(
    store: Store, seen: str, *, is_gone: bool
) -> None:
    store.articles.add(article(1))
    show(store, "category", "2024-12-01T00:00:00+00:00")
    store.articles.suspect(ID, "c1", LAST_YEAR, 404)

    assert find(store, seen) is is_gone


def test_a_finding_that_is_yet_to_come_counts_from_today(store: Store) -> None:
    store.articles.add(article(1))
    store.articles.suspect(ID, "c1", TO_COME, 404)
    began = now()
    find(store, began)

    assert began <= (known(store).suspected_at or "") <= now()


def test_a_listing_read_in_a_time_to_come_has_no_say(store: Store) -> None:
    store.articles.add(article(1))
    show(store, "sitemap", TO_COME)
    store.articles.suspect(ID, "c1", LAST_YEAR, 404)

    assert vanished(store) == [article(1).url]
    assert find(store, LAST_MONTH)


def test_what_moves_from_sitemap_to_sitemap_leaves_no_trace_and_vanishes_from_the_last(store: Store) -> None:
    store.articles.add(article(1))
    walks = [store.listings.begin(Section("sitemap", "", f"https://example.org/{number}.xml")) for number in range(3)]
    for walk in walks:
        store.listings.step(walk, [article(1).url])
    traces = []
    for walk in walks:
        again = store.listings.begin(Section("sitemap", "", f"https://example.org/{walk.listing - 1}.xml"))
        store.listings.end(again)
        traces.append((store._connection.execute("SELECT count(*) FROM sighting").fetchone()[0], vanished(store)))

    assert traces == [(2, []), (1, []), (1, [article(1).url])]


@pytest.mark.parametrize("days, is_likely", [([0] * 6, True), ([0] * 7, False), ([*range(12)], True), ([5] * 7, False)])
def test_what_vanished_day_by_day_did_not_vanish_at_once(store: Store, days: list[int], *, is_likely: bool) -> None:
    deletions = Deletions(store, believes_all=False)
    deletions.usual = Usual(articles=100)
    for number, day in enumerate(days, 1):
        store.articles.add(article(number))
        if day:
            store.articles.suspect(article(number).id, "c1", later(now(), -timedelta(days=day)), 404)
        found = store.articles.known(article(number).id)
        assert found
        deletions.find(found, article(number).url, 404, "c2")

    assert (deletions.doubt() is None) is is_likely
