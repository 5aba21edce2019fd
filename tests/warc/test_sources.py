"""`scrapy show --source`, `scrapy history` and `scrapy reread`: what is kept, printed and read again."""

import gzip
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from scrapy.settings import Settings

from furat.commands.reread import steps
from furat.exceptions import WrongUsage
from furat.items import Article
from furat.options import KNOWN
from furat.pages import ArticlePage
from furat.reports.forgetting import forget
from furat.reports.history import history
from furat.reports.integrity import source_faults
from furat.reports.rereading import Reader
from furat.reports.source import messages, readable
from furat.store import Store
from furat.store.sources import Source
from furat.warc.exchange import Exchange
from furat.warc.files import WarcFiles
from furat.warc.record import warcinfo
from furat.warc.writing import ExchangeWriter
from tests.replica import Replica, serve
from tests.support.archives import article
from tests.support.crawls import ROOT, Command, Crawler
from tests.support.warcs import by_warcio, rows

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nX-Odd: \x1b[2J\r\n\r\n"


@pytest.fixture
def captured(crawl: Crawler, data: Path) -> Iterator[tuple[str, Path]]:
    """Return the address of a site that was captured, and the folder of its archive."""
    with serve(Replica(12, weight=0, rest=True)) as site:
        for spider in ("news", "api"):
            crawled = crawl(site.url, spider=spider, FURAT_WARC=1, FURAT_DUE_SHARE=0, FURAT_REVISITS=100)
            assert crawled.exit_code == 0, crawled.log
        yield site.url, next(data.rglob("archive.db")).parent


def reader(store: Store, folder: Path) -> Reader:
    return Reader(store, folder, steps(Settings(KNOWN)))


def test_where_no_response_is_kept_the_setting_is_named(crawl: Crawler, command: Command) -> None:
    with serve(Replica(2, weight=0)) as site:
        name = crawl(site.url).records[0]["id"]

    for told in (command("reread", site=site.url), command("show", name, "--source", site=site.url)):
        assert "with -s FURAT_WARC=True crawls keep what they receive from now on" in told.out + told.err


def test_the_same_pages_read_by_the_same_code_say_the_same(
    captured: tuple[str, Path], command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, folder = captured
    name = rows(folder)[0][0]
    before = command("history", name, site=site).out

    told = command("reread", "--apply", site=site)

    assert told.exit_code == 0, told.err
    assert told.out == "12 articles read again: 0 changed, 12 as before, 0 left as they are\n"
    assert command("history", name, site=site).out == before
    assert f"\nsource: {rows(folder)[0][2]}, at {rows(folder)[0][3]}: {rows(folder)[0][4]}\n" in before
    words = [sys.executable, "-m", "scrapy", "show", name, "--source", "--site", site, f"-sFURAT_DATA={folder.parent}"]
    head, _, body = subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n")
    assert b"<html" in gzip.decompress(body)
    assert "<html" in in_a_terminal(words)

    changed = read_otherwise(folder, monkeypatch)
    with Store.at(folder) as store:
        for each in changed:
            store.articles.read_again(each)
        states = store.history.states(name)
        assert [state.is_revision for state in states] == [True, False]
        assert "read again" in "\n".join(history(store, name))
        assert not [*store.soundness.faults()]
        assert store.crawls.counts()["undelivered"] == 0


def in_a_terminal(words: list[str]) -> str:
    """Return what a command prints to a terminal."""
    ours, its = pty.openpty()
    with os.fdopen(ours, "rb") as screen, subprocess.Popen(words, cwd=ROOT, stdout=its) as process:
        os.close(its)
        said = bytearray()
        with suppress(OSError):  # the other end was closed
            while part := screen.read1():
                said += part
        process.wait()
    return said.decode()


def read_otherwise(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Article]:
    """Return today's readings of all articles by pages that read each text and its tags in another way."""
    read = ArticlePage.to_item

    def otherwise(page: ArticlePage) -> Article:
        item = read(page)
        return replace(item, text=f"{item.text}\n\nسطر", tags=(*item.tags, "وسم"))

    monkeypatch.setattr(ArticlePage, "to_item", otherwise)
    with Store.at(folder) as store:
        found = [each.after for each in reader(store, folder).read([*store.articles.latest()]) if each.differs]
    monkeypatch.undo()
    return [each for each in found if each and each.text.endswith("سطر")]


def test_a_reading_again_outlasts_later_states_and_makes_no_revision(
    captured: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, folder = captured
    changed = read_otherwise(folder, monkeypatch)
    assert changed
    one = changed[0]
    with Store.at(folder) as store:
        store.articles.read_again(one)
        again = store.articles.add(replace(one, tags=("غيره",), seen="2999-01-01T00:00:00+00:00", crawl="c9"))
        last = store.articles.find(one.id)
    assert again is None
    assert last
    assert (last.text, last.tags, last.revision) == (one.text, ("غيره",), one.revision)


def kept(folder: Path, *pages: bytes) -> list[Source]:
    """Keep each of ``pages`` in a WARC file of ``folder``."""
    files = WarcFiles(folder / "warc", "c1", lambda name: warcinfo(name, {}))
    writer = ExchangeWriter(files)
    moment = "2026-01-02T03:04:05.000000Z"
    urls = [f"https://example.org/a{number}/" for number in range(1, len(pages) + 1)]
    places = [
        writer.write(Exchange(url, moment, b"GET / HTTP/1.1\r\n\r\n", HEAD, page))
        for url, page in zip(urls, pages, strict=True)
    ]
    files.close()
    return [Source("", 0, each.file, each.offset, each.record, each.digest, "") for each in places]


def test_the_source_of_several_pages_is_printed_in_their_order_and_safely(tmp_path: Path) -> None:
    first, again = b"<p>\x1b]0;owned\x07 one", b"<p>two"
    with Store.at(tmp_path) as store:
        store.articles.add(article(1), sources=kept(tmp_path, first, again, first)[:3])

        found = [*messages(store, tmp_path, "example.org/1")]

        assert [message for _, message in found] == [HEAD + first, HEAD + again, HEAD + first]  # the last is a revisit
        lines = [line for source, message in found for line in readable(source, message)]
        assert not [line for line in lines if not line.isprintable()]


@pytest.mark.parametrize("file", ["warc/gone.warc.gz", "../../etc/passwd", "/etc/passwd", "warc/\0"])
def test_a_source_that_is_not_there_is_told(tmp_path: Path, file: str) -> None:
    with Store.at(tmp_path) as store:
        store.articles.add(article(1), sources=[Source("", 0, file, 0, "urn:uuid:1", "sha256:1", "")])

        with pytest.raises(WrongUsage) as raised:
            [*messages(store, tmp_path, "example.org/1")]
        assert raised.value.reason == f"{file} has no record urn:uuid:1 at 0; copy the file back from a backup"
        (left,) = reader(store, tmp_path).read([*store.articles.latest()])

    assert left.is_left
    assert "no longer holds its response" in left.why


def test_a_reading_that_lacks_what_the_archive_has_is_left(tmp_path: Path) -> None:
    with Store.at(tmp_path) as store:
        store.articles.add(article(1), sources=kept(tmp_path, b"<html><title>x</title>"))

        (left,) = reader(store, tmp_path).read([*store.articles.latest()])

    assert left.is_left
    assert left.why == "today's reading has no text"


def test_a_file_that_lacks_what_the_archive_names_is_reported(tmp_path: Path) -> None:
    with Store.at(tmp_path) as store:
        first, second = kept(tmp_path, b"<p>one", b"<p>two")
        store.articles.add(article(1), sources=[first])
        store.articles.add(article(2), sources=[second])
        assert not [*source_faults(store, tmp_path)]

        with (tmp_path / second.file).open("r+b") as file:
            file.truncate(second.offset)

        (fault,) = source_faults(store, tmp_path)
        assert fault.startswith(f"{tmp_path / second.file}: missing or cut off")


def test_of_a_forgotten_article_neither_record_nor_source_stays(tmp_path: Path) -> None:
    with Store.at(tmp_path) as store:
        first, second = kept(tmp_path, b"<p>one", b"<p>two")
        store.articles.add(article(1), sources=[first])
        store.articles.add(article(2), sources=[second])

        forget(store, tmp_path, ["example.org/1"], "its author asked for it")

        assert store.sources.sources("example.org/1") == []
        assert [message for _, message in messages(store, tmp_path, "example.org/2")] == [HEAD + b"<p>two"]
    assert b"<p>one" not in b"".join(row.block for row in by_warcio(tmp_path / first.file))
