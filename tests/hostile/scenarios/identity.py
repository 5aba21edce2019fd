"""Pages that claim to be other articles, or each other."""

from typing import Any

from tests.hostile.liar import HERE, Answer, Table
from tests.hostile.newsroom import api, article, listing, newsroom, page, path, post, text
from tests.hostile.scenario import Crawl, Scenario, articles, scenario

ALL = articles(1, 2, 3)
BY_PATH = {path(number): {"kind": "article", "post_id": None} for number in (1, 2, 3)}


def _canonical(url: str) -> str:
    return f'<link rel="canonical" href="{url}">'


def _one_address(name: str, url: str, **lies: Any) -> Scenario:
    wanted = ALL if "classes" not in lies else BY_PATH
    site = newsroom(head=_canonical(url), **lies)
    edited = {path(2): Answer(article(2, head=_canonical(url), body=f"<p>{text(2)}</p><p>وأضيفت جملة.</p>", **lies))}
    return scenario(
        f"canonical {name} on every page",
        Crawl(delivers=wanted),
        Crawl(edited, delivers={path(2): {"revision": 2}}),
        site=site,
    )


def _changing(number: int) -> Answer:
    """Return what prints another number of the post at each visit."""
    visits = iter(range(1000 * number, 1000 * number + 999))
    return lambda _: Answer(article(number, classes=f"single single-post postid-{next(visits)}"))  # type: ignore[return-value]


def _aside(number: int, link: str) -> Table:
    body = f'<p>{text(number)}</p><p><a class="post-page-numbers" href="{link}">2</a></p>'
    return {path(number): Answer(article(number, body=body))}


SCENARIOS = [
    _one_address("home", HERE),
    _one_address("home, without numbers", HERE, classes="single"),
    _one_address("of one article", f"{HERE}khabar-1/"),
    _one_address("of one article, without numbers", f"{HERE}khabar-1/", classes="single"),
    _one_address("that leads nowhere", f"{HERE}nichts/", classes="single"),
    scenario(
        "a reposter's canonical names an article that is not listed",
        Crawl(
            {path(2): Answer(article(2, head=_canonical(f"{HERE}khabar-7/"))), path(7): Answer(article(7))},
            delivers={**ALL, **articles(7)},
        ),
    ),
    scenario(
        "two pages that name each other",
        Crawl(
            {
                path(1): Answer(article(1, classes="single", head=_canonical(f"{HERE}khabar-2/"))),
                path(2): Answer(article(2, classes="single", head=_canonical(f"{HERE}khabar-1/"))),
            },
            delivers={**BY_PATH, **articles(3)},
        ),
    ),
    scenario(
        "one number on all pages",
        Crawl(
            {path(number): Answer(article(number, classes="single single-post postid-777")) for number in (1, 2, 3)},
            delivers={path(number): {"kind": "article", "revision": 1} for number in (1, 2, 3)},
        ),
        Crawl(),
        Crawl(hours=24),
    ),
    scenario(
        "a number that changes with each visit",
        Crawl(
            {path(number): _changing(number) for number in (1, 2, 3)},
            delivers={path(number): {"kind": "article"} for number in (1, 2, 3)},
        ),
        Crawl(),
        Crawl(hours=24),
        Crawl(hours=48),
    ),
    scenario(
        "an article takes the number of another that answers still",
        Crawl(delivers=ALL),
        Crawl(
            {
                path(4): Answer(article(4, classes="single single-post postid-1")),
                "/": Answer(page("home blog", listing([4, 3, 2, 1]))),
            },
            delivers={path(4): {"kind": "article"}},
        ),
    ),
    scenario(
        "what is listed leads to one article",
        Crawl(
            {path(number): Answer("", "302 Found", {"Location": path(1)}) for number in range(2, 13)},
            exit_code=3,
            delivers=articles(1),
            says=("promised 12, archived 1, pending 11", "khabar-1/, and so do others"),
        ),
        Crawl(
            {path(number): Answer(article(number)) for number in range(2, 13)},
            hours=24,
            delivers=articles(*range(2, 13)),
        ),
        site=newsroom(12),
    ),
    scenario(
        "a few addresses lead to one article, as after a rename",
        Crawl(
            {path(number): Answer("", "301 Moved", {"Location": path(1)}) for number in (2, 3)},
            delivers=articles(*(1, 4, 5, 6)),
        ),
        site=newsroom(6),
    ),
    scenario("a page link into another article", Crawl(_aside(1, path(2)), delivers=ALL)),
    scenario("a page link to a page far away", Crawl(_aside(1, f"{path(1)}99/"), delivers=ALL)),
    scenario("a page link to nowhere", Crawl(_aside(1, "/nichts/2/"), delivers=ALL)),
    scenario(
        "posts of the API that name one address",
        Crawl(
            {
                **api([post(1), post(2, link=f"{HERE}khabar-1/"), post(3)]),
                "/?p=1": Answer("", "301 Moved", {"Location": path(1)}),
                "/?p=2": Answer("", "301 Moved", {"Location": path(2)}),
            },
            spider="api",
            delivers=articles(1, 2, 3),
        ),
    ),
]
