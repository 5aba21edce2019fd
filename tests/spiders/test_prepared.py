"""Settings with which a crawl would not keep its promises are refused, and told how else."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from furat.options import KNOWN
from furat.pipelines import Archive
from furat.spiders.prepared import BY_CLASS, SWITCHES, prepare
from tests.replica import TRAPS, Replica, Served, serve
from tests.support.crawls import Command, Crawler

NOWHERE = "http://127.0.0.1:9/"


class MyArchive(Archive):
    """What a user made of a step."""


def settings(**changed: Any) -> Settings:
    given = Settings()
    given.setdict(KNOWN, "project")
    given.setdict(changed, "cmdline")
    return given


def without(name: str, path: str) -> dict[Any, Any]:
    return {key: place for key, place in KNOWN[name].items() if key != path}


@pytest.mark.parametrize("name", BY_CLASS)
def test_what_is_put_in_the_place_of_all_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match=f"^{name} leaves out furat.*ADDONS"):
        prepare(settings(**{name: '{"mine.Own": 500}'}))


@pytest.mark.parametrize(
    "name, path",
    [
        ("EXTENSIONS", "furat.extensions.Lock"),
        ("EXTENSIONS", "furat.extensions.Deliver"),
        ("EXTENSIONS", "furat.extensions.Verdict"),
        ("ITEM_PIPELINES", "furat.pipelines.Archive"),
        ("SPIDER_MIDDLEWARES", "furat.frontier.middleware.FrontierMiddleware"),
        ("DOWNLOADER_MIDDLEWARES", "furat.downloader.robots.RobotsMiddleware"),
        ("DOWNLOAD_HANDLERS", "https"),
        ("FEED_STORAGES", "file"),
    ],
)
def test_each_part_that_a_promise_needs_is_missed(name: str, path: str) -> None:
    for given in (without(name, path), KNOWN[name] | {path: None}):
        with pytest.raises(UsageError, match="no crawl keeps its promises without that"):
            prepare(settings(**{name: given}))


def test_what_a_user_may_change_is_let_be() -> None:
    extensions = KNOWN["EXTENSIONS"] | {"furat.extensions.ShowProgress": None, "mine.Own": 500}
    steps = without("ITEM_PIPELINES", "furat.pipelines.Archive") | {MyArchive: 900, "furat.pipelines.Deduplicate": None}

    prepare(settings(EXTENSIONS=json.dumps(extensions), ITEM_PIPELINES=steps))


@pytest.mark.parametrize(
    "name, value, told",
    [
        ("FURAT_REVISIT", 1, r"FURAT_REVISIT=1 is unknown; did you mean FURAT_REVISITS\?"),
        ("FURAT_NONSENSE", 1, "README.md lists all settings"),
        ("COOKIES_ENABLED", "perhaps", "COOKIES_ENABLED=perhaps is neither true nor false"),
        ("FURAT_CONTACT", "a\r\nX: b", "FURAT_CONTACT"),
    ],
)
def test_what_is_not_understood_is_told(name: str, value: object, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        prepare(settings(**{name: value}))


def test_what_is_switched_off_is_not_even_imported() -> None:
    trimmed, whole = settings(), settings(**dict.fromkeys(SWITCHES, True))
    prepare(trimmed)
    prepare(whole)

    for name, path in SWITCHES.values():
        assert path not in trimmed[f"{name}_BASE"]
        assert path in whole[f"{name}_BASE"]


def test_certificates_that_are_not_verified_are_told_loudly(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        prepare(settings())
        assert not caplog.records
        prepare(settings(DOWNLOAD_VERIFY_CERTIFICATES="False"))
    assert "CERTIFICATES ARE NOT VERIFIED" in caplog.text


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(20, weight=0)) as served:
        yield served


def test_a_crawl_refuses_and_takes_the_add_on_instead(crawl: Crawler, command: Command, site: Served) -> None:
    site.replica.edit(TRAPS["list"], "للتواصل مع المكتب 0944123456.")
    refused = crawl(site.url, ITEM_PIPELINES='{"examples.redact.Redact": 150}')
    assert (refused.exit_code, len(site.requests)) == (2, 0)
    done = crawl(site.url, ADDONS='{"examples.redact.RedactAddOn": 100}')

    assert (done.exit_code, len(done.records)) == (0, 20), done.log
    assert "0944123456" not in str(done.records)
    assert "للتواصل مع المكتب …." in str(done.records)
    assert command("pending", "-sFURAT_TRIE=3", site=site.url).exit_code == 2


def test_an_address_that_cannot_be_reached_leaves_no_folder(crawl: Crawler, data: Path) -> None:
    for spider in ("news", "refresh"):
        assert crawl(NOWHERE, spider=spider).exit_code == 3
        assert [*data.iterdir()] == []


def test_a_site_may_have_an_address_of_version_6(crawl: Crawler, command: Command, data: Path) -> None:
    with serve(Replica(5, weight=0), host="::1") as site:
        done = crawl(site.url)

        assert (done.exit_code, len(done.records)) == (0, 5), done.log
        assert command("show", site=site.url.removeprefix("http://")).exit_code == 0
    assert len([*data.iterdir()]) == 1
