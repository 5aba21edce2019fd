"""A crawl leaves a manifest, and what the operator does to the archive keeps the chain."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.replica import Replica, Served, serve
from tests.support.crawls import Command, Crawler


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(6, weight=0)) as served:
        yield served


def manifests(data: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_bytes()) for path in sorted(data.glob("*/manifests/*.json"))]


def records(path: Path) -> list[tuple[str, str]]:
    """Return the address and the content of each WARC record, as warcio reads them."""
    with path.open("rb") as file:
        return [
            (
                record.rec_headers.get_header("WARC-Target-URI") or "",
                record.content_stream().read().decode("utf-8", "replace"),
            )
            for record in ArchiveIterator(file)
        ]


def plain(path: Path) -> str:
    return " ".join(text for _, text in records(path))


def test_a_crawl_continues_the_chain(site: Served, crawl: Crawler, command: Command, data: Path) -> None:
    first = crawl(site.url)
    site.replica.edit(3, "فقرة جديدة.")
    second = crawl(site.url, FURAT_DUE_SHARE=0)
    idle = crawl(site.url)

    assert (first.exit_code, second.exit_code, idle.exit_code) == (0, 0, 0), first.log
    one, two = manifests(data)
    assert len(one["leaves"]) == 1 + 1 + 6
    assert two["leaves"][0].startswith(f"chain 2 {one['root']} ")
    told = command("verify", site=site.url)
    assert told.exit_code == 0, told.out
    assert two["root"] in told.out
    folder = next(data.iterdir())
    (folder / "archive.db").unlink()
    alone = command("verify", str(folder), site=site.url)
    assert (alone.exit_code, "archive.db: it can't be read (it is missing), so a cut" in alone.out) == (3, True)


def test_what_is_forgotten_was_taken_away_on_purpose(
    site: Served, crawl: Crawler, command: Command, data: Path
) -> None:
    crawl(site.url)
    (feed,) = data.glob("*/feed/*.jsonl")
    whole = feed.read_bytes()
    address = json.loads(whole.splitlines()[2])["id"]

    command("forget", address, "--because", "بطلب من صاحبه", site=site.url)
    told = command("verify", site=site.url)
    feed.write_bytes(whole)  # as after a kill between the two
    killed = command("verify", site=site.url)
    command("forget", address, "--because", "بطلب من صاحبه", site=site.url)
    again = command("verify", site=site.url)
    feed.write_bytes(b"".join(feed.read_bytes().splitlines(keepends=True)[1:]))
    lost = command("verify", site=site.url)

    assert told.exit_code == 0, told.out
    assert "1 line was taken away on purpose on 20" in told.out
    assert killed.exit_code == 1
    assert "still there: 1; run `scrapy forget` again" in killed.out
    assert (again.exit_code, again.out) == (0, told.out)
    assert lost.exit_code == 1
    assert "line 1 (byte 0) of 5 missing" in lost.out
    assert len(manifests(data)) == 2


def test_each_word_of_the_operator_is_a_link_of_the_chain(
    site: Served, crawl: Crawler, command: Command, tmp_path: Path
) -> None:
    feed = crawl(site.url).feeds[0]
    for line in feed.read_bytes().splitlines()[:3]:
        command("forget", json.loads(line)["id"], "--because", "بطلب من صاحبه", site=site.url)
    told = command("backup", str(tmp_path / "backup.db"), site=site.url)

    assert "4 files of the chain" in told.out
    assert command("verify", site=site.url).exit_code == 0
    there = tmp_path / "restored"
    shutil.copytree(feed.parent, there / "feed")
    shutil.copy(tmp_path / "backup.db", there / "archive.db")
    shutil.unpack_archive(tmp_path / "backup.db.manifests.zip", there)
    assert command("verify", str(there), site=site.url).exit_code == 0
    shutil.rmtree(there / "manifests")
    assert "4 manifests are missing" in command("verify", str(there), site=site.url).out


def test_the_exchanges_of_what_is_forgotten_are_blank(
    site: Served, crawl: Crawler, command: Command, data: Path
) -> None:
    feed = crawl(site.url, FURAT_WARC=True).feeds[0]
    (warc,) = data.glob("*/warc/*.warc.gz")
    told = command("verify", site=site.url)
    first, other = (json.loads(line) for line in feed.read_bytes().splitlines()[:2])
    assert told.exit_code == 0, told.out
    assert first["title"] in plain(warc)
    size, count, whole = warc.stat().st_size, len(records(warc)), warc.read_bytes()

    command("forget", first["id"], "--because", "بطلب من صاحبه", site=site.url)

    told = command("verify", site=site.url)
    assert told.exit_code == 0, told.out
    assert "2 records were taken away on purpose" in told.out
    assert first["title"] not in " ".join(text for url, text in records(warc) if "/" in url and first["url"] in url)
    assert other["title"] in plain(warc)
    assert (warc.stat().st_size, len(records(warc))) == (size, count)
    warc.write_bytes(whole)  # as after a kill between the two
    assert "taken away on purpose, but still there: 2; run" in command("verify", site=site.url).out


def test_a_site_that_moved_keeps_its_chain(site: Served, crawl: Crawler, command: Command) -> None:
    crawl(site.url)
    moved = site.url.replace("127.0.0.1", "localhost")

    command("move", site.url, moved, site=site.url)

    told = command("verify", site=moved)
    assert told.exit_code == 0, told.out
    assert "manifests 1, files 1, lines and records 6" in told.out


@pytest.mark.parametrize("name", ["notes.txt", "empty"])
def test_what_is_neither_a_folder_nor_a_package_is_wrong_usage(command: Command, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("" if name == "empty" else "no package")

    told = command("verify", str(tmp_path / name), site="http://127.0.0.1/")

    assert told.exit_code == 2
    assert f"{tmp_path / name} is neither the folder of a site nor a package of evidence (.zip, .wacz)" in told.err
