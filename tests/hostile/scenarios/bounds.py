"""No answer costs time or memory without bound, breaks a crawl, or keeps it from stopping."""

import json

from tests.hostile.liar import HERE, Answer
from tests.hostile.newsroom import api, article, listing, newsroom, page, path, post, text
from tests.hostile.scenario import Crawl, Scenario, articles, scenario

ALL = articles(1, 2, 3)
TEXT = "text/plain"
JSON = "application/json; charset=UTF-8"
RSS = "application/rss+xml; charset=UTF-8"


def _api(name: str, *posts: dict[str, object]) -> Scenario:
    """Return a scenario whose API tells odd ``posts``; the articles are those of their pages."""
    return scenario(name, Crawl(api(posts), spider="api", delivers=ALL))


def _refused(name: str, answer: Answer) -> Scenario:
    """Return a scenario in which one article can't be read, and is pending."""
    return scenario(name, Crawl({path(2): answer}, exit_code=3, delivers=articles(1, 3)))


def _archived(name: str, answer: Answer) -> Scenario:
    """Return a scenario in which an odd answer is read as any other."""
    return scenario(name, Crawl({path(2): answer}, delivers=ALL))


def _content(body: str) -> dict[str, object]:
    return {"content": {"rendered": body, "protected": False}}


LONG = "n" * 900
NAMES = "".join(f"<{LONG}{depth}>" for depth in range(95)) + "".join(f"<c{number}/>" for number in range(9_800))

BODIES: dict[str, str | bytes] = {
    "lists in lists": "[" * 200_000,
    "a number of 5,000 digits": f'[{{"id": {"9" * 5000}}}]',
    "things in things": '{"a":' * 100_000,
    "no text at all": b"\xff\xfe\x00" * 1000,
}

SCENARIOS = [
    _api(
        "shortcodes that never end",
        post(1),
        post(2, **_content(f"<p>{text(2)} {'[a_' * 60_000}</p>")),
        post(3, **_content(f"<p>{text(3)} [a_{'b' * 100_000}</p>")),
    ),
    _api(
        "moments at the ends of all calendars",
        post(1, modified="0001-01-01T00:00:00", modified_gmt="0001-01-01T00:00:00"),
        post(2, date="9999-12-31T23:59:59", date_gmt="9999-12-31T10:00:00"),
        post(3, modified="9999-12-31T23:59:59", modified_gmt="9999-12-31T23:59:59"),
    ),
    _api(
        "values of other kinds",
        post(1, link=5, date={"a": 1}, modified=[1], _embedded={"author": {"a": 1}, "wp:term": [[5, None]]})
        | {"link": f"{HERE}khabar-1/"},
        post(2, _embedded=[1], date_gmt=None),
        post(3, modified_gmt=True, _embedded={"wp:featuredmedia": [{"source_url": 5, "media_type": "image"}]}),
    ),
    *(
        scenario(
            f"an API that says {name}",
            Crawl({"/wp-json/wp/v2/posts": Answer(body, content_type=JSON)}, spider="api", exit_code=3),
        )
        for name, body in BODIES.items()
    ),
    scenario(
        "a feed of long names in long names",
        Crawl(
            {"/feed/atom/": Answer(f"<rss><channel><item>{NAMES}", content_type=RSS)},
            spider="feed",
            exit_code=3,
            says=("cut off",),
        ),
    ),
    scenario(
        "robots.txt of empty lines",
        Crawl(
            {"/robots.txt": Answer("\n" * 300_000 + "x", content_type=TEXT)},
            spider="sitemap",
            exit_code=3,
            says=("no sitemap",),
        ),
    ),
    scenario(
        "robots.txt of many agents and rules",
        Crawl(
            {
                "/robots.txt": Answer(
                    "".join(f"User-agent: bot{number}\n" for number in range(12_000)) + "Disallow: /x\n" * 15_000,
                    content_type=TEXT,
                )
            },
            delivers=ALL,
        ),
    ),
    *(
        _archived(f"a page in the encoding {charset}", Answer(article(2), content_type=f"text/html; charset={charset}"))
        for charset in ("zlib", "hex", "undefined", "utf-7")
    ),
    _archived(
        "a page whose head says rot13", Answer(article(2, head="<meta charset=rot13>"), content_type="text/html")
    ),
    _archived("a page with a thousand headers", Answer(article(2), headers={f"X-{n}": "x" * 50 for n in range(1000)})),
    _archived("a page with a link header of brackets", Answer(article(2), headers={"Link": "<" * 12_000})),
    _refused("a status line of nonsense", Answer(article(2), "abc\x1b[2J")),
    _refused("a status of no kind", Answer(article(2), "999 ?")),
    _refused("a body that is not packed as it says", Answer(b"\x1f\x8bnonsense", headers={"Content-Encoding": "gzip"})),
    _refused(
        "a page that leads to a private address", Answer("", "302 Found", {"Location": "http://169.254.169.254/"})
    ),
    _refused(
        "a page that leads to another port", Answer("", "301 Moved", {"Location": "http://127.0.0.1:9/khabar-2/"})
    ),
    _refused("a page that leads to a file", Answer("", "302 Found", {"Location": "file:///etc/passwd"})),
    _refused("a page that leads to itself", Answer("", "302 Found", {"Location": path(2)})),
    _refused("a page that leads to no address", Answer("", "302 Found", {"Location": "http://[/"})),
    scenario(
        "an address with a user's name poisons no article",
        Crawl(delivers=ALL, hides=("geheim",)),
        site=newsroom()
        | {"/": Answer(page("home blog", listing([1, 2, 3]).replace('"/khabar-1/', '"//ali:geheim@here/khabar-1/')))}
        | {"/category/news/": Answer(page("archive category", "<h1>أخبار</h1>" + listing([1, 2, 3])))},
    ),
    scenario(
        "a crawl that is stopped while a page is awaited ends at once",
        Crawl(
            {path(2): Answer(article(2), is_held=True)},
            stops_at=path(2),
            exit_code=3,
            delivers=articles(1, 3),
        ),
    ),
    scenario(
        "a sitemap of moments and addresses of no kind",
        Crawl(
            {
                "/robots.txt": Answer(f"Sitemap: {HERE}s.xml\n", content_type=TEXT),
                "/s.xml": Answer(
                    f"<urlset><url><loc>{HERE}khabar-1/</loc><lastmod>0001-01-01T00:00:00+14:00</lastmod></url>"
                    "<url><loc>http://[/</loc></url>"
                    f"<url><loc>{HERE}khabar-2/</loc><lastmod>{'9' * 5000}</lastmod></url>",
                    content_type="application/xml",
                ),
            },
            spider="sitemap",
            exit_code=3,
        ),
    ),
    scenario(
        "counts of thousands of digits",
        Crawl(
            {
                "/wp-json/wp/v2/posts": lambda before: Answer(
                    json.dumps([] if before else [post(1), post(2), post(3)]),
                    content_type=JSON,
                    headers={"X-WP-Total": "9" * 5000, "X-WP-TotalPages": "9" * 5000, "Date": "Mon, 99 Foo 0001"},
                )
            },
            spider="api",
            delivers=ALL,
        ),
    ),
]
