"""Whatever a site supplies raises nothing but Furat's own."""

import json
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from time import monotonic

import pytest
from scrapy.http import Response, TextResponse
from scrapy.responsetypes import responsetypes
from scrapy.robotstxt import ProtegoRobotParser

from furat.clock import utc
from furat.downloader import protection, retry_after
from furat.downloader.gunzip import gunzip
from furat.downloader.robots import applying
from furat.exceptions import Incomplete
from furat.pages import ArticlePage, FeedPage, ListingPage, Post, PostsPage, SitemapPage
from furat.pages.post import moment
from furat.spiders.posts import article_or_entry
from furat.wordpress import rest
from furat.wordpress.answers import content_type, text
from furat.wordpress.cursor import Cursor
from tests.hostile import FUZZ_SECONDS
from tests.hostile.fuzzer import CHARSETS, Fuzzer
from tests.hostile.growth import SITE, URL, addresses, article, listing
from tests.hostile.newsroom import newsroom, post

PAGES = [says.body for says in newsroom().values() if isinstance(says.body, str)]

RSS = (
    "<?xml version='1.0'?><rss><channel><item><title>خبر</title><link>https://sada.example/a/</link>"
    "<pubDate>Tue, 15 Sep 2026 20:31:25 +0000</pubDate><dc:creator>x</dc:creator><guid>https://sada.example/?p=1</guid>"
    "<content:encoded><![CDATA[<p>x</p>]]></content:encoded></item></channel></rss>"
)

ATOM = (
    "<feed><entry><title type='html'>خبر</title><link rel='alternate' href='https://sada.example/a/'/>"
    "<published>2026-09-15T20:31:25Z</published><updated>2026-09-15T20:31:25Z</updated><id>x?p=1</id></entry></feed>"
)

SITEMAP = "<urlset><url><loc>https://sada.example/a/</loc><lastmod>2026-09-15</lastmod></url></urlset>"


def pages(fuzz: Fuzzer) -> None:
    page = fuzz.mutated(fuzz.random.choice(PAGES))
    ld = f'<script type="application/ld+json">{json.dumps(fuzz.value())}</script>'
    page = page.replace("</head>", f"{ld}</head>", 1) if fuzz.random.random() < 0.3 else page
    article(page)
    listing(page)


def answers(fuzz: Fuzzer) -> None:
    kind = fuzz.random.choice(("text/html", "text/plain", "application/json", fuzz.text()))
    charset = fuzz.random.choice((*CHARSETS, fuzz.text()))
    headers = {
        name: fuzz.bytes()
        for name in ("Link", "Date", "X-WP-Total", "Retry-After", "ETag", "Last-Modified", "Location", "cf-mitigated")
    }
    headers["Content-Type"] = f"{kind}; charset={charset}".encode(errors="replace")
    body = fuzz.random.choice((fuzz.bytes(), f"<meta charset={charset}>خبر".encode(errors="replace")))
    kinds = responsetypes.from_args(headers=TextResponse(URL, headers=headers).headers, url=URL, body=body)
    response: Response = kinds(URL, status=fuzz.random.choice((200, 202, 299, 404, 999)), headers=headers, body=body)
    ArticlePage(text(response), URL)
    ListingPage(text(response), URL)
    _ = (content_type(response), protection(response), rest.discover(SITE, response), rest.total(response))
    _ = (rest.answers(response), utc(rest.moment(response)))


def posts(fuzz: Fuzzer) -> None:
    value = [fuzz.changed(post(number)) for number in (1, 2)] if fuzz.random.random() < 0.7 else fuzz.value()
    body = fuzz.mutated(json.dumps(value)) if fuzz.random.random() < 0.3 else json.dumps(value)
    try:
        told = PostsPage(body.encode(errors="replace"), f"{SITE}wp-json/wp/v2/posts").posts
    except Incomplete:
        return
    for each in told:
        article_or_entry(each)
        utc(each.modified)
    if told:
        Cursor("2026-01-01T00:00:00Z").following(told)


def posts_of_any_moment(fuzz: Fuzzer) -> None:
    said = [f"{fuzz.random.choice((1, 1000, 2024, 9999)):04}-01-01T00:00:00{zone}" for zone in ("", "+14:00")]
    utc(moment(*said))
    Cursor().following([Post(SITE, post(1, modified=said[0], modified_gmt=said[1]))])


def documents(fuzz: Fuzzer) -> None:
    body = fuzz.mutated(fuzz.random.choice((RSS, ATOM, SITEMAP))).encode(errors="replace")
    if fuzz.random.random() < 0.3:
        body = f"<?xml version='1.0' encoding='{fuzz.random.choice(CHARSETS)}'?>".encode() + body
    for entry in FeedPage(body, URL).entries:
        _ = (utc(entry.published), utc(entry.updated), entry.protected)
    for address in SitemapPage(body, URL).addresses:
        utc(address.lastmod)


def robots(fuzz: Fuzzer) -> None:
    names = ("User-agent", "Disallow", "Allow", "Crawl-delay", "Request-rate", "Sitemap", fuzz.text())
    values = ("*", "/", "/*a$", "1/0s", "1e999", fuzz.text())
    lines = [f"{fuzz.random.choice(names)}: {fuzz.random.choice(values)}" for _ in range(fuzz.random.randint(1, 9))]
    parser = ProtegoRobotParser(applying("\n".join(lines).encode(errors="replace"), "Furat/0.1"), None)
    parser.allowed(URL, "Furat/0.1")
    parser.crawl_delay("Furat/0.1")


def words(fuzz: Fuzzer) -> None:
    word = fuzz.text()
    addresses(word)
    addresses(f"http://{word}")
    retry_after(word, datetime(2026, 11, 30, tzinfo=UTC))
    gunzip(b"\x1f\x8b" + fuzz.bytes())
    with suppress(Incomplete):
        _ = PostsPage(fuzz.bytes(), URL).posts


TARGETS: dict[Callable[[Fuzzer], None], int] = {
    pages: 75,
    answers: 500,
    posts: 500,
    posts_of_any_moment: 2000,
    documents: 1000,
    robots: 1500,
    words: 400,
}
"""What is fuzzed, and with how many seeds where no time is given."""


def seeds(short: int) -> Iterator[int]:
    """Yield the same seeds in each short run, and others in each long one, for as long as is given."""
    if not FUZZ_SECONDS:
        yield from range(short)
        return
    began, first = monotonic(), random.randrange(10**9)  # noqa: S311 (no secret)
    while monotonic() - began < FUZZ_SECONDS:
        yield first
        first += 1


@pytest.mark.parametrize("target, short", TARGETS.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_nothing_but_furat_s_own_is_raised(target: Callable[[Fuzzer], None], short: int) -> None:
    for seed in seeds(short):
        try:
            target(Fuzzer(seed))
        except Exception as error:
            raise AssertionError(f"seed {seed} of {target.__name__}") from error
