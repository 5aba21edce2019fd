"""What is damaged on the disk is named by every command that needs it, and hinders no other."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from furat.chain.heads import records
from furat.items import Unreadable, from_json
from furat.store.packed import plain
from tests.replica import Replica, serve
from tests.support.crawls import Told, crawl_command
from tests.support.forks import Forks

COMMANDS = [
    ["dataset", "-"],
    ["dataset", "release/"],
    ["report", "--html", "--to", "report.html"],
    ["search", "في"],
    ["reread"],
    ["history", "FIRST"],
    ["show", "FIRST"],
    ["evidence", "FIRST", "--to", "evidence.zip"],
]


@dataclass(frozen=True)
class Kept:
    """An archive with WARC files: of its first article the stored text is damaged, of its second one the response."""

    site: str
    folder: Path
    forks: Forks
    articles: list[str]

    def run(self, *words: str) -> Told:
        wanted = [self.articles[0] if word == "FIRST" else word for word in words]
        return self.forks.run("scrapy", *wanted, "--site", self.site, f"-sFURAT_DATA={self.folder.parent}")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, forks: Forks) -> Iterator[Kept]:
    data = tmp_path_factory.mktemp("damage") / "data"
    with serve(Replica(4, weight=0)) as site:
        assert forks.run(*crawl_command(site.url, FURAT_DATA=data, FURAT_WARC=True)[2:]).exit_code == 0
        (feed,) = data.glob("*/feed/*.jsonl")
        articles = [json.loads(line)["id"] for line in feed.read_bytes().splitlines()]
        made = Kept(site.url, feed.parent.parent, forks, articles)
        flip_item(made.folder / "archive.db", articles[0])
        flip_response(made, articles[1])
        yield made


def flip(text: bytes, place: int) -> bytes:
    return text[:place] + bytes([text[place] ^ 1]) + text[place + 1 :]


def flip_item(archive: Path, article: str) -> None:
    connection = sqlite3.connect(archive)
    (item,) = connection.execute("SELECT item FROM revision WHERE article = ?", (article,)).fetchone()
    wanted = (flip(item, len(item) - 1), article)  # the last byte belongs to the checksum (RFC 1950)
    connection.execute("UPDATE revision SET item = ? WHERE article = ?", wanted)
    connection.commit()
    connection.close()


def flip_response(kept: Kept, article: str) -> None:
    archive = sqlite3.connect(kept.folder / "archive.db")
    name, offset = archive.execute("SELECT file, offset FROM source WHERE article = ?", (article,)).fetchone()
    archive.close()
    part = next(each.part for each in records(kept.folder, name) if each.part.offset == offset)
    path = kept.folder / name
    path.write_bytes(flip(path.read_bytes(), offset + part.length // 2))


@pytest.mark.scrapy
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_damaged_revision_is_said_to_be_one(kept: Kept, words: list[str], tmp_path: Path) -> None:
    told = kept.run(*[f"{tmp_path}/{word}" if word.endswith((".html", ".zip", "/")) else word for word in words])

    assert told.exit_code == 1, told.out
    assert "run `scrapy check-archive` to see what is damaged" in told.err
    assert "Traceback" not in told.err


def test_a_damaged_item_is_said_to_be_in_the_archive() -> None:
    with pytest.raises(Unreadable, match=r"run `scrapy check-archive`"):
        from_json(plain(b"damaged"))


@pytest.mark.scrapy
def test_a_damaged_record_hides_no_other_from_evidence_and_forget(kept: Kept, tmp_path: Path) -> None:
    package = tmp_path / "evidence.zip"
    third = kept.articles[2]

    damaged = kept.run("evidence", kept.articles[1], "--to", str(package))
    assert damaged.exit_code == 0, damaged.err
    assert kept.run("verify", str(package)).exit_code == 3  # nothing proves the damaged record
    assert kept.run("verify", str(package)).out.count("nothing proves") == 1

    for article in kept.articles[1:3]:
        assert kept.run("forget", article, "--because", "بطلب من صاحبه").exit_code == 0
    told = kept.run("verify").out
    assert "records were taken away on purpose" in told
    assert third not in told
