"""Does the site show what the truth says, and no more? Asked of the pages alone, without Furat."""

import html
import json
import re
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, pairwise
from typing import Any

import pytest

from tests.real_wordpress.newsroom import Newsroom
from tests.real_wordpress.truth import Post, Record, differences, first_lost, words

pytestmark = pytest.mark.wordpress


def test_every_published_post_shows_its_words(site: Newsroom) -> None:
    with ThreadPoolExecutor(4) as readers:
        shown = readers.map(lambda post: shows(post, "".join(pages(site, post))), site.truth)
        wrong = [post.url for post, is_shown in zip(site.truth, shown, strict=True) if not is_shown]

    assert not wrong


def test_no_hidden_post_shows_its_words(site: Newsroom) -> None:
    answers = [(post, *site.get(post.url)) for post in site.hidden]
    kinds = {(post.why, status, "post-password-form" in page) for post, status, page in answers}
    shown = [
        post.url for post, _, page in answers if any(not first_lost(text(page), [block]) for block in post.required)
    ]

    gone = {(why, 404, False) for why in ("draft", "private", "pending", "future")}
    assert kinds == {("password", 200, True), *gone}
    assert not shown


def test_the_rest_interface_agrees_with_the_truth(wordpress: Newsroom) -> None:
    query = "wp-json/wp/v2/posts?_embed=author,wp:term&per_page=100"
    answers = [json.loads(wordpress.get(f"{wordpress.url}{query}&page={page}")[1]) for page in (1, 2)]
    records = [record(post) for post in chain(*answers) if not post["content"]["protected"]]
    sections = {post.post_id: post.sections for post in wordpress.truth}
    found = differences(wordpress.truth, [record | {"sections": sections.get(record["post_id"])} for record in records])

    assert not found, "\n".join(map(str, found))


def test_the_theme_is_worn(site: Newsroom, request: pytest.FixtureRequest) -> None:
    _, home = site.get(site.url)

    assert f"/themes/{request.node.callspec.params['site']}/" in home
    assert 'lang="ar"' in home


def test_past_the_last_page_is_nothing(site: Newsroom) -> None:
    listed = len(site.truth) + sum(post.why == "password" for post in site.hidden)

    assert site.get(f"{site.url}page/{listed // 10 + 1}/")[0] == 200
    assert site.get(f"{site.url}page/{listed // 10 + 2}/")[0] == 404


def test_every_sentence_can_be_told_from_all_others(site: Newsroom) -> None:
    hidden = {word for post in site.hidden for word in words(" ".join(post.required))}
    published = {word for post in site.truth for word in words(" ".join([post.title, *post.required, *post.optional]))}

    assert len(hidden - published) > 2 * len(site.hidden)


def test_the_posts_have_every_peculiarity(wordpress: Newsroom) -> None:
    truth = wordpress.truth
    neighbours = list(pairwise(truth))

    assert len(truth) == 120
    assert {post.published[-6:] for post in truth} == {"+02:00", "+03:00"}
    assert {post.pages for post in truth} == {1, 2, 3}
    assert any(not post.title for post in truth)
    assert any(not post.required for post in truth)
    assert any(not post.tags for post in truth)
    assert any(post.modified > post.published for post in truth)
    assert any(set(post.categories) & set(post.tags) for post in truth)
    assert any(len(post.sections) > len(post.categories) for post in truth)
    assert any(older.published == newer.published for older, newer in neighbours)
    assert any(older.title == newer.title for older, newer in neighbours)


def pages(site: Newsroom, post: Post) -> list[str]:
    """Return the HTML of each page of the post."""
    urls = [post.url, *(f"{post.url}{number}/" for number in range(2, post.pages + 1))]
    return [site.get(url)[1] for url in urls]


def record(post: dict[str, Any]) -> Record:
    """Return a post of the REST interface as a crawl would deliver it."""
    categories, tags = ([html.unescape(term["name"]) for term in terms] for terms in post["_embedded"]["wp:term"][:2])
    return {
        "post_id": post["id"],
        "url": post["link"],
        "title": html.unescape(re.sub("<[^>]+>", "", post["title"]["rendered"])),
        "text": text(f"<body>{post['content']['rendered']}"),
        "authors": [author["name"] for author in post["_embedded"]["author"]],
        "published": f"{post['date_gmt']}+00:00",
        "modified": f"{post['modified_gmt']}+00:00",
        "categories": categories,
        "tags": tags,
    }


def shows(post: Post, page: str) -> bool:
    """Return whether the page names the post and holds all of its words in their order."""
    shown = text(page)
    named = f"postid-{post.post_id} " in page and not any(
        first_lost(shown, [name]) for name in post.authors + post.tags
    )
    return named and not first_lost(shown, [post.title, *post.required])


def text(page: str) -> str:
    """Return the words of the HTML, its scripts and styles left out."""
    visible = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", page.partition("<body")[2])
    return html.unescape(re.sub(r"(?s)<[^>]*>", " ", visible))
