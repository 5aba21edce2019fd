"""What goes wrong is told, owed, and made good; nothing archived is harmed."""

import json
import re
import signal
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from furat.settings import EXTENSIONS, ITEM_PIPELINES
from tests.replica import TRAPS, Fault, Replica, Served, serve
from tests.replica.site import Reply
from tests.support.archives import execute
from tests.support.crawls import LONG, Crawler, crawl_command, started, wait_for
from tests.support.sites import path


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(60, weight=0)) as served:
        yield served


@pytest.mark.parametrize(
    "fault, reason",
    [
        ({"kind": "cut"}, "cut off"),
        ({"kind": "empty"}, "cut off after 0 bytes"),
        ({"kind": "pdf"}, "application/pdf"),
        ({"kind": "challenge"}, "not an article"),
        ({"kind": "database"}, "HTTP 500"),
        ({"kind": "reset"}, "the connection was lost"),
        ({"kind": "truncated"}, "the answer was cut off"),
        ({"kind": "held"}, "no answer in time"),
        ({"status": 503}, "HTTP 503"),
        ({"to": "http://localhost:9/"}, "the address is not on the site: http://localhost:9/"),
    ],
    ids=str,
)
def test_an_article_that_fails_is_owed_with_its_reason_and_comes_with_the_next_crawl(
    crawl: Crawler, site: Served, fault: Any, reason: str
) -> None:
    site.faults = [Fault(path(site, 50), **fault)]
    failed = crawl(site.url, DOWNLOAD_TIMEOUT=5)
    site.faults = []
    healed = crawl(site.url)

    missing = site.replica.article(50)["post_id"]
    assert failed.exit_code == 3
    assert reason in failed.log
    assert len(failed.records) == 59
    assert (healed.exit_code, healed.ids) == (0, [missing])


@dataclass(slots=True)
class Echo(Fault):
    """Answers for whatever lies below an article's address with the article, in a block theme, as its own page."""

    numbered: bool = True

    def apply(self, reply: Reply) -> Reply:
        mark = "postid-7" if self.numbered else ""
        return Reply(200, ECHO.format(mark=mark).encode(), "text/html; charset=UTF-8")


ECHO = """<!DOCTYPE html><html lang="ar"><head><title>فرن الحي يعمل من جديد</title></head>
<body class="single single-post {mark}"><main><h1 class="wp-block-post-title">فرن الحي يعمل من جديد</h1>
<time datetime="2024-05-02T10:00:00+03:00">2 مايو 2024</time><div class="entry-content wp-block-post-content">
<p>أعاد سكان الحي افتتاح الفرن القديم بعد توقف دام سنتين.</p></div></main></body></html>"""


@pytest.mark.parametrize("numbered", [True, False])
def test_a_site_that_answers_for_pages_that_an_article_does_not_have_is_not_asked_for_ever(
    crawl: Crawler, site: Served, numbered: bool
) -> None:
    site.faults = [Echo(f"^{path(site, 50)}", numbered=numbered)]

    done = crawl(site.url)

    assert done.exit_code == 0, done.log
    assert len(done.records) == 60
    assert len([request for request in site.requests if request.path.startswith(path(site, 50))]) == 2


def test_a_missing_page_of_an_article_leaves_all_of_it_owed(crawl: Crawler, site: Served) -> None:
    site.faults = [Fault(path(site, 15) + "2/", status=404)]
    failed = crawl(site.url)
    site.faults = []
    healed = crawl(site.url)

    assert failed.exit_code == 3
    assert healed.ids == [site.replica.article(15)["post_id"]]
    assert len(healed.records[0]["text"]) > 500


@pytest.mark.parametrize(
    "fault", [{"status": 500}, {"status": 404}, {"kind": "cut"}, {"kind": "challenge"}, {"kind": "empty"}], ids=str
)
def test_a_listing_that_fails_is_told_and_walked_again(crawl: Crawler, site: Served, fault: Any) -> None:
    site.faults = [Fault(r"^/(category/[^/]+/)?page/3/", **fault)]
    failed = crawl(site.url)
    site.faults = []
    healed = crawl(site.url)

    assert failed.exit_code == 3
    assert "Listing not read" in failed.log
    assert "did not reach its end" in failed.log
    assert "Traceback" not in failed.log
    assert healed.exit_code == 0
    assert sorted(failed.ids + healed.ids) == sorted(post["post_id"] for post in site.replica.truth())


def test_a_section_that_only_deep_pages_name_is_walked_by_the_next_crawl_if_this_one_can_t(
    crawl: Crawler, site: Served
) -> None:
    hidden = next(section for section in site.replica.article(TRAPS["hidden-category"], site.url)["sections"])
    site.faults = [Fault(re.escape(hidden["url"].removeprefix(site.url)), status=500)]
    failed = crawl(site.url)
    site.faults, asked = [], len(site.requests)
    healed = crawl(site.url)

    assert (failed.exit_code, healed.exit_code) == (3, 0)
    assert hidden["url"].removeprefix(site.url) in {request.path[1:] for request in [*site.requests][asked:]}


def test_a_dead_site_is_told(crawl: Crawler) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        done = crawl(f"http://127.0.0.1:{unused.getsockname()[1]}/")

    assert done.exit_code == 3
    assert "can't be reached" in done.log


@pytest.mark.parametrize(
    "fault, message",
    [
        ({"kind": "challenge"}, "not as WordPress"),
        ({"kind": "pdf"}, "not as WordPress"),
        ({"kind": "empty"}, "not as WordPress"),
        ({"status": 500}, "HTTP 500"),
        ({"status": 403}, "HTTP 403"),
        ({"to": "http://localhost:9/"}, "the address is not on the site"),
        ({"to": "/"}, "redirections"),
    ],
    ids=str,
)
def test_a_home_page_that_can_t_be_used_ends_the_crawl_with_a_reason(
    crawl: Crawler, site: Served, fault: Any, message: str
) -> None:
    site.faults = [Fault("^/$", **fault)]

    done = crawl(site.url)

    assert done.exit_code == 3
    assert message in done.log
    assert "Traceback" not in done.log
    assert done.feeds == []


def test_a_site_that_forbids_crawling_is_left_alone(crawl: Crawler) -> None:
    with serve(Replica(60, forbid=True)) as site:
        done = crawl(site.url)

        assert done.exit_code == 3
        assert "robots.txt" in done.log
        assert {request.path for request in site.requests} == {"/robots.txt"}


def test_a_site_under_a_path_obeys_the_robots_txt_of_its_host(crawl: Crawler) -> None:
    with serve(Replica(60, prefix="/ar", forbid=True)) as site:
        done = crawl(site.url)

        assert done.exit_code == 3
        assert {request.path for request in site.requests} == {"/robots.txt"}


@pytest.mark.parametrize("spider", ["news", "feed", "sitemap", "refresh"])
@pytest.mark.parametrize("here", ["http://localhost:{port}/", "http://127.0.0.1:{port}/category/opinion/"])
def test_an_address_that_is_not_the_site_s_own_is_told(crawl: Crawler, site: Served, spider: str, here: str) -> None:
    done = crawl(here.format(port=urlsplit(site.url).port), spider=spider)

    assert done.exit_code == 3
    assert "Stopped early (unreachable)" in done.log
    assert "Traceback" not in done.log
    assert done.feeds == []


def test_a_section_that_can_t_be_read_is_not_called_unknown(crawl: Crawler, site: Served) -> None:
    site.faults = [Fault("^/category/opinion/", status=500)]

    done = crawl(site.url, "-a", f"sections={site.url}category/opinion/")

    assert done.exit_code == 3
    assert "HTTP 500" in done.log
    assert "Traceback" not in done.log


def test_no_redirect_leads_to_another_port(crawl: Crawler, site: Served) -> None:
    with serve(Replica(60)) as other:
        site.faults = [Fault(path(site, 50), to=other.url), Fault("/page/2/", to=other.url)]
        done = crawl(site.url)

        assert done.exit_code == 3
        assert not other.requests


def test_a_second_crawl_of_the_same_archive_waits_its_turn(crawl: Crawler, site: Served, data: Path) -> None:
    site.faults = [Fault("/page/2/", "held")]
    with started(*crawl_command(site.url, FURAT_DATA=data)) as first:
        wait_for(lambda: len(site.requests) > 5)
        second = crawl(site.url)
        site.faults[0].release()
        first.communicate(timeout=LONG)

    assert second.exit_code == 4
    assert f"process {first.pid}" in second.log
    assert first.returncode == 0


def test_nobody_else_can_have_the_archive_before_the_end_of_the_crawl_is_noted(crawl: Crawler, site: Served) -> None:
    extensions = {**EXTENSIONS, "tests.support.witness.Witness": 15}  # after the lock, before the verdict

    done = crawl(site.url, "-a", "sections=رأي", EXTENSIONS=json.dumps(extensions))

    assert done.exit_code == 0
    assert "The archive was held" in done.log
    assert crawl(site.url, "-a", "sections=رأي").exit_code == 0


def test_a_crawl_that_is_stopped_while_it_delivers_what_an_earlier_one_archived_ends(
    crawl: Crawler, site: Served, data: Path, tmp_path: Path
) -> None:
    crawl(site.url)
    execute(data, "UPDATE delivery SET crawl = NULL WHERE number <= 6")
    execute(data, "INSERT INTO undelivered SELECT number FROM delivery WHERE number <= 6")
    steps = json.dumps({**ITEM_PIPELINES, "tests.chaos.failing.Held": 350})
    with started(*crawl_command(site.url, FURAT_DATA=data, ITEM_PIPELINES=steps)) as stopped:
        wait_for((tmp_path / "got").exists)
        stopped.send_signal(signal.SIGINT)
        stopped.communicate(timeout=LONG)
    last = crawl(site.url)

    assert (stopped.returncode, last.exit_code) == (3, 0), last.log
    assert sum(feed.read_bytes().count(b"\n") for feed in data.rglob("feed/*.jsonl")) == 60 + 6
