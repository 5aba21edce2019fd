"""The API tells a whole archive at a hundred posts a request, and afterwards what changed."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.replica import TRAPS, Fault, Replica, Served, rest_posts, serve
from tests.replica.post_page import Post
from tests.support.archives import execute
from tests.support.crawls import Crawler
from tests.support.sites import ANSWER, ROBOTS, When, differences, edit, id_of, now, truth


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(250, weight=0, rest=True)) as served:
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
    crawl(site.url, spider="api")
    asked = len(site.requests)

    second = crawl(site.url, spider="api", FURAT_REVISITS=0)

    assert (second.exit_code, second.records) == (0, [])
    assert len(site.requests) - asked == ROBOTS + ANSWER


@pytest.mark.parametrize("edits", [1, 100, 130])
def test_edits_cost_a_request_per_hundred_and_all_are_found(crawl: Crawler, site: Served, edits: int) -> None:
    crawl(site.url, spider="api")
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
    crawl(site.url)
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


def test_the_same_state_told_in_another_form_is_no_revision(crawl: Crawler, site: Served) -> None:
    crawl(site.url)

    by_api = crawl(site.url, "-a", "since=2016-01-01", spider="api", FURAT_REVISITS=0)
    by_page = crawl(site.url, FURAT_DUE_SHARE=0, FURAT_REVISITS=1000)

    assert by_api.exit_code == by_page.exit_code == 0
    assert by_api.records == by_page.records == []


def test_what_the_api_told_is_not_revised_by_a_visit(crawl: Crawler, site: Served) -> None:
    crawl(site.url, spider="api")

    visits = crawl(site.url, FURAT_DUE_SHARE=0, FURAT_REVISITS=1000)
    site.replica.edit(20, "أضيفت هذه الفقرة لاحقاً.")
    edited = crawl(site.url, FURAT_DUE_SHARE=0, FURAT_REVISITS=1000)
    told = crawl(site.url, spider="api", FURAT_REVISITS=0)

    assert (visits.exit_code, visits.records) == (0, [])
    assert [(each["post_id"], each["revision"]) for each in edited.records] == [(id_of(site, 20), 2)]
    assert told.records == []


def test_an_article_is_the_same_from_the_api_and_from_its_page(crawl: Crawler, data: Path, site: Served) -> None:
    by_page = {record["post_id"]: record for record in crawl(site.url).records}
    shutil.rmtree(data)
    by_api = {record["post_id"]: record for record in crawl(site.url, spider="api").records}

    other = {"crawl", "seen", "first_seen", "published_raw", "published_source", "modified", "sections", "language"}
    same = [name for name in by_page[1000] if name not in {*other, "duplicate_of", "duplicate_kind", "similarity"}]
    assert by_page.keys() == by_api.keys()
    assert [
        (number, name, page[name], by_api[number][name])
        for number, page in by_page.items()
        for name in same
        if page[name] != by_api[number][name]
    ] == []
    assert {each["published_source"] for each in by_api.values()} == {"api"}


def test_what_the_api_leaves_to_the_page_is_visited(
    crawl: Crawler, site: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {20: "", 21: "[vc_row][vc_column]نص[/vc_column][/vc_row]", 22: "<p>أول الخبر […]</p>"}
    whole = rest_posts._fields

    def poor(post: Post) -> dict[str, Any]:
        text = texts.get(post.card.index)
        return whole(post) | ({} if text is None else {"content": {"rendered": text, "protected": False}})

    monkeypatch.setattr(rest_posts, "_fields", poor)

    done = crawl(site.url, spider="api")

    assert (done.exit_code, done.ids) == (0, truth(site)), done.log
    assert not list(differences(site, done.records))
    assert len(visited(site)) == len(texts)


def test_a_poorer_text_from_the_api_never_replaces_that_of_the_page(
    crawl: Crawler, site: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl(site.url)
    edit(site, 20)
    whole = rest_posts._fields
    poor = {"content": {"rendered": "<p>أول الخبر فقط</p>", "protected": False}}
    monkeypatch.setattr(rest_posts, "_fields", lambda post: whole(post) | (poor if post.card.index == 20 else {}))

    told = crawl(site.url, spider="api", FURAT_REVISITS=0)

    (record,) = told.records
    assert (record["post_id"], record["revision"]) == (id_of(site, 20), 2)
    assert "أضيفت هذه الفقرة لاحقا" in record["text"]
    assert record["published_source"] == "time"


@pytest.mark.parametrize(
    "fault, said",
    [
        (Fault("wp-json", status=401), "HTTP 401"),
        (Fault("wp-json", status=403), "HTTP 403"),
        (Fault("wp-json", status=404), "HTTP 404"),
        (Fault("wp-json", "challenge"), "no JSON"),
        (Fault("wp-json", "cut"), "no JSON"),
        (Fault("wp-json", status=500), "HTTP 500"),
    ],
)
def test_a_closed_api_is_said(crawl: Crawler, site: Served, fault: Fault, said: str) -> None:
    site.faults = [fault]

    strict = crawl(site.url, spider="api")

    assert (strict.exit_code, strict.records) == (3, [])
    assert said in strict.log


@pytest.mark.parametrize("fault", [Fault("wp-json", status=401), Fault("wp-json", status=500)])
def test_another_way_is_taken_where_the_operator_wants_it(crawl: Crawler, site: Served, fault: Fault) -> None:
    site.faults = [fault]

    auto = crawl(site.url, "-a", "via=auto", spider="api")

    assert (auto.exit_code, auto.ids) == (0, truth(site)), auto.log


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
    crawl(site.url, spider="api")
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
    crawl(site.url, spider="api")
    site.replica.add(1)
    site.replica.changes.modified[254] = datetime(2020, 1, 1, tzinfo=UTC)
    execute(data, "UPDATE checkpoint SET value = '2026-01-01T00:00:00+00:00' WHERE name LIKE 'checked http%'")

    second = crawl(site.url, spider="api", FURAT_REVISITS=0)

    assert (second.exit_code, second.ids) == (0, [id_of(site, 254)]), second.log


def test_a_range_of_days_is_asked_for_and_leaves_no_mark(crawl: Crawler, site: Served) -> None:
    posts = sorted(site.replica.truth(), key=lambda post: str(post["published"]))
    begin, end = (str(posts[place]["published"])[:10] for place in (40, 70))
    wanted = sorted(post["post_id"] for post in posts if begin <= str(post["published"])[:10] <= end)

    part = crawl(site.url, "-a", f"since={begin}", "-a", f"until={end}", spider="api")
    rest = crawl(site.url, spider="api")

    assert (part.exit_code, part.ids) == (0, wanted), part.log
    assert sorted(part.ids + rest.ids) == truth(site)


def test_sections_are_asked_for_by_name_with_those_below_them(crawl: Crawler, site: Served) -> None:
    listed = crawl(site.url, "-a", "sections=أخبار,حمص")
    wanted = sorted(
        post["post_id"]
        for post in site.replica.truth()
        if any(section["name"] in ("أخبار", "حمص") for section in post["sections"])
    )
    assert listed.ids == wanted
    edit(site, *range(0, 60, 7))

    told = crawl(site.url, "-a", "sections=أخبار,حمص", spider="api", FURAT_REVISITS=0)

    assert told.exit_code == 0, told.log
    assert set(told.ids) <= set(wanted)
    assert told.ids == sorted(id_of(site, index) for index in range(0, 60, 7) if id_of(site, index) in wanted)


def test_an_unknown_section_is_named_with_the_nearest(crawl: Crawler, site: Served) -> None:
    done = crawl(site.url, "-a", "sections=أخباز", spider="api")

    assert done.exit_code == 2
    assert "أخبار" in done.log


def test_an_unknown_way_is_wrong_usage(crawl: Crawler, site: Served) -> None:
    assert crawl(site.url, "-a", "via=feed", spider="api").exit_code == 2


def test_a_wordpress_that_can_t_begin_at_a_moment_is_read_page_by_page(crawl: Crawler, old: Served) -> None:
    first = crawl(old.url, spider="api")
    edit(old, 20)
    second = crawl(old.url, spider="api", FURAT_REVISITS=0)

    assert (first.exit_code, first.ids) == (0, truth(old)), first.log
    assert [(each["post_id"], each["revision"]) for each in second.records] == [(id_of(old, 20), 2)]


@pytest.fixture
def old(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A site whose WordPress passes over parameters that it does not know."""
    monkeypatch.setattr(
        "tests.replica.rest_routes.posts",
        lambda replica, query: rest_posts.posts(
            replica, {name: query[name] for name in query if name != "modified_after"}
        ),
    )
    with serve(Replica(250, weight=0, rest=True)) as served:
        yield served


def test_nothing_of_a_hidden_post_is_asked_for(crawl: Crawler, site: Served) -> None:
    crawl(site.url, spider="api")

    slugs = [post["url"].rstrip("/").rpartition("/")[2] for post in site.replica.hidden()]
    assert not [path for path in visited(site) if any(unquote(slug) in unquote(path) for slug in slugs)]
