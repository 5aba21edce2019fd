"""`scrapy extract`, as somebody types it who wants to see what is read on a page."""

import json
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parent / "pages" / "cases" / "article" / "soledad" / "page.html"


def extract(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", "extract", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=PAGE.parents[5])


def test_a_file_is_printed_as_one_article_with_what_spoke_for_it() -> None:
    done = extract(str(PAGE), "--url", "https://sada.example/oven/", "--explain")

    article = json.loads(done.stdout)
    assert done.returncode == 0
    assert article["id"] == "sada.example/51"
    assert {"title", "body", "authors", "published", "categories", "tags"} == set(article["explain"])
    assert all(heard["source"] for field in article["explain"].values() for heard in field["heard"])


def test_a_file_that_is_not_there_is_wrong_usage() -> None:
    done = extract("/nowhere/page.html")

    assert done.returncode == 2
    assert "Cannot read /nowhere/page.html" in done.stderr
