"""The crawl of a real WordPress under each theme: every published post exactly once, and right."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.wordpress.newsroom import Newsroom
from tests.wordpress.truth import Record, differences, words

pytestmark = pytest.mark.wordpress

ROOT = Path(__file__).parents[2]
SETTINGS = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 4}


@dataclass(frozen=True)
class Crawl:
    """What one run of the command left behind."""

    data: Path
    exit_code: int
    log: str
    feed: str

    @property
    def records(self) -> list[Record]:
        """The lines of its feed."""
        return [json.loads(line) for line in self.feed.splitlines()]


def crawl(site: Newsroom, data: Path, spider: str = "news") -> Crawl:
    """Crawl the whole site, in a process of its own."""
    feeds = data / f"127.0.0.1_{site.port}" / "feed"
    before = set(feeds.glob("*"))
    settings = {"FURAT_DATA": data, **SETTINGS}
    options = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", "crawl", spider, "-a", f"site={site.url}", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    new = sorted(set(feeds.glob(f"{spider}-*.jsonl")) - before)
    return Crawl(data, done.returncode, done.stderr, "".join(path.read_text() for path in new))


@pytest.fixture(scope="module")
def first(site: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """The crawl that fills an archive."""
    return crawl(site, tmp_path_factory.mktemp("data"))


def test_a_crawl_is_complete(first: Crawl) -> None:
    assert first.exit_code == 0, first.log[-5000:]


def test_every_post_is_delivered_once_and_right(first: Crawl, site: Newsroom) -> None:
    found = differences(site.truth, first.records)

    assert {record["kind"] for record in first.records} == {"article"}
    assert not found, "\n".join(map(str, found))


def test_no_word_of_a_hidden_post_is_delivered(first: Crawl, site: Newsroom) -> None:
    public = {word for post in site.truth for word in words(" ".join([post.title, *post.required, *post.optional]))}
    secret = {word for post in site.hidden for word in words(" ".join(post.required))} - public

    assert first.records
    assert not secret & set(words(first.feed))


def test_a_second_crawl_delivers_nothing(first: Crawl, site: Newsroom) -> None:
    second = crawl(site, first.data)

    assert second.exit_code == 0, second.log[-5000:]
    assert second.records == []
