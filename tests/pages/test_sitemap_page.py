"""What is read from a sitemap: every folder of cases/sitemap is one behaviour."""

import gzip
import tracemalloc
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from furat.pages import SitemapPage, xml_document
from tests.support.cases import Case, cases, read

URL = "https://sada.example/sitemap.xml"


def sitemap(addresses: int, first: date = date(2020, 1, 1)) -> bytes:
    urls = (
        f"<url><loc>https://sada.example/{number}/</loc><lastmod>{first + timedelta(number % 900)}</lastmod></url>"
        for number in range(addresses)
    )
    return f"<urlset>{''.join(urls)}</urlset>".encode()


@pytest.mark.parametrize("case", cases("sitemap"), ids=str)
def test_sitemap(case: Case) -> None:
    expected = case.expected
    page = SitemapPage(case.body, expected["at"])

    assert read(page, expected["page"]) == expected["page"]


@pytest.mark.slow
def test_a_hundred_thousand_addresses_are_read() -> None:
    page = SitemapPage(gzip.compress(sitemap(100_000), 1), URL)

    assert page.is_whole
    assert len(page.addresses) == 100_000
    assert page.addresses[901].url == "https://sada.example/901/"
    assert page.addresses[901].lastmod == "2020-01-02"


def test_an_endless_sitemap_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_document, "MOST_RECORDS", 1_000)
    page = SitemapPage(sitemap(1_001), URL)

    assert len(page.addresses) == 1_000
    assert not page.is_whole
    assert SitemapPage(sitemap(1_000), URL).is_whole


@pytest.mark.parametrize("filling", [b" ", b"\x00", b"<a></a>"])
def test_a_gzip_bomb_is_defused(filling: bytes) -> None:
    bomb = gzip.compress(b"<urlset>" + filling * (60 * 1024 * 1024 // len(filling)) + b"</urlset>", 1)
    tracemalloc.start()
    page = SitemapPage(bomb, URL)

    assert not page.is_whole
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_entities_that_laugh_never_grow() -> None:
    lines = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(1, 10))
    laughs = (
        f'<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY l1 "ha">{lines}]><urlset><url><loc>&l9;</loc></url></urlset>'
    )
    page = SitemapPage(laughs.encode(), URL)

    assert page.addresses == ()
    assert not page.is_whole


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_read(body: bytes, packed: bool) -> None:
    page = SitemapPage(gzip.compress(body) if packed else body, URL)

    assert page.addresses == page.sitemaps == ()
    assert not page.is_whole


@given(st.integers(0, 2_000))
def test_a_packed_sitemap_cut_anywhere_gives_its_beginning(end: int) -> None:
    whole = gzip.compress(sitemap(200), mtime=0)
    page = SitemapPage(whole[:end], URL)

    assert page.addresses == SitemapPage(whole, URL).addresses[: len(page.addresses)]
    assert page.is_whole == (end >= len(whole))
    assert page.addresses or end <= 200
