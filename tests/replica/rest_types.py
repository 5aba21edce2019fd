"""Posts of a type of the site's own, as plugins and themes register them: no listing and no feed shows them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from .cards import paragraph
from .plan import ROUND
from .post_page import Around, Post, post_page
from .replica import Replica
from .rest import Answer, Query, bad_number, listed, refusal
from .words import Writer, title

FIRST_ID = 900_001
CORE = {"post": "posts", "page": "pages", "attachment": "media", "wp_block": "blocks", "nav_menu_item": "menu-items"}


def types(replica: Replica, _: Query) -> Answer:
    """Return which types of posts the site has: WordPress's own, and `report` where there are reports."""
    bases = {**CORE, **({"report": "reports"} if replica.reports else {})}
    return Answer(
        200,
        {
            name: {"slug": name, "name": name, "rest_base": base, "rest_namespace": "wp/v2", "taxonomies": []}
            for name, base in bases.items()
        },
    )


def reports(replica: Replica, query: Query) -> Answer:
    """Return a page of the reports, oldest first."""

    def show(start: int, stop: int) -> Sequence[object]:
        posts = [report(replica, number) for number in range(start, stop)]
        return [{"id": post.card.id, "link": post.card.url, "type": "report"} for post in posts]

    if not replica.reports:
        return refusal(404, "rest_no_route")
    answer = bad_number(query) or listed(query, replica.reports, show, "reports")
    is_beyond = int(query.get("page", 1)) > int(answer.headers.get("X-WP-TotalPages", 1))
    return refusal(400, "rest_post_invalid_page_number") if is_beyond else answer


def report_page(replica: Replica, slug: str, sidebar: str) -> str | None:
    """Return the page of the report with a slug; None where there is none."""
    number = int(slug) if slug.isdecimal() else -1
    if not 0 <= number < replica.reports:
        return None
    page = post_page(report(replica, number), 1, Around(None, None, ()), sidebar)
    page = page.replace("post-template-default single single-post", "report-template-default single single-report")
    return page.replace("post type-post", "report type-report").replace("wp/v2/posts/", "wp/v2/reports/")


def report(replica: Replica, number: int) -> Post:
    """Return a report: a plain post with words, number and address of its own."""
    like = replica.post(number % ROUND + 1)
    moment = like.card.published + timedelta(minutes=number)
    write = Writer(replica.seed, FIRST_ID + number, "report")
    card = replace(
        like.card,
        index=1,
        id=FIRST_ID + number,
        title=f"{title(replica.seed + 1, number)} {number}",
        slug=f"report/{number}",
        published=moment,
        status="publish",
    )
    return replace(
        like, card=card, pages=[[paragraph(write.text(5)), paragraph(write.text(5))]], modified=moment, picture=None
    )


def reports_truth(replica: Replica) -> list[int]:
    """Return the numbers of all reports."""
    return [FIRST_ID + number for number in range(replica.reports)]


TYPE_LISTS = {"types": types, "reports": reports}
