"""What only the archive as a whole shows of its site."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from furat.operate.status import as_json, status
from furat.outcomes import Ending
from furat.sections import Section
from furat.store import Store
from tests.support.archives import article, execute

SITE = "https://example.org/"


def days_ago(days: float) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")


def kinds(data: Path) -> list[str]:
    (archive,) = data.glob("*/archive.db")
    return [trouble["kind"] for trouble in json.loads(as_json(status(archive.parent, 10)))["troubles"]]


@pytest.fixture
def published(data: Path) -> Callable[..., None]:
    """Fill an archive with an article a day, the last one so many days ago; the home page was read just now."""

    def fill(silent: float, *, days: int = 400, is_walked: bool = True) -> None:
        with Store.at(data / "example.org") as store:
            for number in range(days):
                store.articles.add(replace(article(number + 1), published=days_ago(silent + number)))
            walk = store.listings.begin(Section("home", "", SITE))
            if is_walked:
                store.listings.end(walk)
            store.crawls.begin("a1", "refresh")
            store.crawls.end("a1", 0, Ending.FINISHED, "[]")

    return fill


@pytest.mark.parametrize(
    "silent, expected", [(0.5, []), (2, []), (14, ["silent"]), (60, ["silent"]), (170, ["silent"])]
)
def test_a_site_that_falls_silent_is_told_though_its_crawls_are_complete(
    published: Callable[..., None], data: Path, silent: float, expected: list[str]
) -> None:
    published(silent)

    assert kinds(data) == expected


def test_an_abandoned_site_is_no_alarm(published: Callable[..., None], data: Path) -> None:
    published(200)

    assert kinds(data) == ["silent"]
    assert not status(data / "example.org", 10).needs_person


def test_nobody_knows_what_was_published_since_nobody_looked(published: Callable[..., None], data: Path) -> None:
    published(30)
    execute(data, f"UPDATE listing SET walked = '{days_ago(30)}'")

    assert kinds(data) == []


def test_what_was_never_read_to_its_end_may_end_where_the_operator_wanted(
    published: Callable[..., None], data: Path
) -> None:
    published(30, is_walked=False)

    assert kinds(data) == []


def test_dates_that_are_none_or_yet_to_come_hide_no_silence(published: Callable[..., None], data: Path) -> None:
    published(30)
    with Store.at(data / "example.org") as store:
        for number, moment in enumerate((days_ago(-900), "9999-12-31", "0000-00-00", "x", None)):
            store.articles.add(replace(article(9000 + number), published=moment))

    assert kinds(data) == ["silent"]


@pytest.mark.parametrize(
    "walked, expected",
    [
        ({"api": 0, "feed": 9, "home": 9}, []),
        ({"api": 9, "feed": 0}, ["api_closed"]),
        ({"api": 9, "home": 0}, ["api_closed"]),
        ({"feed": 9, "home": 0}, ["feed_closed"]),
        ({"feed": 9, "api": 0}, []),  # a cheaper way opened
        ({"feed": 0, "home": 9}, []),
        ({"api": 0.75, "feed": 0}, []),  # once may be chance
    ],
)
def test_a_way_that_is_no_longer_taken_is_closed(data: Path, walked: dict[str, float], expected: list[str]) -> None:
    with Store.at(data / "example.org") as store:
        for way in walked:
            store.listings.end(store.listings.begin(Section(way, "", f"{SITE}{way}/")))  # type: ignore[arg-type]
        for crawl in ("a1", "a2", "a3"):
            store.crawls.begin(crawl, "refresh")
            store.crawls.end(crawl, 0, Ending.FINISHED, "[]")
    for crawl, days in (("a1", 2), ("a2", 1), ("a3", 0.5)):
        execute(data, f"UPDATE crawl SET began = '{days_ago(days)}', ended = '{days_ago(days)}' WHERE id = '{crawl}'")
    for way, days in walked.items():
        execute(data, f"UPDATE listing SET walked = '{days_ago(days)}' WHERE kind = '{way}'")

    assert kinds(data) == expected


@pytest.mark.parametrize(
    "ending, expected", [(None, []), (Ending.STOPPED, []), (Ending.FINISHED, ["sections_gone"])], ids=str
)
def test_sections_that_a_crawl_has_not_come_to_are_not_gone(
    data: Path, ending: Ending | None, expected: list[str]
) -> None:
    with Store.at(data / "example.org") as store:
        for number in range(4):
            walk = store.listings.begin(Section("category", f"قسم {number}", f"{SITE}category/{number}/"))
            store.listings.step(walk, [f"{SITE}a{number}/"])
            store.listings.end(walk)
        store.listings.end(store.listings.begin(Section("home", "", SITE)))
        store.crawls.begin("a1", "news")
        if ending:
            store.crawls.end("a1", 0, ending, "[]")
    execute(data, f"UPDATE crawl SET began = '{days_ago(0.1)}'")
    execute(data, f"UPDATE listing SET walked = '{days_ago(1)}' WHERE kind = 'category'")

    assert [kind for kind in kinds(data) if kind == "sections_gone"] == expected
