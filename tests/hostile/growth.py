"""How the work of a reader grows with what it reads."""

from collections.abc import Callable
from time import process_time

from scrapy.http import HtmlResponse, Response

from furat import urls
from furat.arabic import clean, fold, parse_date
from furat.downloader import protection
from furat.downloader.robots import applying
from furat.duplicates import DuplicateIndex
from furat.pages import ArticlePage, FeedPage, ListingPage, Post, PostsPage, SitemapPage
from furat.pages.encoding import decoded
from furat.spiders.posts import article_or_entry
from furat.spiders.sitemap import NAMED
from furat.terminal import visible
from furat.wordpress import rest

URL = "https://sada.example/oven/"
SITE = "https://sada.example/"
LARGE = 128 * 1024
"""Letters of the larger of two inputs."""

TIMES = 8
"""How much larger it is than the smaller."""

QUICK = 0.05
"""CPU seconds for LARGE that are no matter, however they grow."""

MOST = 5.0
"""CPU seconds that are too many for the smaller."""

STEEPEST = 3 * TIMES
"""How many times as long the larger may take: growth with the square takes 64 times as long."""


def article(html: str) -> None:
    page = ArticlePage(html, URL)
    page.to_item()
    _ = (page.is_article, page.protected, page.is_whole, page.fallback, page.sections, page.pages)


def listing(html: str) -> None:
    page = ListingPage(html, URL)
    _ = (page.entries, page.sections, page.next_url, page.total_pages, page.is_listing, page.name, page.leads)


def post(text: str) -> None:
    data = {"id": 1, "title": {"rendered": text}, "content": {"rendered": text}, "link": text, "date": text}
    article_or_entry(Post(SITE, data))


def header(text: str) -> None:
    value = text.encode()[:LARGE]
    response = Response(URL, headers={"Link": value, "Date": value, "X-WP-Total": value, "Content-Type": value})
    _ = (rest.discover(SITE, response), rest.moment(response), rest.total(response))


def challenge(text: str) -> None:
    protection(HtmlResponse(URL, body=text.encode(errors="replace")[:65_000]))


def duplicate(text: str) -> None:
    index = DuplicateIndex()
    index.add("a", text[:200], text)
    index.add("b", text[:200], text + " خبر")


def addresses(text: str) -> None:
    url = urls.absolute(URL, text)
    if url:
        urls.canonical(url)
        urls.within(SITE, url)
        urls.authority(url)
    urls.slug(text)
    urls.anonymous(text)


def robots(text: str) -> None:
    NAMED.findall(text.encode(errors="replace"))
    applying(text.encode(errors="replace"), "Furat/0.1 (news archive)")


READERS: dict[str, Callable[[str], object]] = {
    "clean": clean,
    "fold": fold,
    "parse_date": parse_date,
    "visible": visible,
    "addresses": addresses,
    "article": lambda text: article(f"<body class=single><h1>x</h1><div class=entry-content><p>{text}</p></div>"),
    "article's page": article,
    "listing": listing,
    "API": lambda text: PostsPage(text.encode(errors="replace"), URL)._begin,
    "post": post,
    "RSS": lambda text: FeedPage(f"<rss><channel><item>{text}".encode(errors="replace"), URL),
    "sitemap": lambda text: SitemapPage(f"<urlset><url><loc>{text}".encode(errors="replace"), URL),
    "encoding": lambda text: decoded(text.encode(errors="replace"), text[:LARGE]),
    "encoding of another": lambda text: decoded(b"\xff" + text.encode(errors="replace"), "text/html"),
    "header": header,
    "challenge": challenge,
    "duplicates": duplicate,
    "robots.txt": robots,
}


def is_linear(reader: Callable[[str], object], make: Callable[[int], str]) -> bool:
    """Return whether the work of ``reader`` grows with the size of what ``make`` makes of a size, or is little.

    What grows faster does so each time; a machine that is busy with something else does not.
    """
    return any(_is_linear(reader, make, str(again)) for again in range(5))


def _is_linear(reader: Callable[[str], object], make: Callable[[int], str], mark: str) -> bool:
    small = _cost(reader, make(LARGE // TIMES) + mark)  # no two texts are one to a cache
    if small > MOST:
        return False
    large = _cost(reader, make(LARGE) + mark)
    return large < QUICK or large < STEEPEST * max(small, QUICK / TIMES)


def _cost(reader: Callable[[str], object], text: str) -> float:
    """Return the CPU seconds that ``reader`` takes for ``text``."""
    began = process_time()
    reader(text)
    return process_time() - began
