"""What the log says of a crawl when it ends."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.replica import Fault, Replica, Served, serve
from tests.support.crawls import Crawled, Crawler
from tests.support.sites import path

SUMMARY = re.compile(r"Crawl \S+: (.*)")
LISTING = re.compile(r"/($|page/|category/|tag/)")
SECTION = re.compile(r"INFO (.*) \(http\S+\): promised (\d+), archived (\d+), pending (\d+)")


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(60, weight=0, feeds=False)) as served:
        yield served


def counts(done: Crawled) -> dict[str, int]:
    (summary,) = SUMMARY.findall(done.log)
    return {name: int(number) for name, number in (each.split() for each in summary.split(", "))}


def sections(done: Crawled) -> dict[str, tuple[int, int, int]]:
    """Return what was promised, archived and left pending, by section."""
    return {name: (int(one), int(two), int(three)) for name, one, two, three in SECTION.findall(done.log)}


def members(site: Served, name: str) -> list[dict[str, Any]]:
    every = [*site.replica.truth(), *(post for post in site.replica.hidden() if post["status"] == "protected")]
    return [post for post in every if any(each["name"] == name for each in post["sections"])]


def test_the_counts_are_those_of_the_crawl(crawl: Crawler, site: Served) -> None:
    articles = {path(site, post["index"]) for post in site.replica.truth()}

    first = crawl(site.url)
    asked = [request.path for request in site.requests]
    second = crawl(site.url, FURAT_DUE_SHARE=0, FURAT_REVISITS=7)
    again = [request.path for request in site.requests][len(asked) :]

    assert counts(first) == {
        "listings": sum(bool(LISTING.match(each)) for each in asked),
        "visited": sum(each in articles for each in asked),  # a second look at what was suspect is one more
        "delivered": 60,
        "protected": 1,
        "postponed": 0,
    }
    assert counts(second)["visited"] == sum(each in articles for each in again) > 0
    assert counts(second)["delivered"] == 0


def test_each_section_is_held_against_the_archive(crawl: Crawler, site: Served) -> None:
    site.faults = [Fault(path(site, 50), status=500)]
    names = {each["name"] for each in site.replica.article(50)["sections"]}

    done = crawl(site.url, "-a", "sections=أخبار,رأي")

    assert done.exit_code == 3
    for name in ("أخبار", "رأي"):
        promised = members(site, name)
        protected = sum("status" in post for post in promised)
        failed = int(name in names)
        assert sections(done)[name] == (len(promised), len(promised) - protected - failed, failed)


def test_of_more_than_twenty_sections_only_those_with_a_gap_are_told(crawl: Crawler, site: Served) -> None:
    every = {each["url"]: each["name"] for post in site.replica.truth(site.url) for each in post["sections"]}
    tag = next(url for url in every if "/tag/" in url).removeprefix(site.url)
    twin, answer = f"{site.url}tag/twin/", site.site.answer
    site.site.answer = lambda target: answer(target.replace("tag/twin/", tag))  # type: ignore[method-assign]
    asked = [*every, twin]
    site.faults = [Fault(path(site, 50), status=500), Fault("/category/opinion/page/2/", status=500)]

    done = crawl(site.url, "-a", f"sections={','.join(asked)}")

    assert len(asked) > 20
    lacking = {each["name"] for each in site.replica.article(50)["sections"]}
    assert set(sections(done)) == {*lacking, "رأي"} > lacking
