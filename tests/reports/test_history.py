"""The states of one article, as a person reads them."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from furat.commands.history import coloured, shows_colours
from furat.items import Article, Image, Tombstone, digest
from furat.reports.differences import compared
from furat.reports.history import history, marked
from furat.store import Store
from furat.terminal import HIDDEN, RIGHT_TO_LEFT
from tests.replica import Replica, serve
from tests.support.crawls import Command, Crawler

SITE = "https://example.org/"
ID = "example.org/1"


def state(title: str, *paragraphs: str, crawl: str = "c1") -> Article:
    return Article(
        id=ID,
        url="https://example.org/a1/",
        post_id=1,
        title=title,
        title_raw=title,
        text="\n\n".join(paragraphs),
        paragraphs_raw=paragraphs,
        digest=digest(title, paragraphs),
        seen=f"2026-01-0{crawl[1]}T00:00:00+00:00",
        crawl=crawl,
    )


def lines(store: Store) -> list[str]:
    return [line.removeprefix(RIGHT_TO_LEFT) for line in history(store, ID)]


@pytest.mark.parametrize(
    "old, new, expected",
    [
        (["أ", "ب"], ["أ", "ب"], ["… 2 unchanged"]),
        (["أ"], ["أ", "ب"], ["… 1 unchanged", "{+ب+}"]),
        (["أ", "ب"], ["ب"], ["[-أ-]", "… 1 unchanged"]),
        ([], ["أ"], ["{+أ+}"]),
        (["سقط ثلاثة جرحى"], ["سقط أربعة جرحى"], ["سقط [-ثلاثة-] {+أربعة+} جرحى"]),
        (["سقط ثلاثة جرحى"], ["افتتحت المدرسة أمس"], ["[-سقط ثلاثة جرحى-]", "{+افتتحت المدرسة أمس+}"]),
        (["a b c d e f"], ["x y", "a b c d e g"], ["{+x y+}", "a b c d e [-f-] {+g+}"]),
        (["a b c d"], ["a b", "c d"], ["a b", "c d"]),
    ],
    ids=str,
)
def test_paragraphs_are_compared_word_by_word(old: Sequence[str], new: Sequence[str], expected: list[str]) -> None:
    assert [marked(line) for line in compared(old, new)] == expected


def test_every_state_is_told_in_order(tmp_path: Path) -> None:
    stone = Tombstone(id=ID, url="", seen="2026-01-05T00:00:00+00:00", gone=410)
    with Store.at(tmp_path) as store:
        store.articles.add(replace(state("خبر", "سقط ثلاثة جرحى في حمص"), tags=("حمص",), published="2026-01-01"))
        store.articles.add(replace(state("خبر", "سقط ثلاثة جرحى في حمص", crawl="c2"), published="2026-01-01"))
        store.articles.add(state("عاجل", "سقط أربعة جرحى في حمص", crawl="c3"))
        store.articles.suspect(ID, "c4", stone.seen, stone.gone)
        doubted = lines(store)[-1]
        store.articles.write_tombstone(stone, "c5")
        store.articles.add(replace(state("عاجل", "سقط أربعة جرحى في حمص", crawl="c6"), url=f"{SITE}%d8%a7/"))

        told = lines(store)

    assert doubted == "Suspected gone: crawl c4 did not find it; a crawl hours later will decide"
    assert told == [
        "id: example.org/1",
        "at: https://example.org/ا/",
        "also at: https://example.org/a1/",
        "",
        "Revision 1, seen 2026-01-01T00:00:00+00:00 by crawl c1: first seen",
        "خبر",
        "published: 2026-01-01",
        "tags: حمص",
        "text: 1 paragraph",
        "",
        "Still revision 1, seen 2026-01-02T00:00:00+00:00 by crawl c2: tags changed",
        "tags: [-حمص-]",
        "",
        "Revision 2, seen 2026-01-03T00:00:00+00:00 by crawl c3: title, text changed",
        "[-خبر-]",
        "{+عاجل+}",
        "سقط [-ثلاثة-] {+أربعة+} جرحى في حمص",
        "",
        "Revision 3, seen 2026-01-05T00:00:00+00:00 by crawl unknown: gone (HTTP 410)",
        "",
        "Revision 4, seen 2026-01-06T00:00:00+00:00 by crawl c6: back, url changed",
        "url: [-https://example.org/a1/-] {+https://example.org/ا/+}",
    ]


def test_nothing_hidden_reaches_the_terminal(tmp_path: Path) -> None:
    evil = "\x1b]0;x\x07\u202eحمص\u2066\x9b31m\r\n\u2028\ufeff"
    with Store.at(tmp_path) as store:
        first = state(f"خبر {evil}", f"نص {evil}")
        store.articles.add(replace(first, tags=(evil,), url="https://example.org/%1b%5b31m%e2%80%ae/"))
        picture = Image(url=f"https://example.org/{evil}.jpg", caption=evil)
        store.articles.add(replace(state("خبر", evil, crawl="c2"), authors=(evil,), images=(picture,)))

        told = lines(store)

    assert any("حمص" in line for line in told)
    assert not [line for line in told if HIDDEN.search(line)]
    "\n".join(told).encode()


def test_a_name_that_is_not_utf_8_is_wrong_usage(command: Command, data: Path) -> None:
    with Store.at(data / "example.org") as store:
        store.articles.add(state("خبر", "نص"))
    for words in (["history"], ["search"], ["forget", "--because=x"]):
        told = command(*words, "\udcff", site=SITE)

        assert (told.exit_code, "\\udcff" in told.err, told.err.count("\n")) == (2, True, 1)


def test_on_a_terminal_what_went_is_red_and_what_came_is_green() -> None:
    assert coloured("a [-b-] {+c+}") == "a \33[31m[-b-]\33[0m \33[32m{+c+}\33[0m"
    assert coloured("a") == "a"


def test_the_history_of_a_crawled_article_is_told_while_another_crawl_writes(
    crawl: Crawler, command: Command, data: Path
) -> None:
    with serve(Replica(60, weight=0)) as site:
        crawl(site.url)
        site.replica.edit(20, "أضيفت هذه الفقرة لاحقاً.")
        site.replica.rename(20)
        crawl(site.url, FURAT_DUE_SHARE=0, FURAT_REVISITS=1000)
        url = site.replica.article(20, site.url)["url"]
    (archive,) = data.rglob("archive.db")
    with closing(sqlite3.connect(archive, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM revision")
        told = command("history", url, site=site.url)

    assert told.exit_code == 0, told.err
    assert "text, url, modified changed" in told.out
    assert "{+أضيفت هذه الفقرة لاحقاً.+}" in told.out
    assert "\33" not in told.out


@pytest.mark.parametrize("name", [ID, "1", "https://www.example.org/?p=1", "http://example.org/a1"])
def test_an_article_goes_by_its_id_its_number_and_its_addresses(command: Command, data: Path, name: str) -> None:
    with Store.at(data / "example.org") as store:
        store.articles.add(state("خبر أول", "نص"))
        store.articles.add(replace(state("خبر ثان", "نص آخر"), id="example.org/21", url=f"{SITE}21/", post_id=21))

    for words in ("history", "show"):
        told = command(words, name, site=SITE)

        assert told.exit_code == 0, told.err
        assert "خبر أول" in told.out


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_colours_are_for_terminals_whose_users_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert [shows_colours(stream) for stream in (Terminal(), StringIO())] == [True, False]
    monkeypatch.setenv("NO_COLOR", "1")
    assert not shows_colours(Terminal())


def test_an_address_that_nobody_knows_is_an_error_that_names_the_nearest(command: Command, data: Path) -> None:
    with Store.at(data / "example.org") as store:
        store.articles.add(replace(state("خبر", "نص"), url="https://example.org/%d8%ad%d9%85%d8%b5-2024/"))

    told = command("history", "https://example.org/2024/حمص/", site=SITE)

    assert told.exit_code == 2
    assert "The nearest: https://example.org/حمص-2024/" in told.err
    assert "Nothing is near it" in command("show", "https://example.org/طرطوس/", site=SITE).err
