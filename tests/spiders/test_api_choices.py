"""What an operator may ask of the API: days, sections, and another way where it is closed."""

from collections.abc import Iterator

import pytest

from tests.replica import Fault, Replica, Served, serve
from tests.support.crawls import Crawler
from tests.support.sites import edit, id_of, truth


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(250, weight=0, rest=True)) as served:
        yield served


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
