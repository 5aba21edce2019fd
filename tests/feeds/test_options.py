"""Feeds that would lose something are refused before a crawl."""

from pathlib import Path

import pytest

from tests.support.crawls import Crawler

SITE = "http://127.0.0.1:9/"


@pytest.mark.parametrize("option", ["-o", "-O"])
@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.xml", "a.pickle"])
def test_a_format_that_loses_something_is_refused(crawl: Crawler, tmp_path: Path, option: str, name: str) -> None:
    told = crawl(SITE, option, str(tmp_path / name))

    assert told.exit_code == 2
    assert "scrapy dataset" in told.log
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("feed", ["-:csv", "-:json", "s3://bucket/a.csv"])
def test_such_a_format_is_refused_wherever_the_feed_goes(crawl: Crawler, feed: str) -> None:
    told = crawl(SITE, "-o", feed)

    assert told.exit_code == 2
    assert "scrapy dataset" in told.log


def test_feeds_in_parts_are_refused(crawl: Crawler) -> None:
    told = crawl(SITE, FEED_EXPORT_BATCH_ITEM_COUNT=5)

    assert told.exit_code == 2
    assert "FEED_EXPORT_BATCH_ITEM_COUNT" in told.log
