"""Compressed pages are read as Scrapy reads them."""

import gzip
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Headers, HtmlResponse, Response
from scrapy.responsetypes import responsetypes
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from furat.downloader.gunzip import LARGEST, GunzipMiddleware
from furat.settings import DOWNLOADER_MIDDLEWARES

URL = "https://example.org/"
HTML = {"Content-Type": "text/html"}
ZIPPED = HTML | {"Content-Encoding": "gzip"}
CRAWLER = get_crawler()


def read(response: Response) -> Response:
    return GunzipMiddleware().process_response(Request(URL), response)


def scrapys(response: Response) -> Response:
    answer = HttpCompressionMiddleware(crawler=CRAWLER).process_response(Request(URL), response)
    assert isinstance(answer, Response)
    return answer


@given(
    st.text(), st.sampled_from(["utf-8", "windows-1256"]), st.sampled_from([HTML, {}]), st.sampled_from(["", "a.html"])
)
def test_a_page_is_the_one_that_scrapy_reads(text: str, encoding: str, headers: dict[str, str], file: str) -> None:
    page = f'<meta charset="{encoding}"><p>حمص {text}'.encode(encoding, "replace")
    packed, headers, url = gzip.compress(page), headers | {"Content-Encoding": "gzip"}, URL + file
    kind = responsetypes.from_args(headers=Headers(headers), url=url, body=packed)  # as downloads do
    response = kind(url, headers=headers, body=packed, status=404)

    mine, other = scrapys(read(response.copy())), scrapys(response)

    assert mine.to_dict() == other.to_dict()


def test_a_page_is_read_before_scrapy_reads_it() -> None:
    response = Response(URL, headers=ZIPPED, body=gzip.compress("<p>حمص</p>".encode()))

    page = read(response)

    assert page.body.decode() == "<p>حمص</p>"
    assert "Content-Encoding" not in page.headers


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda packed: packed[:-1], id="cut off"),
        pytest.param(lambda packed: packed[:-8] + bytes(8), id="wrong checksum"),
        pytest.param(lambda packed: packed + gzip.compress(b"<p>"), id="two members"),
        pytest.param(lambda packed: packed + b"<p>", id="more behind it"),
        pytest.param(lambda _: b"<p>", id="not compressed"),
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda _: gzip.compress(bytes(LARGEST + 1)), id="too large"),
    ],
)
def test_what_is_no_whole_page_is_left_to_scrapy(damage: Callable[[bytes], bytes]) -> None:
    response = Response(URL, headers=ZIPPED, body=damage(gzip.compress("<p>حمص</p>".encode())))

    assert read(response) is response


@pytest.mark.parametrize(
    "headers", [HTML, ZIPPED | {"Content-Encoding": "br"}, ZIPPED | {"Content-Encoding": "gzip, gzip"}]
)
def test_other_encodings_are_left_to_scrapy(headers: dict[str, str]) -> None:
    response = Response(URL, headers=headers, body=gzip.compress(b"<p>"))

    assert read(response) is response


def test_what_is_text_already_is_left_to_scrapy() -> None:
    response = HtmlResponse(URL, headers=ZIPPED, body=gzip.compress(b"<p>"))

    assert read(response) is response


def test_scrapy_reads_what_is_left() -> None:
    order = Settings().getdict("DOWNLOADER_MIDDLEWARES_BASE")

    assert (
        DOWNLOADER_MIDDLEWARES["furat.downloader.gunzip.GunzipMiddleware"]
        > order[f"{HttpCompressionMiddleware.__module__}.HttpCompressionMiddleware"]
    )
