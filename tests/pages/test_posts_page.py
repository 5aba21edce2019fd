"""What is read from an answer of the REST API: every folder of cases/post is one behaviour."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from furat.exceptions import Incomplete
from furat.items import digest
from furat.pages import Post, PostsPage
from furat.pages.names import words
from tests.support.cases import Case, cases, read

URL = "https://sada.example/wp-json/wp/v2/posts"
POST: dict[str, Any] = {"id": 4, "title": {"rendered": "عنوان"}, "content": {"rendered": "<p>نص</p>"}}


@pytest.mark.parametrize("case", cases("post"), ids=str)
def test_post(case: Case) -> None:
    expected = case.expected
    (post,) = PostsPage(case.body, expected["at"]).posts

    assert read(post, expected["page"]) == expected["page"]
    assert read(post.to_item(), expected["item"]) == expected["item"]


def test_digest_is_that_of_what_is_printed() -> None:
    (post,) = PostsPage(next(case for case in cases("post") if str(case) == "post").body, URL).posts
    item = post.to_item()

    assert item.digest == digest(item.title_raw, item.paragraphs_raw)


@pytest.mark.parametrize(
    "body, found",
    [
        (b"", "no JSON .* but ''"),
        (b"<!doctype html><title>Log in</title>", "no JSON .* but '<!doctype html><title>Log in</title>'"),
        (b"<br />\n<b>Notice</b>: Undefined index<br />\n[]", "no JSON .* but '<br /> <b>Notice</b>: Undefined index"),
        (b'[{"id": 4}', "no JSON .* but '\\[{\"id\": 4}'"),
        (b"[" * 100_000, "no JSON"),
        ('{"code": "rest_forbidden", "message": "عذراً"}'.encode(), "refuses: rest_forbidden, 'عذراً'"),
        (b'{"code": "rest_no_route"}', "refuses: rest_no_route, 'None'"),
        (b'{"id": 4}', "no list of posts"),
        (b'"closed"', "no list of posts but '\"closed\"'"),
        (b'[{"id": 4}, null]', "no list of posts"),
        (b'[{"id": true}]', "no list of posts"),
        (b'[{"slug": "a"}]', "no list of posts"),
    ],
)
def test_what_is_no_list_of_posts_is_named(body: bytes, found: str) -> None:
    with pytest.raises(Incomplete, match=f"^{URL} .*{found}"):
        _ = PostsPage(body, URL).posts


def test_a_long_answer_is_named_by_its_beginning() -> None:
    with pytest.raises(Incomplete) as raised:
        _ = PostsPage(b"<p>" * 100_000, URL).posts

    assert len(str(raised.value)) < 300


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b" \n\t", b"\xef\xbb\xbf\r\n"])
def test_a_byte_order_mark_and_blanks_do_no_harm(before: bytes) -> None:
    assert [post.post_id for post in PostsPage(before + json.dumps([POST]).encode(), URL).posts] == [4]


def test_an_empty_list_has_no_posts() -> None:
    assert PostsPage(b"[]", URL).posts == ()


@pytest.mark.parametrize("without", ["title", "content"])
def test_a_post_without_its_text_is_no_article(without: str) -> None:
    data = {name: value for name, value in POST.items() if name != without}
    (post,) = PostsPage(json.dumps([data]).encode(), URL).posts

    with pytest.raises(Incomplete, match="post 4"):
        post.to_item()


NAMES = st.sampled_from(
    sorted(
        words(
            "date date_gmt modified link title content rendered protected _embedded author wp:term wp:featuredmedia"
            " name taxonomy source_url media_type caption"
        )
    )
)
VALUES = st.sampled_from(
    [
        "",
        "2024-07-04T12:15:00",
        "9999-12-31T23:59:59",
        "1000-01-01T00:00:00",
        "http://[",
        "image",
        "category",
        "<p>",
        "\u0000",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(NAMES, JSON, max_size=8))
def test_any_post_is_read(data: dict[str, Any]) -> None:
    (post,) = PostsPage(json.dumps([POST | data | {"id": 4}]).encode(), URL).posts

    assert post.url.startswith("https://sada.example/")
    try:
        item = post.to_item()
    except Incomplete:
        assert {"title", "content"} & data.keys()
    else:
        assert (item.published is None) == (item.published_source is None)


@given(st.binary(max_size=200))
def test_any_bytes_are_named(body: bytes) -> None:
    with pytest.raises(Incomplete, match=f"^{URL} gives no "):
        _ = PostsPage(b"\x00" + body, URL).posts


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/",
        "https://EXAMPLE.org/?fbclid=x",
        "//evil.example/a/",
        "https://example.org/wp-login.php?action=logout",
        "https://example.org/wp-admin/post.php?post=7",
        "https://example.org/xmlrpc.php",
        "https://example.org/wp-json/wp/v2/posts/7",
        "javascript:alert(7)",
    ],
)
def test_an_address_that_is_no_article_s_is_not_the_post_s(link: str) -> None:
    assert Post("https://example.org/", {"id": 7, "link": link}).url == "https://example.org/?p=7"
