"""Without the packages of the extra `evidence`, all works that does not ask for it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.replica import Replica, serve
from tests.support.crawls import ENVIRONMENT, ROOT, crawl_command
from tests.warc.made import BASE, pages, response

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


def test_only_who_writes_evidence_needs_its_packages(tmp_path: Path) -> None:
    with serve(Replica(3, weight=0)) as site:
        words = crawl_command(site.url, FURAT_DATA=tmp_path)[3:]
        assert scrapy(*words).returncode == 0
        asked = len(site.requests)
        refused = scrapy(*words, "-sFURAT_WARC=1")
        assert len(site.requests) == asked

    assert refused.returncode == 2
    assert "FURAT_WARC needs warcio: pip install -r requirements-evidence.txt" in refused.stderr + refused.stdout
    (tmp_path / "a.warc.gz").write_bytes(b"".join(response(url, page) for url, page in pages(Replica(3, weight=0))))
    read = scrapy(
        "crawl", "warc", "-a", f"site={BASE}", "-a", f"files={tmp_path}/a.warc.gz", f"-sFURAT_DATA={tmp_path}"
    )
    again = scrapy("reread", "--site", BASE, f"-sFURAT_DATA={tmp_path}")
    assert [one.returncode for one in (read, again)] == [0, 0], read.stderr + again.stderr
    assert "No response is kept" in again.stdout
