"""A small honest WordPress newsroom, as a table of what it says."""

import json
from collections.abc import Iterable
from typing import Any

from tests.hostile.liar import HERE, Answer, Table
from tests.replica.words import Writer, title

API = '<link rel="https://api.w.org/" href="/wp-json/">'
DAY = "2024-07-25T10:30:{:02}+03:00"


def newsroom(count: int = 3, **lies: Any) -> dict[str, Any]:
    """Return the site of ``count`` articles, their pages made with ``lies`` (see `article`)."""
    listed = listing(range(1, count + 1))
    return {
        "/robots.txt": Answer("User-agent: *\nDisallow:\n", content_type="text/plain"),
        "/": Answer(page("home blog", listed)),
        "/category/news/": Answer(page("archive category category-news", f"<h1>أخبار</h1>{listed}")),
        **{path(number): Answer(article(number, **lies)) for number in range(1, count + 1)},
    }


def path(number: int) -> str:
    """Return the address of an article, without the host."""
    return f"/khabar-{number}/"


def headline(number: int) -> str:
    """Return the title of an article."""
    return title(7, number)


def text(number: int) -> str:
    """Return the text of an article."""
    return Writer(7, number, "body").text(4)


def article(
    number: int, *, body: str | None = None, head: str = "", classes: str | None = None, printed: str | None = None
) -> str:
    """Return the page of an article: with another ``body``, ``head``, body ``classes`` or ``printed`` title."""
    classes = f"single single-post postid-{number}" if classes is None else classes
    body = f"<p>{text(number)}</p>" if body is None else body
    name = headline(number) if printed is None else printed
    return page(
        classes,
        f'<article class="post-{number} post"><h1 class="entry-title">{name}</h1>'
        f'<time class="entry-date published" datetime="{DAY.format(number % 60)}">25 يوليو 2024</time>'
        f'<span class="author vcard"><a href="/author/a/" rel="author">علي حسن</a></span>'
        f'<div class="entry-content">{body}</div></article>',
        f"<title>{name} - صحيفة الساحة</title>{head}",
    )


def listing(numbers: Iterable[int], following: str | None = None) -> str:
    """Return the entries of articles, and a link to the ``following`` page of the listing."""
    cards = (
        f'<article class="post-{number} post"><h2 class="entry-title"><a href="{path(number)}" rel="bookmark">'
        f"{headline(number)}</a></h2></article>"
        for number in numbers
    )
    more = f'<nav class="pagination"><a class="next page-numbers" href="{following}">التالي</a></nav>'
    return "".join(cards) + (more if following else "")


def page(classes: str, main: str, head: str = "<title>صحيفة الساحة</title>") -> str:
    """Return a page of the site whose `body` has ``classes``."""
    return (
        f'<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8">{head}{API}</head><body class="{classes}">'
        f'<a href="/category/news/">أخبار</a><main id="main">{main}</main></body></html>'
    )


def post(number: int, **other: Any) -> dict[str, Any]:
    """Return an article as the REST API gives it; ``other`` fields replace its own."""
    moment = DAY.format(number % 60)[:19]
    return {
        "id": number,
        "link": f"{HERE}khabar-{number}/",
        "date": moment,
        "date_gmt": moment.replace("T10", "T07"),
        "modified": moment,
        "modified_gmt": moment.replace("T10", "T07"),
        "title": {"rendered": headline(number)},
        "content": {"rendered": f"<p>{text(number)}</p>", "protected": False},
        **other,
    }


def api(posts: Iterable[dict[str, Any]]) -> Table:
    """Return the REST API that tells ``posts``, all of them at once."""
    given = [*posts]
    json_type = "application/json; charset=UTF-8"
    told = Answer(json.dumps(given), headers={"X-WP-Total": str(len(given))}, content_type=json_type)
    none = Answer("[]", content_type=json_type)
    return {"/wp-json/wp/v2/posts": lambda before: none if before else told}
