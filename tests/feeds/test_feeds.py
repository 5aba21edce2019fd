"""The feed's file, as an operator asks for it."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from scrapy.exporters import JsonLinesItemExporter

from furat.feeds.exporter import JsonLinesExporter
from furat.items import DELIVERED, Article, Image, Tombstone
from tests.replica import Fault, Replica, Served, serve
from tests.support.crawls import LONG, Crawler, crawl_command, started, wait_for
from tests.support.sites import path


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(60, weight=0)) as served:
        yield served


def ids(path: Path) -> list[int]:
    return [json.loads(line)["post_id"] for line in path.read_text("utf-8").splitlines()]


def test_a_file_of_one_s_own_is_appended_to(crawl: Crawler, site: Served, tmp_path: Path) -> None:
    out = tmp_path / "own" / "out.jsonl"

    codes = [crawl(site.url, "-o", str(out)).exit_code]
    out.write_text(out.read_text("utf-8").rstrip("\n"), "utf-8")  # an editor took the last line break away
    site.replica.add(3)
    codes.append(crawl(site.url, "-o", str(out)).exit_code)

    assert codes == [0, 0]
    assert sorted(ids(out)) == sorted(post["post_id"] for post in site.replica.truth())
    assert [path.name for path in out.parent.iterdir()] == ["out.jsonl"]


def test_crawls_of_two_archives_may_append_to_one_file_at_the_same_time(
    crawl: Crawler, site: Served, tmp_path: Path, data: Path
) -> None:
    out = tmp_path / "out.jsonl"
    site.replica.feeds = False  # what teaches the layout would be waited for before anything is written
    site.faults = [Fault(path(site, 0), "held")]
    with serve(Replica(10, weight=0)) as other:
        command = crawl_command(site.url, "-o", str(out), FURAT_DATA=data, DOWNLOAD_TIMEOUT=LONG)
        with started(*command) as first:
            wait_for(lambda: list(tmp_path.glob(".out.jsonl.*")))
            second = crawl(other.url, "-o", str(out))
            was_first = first.poll() is not None
            site.faults[0].release()
            first.communicate(timeout=LONG)
        truth = [post["post_id"] for each in (site, other) for post in each.replica.truth()]

    assert (first.returncode, second.exit_code, was_first) == (0, 0, False)
    assert sorted(ids(out)) == sorted(truth)
    assert [path.name for path in tmp_path.glob("*out*")] == ["out.jsonl"]


@pytest.mark.parametrize("option", ["-o", "-O"])
def test_a_file_that_can_t_be_written_is_told_before_anything_is_asked(
    crawl: Crawler, site: Served, tmp_path: Path, option: str
) -> None:
    (tmp_path / "file").touch()

    done = crawl(site.url, option, str(tmp_path / "file" / "out.jsonl"))

    assert done.exit_code == 2
    assert "out.jsonl can't be written" in done.log
    assert "Traceback" not in done.log
    assert not site.requests


def test_a_file_of_one_s_own_is_overwritten(crawl: Crawler, site: Served, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    crawl(site.url, "-O", str(out))
    before = ids(out)
    site.replica.add(3)
    crawl(site.url, "-O", str(out))

    assert (len(before), len(ids(out))) == (60, 3)


def test_arabic_stands_as_itself_one_record_a_line(crawl: Crawler, site: Served) -> None:
    (feed,) = crawl(site.url, "-a", "sections=رأي").feeds

    lines = feed.read_bytes().decode("utf-8").split("\n")
    assert lines.pop() == ""
    assert all(line.startswith('{"kind":"article"') and "رأي" in line and "\\u0" not in line for line in lines)


@pytest.mark.parametrize(
    "item",
    [
        Article(id="a/1", url="https://a/", title="خبر", authors=("سمر",), images=(Image(url="https://a/1.jpg"),)),
        Tombstone(id="a/1", url="https://a/", seen="2026-01-02T03:04:05+00:00", gone=410),
        {"id": "a/1", "gone": None},
    ],
    ids=["article", "tombstone", "what an operator's own step makes of them"],
)
@pytest.mark.parametrize("wanted", [None, DELIVERED, ["title", "gone", "id"], {"images": "pictures"}])
def test_a_line_is_what_scrapy_s_own_exporter_writes(item: Any, wanted: Any) -> None:
    ours, scrapys = BytesIO(), BytesIO()

    JsonLinesExporter(ours, fields_to_export=wanted).export_item(item)
    JsonLinesItemExporter(scrapys, fields_to_export=wanted, encoding="utf-8").export_item(item)

    line, expected = json.loads(ours.getvalue()), json.loads(scrapys.getvalue())
    assert list(line.items()) == list(expected.items())
    assert ours.getvalue().endswith(b"}\n")
