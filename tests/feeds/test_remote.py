"""Feeds that are kept elsewhere, as on S3, hold what the archive says they hold."""

import json
from pathlib import Path

from furat.settings import FEED_STORAGES
from tests.replica import Replica, serve
from tests.support.crawls import Crawler
from tests.support.sites import truth

REMOTE = json.dumps({**FEED_STORAGES, "remote": "tests.support.remote.RemoteFeedStorage"})


def test_a_feed_elsewhere_bears_the_id_of_its_crawl_and_is_sent_again_until_it_is_there(
    crawl: Crawler, tmp_path: Path
) -> None:
    there = tmp_path / "bucket"
    with serve(Replica(20, weight=0)) as site:
        words = ("-o", f"remote://{there}/%(crawl)s.jsonl")
        down = crawl(site.url, *words, FEED_STORAGES=REMOTE)
        there.mkdir()
        sent = crawl(site.url, *words, FEED_STORAGES=REMOTE)

        assert (down.exit_code, down.records) == (3, []), down.log
        assert (sent.exit_code, sent.ids) == (0, truth(site)), sent.log
        (file,), (feed,) = there.iterdir(), sent.feeds
        assert file.stem == feed.stem.removeprefix("news-")
        assert file.read_bytes() == feed.read_bytes()


def test_a_service_whose_library_is_missing_is_told_before_the_crawl(crawl: Crawler) -> None:
    told = crawl("http://127.0.0.1:9/", "-o", "gs://bucket/%(crawl)s.jsonl")

    assert told.exit_code == 2
    assert "gs://bucket/%(crawl)s.jsonl needs the package google-cloud-storage; pip install google-cloud-storage" in (
        told.log
    )
