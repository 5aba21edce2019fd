"""What a site says reaches a terminal and a log on one line, with nothing hidden in it."""

import json

from tests.hostile.liar import HERE, Answer
from tests.hostile.newsroom import article, headline, listing, page
from tests.hostile.scenario import Crawl, articles, scenario

EVIL = "\x1b[2J\x1b]0;x\x07\u202e\u2066\u200f\r\n23:59:59 INFO Crawl forged: complete\x85\u2028"
JSON = "application/json; charset=UTF-8"
FORGED = ("INFO Crawl forged",)

SCENARIOS = [
    scenario(
        "an error of the API stays on one line",
        Crawl(
            {"/wp-json/wp/v2/posts": Answer(json.dumps({"code": EVIL, "message": EVIL}), content_type=JSON)},
            spider="api",
            exit_code=3,
            says=("refuses",),
        ),
    ),
    scenario(
        "what the API gives instead of JSON stays on one line",
        Crawl({"/wp-json/wp/v2/posts": Answer(EVIL, content_type=JSON)}, spider="api", exit_code=3),
    ),
    scenario(
        "headers stay on one line",
        Crawl(
            {
                "/khabar-1/": lambda before: Answer(
                    article(1), "200 OK" if before else "429 \x1b[2J", {"Retry-After": "1\x1b[2J\u202e"}
                ),
                "/khabar-2/": Answer(article(2), content_type="text/\x1b[2J\u202e"),
            },
            exit_code=3,
            says=(r"\u001b[2J",),
            delivers=articles(1, 3),
        ),
    ),
    scenario(
        "addresses and names stay on one line",
        Crawl(
            {
                "/": Answer(
                    page("home blog", listing([1, 2, 3]) + f'<a rel="category" href="/category/x/">{EVIL}</a>')
                ),
                "/category/x/": Answer("", "500 \x1b[2J"),
                "/khabar-1/": Answer("", "302 Found", {"Location": f"{HERE}a\x1b[2J/"}),
            },
            exit_code=3,
            delivers=articles(2, 3),
        ),
    ),
    scenario(
        "a title of escapes is archived and not acted upon",
        Crawl(
            {"/khabar-1/": Answer(article(1, printed=f"{headline(1)} &#27;[2J &#8238;x"))},
            delivers=articles(1, 2, 3),
        ),
    ),
]
