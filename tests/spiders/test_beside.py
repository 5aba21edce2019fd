"""Posts of the site's own types, which the API's list of posts leaves out, are found in the API's other lists."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.replica import Fault, Replica, Served, serve
from tests.replica.listing_page import plain_page
from tests.replica.plan import HERE
from tests.replica.rest import Answer
from tests.replica.rest_routes import LISTS
from tests.replica.rest_types import reports_truth
from tests.support.archives import execute
from tests.support.crawls import Crawler
from tests.support.sites import ANSWER, ROBOTS, truth


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(20, weight=0, rest=True, sitemaps=None, reports=103)) as served:
        yield served


def asked(site: Served, what: str) -> list[str]:
    return [request.path for request in site.requests if what in request.path]


def test_posts_of_the_sites_own_types_are_found_once(crawl: Crawler, data: Path, site: Served) -> None:
    done = crawl(site.url, spider="api")

    assert (done.exit_code, done.ids) == (0, sorted([*truth(site), *reports_truth(site.replica)])), done.log
    assert len(asked(site, "wp/v2/types")) == 1
    assert len(asked(site, "wp/v2/reports?")) == 2
    assert not asked(site, "v2/blocks")
    before = len(site.requests)

    second = crawl(site.url, spider="api", FURAT_REVISITS=0)

    assert (second.exit_code, second.records) == (0, [])
    assert len(site.requests) - before == ROBOTS + ANSWER

    site.replica.reports += 1
    execute(data, "UPDATE checkpoint SET value = '2026-01-01T00:00:00+00:00' WHERE name LIKE 'checked %'")
    visits = len(asked(site, "/report/"))

    third = crawl(site.url, spider="api", FURAT_REVISITS=0)

    assert (third.exit_code, third.ids) == (0, reports_truth(site.replica)[-1:]), third.log
    assert len(asked(site, "/report/")) == visits + 1, (
        third.log
    )  # what the list of posts lacks is not suspected to be gone


ELSEWHERE = (
    "http://127.0.0.1:9/a/",
    "//example.org/a/",
    "javascript:void(0)",
    "/wp-admin/post.php?post=7",
    "",
    5,
    None,
)
FORBIDDEN = {"code": "rest_forbidden", "message": "لا."}

ODD: dict[str, Callable[[int], Answer]] = {
    "closed": lambda _: Answer(401, FORBIDDEN),
    "no-list": lambda _: Answer(200, {"a": {}}),
    "no-numbers": lambda _: Answer(200, [{"id": "7", "link": "/a/"}]),
    "elsewhere": lambda _: Answer(200, [{"id": n, "link": link} for n, link in enumerate(ELSEWHERE, start=7)]),
    "empty": lambda _: Answer(200, [], {"X-WP-Total": "9" * 40}),
    "shop": lambda _: Answer(200, [{"id": 9, "link": f"{HERE}report/9/"}], {"X-WP-Total": "1"}),
    "again": lambda _: Answer(200, [{"id": 7, "link": f"{HERE}about/"}], {"X-WP-Total": "1000000"}),
}
"""What odd types list, by their bases and the number of the page."""


PRODUCT = plain_page("كتاب", "product-template-default single single-product postid-9", "<p>كتاب عن الفرات.</p>", "")


def test_odd_lists_are_left_out(crawl: Crawler, site: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    bases = {name: {"rest_base": name} for name in ODD}
    bases["way-out"] = {"rest_base": "../../../out"}
    odd = {name: lambda _, query, tell=tell: tell(int(query["page"])) for name, tell in ODD.items()}
    for name, answer in (odd | {"types": lambda *_: Answer(200, bases)}).items():
        monkeypatch.setitem(LISTS, name, answer)

    monkeypatch.setattr("tests.replica.site.report_page", lambda *_: PRODUCT)

    done = crawl(site.url, spider="api")
    before = len(site.requests)
    second = crawl(site.url, spider="api", FURAT_REVISITS=0)

    assert (done.exit_code, done.ids) == (0, truth(site)), done.log
    assert done.log.count("are left out") == len(("closed", "no-list", "no-numbers"))
    assert len(asked(site, "_fields=id,link,modified")) == len(ODD) + len(("again",))
    assert [len(asked(site, path)) for path in ("/report/9/", "/about/")] == [1, 1]  # a product and a page: no articles
    assert not asked(site, "wp-admin") + asked(site, "/out")
    assert (second.exit_code, len(site.requests) - before) == (0, ROBOTS + ANSWER)


@pytest.mark.parametrize("match", ["v2/types", "reports.*page=2"])
def test_what_breaks_off_is_asked_for_again(crawl: Crawler, site: Served, match: str) -> None:
    site.faults = [Fault(match, status=500)]
    broken = crawl(site.url, spider="api")
    site.faults = []
    whole = crawl(site.url, spider="api", FURAT_REVISITS=0)

    assert (broken.exit_code, whole.exit_code) == (3, 0), whole.log
    assert "were left out: HTTP 500" in broken.log
    assert sorted(broken.ids + whole.ids) == sorted([*truth(site), *reports_truth(site.replica)])


def test_types_without_end_are_left_out_and_told(crawl: Crawler, site: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    many = {f"type-{number}": {"rest_base": f"type-{number}"} for number in range(10_000)}
    monkeypatch.setitem(LISTS, "types", lambda *_: Answer(200, many))

    done = crawl(site.url, spider="api")

    assert (done.exit_code, done.ids) == (3, truth(site))
    assert "posts of 9,970 types were left out" in done.log
    assert len(asked(site, "v2/type-")) == 30
