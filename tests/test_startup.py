"""What a command imports before it begins: an hourly refresh costs little more than that."""

import re
import sys
from pathlib import Path

import pytest

from tests.support.crawls import in_a_process

NEEDLESS = {
    *("aiohttp", "boto3", "duckdb", "jinja2", "numpy", "pandas", "prometheus_client", "pyarrow", "pyspark", "requests"),
    *("scrapy.downloadermiddlewares.cookies", "scrapy.extensions.remote_control", "scrapy.extensions.telnet"),
    *("tldextract", "trafilatura", "warcio", "furat.datasets.columns", "furat.reports.page"),
}
"""What only some commands, or some settings, need."""


@pytest.mark.scrapy
@pytest.mark.parametrize("words", [["refresh", "-a", "site=http://127.0.0.1:9/"], ["version"]])
def test_nothing_is_imported_that_only_others_need(words: list[str], tmp_path: Path) -> None:
    options = [f"-sFURAT_DATA={tmp_path}", "-sRETRY_TIMES=0", "-sDOWNLOAD_DELAY=0"]
    done = in_a_process(sys.executable, "-X", "importtime", "-m", "scrapy", *words, *options)

    imported = set(re.findall(r"^import time:.*\| +(\S+)$", done.err, re.MULTILINE))
    assert "furat.store.store" in imported
    assert not imported & NEEDLESS
