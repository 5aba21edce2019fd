"""How a crawl behaves towards a site that is broken, guarded or ill-mannered."""

from tests.hostile.liar import Answer
from tests.hostile.newsroom import article, headline, path, text
from tests.hostile.scenario import Crawl, Scenario, articles, scenario

TEXT = "text/plain"
ALL = articles(1, 2, 3)


def _robots(name: str, answer: Answer) -> Scenario:
    wanted = Crawl({"/robots.txt": answer}, exit_code=3, says=("robots.txt",), asks=("/robots.txt",))
    return scenario(f"robots.txt {name} forbids everything", wanted)


SCENARIOS = [
    scenario("an honest site is archived", Crawl(delivers=ALL)),
    _robots("with 500", Answer("x", "500 Internal Server Error", content_type=TEXT)),
    _robots("with 502 as a page", Answer("<html>Bad Gateway</html>", "502 Bad Gateway")),
    _robots("without an answer", Answer(is_silent=True)),
    _robots(
        "that forbids it by way of a proxy",
        Answer("User-agent: *\nDisallow: /\n", "203 Non-Authoritative Information", content_type=TEXT),
    ),
    scenario(
        "robots.txt that is missing allows everything",
        Crawl({"/robots.txt": Answer("", "404 Not Found", content_type=TEXT)}, delivers=ALL),
    ),
    scenario(
        "robots.txt that is forbidden allows everything",  # RFC 9309, 2.3.1.3
        Crawl({"/robots.txt": Answer("", "403 Forbidden", content_type=TEXT)}, delivers=ALL),
    ),
    scenario(
        "a challenge of AWS WAF is named and costs no tries",
        Crawl(
            {path(number): Answer("", "202 Accepted", {"x-amzn-waf-action": "challenge"}) for number in (1, 2, 3)},
            exit_code=3,
            says=("AWS WAF requires a browser",),
            settings={"FURAT_PATIENCE": 60},
        ),
        Crawl({path(number): Answer(article(number)) for number in (1, 2, 3)}, delivers=ALL),
    ),
    scenario(
        "credentials in the address of the site are wrong usage and not shown",
        Crawl(user="ali:geheim@", exit_code=2, hides=("geheim",), asks=()),
    ),
    scenario(
        "windows-1256 that says it is UTF-8 is read as what it is",
        Crawl(
            {path(2): Answer(article(2).encode("windows-1256", "xmlcharrefreplace"))},
            delivers={**ALL, **articles(2, title=headline(2), text=text(2))},
        ),
    ),
    scenario(
        "a header that errs about the charset of an unchanged page makes no revision",
        Crawl(delivers=ALL),
        Crawl({path(2): Answer(article(2), content_type="text/html; charset=ISO-8859-1")}),
    ),
    scenario(
        "a moment in place of seconds to wait is not waited for a year",
        Crawl(
            {
                path(2): lambda before: (
                    Answer(article(2)) if before else Answer("", "429 Slow", {"Retry-After": "1790000000"})
                )
            },
            delivers=ALL,
        ),
    ),
]
