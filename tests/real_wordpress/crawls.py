"""Crawls of the real WordPress, each in a process of its own."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.real_wordpress.newsroom import Newsroom
from tests.real_wordpress.truth import Record
from tests.support.crawls import ROOT

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
