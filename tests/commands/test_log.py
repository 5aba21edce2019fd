"""What a crawl says: lines that can be read alone, one summary, and nothing where nobody asked and all is well."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from furat.extensions.progress import Progressed
from furat.terminal import VisibleRecord, readable
from tests.replica import Fault, Replica, Served, serve
from tests.support.crawls import ENVIRONMENT, ROOT, Crawled, Crawler, crawl_command
from tests.support.sites import edit, path

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} (\S+) (?:DEBUG|INFO|WARNING|ERROR) \S")
"""The day, the zone and the site."""


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(20, weight=0, rest=True)) as served:
        yield served


def name(site: Served) -> str:
    return site.url.removeprefix("http://").rstrip("/").replace(":", "_")


def test_every_line_tells_its_day_zone_and_site(crawl: Crawler, site: Served, tmp_path: Path) -> None:
    site.faults = [Fault(re.escape(path(site, 7)), status=500)]
    done = crawl(site.url)
    file = tmp_path / "crawl.log"
    crawl(site.url, LOG_FILE=file)
    lines = [*done.log.splitlines(), *file.read_text("utf-8").splitlines()]
    sites = {found[1] for line in lines if (found := LINE.match(line))}

    assert len(lines) > 20
    assert [line for line in lines if not LINE.match(line)] == []
    assert sites == {"-", name(site)}  # before there is a crawl, it has no site
    assert "%d8%" not in done.log
    assert "/category/أخبار/" in done.log
    assert re.search(
        r"WARNING Incomplete \(exit code 3\): \d+ new, 0 edited, 0 removed; \d+ requests; \S+ is pending", lines[-1]
    )


def test_the_operator_s_own_form_of_a_line_stays(crawl: Crawler, site: Served) -> None:
    done = crawl(site.url, LOG_FORMAT="%(site)s|%(message)s")

    assert done.log.splitlines()[-1].startswith(f"{name(site)}|Complete (exit code 0): 20 new")


def test_quiet_says_nothing_unless_something_is_wrong(crawl: Crawler, site: Served) -> None:
    site.faults = [Fault(re.escape(path(site, 7)), status=503, retry_after=1, times=1)]
    well = crawl(site.url, "--quiet")
    site.faults = [Fault(".*", status=403)]
    ill = crawl(site.url, "--quiet")
    usage = crawl(site.url, "-a", "sections=nowhere", "--quiet")

    assert (well.exit_code, well.log) == (0, "")
    assert (ill.exit_code, len(ill.log.splitlines())) == (3, 2)
    assert "Stopped early (unreachable)" in ill.log
    assert usage.exit_code != 0
    assert usage.log


def test_what_the_api_told_is_known_to_come_and_counted_once(crawl: Crawler) -> None:
    def counts(done: Crawled) -> dict[str, int]:
        return {name: int(number) for name, number in re.findall(r"'furat/(\w+)': (\d+)", done.log)}

    with serve(Replica(130, weight=0, rest=True)) as site:
        first = counts(crawl(site.url, spider="api", LOG_LEVEL="DEBUG"))
        edit(site, 20, 21)
        second = counts(crawl(site.url, spider="api", LOG_LEVEL="DEBUG", FURAT_REVISITS=0))

    assert (first["told"], first["pending"], first["from_api"] + first["protected"]) == (0, 132, 132)
    assert (second["told"], second["from_api"]) == (2, 2)


@pytest.mark.scrapy
def test_a_step_of_one_s_own_that_drops_an_item_does_not_print_it(site: Served, tmp_path: Path) -> None:
    done = subprocess.run(
        crawl_command(site.url, FURAT_DATA=tmp_path),
        cwd=ROOT,
        env={**os.environ, **ENVIRONMENT, "SCRAPY_SETTINGS_MODULE": "tests.support.dropping"},
        capture_output=True,
        text=True,
        check=False,
    )
    dropped = [line for line in done.stderr.splitlines() if "not for us" in line or "Error processing" in line]

    assert re.search(r"WARNING Dropped: http\S+ \(not for us\)", done.stderr), done.stderr
    assert re.search(r"ERROR Error processing http\S+$", done.stderr, re.MULTILINE)
    assert max(map(len, dropped)) < 500
    assert "paragraphs_raw" not in done.stderr


@pytest.mark.parametrize(
    "text, expected",
    [
        ("/%D8%AD%D9%85%D8%B5/", "/حمص/"),
        ("/%d8%ad%d9%85%d8%b", "/حم%d8%b"),
        ("%25d8%25ad %20 %0a 100%", "%25d8%25ad %20 %0a 100%"),
        ("%e2%80%aeفخ", "\\u202eفخ"),
        ("%c2%85x%ff%fe", "\\u0085x%ff%fe"),
        (f"HTTP 403 from /?fields={'id,' * 99}: go on", f"HTTP 403 from /?fields={'id,' * 24}i… go on"),
        ("%c0%8a", "%c0%8a"),  # no UTF-8: it could hide a line break
    ],
)
def test_addresses_are_readable_and_harmless(text: str, expected: str) -> None:
    assert VisibleRecord("x", 20, "f", 1, text, (), None).getMessage() == expected
    assert readable(readable(text)) == readable(text)


@pytest.mark.parametrize(
    "progressed, words",
    [
        (Progressed(2, 0, 0, 50), "2 listings read"),
        (Progressed(1, 0, 1, 50), "1 listing read, 1 article to come"),
        (Progressed(2, 0, 30000, 50), "2 listings read, 30000 articles to come"),
        (Progressed(2, 5, 30000, 50), "2 listings read, 5 of 30000 articles"),
        (Progressed(2, 1000, 30000, 1000), "2 listings read, 1000 of 30000 articles, about 8 h left"),
        (
            Progressed(2, 1000, 30000, 1000, grows=True),
            "2 listings read, 1000 of 30000 articles or more, at least 8 h left",
        ),
        (Progressed(2, 30, 30, 50), "2 listings read, 30 of 30 articles"),
    ],
)
def test_progress_says_what_is_done_what_comes_and_how_long_that_takes(progressed: Progressed, words: str) -> None:
    assert str(progressed) == words
