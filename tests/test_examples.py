"""The examples do what they say."""

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from examples.latest import latest
from examples.redact import Redact
from furat.items import Article
from tests.replica import TRAPS, Fault, Replica, Served, serve
from tests.support.crawls import ENVIRONMENT, ROOT, Crawler, crawl_command
from tests.support.forks import Forks

EXAMPLES = ROOT / "examples"
UNITS = [EXAMPLES / "furat.cron", EXAMPLES / "furat@.service"]
SCHEDULED = [line for path in UNITS for line in re.findall(r"\bscrapy (\w.*)", path.read_text("utf-8"))]


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(20, weight=0)) as served:
        yield served


@pytest.fixture
def archive(crawl: Crawler, site: Served, data: Path) -> Path:
    """Return an archive of two crawls, with an edit between them."""
    assert crawl(site.url).exit_code == 0
    site.replica.edit(3, "أضيفت هذه الفقرة لاحقاً.")
    assert len(crawl(site.url, FURAT_DUE_SHARE=0).records) == 1
    return data


def test_pandas_gets_the_latest_state_of_every_article(archive: Path, site: Served) -> None:
    table = latest(archive)

    assert sorted(table["post_id"]) == sorted(post["post_id"] for post in site.replica.truth())
    assert "لاحقا" in table.set_index("post_id").loc[site.replica.article(3)["post_id"], "text"]
    assert list(table["day"].dt.date.astype(str)) == sorted(post["published"][:10] for post in site.replica.truth())


def test_duckdb_counts_each_article_once_in_its_month(archive: Path, site: Served) -> None:
    with duckdb.connect() as connection:
        connection.execute("SET VARIABLE feeds = ?", [f"{archive}/*/feed/*.jsonl"])
        found = connection.execute((EXAMPLES / "by_month.sql").read_text("utf-8")).fetchall()

    truth = [(post["published"][:7], name) for post in site.replica.truth() for name in post["categories"]]
    assert found == sorted((*each, truth.count(each)) for each in set(truth))


@pytest.mark.parametrize(
    "text, left",
    [
        ("للاستفسار: +963 11 222 3344 أو عبر البريد", "للاستفسار: … أو عبر البريد"),
        ("اتصل على 0944123456.", "اتصل على …."),
        ("في 2024-07-25 قتل 1200 شخص، وبلغ السعر 14500 ليرة", None),
    ],
)
def test_a_step_of_one_s_own_redacts_telephone_numbers(text: str, left: str | None) -> None:
    assert Redact().process(Article(id="a/1", url="https://a.example/1/", text=text)).text == (left or text)


@pytest.mark.scrapy
def test_settings_on_top_of_furat_s_run_the_step(site: Served, tmp_path: Path) -> None:
    site.replica.edit(TRAPS["list"], "للتواصل مع المكتب 0944123456.")
    subprocess.run(
        crawl_command(site.url, FURAT_DATA=tmp_path),
        cwd=ROOT,
        env={**ENVIRONMENT, "SCRAPY_SETTINGS_MODULE": "examples.settings"},
        capture_output=True,
        check=True,
    )

    (feed,) = tmp_path.rglob("feed/*.jsonl")
    assert "للتواصل مع المكتب …." in feed.read_text("utf-8")
    assert "0944123456" not in feed.read_text("utf-8")


@pytest.mark.scrapy
def test_spidermon_finds_the_verdict_when_the_spider_is_closed(site: Served, tmp_path: Path) -> None:
    site.faults = [Fault(site.replica.article(3)["url"].partition("127.0.0.1/")[2], status=500)]
    done = subprocess.run(
        crawl_command(site.url, FURAT_DATA=tmp_path),
        cwd=ROOT,
        env={**os.environ, "SCRAPY_SETTINGS_MODULE": "examples.monitored"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 3, done.stderr
    assert "[Spidermon] 1 monitor in" in done.stderr
    assert re.search(r"AssertionError: \S+ is pending: failed: HTTP 500", done.stderr), done.stderr


@pytest.mark.parametrize("line", SCHEDULED)
def test_a_scheduled_command_is_one_that_scrapy_takes(forks: Forks, line: str, tmp_path: Path) -> None:
    words = shlex.split(line.replace("%i", "127.0.0.1:9"))
    there = [re.sub(r"https://[^/]+/", "http://127.0.0.1:9/", word) for word in words]  # where nobody answers

    told = forks.run("scrapy", *there, f"-sFURAT_DATA={tmp_path}", "-sRETRY_ENABLED=False")

    assert "Usage" not in told.out
    assert ("can't be reached" if "refresh" in line else "No archive of") in told.err
