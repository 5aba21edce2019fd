"""A crawl asks only in the hours that it is given, and the next one goes on."""

from collections.abc import Callable, Iterator
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.exceptions import UsageError

from furat.downloader.window import Window
from tests.replica import Replica, Served, serve
from tests.support.crawls import Command, Crawled, Crawler, Told, crawl_command
from tests.support.forks import Forks
from tests.support.sites import When, truth

SECONDS = st.times().map(lambda moment: moment.replace(microsecond=0))


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(60, weight=0)) as served:
        yield served


@pytest.fixture
def dial(tmp_path: Path) -> Path:
    """Return the file that says what time of the day it is."""
    return tmp_path / "dial"


@pytest.fixture
def crawl_of_the_night(dial: Path, data: Path, site: Served, forks: Forks) -> Callable[[], Told]:
    """Run a crawl from one to five o'clock."""
    command = crawl_command(site.url, FURAT_DATA=data, FURAT_WINDOW="01:00-05:00", CONCURRENT_REQUESTS=1)
    return lambda: forks.run("tests.support.dial", str(dial), *command[3:])


def test_a_crawl_ends_with_its_window_and_the_next_one_goes_on(
    crawl_of_the_night: Callable[[], Told], dial: Path, command: Command, site: Served, data: Path
) -> None:
    dial.write_text("00:59:59", "ascii")
    closed = crawl_of_the_night()
    assert (len(site.requests), [*data.iterdir()]) == (0, [])
    dial.write_text("01:00:00", "ascii")
    site.faults = [When("", after=60, happens=lambda: dial.write_text("05:00:00", "ascii"))]
    first = crawl_of_the_night()
    asked = len(site.requests)
    state = command("status", site=site.url.removeprefix("http://"))
    dial.write_text("04:59:59", "ascii")
    second = crawl_of_the_night()

    assert asked == 61
    assert [each.exit_code for each in (first, closed, second)] == [3, 3, 0], second.err
    assert "Stopped early (window closed): FURAT_WINDOW=" in first.err
    assert "closed, as planned; the next crawl in it goes on" in closed.err
    assert (state.exit_code, "all well" in state.out) == (0, True), state.out
    feeds = sorted(data.rglob("feed/*.jsonl"))
    assert (len(feeds), Crawled(0, "", feeds).ids) == (2, truth(site))


def test_what_is_no_window_is_told_before_anything_is_asked(crawl: Crawler, site: Served) -> None:
    wrong = crawl(site.url, FURAT_WINDOW="1-5")

    assert not site.requests
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
