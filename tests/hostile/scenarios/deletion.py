"""Sites that seem to have deleted what they have, and sites that did."""

from tests.hostile.liar import MISSING, Answer, Table
from tests.hostile.newsroom import article, listing, newsroom, page, path
from tests.hostile.scenario import Crawl, articles, scenario

MANY = range(1, 13)
LEAST = {"CONCURRENT_REQUESTS_PER_DOMAIN": 2}
HOME = Answer("", "301 Moved Permanently", {"Location": "/"})


def _front(numbers: object) -> Table:
    """Return the listings of a site that shows these articles."""
    shown = listing(numbers)  # type: ignore[arg-type]
    return {
        "/": Answer(page("home blog", shown)),
        "/category/news/": Answer(page("archive category category-news", f"<h1>أخبار</h1>{shown}")),
    }


def _all(answer: Answer, numbers: object = MANY) -> Table:
    return {path(number): answer for number in numbers}  # type: ignore[attr-defined]


NOT_FOUND = Answer(
    page(
        "single single-post",
        '<h1 class="entry-title">عذراً، لم نجد ما تبحث عنه</h1><div class="entry-content"><p>حذفت هذه الصفحة من موقعنا'
        " أو نقلت إلى عنوان آخر، ويمكنك العودة إلى الصفحة الرئيسية.</p></div>",
    )
)
"""What some sites answer for what they deleted, with status 200."""

STONE = {"kind": "tombstone", "gone": 404}
WITHOUT_2 = [number for number in MANY if number != 2]

SCENARIOS = [
    *(
        scenario(
            f"permalinks break: {name}",
            Crawl(delivers=articles(*MANY)),
            Crawl(_all(answer), exit_code=5, says=("missing at once",)),
            Crawl(hours=24, exit_code=5),
            Crawl({path(number): Answer(article(number)) for number in MANY}, hours=48),
            Crawl(hours=72),
            site=newsroom(12),
        )
        for name, answer in (("404", MISSING), ("home", HOME))
    ),
    scenario(
        "a new site whose permalinks are broken is not complete",
        Crawl(_all(MISSING), exit_code=3, says=("promised 12, archived 0, pending 12",)),
        Crawl(hours=24, exit_code=3),
        Crawl({path(number): Answer(article(number)) for number in MANY}, hours=48, delivers=articles(*MANY)),
        site=newsroom(12),
    ),
    scenario(
        "a deletion takes two findings hours apart, and comes back where it answers",
        Crawl(delivers=articles(*MANY)),
        Crawl({**_front(WITHOUT_2), path(2): MISSING}),
        Crawl(hours=1),
        Crawl(hours=6, delivers={path(2): STONE}),
        Crawl(hours=7),
        Crawl({path(2): Answer(article(2))}, hours=80, delivers={path(2): {"kind": "article", "revision": 3}}),
        site=newsroom(12),
    ),
    scenario(
        "what is listed still has no tombstone",
        Crawl(delivers=articles(*MANY)),
        Crawl({path(2): MISSING}),
        Crawl(hours=24),
        Crawl(hours=48),
        site=newsroom(12),
    ),
    scenario(
        "a site that fails beside is no witness of a deletion",
        Crawl(delivers=articles(*MANY)),
        Crawl({**_front(WITHOUT_2), path(2): MISSING}),
        Crawl({path(number): Answer("", "500 Oops") for number in WITHOUT_2}, hours=24, exit_code=3),
        site=newsroom(12),
    ),
    scenario(
        "one dead link among many is not complete until it stays dead",
        Crawl({path(2): MISSING}, exit_code=3, delivers=articles(*WITHOUT_2)),
        Crawl(exit_code=3),
        Crawl(hours=24),
        Crawl(hours=25),
        site=newsroom(12),
    ),
    scenario(
        "a page that says with 200 that the article is gone is neither an edit nor a deletion",
        Crawl(delivers=articles(*MANY)),
        Crawl({**_front(WITHOUT_2), path(2): NOT_FOUND}, exit_code=3, says=("neither the number nor the words",)),
        Crawl({path(2): Answer(article(2))}, hours=24),
        site=newsroom(12),
    ),
    scenario(
        "pages that say with 200 that all articles are gone",
        Crawl(delivers=articles(*MANY)),
        Crawl(_all(NOT_FOUND), exit_code=3),
        Crawl({path(number): Answer(article(number)) for number in MANY}, hours=24),
        site=newsroom(12),
    ),
    scenario(
        "much is deleted, and the operator says so",
        Crawl(delivers=articles(*MANY)),
        Crawl({**_front([1]), **_all(MISSING, range(2, 13))}, exit_code=5),
        Crawl(hours=24, exit_code=5),
        Crawl(
            hours=25,
            settings={"FURAT_QUARANTINE": False},
            delivers={path(number): STONE for number in range(2, 13)},
        ),
        site=newsroom(12),
    ),
]
