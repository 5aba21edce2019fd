"""What failed for good ends its alarm: given up by itself, or waived by the operator."""

import re
from pathlib import Path

import pytest

from furat.outcomes import Outcome, Reason
from furat.sections import Section
from furat.store import Store
from tests.replica import Fault, Replica, serve
from tests.support.archives import execute
from tests.support.crawls import Command, Crawler
from tests.support.sites import path

URL = "https://example.org/a1/"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return an archive with one address that failed three times, and one that waits."""
    store = Store.at(tmp_path)
    home = store.listings.begin(Section("home", "", "https://example.org/"))
    store.listings.step(home, [URL, "https://example.org/a2/"])
    for _ in range(3):
        store.frontier.postpone(URL, Reason(Outcome.FAILED, "HTTP 500"))
    return store


def test_what_failed_for_good_is_given_up_and_nothing_else(store: Store) -> None:
    assert [store.waivers.given_up(tries) for tries in (0, 1, 3, 4)] == [1, 1, 1, 0]
    assert store.waivers.given_up(3, since="2000-01-01") == 1
    assert store.waivers.given_up(3, since="2999-01-01") == store.waivers.given_up(2, since="2000-01-01") == 0


def test_only_what_is_pending_or_waived_can_be_waived(store: Store) -> None:
    assert not store.waivers.waive("https://example.org/unknown/", "gone")
    assert store.waivers.waive("https://www.example.org/a1?utm_source=x", "a video")  # whatever its form
    assert store.waivers.waive(URL, "a film")
    assert [(each["url"], each["because"], each["tries"]) for each in store.waivers.all()] == [(URL, "a film", 3)]
    assert [visit.url for visit in store.frontier.pending()] == ["https://example.org/a2/"]
    assert not list(store.frontier.due(0, "2999-01-01", 100))
    assert store.frontier.held() == 2  # the site has it all the same


def test_what_failed_for_good_is_tried_again_a_week_later(store: Store) -> None:
    assert not list(store.waivers.due(3, 10))
    execute(store._folder, "UPDATE address SET seen = '2020-01-01T00:00:00+00:00' WHERE tries > 0")

    assert [visit.url for visit in store.waivers.due(3, 10)] == [URL]
    store.waivers.waive(URL, "a video")
    assert [visit.url for visit in store.waivers.due(9, 10)] == [URL]
    store.waivers.keep(URL)
    assert not list(store.waivers.due(3, 10))


def test_an_alarm_ends(crawl: Crawler, command: Command, data: Path) -> None:
    with serve(Replica(12, weight=0, feeds=False)) as site:
        broken = path(site, 7)
        site.faults = [Fault(re.escape(broken), status=500)]
        codes = [crawl(site.url, FURAT_TRIES=2).exit_code for _ in range(2)]
        third = crawl(site.url, FURAT_TRIES=2)
        listed = command("pending", "-sFURAT_TRIES=2", site=site.url)
        url = f"{site.url.rstrip('/')}{broken}"
        alone = command("pending", "--waive", url, site=site.url)
        waived = command("pending", "--waive", url, "--because", "فيديو فقط", site=site.url)
        after = command("pending", site=site.url)
        execute(data, "UPDATE address SET seen = '2020-01-01T00:00:00+00:00' WHERE outcome = 'waived'")
        site.requests.clear()
        fourth = crawl(site.url)
        was_asked = broken in [request.path for request in site.requests]
        site.faults = []
        execute(data, "UPDATE address SET seen = '2020-01-01T00:00:00+00:00' WHERE outcome = 'waived'")
        fifth = crawl(site.url)

    assert codes == [3, 3]
    assert (third.exit_code, "Given up by earlier crawls: 1" in third.log) == (0, True)
    assert (listed.exit_code, "given up" in listed.out) == (3, True)
    assert (alone.exit_code, "--because" in alone.err) == (2, True)
    assert (waived.exit_code, after.exit_code) == (0, 0)
    assert "فيديو فقط; tries 2" in after.out
    assert (fourth.exit_code, was_asked, "Still waived" in fourth.log) == (0, True, True)
    assert (fifth.exit_code, len(fifth.records)) == (0, 1)
    with Store.at(next(data.iterdir())) as store:
        assert not store.waivers.all()
