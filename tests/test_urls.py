"""One URL, one form."""

import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from furat import urls

ARTICLE = "https://example.org/%d8%a3%d8%ae%d8%a8%d8%a7%d8%b1-%d8%ad%d9%85%d8%b5/"

ALIASES = [
    "https://example.org/أخبار-حمص/",
    "https://example.org/أخبار-حمص",
    "http://example.org/أخبار-حمص/",
    "https://www.example.org/أخبار-حمص/",
    "HTTPS://EXAMPLE.ORG/أخبار-حمص/",
    "https://example.org:443/أخبار-حمص/",
    "http://example.org:80/أخبار-حمص/",
    "https://example.org//أخبار-حمص//",
    "https://example.org/أخبار-حمص/#comments",
    "https://example.org/أخبار-حمص/?fbclid=IwAR0",
    "https://example.org/أخبار-حمص/?utm_source=x&utm_medium=y",
    "https://example.org/أخبار-حمص/?replytocom=12#respond",
    "https://example.org/أخبار-حمص/amp/",
    "https://example.org/أخبار-حمص/amp",
    "https://example.org/أخبار-حمص/page/1/amp/",
    "https://example.org/أخبار-حمص//amp//",
    "https://example.org/أخبار-حمص/%61mp/",
    "https://example.org/أخبار-حمص/?msclkid=a&wbraid=b&gbraid=c&dclid=d&twclid=e&ysclid=f&srsltid=g&igsh=h",
    "https://example.org/أخبار-حمص/page/1/",
    " https://example.org/أخبار-حمص/ ",
    "https://example.org/" + quote("أخبار-حمص") + "/",
    "https://example.org/" + quote("أخبار-حمص").lower() + "/",
    "https://example.org/" + unicodedata.normalize("NFD", "أخبار-حمص") + "/",
    "https://example.org/" + quote(unicodedata.normalize("NFD", "أخبار-حمص")) + "?share=twitter",
]

SLUGS = st.text(st.characters(categories=["L", "N", "Mn"]), min_size=1, max_size=300)
SEGMENTS = ["a", "2024", "a.html", "v1.2", "b.c.php", "", "amp", "%61mp", "page", "0", "1", "..", "%d8%ad"]
ADDRESSES = st.lists(st.sampled_from(SEGMENTS), max_size=4).map("/".join)


@pytest.mark.parametrize("alias", ALIASES)
def test_all_addresses_of_an_article_have_one_form(alias: str) -> None:
    assert urls.canonical(alias) == ARTICLE


@pytest.mark.parametrize(
    "one, other",
    [
        ("https://example.org/اخبار/", "https://example.org/أخبار/"),
        ("https://example.org/a/2/", "https://example.org/a/"),
        ("https://example.org/?p=12", "https://example.org/?p=13"),
        ("https://example.org/a%2Fb/", "https://example.org/a/b/"),
        ("http://127.0.0.1:8081/a/", "http://127.0.0.1:8082/a/"),
        ("https://example.org/%C8/", "https://example.org/%C9/"),
        ("https://example.org/category/a/page/2/", "https://example.org/category/a/"),
    ],
)
def test_addresses_of_two_articles_stay_two(one: str, other: str) -> None:
    assert urls.canonical(one) != urls.canonical(other)


@given(SLUGS | ADDRESSES)
def test_twice_is_once(slug: str) -> None:
    once = urls.canonical(f"http://www.example.org/{slug}/")

    assert urls.canonical(once) == once


@given(
    st.sampled_from(["https://example.org", "http://example.org:8081", "https://www.example.org", "https://e.org:443"]),
    ADDRESSES,
)
def test_an_address_is_known_at_first_sight_for_what_a_closer_look_makes_of_it(host: str, segments: str) -> None:
    url = f"{host}/{segments}/"

    assert urls.canonical(url) == urls.canonical(f"{url}#a-fragment-makes-it-look-closer")


@given(SLUGS)
def test_escaping_makes_no_difference_whatever_the_length(slug: str) -> None:
    raw, escaped = f"https://example.org/{slug}/", f"https://example.org/{quote(slug)}/"

    assert urls.canonical(raw) == urls.canonical(escaped)


@given(st.sampled_from(["", "http://", "https://a.", "//", "/", "http://a:"]), st.text(max_size=60))
def test_any_text_is_a_link_with_a_form_or_none(start: str, text: str) -> None:
    link = urls.absolute("https://example.org/a/", start + text)

    form = link and urls.canonical(link)
    assert form is None or form.startswith(("http://", "https://"))
    assert form is None or urls.canonical(form) == form


@pytest.mark.parametrize(
    "link",
    ["", None, "javascript:alert(1)", "mailto:a@b.c", "http://[::1", "http://a:99999/", "ftp://a/", "data:text/html,x"],
)
def test_what_is_no_web_address_is_none(link: str | None) -> None:
    assert urls.absolute("https://example.org/", link) is None


@pytest.mark.parametrize(
    "url, is_within",
    [
        ("http://site.org/ar/news/", True),
        ("https://www.site.org/ar/news/", True),
        ("http://site.org/", False),
        ("http://site.org/arabic/", False),
        ("http://site.org:8080/ar/", False),
        ("http://blog.site.org/ar/", False),
        ("http://site.org.evil.org/ar/", False),
        ("http://site.org@evil.org/ar/", False),
        ("http://127.0.0.1/ar/", False),
        ("javascript:void(0)", False),
    ],
)
def test_a_site_is_left_neither_by_host_nor_port_nor_path(url: str, *, is_within: bool) -> None:
    assert urls.within("http://site.org/ar/", url) is is_within


@pytest.mark.parametrize("site", ["http://../../etc/", "http://a:1/../../x", "http://[::1]:80/", "http://حمص.com/"])
def test_a_folder_s_name_is_one_plain_word(site: str) -> None:
    name = urls.folder(site)

    assert name
    assert not set(name) & set("/\\:[]")
    assert not name.startswith(".")
