"""What the archive remembers."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from furat.clock import now
from furat.exceptions import Duplicate, TooNew, Unchanged
from furat.items import Article, Tombstone, digest
from furat.outcomes import Outcome, Reason
from furat.pipelines import Archive, Deduplicate
from furat.sections import Section
from furat.store import Store

HOME = Section("home", "", "https://example.org/")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.at(tmp_path) as store:
        yield store


def article(number: int, text: str = "نص الخبر الأول", crawl: str = "c1") -> Article:
    url = f"https://example.org/a{number}/"
    return Article(
        id=f"example.org/{number}",
        url=url,
        post_id=number,
        title="خبر",
        text=text,
        paragraphs_raw=(text,),
        digest=digest("خبر", [text]),
        seen="2026-01-02T03:04:05+00:00",
        crawl=crawl,
    )


def test_an_article_s_sections_are_clean_and_once_each_in_their_order(store: Store) -> None:
    for number, name in enumerate(("ريف  دمشق", "ﺣﻤﺺ", "حمص", "أخــبار")):
        section = store.listings.begin(Section("tag", name, f"https://example.org/tag/{number}/"))
        store.listings.step(section, ["https://example.org/a1/"])

    archived = store.articles.add(article(1))

    assert archived
    assert archived.sections == ("أخبار", "حمص", "ريف دمشق")


def test_what_a_listing_shows_is_owed_once(store: Store) -> None:
    walk = store.listings.begin(HOME)

    first = store.listings.step(walk, ["http://example.org/a1/", "https://example.org/a1", "https://example.org/a2/"])
    again = store.listings.step(walk, ["https://example.org/a2/"])
    later = store.listings.step(store.listings.begin(HOME), ["https://example.org/a3/", "https://example.org/a2/"])

    assert (first.new, first.walks) == (2, (None, None))
    assert (again.new, again.walks) == (0, (1,))
    assert (later.new, later.walks) == (1, (None, 1))
    assert [visit.url[-4:] for visit in store.frontier.pending()] == ["/a1/", "/a2/", "/a3/"]


def test_a_change_that_the_site_names_is_owed_once(store: Store) -> None:
    store.listings.step(store.listings.begin(HOME), ["https://example.org/a1/", "https://example.org/a2/"])
    for number in (1, 2):
        store.articles.add(article(number))

    pending = []
    for changed in ("2026-01-02T03:00:00+00:00", "2026-01-02T04:00:00+00:00", "2026-01-02T04:00:00+00:00"):
        store.frontier.add_changed({"https://example.org/a1/": changed, "https://example.org/a2/": None})
        pending.append([visit.url[-4:] for visit in store.frontier.pending()])
        store.articles.add(article(1))

    assert pending == [[], ["/a1/"], []]


@pytest.mark.parametrize(
    "told, revisions",
    [
        ([("page", "نص"), ("api", "نص آخر"), ("page", "نص"), ("api", "نص آخر")], [1, None, None, None]),
        ([("page", "نص"), ("api", "نص آخر"), ("api", "نص جديد"), ("page", "نص جديد")], [1, None, 2, None]),
        ([("api", "نص"), ("page", "نص آخر"), ("page", "نص جديد"), ("api", "نص جديد")], [1, None, 2, None]),
        ([("api", "نص"), ("page", "نص"), ("page", "نص آخر"), ("api", "نص")], [1, None, 2, None]),
    ],
)
def test_each_way_in_is_held_against_what_it_printed_before(
    store: Store, told: list[tuple[str, str]], revisions: list[int | None]
) -> None:
    states = [
        store.articles.add(replace(article(1, text), published_source="api" if way == "api" else "time"))
        for way, text in told
    ]

    assert [state and state.revision for state in states] == revisions


@pytest.mark.parametrize(
    "way, modified, text, is_edit",
    [
        ("api", "2026-01-02T03:04:05+00:00", "نص آخر", True),
        ("api", "2026-01-02T03:04:04+00:00", "نص آخر", False),
        ("api", "2026-01-02T09:00:00+00:00", " نص الخبر\nالأول", False),  # its tags were changed, say
        ("page", "2026-01-02", "نص آخر", True),  # at some hour of the day of the last look
        ("page", "2026-01-02", " نص الخبر\nالأول", False),
        ("page", "2026-01-01", "نص آخر", False),
        ("page", None, "نص آخر", False),
    ],
)
def test_where_the_moment_leaves_it_open_the_words_tell_whether_it_is_an_edit(
    store: Store, way: str, modified: str | None, text: str, *, is_edit: bool
) -> None:
    sources = {"api": "api", "page": "time"}
    first = replace(article(1), published_source=sources["page" if way == "api" else "api"])
    store.articles.add(first)
    later = replace(article(1, text), published_source=sources[way], modified=modified, digest=text)

    state = store.articles.add(replace(later, seen="2026-03-02T03:04:05+00:00"))

    assert (state and state.revision) == (2 if is_edit else None)


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


def test_a_change_since_the_last_look_is_an_edit_whatever_the_way(store: Store) -> None:
    store.articles.add(article(1))
    changed = replace(article(1, "نص آخر"), published_source="api", modified="2026-01-02T09:00:00+03:00")

    state = store.articles.add(changed)

    assert state
    assert state.revision == 2


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


def test_an_archived_article_is_owed_no_more_under_any_address(store: Store) -> None:
    store.listings.step(store.listings.begin(HOME), ["https://example.org/a1/", "https://example.org/?p=1"])
    store.frontier.lead("https://example.org/?p=1", "example.org/1")
    store.frontier.lead("https://example.org/a1/", "example.org/1")

    store.articles.add(article(1))

    assert not list(store.frontier.pending())
    assert store.articles.known_at("http://example.org/?p=1") == store.articles.known("example.org/1")


def test_a_failed_visit_stays_owed_with_its_reason_until_it_is_capped(store: Store) -> None:
    store.listings.step(store.listings.begin(HOME), ["https://example.org/a1/"])
    for _ in range(3):
        store.frontier.postpone("https://example.org/a1/", Reason(Outcome.FAILED, "HTTP 500"))

    (visit,) = store.frontier.pending()
    assert (visit.tries, visit.reason) == (3, Reason(Outcome.FAILED, "HTTP 500"))
    assert not list(store.frontier.pending(most_tries=3))
    assert list(store.frontier.pending(most_tries=4))


def test_only_another_title_or_text_makes_a_revision(store: Store) -> None:
    first = store.articles.add(article(1))
    same = store.articles.add(replace(article(1), tags=("حمص",), text="نص  الخبر الأول"))
    second = store.articles.add(article(1, "نص آخر"))

    assert first
    assert first.revision == 1
    assert same is None
    assert second
    assert (second.revision, second.first_seen) == (2, first.first_seen)


def test_a_tombstone_is_written_once_and_an_article_may_come_back(store: Store) -> None:
    store.articles.add(article(1))
    stone = Tombstone(id="example.org/1", url="https://example.org/a1/", seen="2026-02-02T00:00:00+00:00", gone=404)

    buried = store.articles.write_tombstone(stone, "c3")
    assert buried
    assert buried.revision == 2
    assert store.articles.write_tombstone(stone, "c4") is None
    assert not list(store.articles.latest())
    back = store.articles.add(article(1))
    assert back
    assert back.revision == 3


def test_the_first_finding_is_kept_until_the_article_is_seen(store: Store) -> None:
    def found() -> tuple[str | None, int | None]:
        known = store.articles.known("example.org/1")
        assert known
        return known.suspected_at, known.suspected_status

    store.articles.add(article(1))
    store.articles.suspect_gone("example.org/1", "c2")
    assert found()[1] is None
    store.articles.suspect("example.org/1", "c3", "2026-02-02T00:00:00+00:00", 404)
    store.articles.suspect("example.org/1", "c4", "2026-02-03T00:00:00+00:00", 410)

    assert found() == ("2026-02-02T00:00:00+00:00", 404)
    store.articles.add(article(1, crawl="c5"))
    assert found() == (None, None)


def test_an_article_that_is_gone_is_looked_for_when_its_moment_comes(store: Store) -> None:
    stone = Tombstone(id="example.org/1", url="https://example.org/a1/", seen="2026-02-02T00:00:00+00:00", gone=404)
    store.articles.add(article(1))
    store.articles.write_tombstone(stone, "c2")
    due = [visit.article for visit in store.frontier.due(0, "2100-01-01T00:00:00+00:00", 10)]
    store.articles.look_again("example.org/1", 1, "2100-01-01T00:00:00+00:00")

    assert due == ["example.org/1"]
    assert not list(store.frontier.due(0, "2100-01-01T00:00:00+00:00", 10))


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


def test_a_feed_gets_its_name_when_all_is_whole_or_never(store: Store, tmp_path: Path) -> None:
    whole, torn = tmp_path / "whole.jsonl", tmp_path / "torn.jsonl"
    for number, path in enumerate((whole, torn), 1):
        store.articles.add(article(number, f"نص {number}"))
        part = path.with_suffix(".part")
        part.write_text("{}\n")
        store.deliveries.open(part, path, f"c{number}")
        store.deliveries.enter(f"example.org/{number}", 1, f"c{number}")

    store.deliveries.finish("c1")

    assert [path.name for path in sorted(tmp_path.glob("*.jsonl"))] == ["whole.jsonl"]
    assert [item.id for item in store.deliveries.undelivered()] == ["example.org/2"]


def test_a_feed_that_was_whole_when_the_crawl_was_killed_gets_its_name_later(store: Store, tmp_path: Path) -> None:
    store.articles.add(article(1))
    part, path = tmp_path / "feed.part", tmp_path / "feed.jsonl"
    part.write_text("{}\n")
    store.deliveries.open(part, path, "c1")
    store.deliveries.enter("example.org/1", 1, "c1")
    store._connection.execute("UPDATE feed SET whole = 1")

    store.deliveries.recover()
    store.deliveries.recover()

    assert path.read_text() == "{}\n"
    assert not list(store.deliveries.undelivered())


def test_an_article_taken_by_this_crawl_is_dropped(store: Store) -> None:
    store.articles.add(article(1))

    with pytest.raises(Duplicate):
        Deduplicate(store).process(article(1))


def test_an_address_keeps_its_id_when_the_page_stops_printing_the_post_s_number(store: Store) -> None:
    store.articles.add(article(1))
    without = replace(article(1, crawl="c2"), id="example.org/a1/", post_id=None)

    assert Deduplicate(store).process(without).id == "example.org/1"


def test_another_post_at_an_old_address_is_another_article(store: Store) -> None:
    store.articles.add(article(1))
    other = replace(article(7, "نص آخر", crawl="c2"), url="https://example.org/a1/")

    assert Deduplicate(store).process(other).id == "example.org/7"


def test_what_is_known_in_this_state_does_not_go_on(store: Store) -> None:
    archive = Archive(store, "c1", drops_duplicates=False)
    archive.process_item(article(1))

    with pytest.raises(Unchanged):
        archive.process_item(article(1))


def test_a_store_of_a_later_furat_is_not_touched(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "archive.db")) as later:
        later.execute("PRAGMA user_version = 99")

    with pytest.raises(TooNew) as failure:
        Store.at(tmp_path)

    assert "upgrade Furat" in failure.value.reason


def test_the_archive_knows_how_many_articles_lack_what(store: Store) -> None:
    store.articles.add(article(1))
    store.articles.add(replace(article(2, ""), published="2026-01-01"))
    store.articles.add(replace(article(3), published="2026-01-01", guessed=True))

    assert store.articles.coverage() == {("published",): 1, ("text",): 1, ("layout",): 1}


def test_a_page_in_quarantine_is_pending_and_no_visit_of_it_failed(store: Store) -> None:
    store.articles.add(article(1))
    store.frontier.quarantine("https://example.org/a1/", "no title")

    (visit,) = store.frontier.pending()
    assert (visit.tries, visit.reason) == (0, Reason(Outcome.QUARANTINED, "no title"))
    assert not list(store.frontier.witnesses(3))
    store.articles.add(article(1))
    assert not list(store.frontier.pending())
    assert [visit.url for visit in store.frontier.witnesses(3)] == ["https://example.org/a1/"]


YEARS = ("2019-05-01T00:00:00+00:00", "2026-01-05T00:00:00+00:00", "2031-05-01T00:00:00+00:00")


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
