"""Which states of an article the archive keeps, and what becomes of one that is gone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from furat.exceptions import Duplicate, Unchanged
from furat.items import Tombstone
from furat.pipelines import Archive, Deduplicate
from furat.sections import Section
from furat.store import Store
from tests.support.archives import article


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.at(tmp_path) as store:
        yield store


def test_an_article_s_sections_are_clean_and_once_each_in_their_order(store: Store) -> None:
    for number, name in enumerate(("ريف  دمشق", "ﺣﻤﺺ", "حمص", "أخــبار")):
        section = store.listings.begin(Section("tag", name, f"https://example.org/tag/{number}/"))
        store.listings.step(section, ["https://example.org/a1/"])

    archived = store.articles.add(article(1))

    assert archived
    assert archived.sections == ("أخبار", "حمص", "ريف دمشق")


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


def test_a_change_since_the_last_look_is_an_edit_whatever_the_way(store: Store) -> None:
    store.articles.add(article(1))
    changed = replace(article(1, "نص آخر"), published_source="api", modified="2026-01-02T09:00:00+03:00")

    state = store.articles.add(changed)

    assert state
    assert state.revision == 2


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


def test_the_archive_knows_how_many_articles_lack_what(store: Store) -> None:
    store.articles.add(article(1))
    store.articles.add(replace(article(2, ""), published="2026-01-01"))
    store.articles.add(replace(article(3), published="2026-01-01", guessed=True))

    assert store.articles.coverage() == {("published",): 1, ("text",): 1, ("layout",): 1}
