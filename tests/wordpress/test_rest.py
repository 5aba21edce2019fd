"""An API that is not at its usual address is found where the site says that it is, and nowhere else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.replica import Fault, Replica, Served, serve
from tests.replica.replica import Api
from tests.support.archives import execute
from tests.support.crawls import Crawler
from tests.support.sites import ANSWER, ROBOTS, edit, id_of, truth

PLAIN: Final = "index.php?rest_route=/"
AT_PLAIN = "/index.php?rest_route=/wp/v2/posts"
TYPES = "/index.php?rest_route=/wp/v2/types"
USUAL = "^/wp-json/"
GUARDED = '{"code": "rest_forbidden", "message": ""}'


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(120, weight=0, rest=True, api=PLAIN)) as served:
        yield served


def asked(site: Served, since: int = 0) -> list[str]:
    """Return what was asked for, each address as short as it tells one from another."""
    paths = [request.path for request in list(site.requests)[since:]]
    return [path.partition("&")[0] if "rest_route" in path else path.partition("?")[0] for path in paths]


def telling(link: str, match: str = USUAL) -> Fault:
    return Fault(match, status=404, headers={"Link": f'<{link}>; rel="https://api.w.org/"'})


@pytest.mark.parametrize(
    "faults, sought",
    [
        ([], []),  # WordPress's own page for what is missing tells where the API is
        ([Fault(USUAL, status=404)], ["/"]),
        ([Fault(USUAL, "empty")], ["/"]),
        ([Fault(USUAL, to="/")], ["/"]),
    ],
)
def test_a_whole_archive_costs_one_request_more_at_most(
    crawl: Crawler, site: Served, faults: list[Fault], sought: list[str]
) -> None:
    site.faults = faults

    done = crawl(site.url, spider="api")

    assert (done.exit_code, done.ids) == (0, truth(site)), done.log
    *before, one, other = asked(site)
    assert before == ["/robots.txt", "/wp-json/wp/v2/posts", *sought, AT_PLAIN, AT_PLAIN, AT_PLAIN]
    assert {one, other} == {"/", TYPES}, "once in four weeks, for what the posts leave out"


def test_an_address_that_stands_only_in_the_page_is_found(crawl: Crawler, site: Served) -> None:
    body = f"<head><link href='{site.url}?rest_route=&#x2f;' rel='https://api.w.org/'></head>"
    site.faults = [Fault(USUAL, status=404, body=body)]

    done = crawl(site.url, spider="api")

    assert (done.exit_code, done.ids) == (0, truth(site)), done.log
    assert asked(site)[2] == "/?rest_route=/wp/v2/posts"


@pytest.mark.parametrize("spider", ["api", "refresh"])
def test_an_unchanged_archive_costs_as_much_as_any_other(crawl: Crawler, site: Served, spider: str) -> None:
    first = crawl(site.url, spider=spider)
    counts = [len(site.requests)]
    again = crawl(site.url, spider=spider, FURAT_REVISITS=0)
    counts.append(len(site.requests))
    edit(site, 5, 20)
    edited = crawl(site.url, spider=spider, FURAT_REVISITS=0)

    assert (first.exit_code, first.ids) == (0, truth(site)), first.log
    assert (again.exit_code, again.records) == (0, [])
    assert counts[1] - counts[0] == ROBOTS + ANSWER
    assert [(each["post_id"], each["revision"]) for each in edited.records] == [
        (id_of(site, 5), 2),
        (id_of(site, 20), 2),
    ]
    assert len(site.requests) - counts[1] == ROBOTS + 2 * ANSWER
    assert "modified_after" in site.requests[-1].path


@pytest.mark.parametrize("before, after", [(PLAIN, "wp-json/"), ("wp-json/", PLAIN)])
def test_a_walk_goes_on_where_the_api_moved(crawl: Crawler, before: Api, after: Api) -> None:
    with serve(Replica(120, weight=0, rest=True, api=before)) as site:
        first = crawl(site.url, spider="api")
        site.replica.api = after
        edit(site, 5)
        site.faults = [Fault("rest_route", status=403)] if after == "wp-json/" else []
        counts = len(site.requests)
        second = crawl(site.url, spider="api", FURAT_REVISITS=0)

        assert (first.exit_code, second.exit_code, second.ids) == (0, 0, [id_of(site, 5)]), second.log
        assert len(site.requests) - counts <= ROBOTS + 4 * ANSWER


def test_sections_are_named_by_that_api(crawl: Crawler, site: Served) -> None:
    wanted = sorted(
        post["post_id"]
        for post in site.replica.truth()
        if any(section["name"] == "حمص" for section in post["sections"])
    )
    site.faults = [Fault("^/(?:wp-json|category|tag)/", to="/")]

    told = crawl(site.url, "-a", "sections=حمص", spider="api")

    assert (told.exit_code, told.ids) == (0, wanted), told.log
    assert [path for path in asked(site) if path.startswith("/wp-json/")] == ["/wp-json/wp/v2/categories"]


@pytest.mark.parametrize("spider", ["api", "news"])
def test_a_home_page_that_stands_for_what_is_missing_is_no_section(crawl: Crawler, site: Served, spider: str) -> None:
    site.faults = [Fault("^/(?:wp-json|category|tag)/", to="/")]

    done = crawl(site.url, "-a", "sections=أخباز", spider=spider)

    assert (done.exit_code, done.records) == (2, []), done.log
    assert "أخبار" in done.log


def test_the_listings_ask_that_api_for_categories_at_once(crawl: Crawler, site: Served) -> None:
    done = crawl(site.url)

    assert (done.exit_code, done.ids) == (0, truth(site)), done.log
    routes = [path for path in asked(site) if "rest_route" in path]
    assert routes[0] == "/index.php?rest_route=/wp/v2/categories"
    assert set(routes[1:]) <= {AT_PLAIN}, "what the site says of tags that its pages do not show"
    assert not [path for path in asked(site) if path.startswith("/wp-json/")]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(USUAL, status=401),
        Fault(USUAL, status=403),
        Fault(USUAL, status=404, body=GUARDED),
        Fault(USUAL, status=500),
        Fault(USUAL, "reset"),
    ],
)
def test_what_refuses_or_fails_is_not_gone_around(crawl: Crawler, site: Served, fault: Fault) -> None:
    site.faults = [fault]

    done = crawl(site.url, spider="api", RETRY_TIMES=0)

    assert (done.exit_code, done.records) == (3, []), done.log
    assert set(asked(site)) == {"/robots.txt", "/wp-json/wp/v2/posts"}


def test_an_api_that_is_told_and_closed_is_said(crawl: Crawler) -> None:
    with serve(Replica(60, weight=0, rest=401, api=PLAIN)) as site:
        strict = crawl(site.url, spider="api")
        auto = crawl(site.url, "-a", "via=auto", spider="api")

        assert (strict.exit_code, strict.records) == (3, [])
        assert "HTTP 401" in strict.log
        assert (auto.exit_code, auto.ids) == (0, truth(site)), auto.log


@pytest.mark.parametrize(
    "path", ["{other}", "{other}?rest_route=/", "//{host}/", "{site}%2e%2e/", "javascript:0", "http://[", "/\\{host}/"]
)
@pytest.mark.parametrize("sections", [(), ("-a", "sections=حمص")])
def test_no_link_leads_off_the_site(crawl: Crawler, path: str, sections: tuple[str, ...]) -> None:
    with serve(Replica(60, weight=0, rest=True)) as other, serve(Replica(60, weight=0, prefix="/ar")) as site:
        host = other.url.split("/")[2]
        site.faults = [telling(path.format(other=other.url, host=host, site=site.url), "wp-json|^/ar/$")]

        done = crawl(site.url, *sections, spider="api")

        assert (done.exit_code, done.records) == (3, []), done.log
        assert "HTTP 404" in done.log
        assert list(other.requests) == []
        assert {path == "/robots.txt" or path.startswith("/ar/") for path in asked(site)} == {True}


def test_a_place_that_never_was_one_is_not_remembered(crawl: Crawler, data: Path, site: Served) -> None:
    site.faults = [telling(f"{site.url}about/?x=")]
    closed = crawl(site.url, spider="api")
    site.faults = []
    found = crawl(site.url, spider="api")
    execute(
        data, "UPDATE checkpoint SET value = replace(value, 'index.php?rest_route=', 'about/?x=') WHERE name = 'api'"
    )
    edit(site, 5)
    healed = crawl(site.url, spider="api", FURAT_REVISITS=0)

    assert (closed.exit_code, closed.records) == (3, [])
    assert (found.exit_code, found.ids) == (0, truth(site)), found.log
    assert (healed.exit_code, healed.ids) == (0, [id_of(site, 5)]), healed.log
