"""Spiders that are not Furat's work in this project: its parts stand aside."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir

import pytest
from filelock import FileLock

from tests.replica import Replica, Served, serve
from tests.support.crawls import FAST, LONG, ROOT

pytestmark = pytest.mark.scrapy

SPIDER = """
import scrapy

class Mine(scrapy.Spider):
    name = "mine"
    custom_settings = {"ROBOTSTXT_OBEY": False}

    def __init__(self, url="", **arguments):
        super().__init__(**arguments)
        self.start_urls = [url]

    def parse(self, response):
        yield {"kind": "page", "heading": response.css("title::text").get(), "price": 7}
"""


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(5, weight=0)) as served:
        yield served


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Return the file of a spider as a user writes it."""
    path = tmp_path / "mine.py"
    path.write_text(SPIDER, "utf-8")
    return path


def scrapy(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of Scrapy's own in this project, with the spider in ``folder`` beside Furat's."""
    settings = {**FAST, "FURAT_DATA": folder / "data", "SPIDER_MODULES": "furat.spiders,mine"}
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *words, *(f"-s{name}={value}" for name, value in settings.items())],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(folder), "BROWSER": "true"},
        capture_output=True,
        text=True,
        check=False,
        timeout=LONG,
    )


@pytest.mark.parametrize("command", ["crawl", "runspider"])
def test_a_spider_of_the_user_crawls_and_writes_what_it_yields(
    site: Served, mine: Path, tmp_path: Path, command: str
) -> None:
    feed = tmp_path / "out.jsonl"

    done = scrapy(
        tmp_path, command, "mine" if command == "crawl" else str(mine), "-a", f"url={site.url}", "-O", str(feed)
    )

    assert (done.returncode, "Traceback" in done.stderr, "ERROR" in done.stderr) == (0, False, False), done.stderr
    (record,) = map(json.loads, feed.read_text("utf-8").splitlines())
    assert record["price"] == 7
    assert record["heading"]
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "words, shown",
    [
        (("fetch", "{url}"), "</html>"),
        (("shell", "{url}", "-c", "response.status"), "200"),
        (("view", "{url}"), ""),
        (("parse", "{url}", "--spider=mine", "-a", "url={url}"), "'price': 7"),
        (("bench", "-sCLOSESPIDER_TIMEOUT=1"), ""),
    ],
    ids=["fetch", "shell", "view", "parse", "bench"],
)
@pytest.mark.usefixtures("mine")
def test_a_command_of_scrapy_works(site: Served, tmp_path: Path, words: tuple[str, ...], shown: str) -> None:
    with FileLock(Path(gettempdir(), "scrapy-bench.lock")):  # its server has a fixed port
        done = scrapy(tmp_path, *(word.format(url=site.url) for word in words))

    assert (done.returncode, "Traceback" in done.stderr, "ERROR" in done.stderr) == (0, False, False), done.stderr
    assert shown in done.stdout
    assert not (tmp_path / "data").exists()
