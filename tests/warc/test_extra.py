"""Without the packages of the extra `evidence`, all works that does not ask for it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.replica import Replica, serve
from tests.support.crawls import ENVIRONMENT, ROOT, crawl_command

WITHOUT = """
import sys
sys.modules["warcio"] = sys.modules["fastwarc"] = None
from scrapy.cmdline import execute
execute(["scrapy", *sys.argv[1:]])
"""

pytestmark = pytest.mark.scrapy


def scrapy(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *words], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )


def test_only_who_asks_for_evidence_needs_its_packages(tmp_path: Path) -> None:
    with serve(Replica(3, weight=0)) as site:
        words = crawl_command(site.url, FURAT_DATA=tmp_path)[3:]
        assert scrapy(*words).returncode == 0
        asked = len(site.requests)
        refused = scrapy(*words, "-sFURAT_WARC=1")
        assert len(site.requests) == asked

    told = scrapy("crawl", "warc", "-a", "files=*.gz"), scrapy("reread", "--site", site.url, f"-sFURAT_DATA={tmp_path}")
    assert [one.returncode for one in (refused, *told)] == [2, 2, 2]
    cure = "needs warcio: pip install -r requirements-evidence.txt"
    for one, what in zip((refused, *told), ("FURAT_WARC", "scrapy crawl warc", "scrapy reread"), strict=True):
        assert f"{what} {cure}" in one.stderr + one.stdout
