"""A crawl asks only in the hours that it is given, and the next one goes on."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.exceptions import UsageError

from furat.downloader.window import Window
from tests.replica import Replica, Served, serve
from tests.support.crawls import Command, Crawler
from tests.support.sites import truth

SECONDS = st.times().map(lambda moment: moment.replace(microsecond=0))


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(60, weight=0)) as served:
        yield served


def window(begins: int, ends: int) -> str:
    """Return the window from so many seconds after now to so many, by this machine's clock."""
    moments = (datetime.now().astimezone() + timedelta(seconds=seconds) for seconds in (begins, ends))
    return "-".join(f"{moment:%H:%M:%S}" for moment in moments)


def test_a_crawl_ends_with_its_window_and_the_next_one_goes_on(crawl: Crawler, command: Command, site: Served) -> None:
    slow = {"DOWNLOAD_DELAY": 0.4, "CONCURRENT_REQUESTS_PER_DOMAIN": 1}
    closed = crawl(site.url, FURAT_WINDOW=window(60, 120))
    assert len(site.requests) == 0
    first = crawl(site.url, **slow, FURAT_WINDOW=window(-60, 8))
    asked = len(site.requests)
    state = command("status", site=site.url.removeprefix("http://"))
    second = crawl(site.url, FURAT_WINDOW=window(-60, 600))

    assert 1 < asked < 60
    assert [each.exit_code for each in (first, closed, second)] == [3, 3, 0], second.log
    assert "Stopped early (window closed): FURAT_WINDOW=" in first.log
    assert "closed, as planned; the next crawl in it goes on" in closed.log
    assert (state.exit_code, "all well" in state.out) == (0, True), state.out
    assert sorted(first.ids + second.ids) == truth(site)


def test_a_crawl_outside_its_window_leaves_no_folder(crawl: Crawler, site: Served, data: Path) -> None:
    assert crawl(site.url, FURAT_WINDOW=window(60, 120)).exit_code == 3
    assert (len(site.requests), [*data.iterdir()]) == (0, [])
    wrong = crawl(site.url, FURAT_WINDOW="1-5")
    assert (wrong.exit_code, "FURAT_WINDOW=1-5 is no part of a day; write it like" in wrong.log) == (2, True)


@pytest.mark.parametrize(
    "text", ["01:00", "1:00-5:00", "01:00-24:00", "01:00-05:60", "01:00-05:00 ", "٠١:٠٠-٠٥:٠٠", "-"]
)
def test_what_is_no_part_of_a_day_is_told(text: str) -> None:
    with pytest.raises(UsageError, match="write it like FURAT_WINDOW=01:00-05:00"):
        Window.of(text)


@given(SECONDS, SECONDS, SECONDS)
def test_a_window_and_its_opposite_part_the_day(begins: time, ends: time, moment: time) -> None:
    night, day = Window.of(f"{begins}-{ends}"), Window.of(f"{ends}-{begins}")

    assert night.is_open(moment) != day.is_open(moment) or begins == ends
    assert Window.of("").is_open(moment)
    assert night.is_open(begins)
    assert not night.is_open(ends) or begins == ends
