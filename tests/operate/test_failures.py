"""Twelve ways in which an unattended archive fails: its operator is told of each within two crawls."""

import fcntl
import resource
import shutil
import sqlite3
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from furat.urls import folder
from tests.replica import Fault, Replica, Served, serve
from tests.support.certificates import expired
from tests.support.crawls import Command, Crawled, Crawler, crawl_command
from tests.support.ear import SECRET, Ear, listening
from tests.support.forks import Forks

Refresh = Callable[..., Crawled]

EMPTY_FEED = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>a</title><id>a</id></feed>'


@pytest.fixture(scope="module")
def site() -> Iterator[Served]:
    with serve(Replica(40, weight=0, rest=True)) as served:
        yield served


@pytest.fixture(scope="module")
def healthy(site: Served, forks: Forks, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an archive that was crawled three times, by the API, the feed and all listings."""
    data = tmp_path_factory.mktemp("healthy")
    for spider in ("api", "feed", "news"):
        told = forks.run(*crawl_command(site.url, spider=spider, FURAT_DATA=data)[2:])
        assert told.exit_code == 0, told.err
        time.sleep(1.1)  # crawls are told apart, and ordered, by the second in which they began
    return data


@pytest.fixture
def ear() -> Iterator[Ear]:
    with listening() as ear:
        yield ear


@pytest.fixture
def refresh(healthy: Path, data: Path, site: Served, ear: Ear, crawl: Crawler) -> Iterator[Refresh]:
    """Run `scrapy refresh` on a copy of the healthy archive, and let the ear hear of it."""
    shutil.copytree(healthy, data)

    def run(spider: str = "refresh", url: str = site.url, **settings: Any) -> Crawled:
        told = {"FURAT_NOTIFY": ear.notify, "FURAT_PING": ear.ping, "FURAT_METRICS": data / "furat.prom"}
        done = crawl(url, spider=spider, **{**told, **settings})
        assert SECRET not in done.log
        return done

    yield run
    site.faults = []


def told(ear: Ear) -> str:
    """Return the one message that was heard."""
    (message,) = ear.messages
    return message


def closed(*ways: str) -> list[Fault]:
    return [Fault(way, status=404) for way in ways]


def execute(data: Path, *statements: str) -> None:
    """Change the healthy archive's copy as only time could."""
    (archive,) = data.rglob("archive.db")
    with sqlite3.connect(archive) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def days_ago(days: float) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")


def test_a_healthy_archive_is_told_of_by_pings_alone(
    refresh: Refresh, ear: Ear, command: Command, site: Served
) -> None:
    for level in ("INFO", "DEBUG"):
        assert refresh(LOG_LEVEL=level).exit_code == 0

    assert ear.pings == ["/start", "", "/start", ""]
    assert not ear.messages
    assert command("status", site=site.url).exit_code == 0


@pytest.mark.parametrize("spider", ["refresh", "news"])
def test_the_site_is_empty(refresh: Refresh, ear: Ear, site: Served, spider: str) -> None:
    feed = Fault("/feed/", status=200, body=EMPTY_FEED, headers={"Content-Type": "application/atom+xml"})
    site.faults = [*closed("wp-json", "sitemap"), feed, Fault(r"^/($|page|category|tag)", kind="no-entries")]

    assert refresh(spider).exit_code == 5
    assert any("entries" in message for message in ear.messages)


def test_the_delivery_is_empty(refresh: Refresh, ear: Ear, site: Served, data: Path) -> None:
    site.replica.add()
    (feeds,) = data.rglob("feed")
    shutil.rmtree(feeds)
    feeds.touch()  # no folder any more: no feed can be written

    assert refresh().exit_code != 0
    assert ear.messages


def test_cron_is_dead(refresh: Refresh, command: Command, site: Served, data: Path) -> None:
    assert refresh().exit_code == 0
    execute(
        data,
        "UPDATE crawl SET began = strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', (rowid - 8) || ' hours'), ended = began",
    )
    told = command("status", site=site.url)

    assert told.exit_code == 1
    assert "no crawl began" in told.out


def test_the_clock_is_off(refresh: Refresh, ear: Ear, site: Served) -> None:
    site.faults = [Fault("robots.txt", status=200, body="", headers={"Date": "Mon, 01 Jan 2024 00:00:00 GMT"})]

    assert refresh().exit_code == 0
    assert "clock is" in ear.messages[0]
    assert "ahead" in ear.messages[0]


def test_the_disk_is_full(refresh: Refresh, ear: Ear, site: Served, data: Path) -> None:
    site.replica.add()
    (archive,) = data.rglob("archive.db")
    most = archive.stat().st_size // 4

    assert refresh(limit=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))).exit_code == 3
    assert "room" in ear.messages[0]


def test_the_site_blocks_us(refresh: Refresh, ear: Ear, site: Served) -> None:
    site.faults = [Fault(".*", status=403)]

    assert [refresh().exit_code, refresh().exit_code] == [3, 3]
    assert len(ear.messages) == 1
    assert ear.pings == ["/start", "/3", "/start", "/3"]
    site.faults = []
    assert refresh().exit_code == 0
    assert len(ear.messages) == 2
    assert "this is over" in ear.messages[1]


def test_half_the_sections_are_gone(refresh: Refresh, ear: Ear, site: Served) -> None:
    site.faults = closed("/category/%")

    refresh("news")
    assert any("sections are gone" in message for message in ear.messages)


def test_the_archive_is_locked_for_a_day(refresh: Refresh, ear: Ear, site: Served, data: Path) -> None:
    home = data / folder(site.url)
    execute(
        data,
        f"UPDATE crawl SET began = '{days_ago(3)}', ended = '{days_ago(3)}'",
        f"INSERT INTO crawl (id, spider, began) VALUES ('99991231T000000Z-0000', 'refresh', '{days_ago(2)}')",
    )
    (home / "lock.owner").write_text("crawl x, process 1 on host")
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert [refresh().exit_code, refresh().exit_code] == [4, 4]

    (message,) = [message for message in ear.messages if "one crawl holds the archive" in message]
    assert "process 1 on host" in message


@contextmanager
def outdated(folder: Path) -> Iterator[int]:
    """Serve nothing, under a certificate that has expired; yield the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(expired(folder / "certificate.pem"))
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def test_the_certificate_has_expired(refresh: Refresh, ear: Ear, tmp_path: Path) -> None:
    with outdated(tmp_path) as port:
        assert refresh(url=f"https://127.0.0.1:{port}/").exit_code == 3

    assert "(unreachable)" in ear.messages[0]
    assert "certificate" in ear.messages[0], ear.messages[0][100:400]


def test_the_api_is_closed(refresh: Refresh, ear: Ear, site: Served) -> None:
    assert refresh().exit_code == 0
    site.faults = closed("wp-json")

    done = [refresh(), refresh()]
    assert [each.exit_code for each in done] == [0, 0], done[0].log
    assert [message for message in ear.messages if "REST API is closed" in message] == ear.messages != []


def test_the_budget_is_spent(refresh: Refresh, ear: Ear) -> None:
    assert refresh(FURAT_DAILY_REQUESTS=1).exit_code == 3
    assert "FURAT_DAILY_REQUESTS" in ear.messages[0]


def test_the_feed_is_older_than_the_site(refresh: Refresh, ear: Ear, site: Served) -> None:
    old = site.site.answer("/feed/atom/")
    site.replica.add(6)
    site.faults = [*closed("wp-json"), Fault("/feed/", status=200, body=old.body.decode(), headers=dict(old.headers))]

    assert [refresh().exit_code, refresh().exit_code] == [0, 0]
    assert any("feed does not show" in message for message in ear.messages)
