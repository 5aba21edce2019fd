"""Broken, hostile and huge pages are read to their end, and nothing raises."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from types import FrameType

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from furat.items import digest
from furat.pages import ArticlePage, ListingPage
from furat.pages.marks import MOST
from furat.pages.names import words
from furat.pages.shape import LETTERS, printed
from tests.support.cases import Case, cases

pytestmark = pytest.mark.slow

URL = "https://sada.example/oven/"

TAGS = st.sampled_from(
    sorted(words("html head body title meta script article main div p h1 h2 a time br img table td li blockquote form"))
)
VALUES = st.sampled_from(
    [
        "",
        " ",
        "entry-content",
        "entry-title",
        "single single-post postid-9",
        "postid-",
        "paged-²",
        "hentry",
        "widget",
        "https://sada.example/x/",
        "http://[",
        "//",
        "?p=١",
        "/page/99999999999999999999/",
        "javascript:",
        "\\",
        "tag",
        "author",
        "2024-02-30",
        "2024-02-30T25:61:00+99:99",
        "published",
        "0001-01-01T00:00:00+14:00",
        "application/ld+json",
        "og:title",
        "article:published_time",
        "next page-numbers",
        "canonical",
        "shortlink",
        "datePublished",
        "ar",
        "twitter-tweet",
        "wp-caption-text",
    ]
)
NAMES = st.sampled_from(
    sorted(words("class id href src rel datetime itemprop content property name type data-src value"))
)
ATTRIBUTES = st.lists(st.tuples(NAMES, VALUES), max_size=3).map(lambda pairs: "".join(f' {n}="{v}"' for n, v in pairs))
JSON_LD = st.recursive(
    st.none() | st.booleans() | st.integers() | VALUES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "@id", "@graph", "headline", "author", "name", "datePublished"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
).map(lambda value: f'<script type="application/ld+json">{json.dumps(value)}</script>')
PIECES = st.one_of(
    st.builds("<{}{}>".format, TAGS, ATTRIBUTES), st.builds("</{}>".format, TAGS), JSON_LD, st.text(max_size=12), VALUES
)
PAGES = st.lists(PIECES, max_size=40).map("".join)


def read_all(html: str) -> None:
    """Ask both pages for all that they can say."""
    article, listing = ArticlePage(html, URL), ListingPage(html, URL)
    sections = {section.url for section in (*article.sections, *listing.sections)}
    links = [*article.pages, *sections, *(entry.url for entry in listing.entries)]
    answers = (article.is_article, article.protected, article.is_whole, article.fallback, listing.is_listing)
    item = article.to_item()

    assert json.loads(json.dumps(asdict(item)))["digest"] == digest(item.title_raw, item.paragraphs_raw)
    assert {type(answer) for answer in answers} == {bool}
    assert all(link.startswith(("http://", "https://")) for link in [*links, listing.next_url or URL])
    assert len({entry.url for entry in listing.entries}) == len(listing.entries)
    assert listing.total_pages is None or listing.total_pages >= listing.number >= 0
    assert "\n" not in listing.name


@given(PAGES)
@example("")
@example("\x00")
@example("<body class='single single-post postid-²'>")
@example("<base href='http://['><a rel=tag href=x>y</a>")
def test_any_soup_is_read(html: str) -> None:
    read_all(html)


@pytest.mark.parametrize("case", cases("article")[::7] + cases("listing")[::5], ids=str)
def test_a_page_cut_anywhere_is_read(case: Case) -> None:
    html = case.html
    for end in range(0, len(html), 97):
        read_all(html[:end])


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "<p>عميق</p>",
        "<div class=entry-content>" * 20_000 + "<p>عميق</p>",
        "<div class=widget><nav>" * 20_000 + "<p>عميق</p>",
        "<table><tr><td>" * 5_000 + "عميق",
        "<a href=/x/><h2>" * 5_000,
        "<body class=archive>" + "<a href=/x/><h2>" * 400,
        "<body class=archive>" + "<article class='post-1 type-post hentry'><h2><a href=/x/>" * 2_000,
        "<body class=archive><h2><a href=/x/>" + "\n" * 100_000 + "</a></h2>",
        "<body class=archive><div class=pagination>" + "<a href=# data-page=2>2</a>" * 5_000,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<script type="application/ld+json">' + '{"@graph":' * 900 + "1" + "}" * 900 + "</script>",
        '<script type="application/ld+json">{"@type":"Article","headline":'
        + "[" * 900
        + "]" * 900
        + "}</script><h1>x</h1>",
        "<p>" + "ب " * 500_000,
        "<body class=single><div class=entry-content>" + "<p>سطر</p>" * 20_000,
        "<article class=hentry><h2><a href=/x/>عنوان</a></h2></article>" * 3_000,
        "<p class='" + "share " * 50_000 + "'>x",
        "<br>" * 100_000,
    ],
    ids=lambda html: html[:24],
)
def test_deep_and_huge_pages_are_read(html: str) -> None:
    read_all(html)


def test_paragraphs_of_a_huge_page_are_all_there() -> None:
    page = ArticlePage("<body class=single><div class=entry-content>" + "<p>سطر</p>" * 20_000, URL)

    assert page.to_item().paragraphs_raw == ("سطر",) * 20_000


def test_an_item_outlives_its_page() -> None:
    case = next(case for case in cases("article") if str(case) == "soledad")
    page = ArticlePage(case.html, URL)
    item = page.to_item()
    before = asdict(item)
    del page

    assert asdict(item) == before


GROWING: dict[str, Callable[[int], str]] = {
    "underscores in a class": lambda size: f"<div class='{'_' * size}'>x</div>",
    "captions in a figure": lambda size: "<figure>" + "<img src=/a.jpg><figcaption>x</figcaption>" * size + "</figure>",
    "pictures": lambda size: "".join(f"<img src=/{number}.jpg>" for number in range(size)),
    "cells": lambda size: "<table><tr>" + "<td>x</td>" * size + "</table>",
    "advertisements": lambda size: "<div class=ads>x</div>" * size + "<p>" + "خبر " * 500 + "</p>",
    "advertisements in each other": lambda size: "<div class=ads>x" * size + "<p>" + "خبر " * 500 + "</p>",
    "articles in each other": lambda size: "<article class=hentry><h2><a href=/x/>x</a></h2>" * size,
    "links to authors": lambda size: "<a rel=author href=/author/x/>سمر علي</a> " * size,
    "links to tags": lambda size: "".join(f"<a rel=tag href=/tag/{number}/>x</a>" for number in range(size)),
    "dates": lambda size: "<span class=date>x</span><time>x</time>" * size,
    "headings": lambda size: "<h1 class=entry-title>خبر</h1>" * size,
    "headings in each other": lambda size: "<h1 class=entry-title><div>خبر" * size,
}


@pytest.mark.parametrize("name", GROWING)
def test_the_work_grows_with_the_page_and_no_faster(name: str) -> None:
    few, many = (calls(GROWING[name](size)) for size in (200, 800))

    assert many < 6 * few


def calls(body: str) -> int:
    """Return how many functions are called to read an article with this ``body``."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    html = f"<body class='single postid-7'><h1>خبر من القرية</h1><div class=entry-content>{body}</div></body></html>"
    sys.setprofile(note)
    try:
        ArticlePage(html, URL).to_item()
    finally:
        sys.setprofile(None)
    return count


def test_a_run_of_combining_marks_is_bounded() -> None:
    printed = "ب" + "\u064b\u0327" * 20_000
    page = ArticlePage(f"<body class=single><div class=entry-content><p>{printed}</p></div>", URL)

    assert len(page.to_item().paragraphs_raw[0]) == len("ب") + MOST


def test_a_title_that_holds_a_page_is_read_no_further() -> None:
    text = "<p>" + "خبر من القرية " * 5_000 + "</p>"
    page = ArticlePage("<body class=single><div class=entry-content>" + "<span class=date>" * 200 + text, URL)

    assert page.to_item().text.count("خبر") == 5_000
    assert LETTERS - 10 < len(printed(page.tree.css_first(".date"))) <= LETTERS


def test_what_nests_without_end_is_cut_before_it_is_parsed() -> None:
    page = ArticlePage("<div>" * 80_000 + "</x>" * 80_000 + "</html>", URL)

    assert len(page.html) < 50_000
