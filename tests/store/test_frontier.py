"""What is pending, what is due, and how far walks came."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from furat.clock import now
from furat.outcomes import Outcome, Reason
from furat.sections import Section
from furat.store import Store
from tests.support.archives import article

HOME = Section("home", "", "https://example.org/")
YEARS = ("2019-05-01T00:00:00+00:00", "2026-01-05T00:00:00+00:00", "2031-05-01T00:00:00+00:00")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.at(tmp_path) as store:
        yield store


def test_what_a_listing_shows_is_pending_once(store: Store) -> None:
    walk = store.listings.begin(HOME)

    first = store.listings.step(walk, ["http://example.org/a1/", "https://example.org/a1", "https://example.org/a2/"])
    again = store.listings.step(walk, ["https://example.org/a2/"])
    later = store.listings.step(store.listings.begin(HOME), ["https://example.org/a3/", "https://example.org/a2/"])

    assert (first.new, first.walks) == (2, (None, None))
    assert (again.new, again.walks) == (0, (1,))
    assert (later.new, later.walks) == (1, (None, 1))
    assert [visit.url[-4:] for visit in store.frontier.pending()] == ["/a1/", "/a2/", "/a3/"]


def test_a_change_that_the_site_names_is_pending_once(store: Store) -> None:
    store.listings.step(store.listings.begin(HOME), ["https://example.org/a1/", "https://example.org/a2/"])
    for number in (1, 2):
        store.articles.add(article(number))

    pending = []
    for changed in ("2026-01-02T03:00:00+00:00", "2026-01-02T04:00:00+00:00", "2026-01-02T04:00:00+00:00"):
        store.frontier.add_changed({"https://example.org/a1/": changed, "https://example.org/a2/": None})
        pending.append([visit.url[-4:] for visit in store.frontier.pending()])
        store.articles.add(article(1))

    assert pending == [[], ["/a1/"], []]


def test_what_was_seen_when_the_clock_was_ahead_is_due_and_told(store: Store) -> None:
    store.crawls.begin("c1", "news")
    assert store.crawls.ahead() is None
    store.articles.add(replace(article(1), published="2020-01-01", seen="2999-01-01T00:00:00+00:00"))
    store.articles.add(replace(article(2, "نص"), published="2020-01-01", seen=now()))
    store._connection.execute("UPDATE crawl SET began = '2999-01-01T00:00:00+00:00'")

    assert [visit.url[-4:] for visit in store.frontier.due(0.1, "2000-01-01T00:00:00+00:00", 10)] == ["/a1/"]
    assert store.crawls.ahead() == "2999-01-01T00:00:00+00:00"
    store.frontier.add_changed({"https://example.org/a1/": now()})
    assert [visit.url[-4:] for visit in store.frontier.pending()] == ["/a1/"]


def test_a_walk_is_trusted_once_it_came_to_its_end(store: Store) -> None:
    assert store.listings.begin(HOME).complete is None
    second = store.listings.begin(HOME)
    assert second.complete is None
    store.listings.end(second)
    assert store.listings.begin(HOME).complete == second.number
    assert store.listings.begin(HOME).complete == second.number
    assert store.listings.begin(HOME, afresh=True).complete is None


def test_a_walk_goes_on_where_one_was_interrupted(store: Store) -> None:
    walk = store.listings.begin(HOME)
    store.listings.reach(walk, "https://example.org/page/7/")

    assert (store.listings.begin(HOME).reached, store.listings.begin(HOME).reached_by) == (
        "https://example.org/page/7/",
        walk.number,
    )
    store.listings.end(walk)
    assert store.listings.begin(HOME).reached is None


def test_an_archived_article_is_no_longer_pending_under_any_address(store: Store) -> None:
    store.listings.step(store.listings.begin(HOME), ["https://example.org/a1/", "https://example.org/?p=1"])
    store.frontier.lead("https://example.org/?p=1", "example.org/1")
    store.frontier.lead("https://example.org/a1/", "example.org/1")

    store.articles.add(article(1))

    assert not list(store.frontier.pending())
    assert store.articles.known_at("http://example.org/?p=1") == store.articles.known("example.org/1")


def test_a_failed_visit_stays_pending_with_its_reason_until_it_is_capped(store: Store) -> None:
    store.listings.step(store.listings.begin(HOME), ["https://example.org/a1/"])
    for _ in range(3):
        store.frontier.postpone("https://example.org/a1/", Reason(Outcome.FAILED, "HTTP 500"))

    (visit,) = store.frontier.pending()
    assert (visit.tries, visit.reason) == (3, Reason(Outcome.FAILED, "HTTP 500"))
    assert not list(store.frontier.pending(most_tries=3))
    assert list(store.frontier.pending(most_tries=4))


def test_due_are_the_long_unseen_and_first_the_doubted(store: Store) -> None:
    now = "2100-01-01T00:00:00+00:00"
    for number, published in ((1, "2020-01-01"), (2, "2025-12-31T10:00:00+03:00"), (3, None)):
        store.articles.add(replace(article(number), published=published))

    everything = [visit.url[-4:] for visit in store.frontier.due(0, now, 10)]
    store.articles.suspect("example.org/1", "c2", "2026-02-02T00:00:00+00:00", 404)

    assert sorted(everything) == ["/a1/", "/a2/", "/a3/"]
    assert next(store.frontier.due(0, now, 10)).url.endswith("/a1/")
    assert len(list(store.frontier.due(0, now, 2))) == 2
    assert not list(store.frontier.due(0, "2000-01-01T00:00:00+00:00", 10))


def test_a_page_in_quarantine_is_pending_and_no_visit_of_it_failed(store: Store) -> None:
    store.articles.add(article(1))
    store.frontier.quarantine("https://example.org/a1/", "no title")

    (visit,) = store.frontier.pending()
    assert (visit.tries, visit.reason) == (0, Reason(Outcome.QUARANTINED, "no title"))
    assert not list(store.frontier.witnesses(3))
    store.articles.add(article(1))
    assert not list(store.frontier.pending())
    assert [visit.url for visit in store.frontier.witnesses(3)] == ["https://example.org/a1/"]


@pytest.mark.parametrize("at_edit", YEARS)
@pytest.mark.parametrize("at_visit", YEARS)
@pytest.mark.parametrize("said", [None, "2026-01-01T00:00:00+00:00"])
def test_a_clock_that_is_set_hides_no_edit(
    store: Store, monkeypatch: pytest.MonkeyPatch, at_visit: str, at_edit: str, said: str | None
) -> None:
    monkeypatch.setattr("furat.store.frontier.now", lambda: at_visit)
    store.articles.add(replace(article(1), seen=at_visit))
    store.frontier.add_changed({"https://example.org/a1/": said})
    store.articles.add(replace(article(1), seen=at_visit))
    assert not list(store.frontier.pending())
    monkeypatch.setattr("furat.store.frontier.now", lambda: at_edit)

    store.frontier.add_changed({"https://example.org/a1/": said})
    is_visited_for_nothing = bool(list(store.frontier.pending()))
    store.frontier.add_changed({"https://example.org/a1/": "2026-01-04T00:00:00+00:00"})

    assert not is_visited_for_nothing
    if said or (at_visit, at_edit) not in ((YEARS[1], YEARS[1]), (YEARS[1], YEARS[2]), (YEARS[2], YEARS[2])):
        assert [visit.url for visit in store.frontier.pending()] == ["https://example.org/a1/"]
    assert at_edit == at_visit or list(store.frontier.due(0, at_edit, 10))
