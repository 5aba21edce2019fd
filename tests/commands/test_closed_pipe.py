"""A reader that stops, such as `head`, ends a command in silence, and never as if all had been checked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.replica import Replica, serve
from tests.support.crawls import ROOT, Crawler

PAGE = ROOT / "tests" / "pages" / "cases" / "article" / "soledad" / "page.html"

pytestmark = pytest.mark.scrapy


def test_a_reader_may_stop(crawl: Crawler, data: Path) -> None:
    with serve(Replica(2, weight=0)) as site:
        assert crawl(site.url).exit_code == 0

    assert unread("status", data) == (0, "")
    assert unread("verify", data, str(next(data.iterdir()))) == (3, "")


def test_a_reader_of_one_page_may_stop(data: Path) -> None:
    assert unread("extract", data, str(PAGE)) == (0, "")


def unread(command: str, data: Path, *words: str) -> tuple[int, str]:
    """Return the exit code and the errors of a command whose output nobody reads."""
    reader, writer = os.pipe()
    os.close(reader)
    told = subprocess.run(
        [sys.executable, "-m", "scrapy", command, *words, f"-sFURAT_DATA={data}"],
        check=False,
        cwd=ROOT,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(writer)
    return told.returncode, told.stderr
