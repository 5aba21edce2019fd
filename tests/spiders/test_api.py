"""The API tells a whole archive at a hundred posts a request, and afterwards what changed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.replica import TRAPS, Fault, Replica, Served, rest_posts, serve
from tests.support.archives import execute
from tests.support.crawls import Crawler
from tests.support.firsts import Firsts
from tests.support.sites import ANSWER, ROBOTS, When, differences, edit, id_of, now, truth


@pytest.fixture
def site(firsts: Firsts) -> Iterator[Served]:
    with firsts.serve(250, weight=0, rest=True) as served:
        yield served


def visited(site: Served, since: int = 0) -> list[str]:
    """Return what was asked for beside robots.txt, the API, and the home page, which shows what the API leaves out."""
    paths = [request.path for request in list(site.requests)[since:]]
    return [path for path in paths if path != "/" and not path.startswith(("/robots.txt", "/wp-json/"))]


def test_a_whole_archive_costs_a_request_per_hundred_posts_and_no_visit(crawl: Crawler, site: Served) -> None:
    done = crawl(site.url, spider="api")

    assert done.exit_code == 0, done.log
    assert done.ids == truth(site)
    assert not list(differences(site, done.records))
    assert "protected 4" in done.log
    assert visited(site) == []
    assert len(site.requests) <= -(-254 // 100) + 6


def test_an_unchanged_archive_costs_two_requests(crawl: Crawler, site: Served) -> None:
    crawl.first(site, "api")
    asked = len(site.requests)

    second = crawl(site.url, spider="api", FURAT_REVISITS=0)

    assert (second.exit_code, second.records) == (0, [])
    assert len(site.requests) - asked == ROBOTS + ANSWER


@pytest.mark.parametrize("edits", [1, 100, 130])
def test_edits_cost_a_request_per_hundred_and_all_are_found(crawl: Crawler, site: Served, edits: int) -> None:
    crawl.first(site, "api")
    asked = len(site.requests)
    chosen = [index for index in range(254) if index % 60 != TRAPS["protected"]][:edits]
    edit(site, *chosen)

    second = crawl(site.url, spider="api", FURAT_REVISITS=0)

    assert second.exit_code == 0, second.log
    assert second.ids == sorted(id_of(site, index) for index in chosen)
    assert {record["revision"] for record in second.records} == {2}
    assert len(site.requests) - asked <= 2 + -(-edits // 100)
    assert crawl(site.url, spider="api", FURAT_REVISITS=0).records == []


def test_what_happens_while_the_api_is_read_is_not_lost(crawl: Crawler, site: Served) -> None:
    def happen() -> None:
        edit(site, 1, 150)
        site.replica.delete(160)
        site.replica.add(3)

    site.faults = [When("modified_after", happens=happen)]
    before = truth(site)

    done = crawl(site.url, spider="api")

    assert done.exit_code == 0, done.log
    states = {(record["post_id"], record["revision"]) for record in done.records}
    assert {(number, 1) for number in {*before, *truth(site)} - {id_of(site, 160)}} <= states
    edited = next(record for record in done.records if record["post_id"] == id_of(site, 1) and record["revision"] == 2)
    assert "أضيفت هذه الفقرة لاحقا" in edited["text"]


def test_many_posts_of_one_moment_are_all_told(crawl: Crawler, site: Served) -> None:
    moment = datetime(2025, 7, 1, tzinfo=UTC)
    for index in range(220):
        site.replica.changes.modified[index] = moment

    done = crawl(site.url, spider="api")

    assert (done.exit_code, done.ids) == (0, truth(site)), done.log
    assert len(site.requests) <= -(-254 // 100) + 6


def test_an_archive_that_listings_filled_is_gone_on_with(crawl: Crawler, site: Served) -> None:
    crawl.first(site)
    edit(site, 20)
    site.replica.add(2)
    site.replica.changes.modified[254] = site.replica.changes.modified[255] = now()
    asked = len(site.requests)

    second = crawl(site.url, spider="api", FURAT_REVISITS=0)
    third = crawl(site.url, spider="api", FURAT_REVISITS=0)

    assert (second.exit_code, third.exit_code) == (0, 0), second.log
    assert {(each["post_id"], each["revision"]) for each in second.records} == {
        (id_of(site, 20), 2),
        (id_of(site, 254), 1),
        (id_of(site, 255), 1),
    }
    assert third.records == []
    assert visited(site, asked) == []


def test_an_interrupted_walk_of_the_api_goes_on_where_it_stopped(crawl: Crawler, site: Served) -> None:
    site.faults = [Fault("modified_after=2023", status=500)]
    first = crawl(site.url, spider="api")
    site.faults = []
    asked = len(site.requests)
    second = crawl(site.url, spider="api")

    assert (first.exit_code, second.exit_code) == (3, 0)
    assert len(first.ids) > 150
    assert sorted(first.ids + second.ids) == truth(site)
    assert "modified_after" in list(site.requests)[asked + 1].path


def test_posts_that_vanish_are_visited_and_buried(crawl: Crawler, data: Path, site: Served) -> None:
    crawl.first(site, "api")
    for index in (30, 31):
        site.replica.delete(index)
    execute(data, "UPDATE checkpoint SET value = '2026-01-01T00:00:00+00:00' WHERE name LIKE 'checked http%'")
    asked = len(site.requests)

    doubt = crawl(site.url, spider="api", FURAT_REVISITS=10)
    looks = len(site.requests) - asked
    execute(data, "UPDATE article SET suspected_at = '2026-01-01T00:00:00+00:00' WHERE suspected_at NOT NULL")
    stones = crawl(site.url, spider="api", FURAT_REVISITS=10)

    assert (doubt.exit_code, doubt.records) == (0, [])
    assert looks <= 10
    assert {(each["kind"], each["post_id"]) for each in stones.records if each["kind"] == "tombstone"} == {
        ("tombstone", id_of(site, 30)),
        ("tombstone", id_of(site, 31)),
    }
    execute(data, "UPDATE checkpoint SET value = '2026-01-01T00:00:00+00:00' WHERE name LIKE 'checked http%'")
    asked = len(site.requests)
    crawl(site.url, spider="api", FURAT_REVISITS=0)
    assert len(site.requests) - asked == ROBOTS + 3 * ANSWER  # changes, the newest posts, and a page of all, in turn


def test_a_post_that_was_published_without_a_change_is_found_when_posts_are_counted(
    crawl: Crawler, data: Path, site: Served
) -> None:
    crawl.first(site, "api")
    site.replica.add(1)
    site.replica.changes.modified[254] = datetime(2020, 1, 1, tzinfo=UTC)
    execute(data, "UPDATE checkpoint SET value = '2026-01-01T00:00:00+00:00' WHERE name LIKE 'checked http%'")

    second = crawl(site.url, spider="api", FURAT_REVISITS=0)

    assert (second.exit_code, second.ids) == (0, [id_of(site, 254)]), second.log


def test_a_wordpress_that_can_t_begin_at_a_moment_tells_its_last_changes_first(crawl: Crawler, old: Served) -> None:
    first = crawl(old.url, spider="api")
    edit(old, *range(20, 35))
    asked = len(old.requests)
    second = crawl(old.url, spider="api", FURAT_REVISITS=0)

    assert (first.exit_code, first.ids) == (0, truth(old)), first.log
    assert (second.exit_code, {each["revision"] for each in second.records}) == (0, {2}), second.log
    assert second.ids == sorted(id_of(old, index) for index in range(20, 35))
    assert len(old.requests) - asked == ROBOTS + 3 * ANSWER  # the oldest posts, and two pages from the newest change on


def test_where_the_order_of_changes_is_not_kept_all_posts_are_read(
    crawl: Crawler, old: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl(old.url, spider="api")
    ordered = rest_posts._ordered
    monkeypatch.setattr(
        rest_posts,
        "_ordered",
        lambda *asked: sorted(ordered(*asked), key=lambda index: index * 7919 % 97),
    )
    edit(old, 20)
    second = crawl(old.url, spider="api", FURAT_REVISITS=0)

    assert (second.exit_code, second.ids) == (0, [id_of(old, 20)]), second.log


def test_a_post_without_a_moment_says_nothing_about_the_order(
    crawl: Crawler, old: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl(old.url, spider="api")
    fields, undated = rest_posts._fields, dict.fromkeys(("modified", "modified_gmt"), "")
    monkeypatch.setattr(rest_posts, "_fields", lambda post: fields(post) | (undated if post.card.index == 30 else {}))
    edit(old, *range(20, 35))
    second = crawl(old.url, spider="api", FURAT_REVISITS=0)

    assert second.exit_code == 0, second.log
    assert not any("orderby=id" in request.path for request in old.requests)


@pytest.fixture
def old(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A site whose WordPress passes over parameters that it does not know, and shows ten posts at a time."""
    monkeypatch.setattr(
        "tests.replica.rest_routes.posts",
        lambda replica, query: rest_posts.posts(
            replica, {name: query[name] for name in query if name != "modified_after"} | {"per_page": "10"}
        ),
    )
    with serve(Replica(250, weight=0, rest=True)) as served:
        yield served
