"""What is read from a feed: every folder of cases/feed is one behaviour."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from furat.pages import FeedPage
from tests.support.cases import Case, cases, read

URL = "https://sada.example/feed/"
ITEM = "<item><link>https://sada.example/{}/</link></item>"


@pytest.mark.parametrize("case", cases("feed"), ids=str)
def test_feed(case: Case) -> None:
    expected = case.expected
    page = FeedPage(case.body, expected["at"])

    assert read(page, expected["page"]) == expected["page"]


def test_a_password_is_seen() -> None:
    bodies = {case.folder.name: case.body for case in cases("feed")}

    assert [entry.protected for entry in FeedPage(bodies["password"], URL).entries] == [True]
    assert [entry.protected for entry in FeedPage(bodies["rss"], URL).entries] == [False]


@pytest.mark.parametrize("case", cases("feed"), ids=str)
def test_a_feed_cut_anywhere_gives_what_stood_before(case: Case) -> None:
    whole = FeedPage(case.body, URL).entries
    for end in range(0, len(case.body), 61):
        page = FeedPage(case.body[:end], URL)

        assert page.entries[:-1] == whole[: len(page.entries)][:-1]  # the last one may be cut itself
        assert not page.is_whole or page.entries == whole


TAGS = st.sampled_from(["rss", "channel", "item", "feed", "entry", "link", "title", "guid", "id", "pubDate", "content"])
VALUES = st.sampled_from(
    [
        "",
        "https://sada.example/x/",
        "http://[",
        "?p=9",
        "2024-07-04",
        "Thu, 99 Jul 2024",
        "&amp;",
        "&#0;",
        "&nbsp;",
        "<![CDATA[",
    ]
)
PIECES = st.one_of(
    st.builds("<{}>".format, TAGS),
    st.builds("</{}>".format, TAGS),
    VALUES,
    st.text(max_size=9),
    st.just('<link href="/x/"/>'),
)


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["<rss>", "<feed>", ""]))
@example("<item><link>/x/</link><pubDate>Thu, 31 Dec 9999 23:59:59 -2400</pubDate></item>", "<rss>")
def test_any_soup_is_read(soup: str, root: str) -> None:
    page = FeedPage((root + soup).encode(errors="surrogatepass"), URL)

    assert all(entry.url.startswith(("http://", "https://")) for entry in page.entries)
    assert page.is_feed or (not page.entries and not page.is_whole)


@given(st.binary(max_size=200))
@example(b"\x1f\x8b")
@example(b"\xff\xfe<")
@example(b"\xff\xfe<\x00r\x00")
def test_any_bytes_are_read(body: bytes) -> None:
    assert FeedPage(b"<rss>" + body, URL).entries == ()
    assert FeedPage(body, URL).is_whole is False


def test_an_entry_that_never_ends_is_given_up() -> None:
    endless = "<rss>" + ITEM.format("a") + "<item>" + "<a/>" * 20_000 + "</item>" + ITEM.format("b") + "</rss>"
    page = FeedPage(endless.encode(), URL)

    assert [entry.url for entry in page.entries] == ["https://sada.example/a/"]
    assert not page.is_whole


@pytest.mark.parametrize(
    "inside", ["<a>" * 100_000, "<a>" * 200 + "</a>" * 200 + "</item>" + ITEM.format("b") + "</rss>"]
)
def test_a_deep_document_is_given_up(inside: str) -> None:
    page = FeedPage(("<rss>" + ITEM.format("a") + "<item>" + inside).encode(), URL)

    assert [entry.url for entry in page.entries] == ["https://sada.example/a/"]
    assert not page.is_whole


def test_an_encoding_is_believed_where_the_first_arabic_comes_late() -> None:
    items = ITEM.format("a") * 2_000 + "<item><link>/b/</link><title>فرن</title></item>"
    text = f'<?xml version="1.0" encoding="windows-1256"?><rss>{items}</rss>'

    assert FeedPage(text.encode("windows-1256"), URL).entries[-1].title == "فرن"


def test_entries_across_the_pieces_that_are_read_at_once_are_whole() -> None:
    text = "خبر عن الفرن " * 400
    items = "".join(
        f"<item><title>{number} {text}</title><link>https://sada.example/{number}/</link></item>"
        for number in range(60)
    )
    page = FeedPage(f"<rss>{items}</rss>".encode(), URL)

    assert [entry.title for entry in page.entries] == [f"{number} {text.strip()}" for number in range(60)]
    assert page.is_whole
