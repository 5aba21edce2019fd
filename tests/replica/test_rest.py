"""The replica's REST API shows what its pages show, and answers as WordPress does."""

import json
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from tests.replica import TRAPS, Replica
from tests.replica.plan import CATEGORIES, HIDDEN, NEWS, TAGS
from tests.replica.reading import BASE, all_ids, answer, ids, posts, walked
from tests.replica.site import Reply, Site

DEIR = "دير الزور"
PROTECTED = TRAPS["protected"]


def rest(query: str) -> tuple[Reply, Any]:
    reply = Site(Replica(rest=True), BASE).answer(f"/wp-json/wp/v2/{query}")
    return reply, json.loads(reply.body)


def test_rest_lists_terms_in_pages() -> None:
    reply, first = rest("tags?per_page=5&page=2")

    assert len(first) == 5
    assert (reply.headers["X-WP-Total"], reply.headers["X-WP-TotalPages"]) == ("12", "3")
    assert rest("tags?per_page=5&page=4")[1] == []
    assert rest("tags?per_page=101")[0].status == 400
    assert rest("nothing")[0].status == 404


def test_rest_counts_a_parents_own_posts_alone() -> None:
    terms = {term["name"]: term for term in rest("categories?per_page=100")[1]}

    assert terms[DEIR]["parent"] == terms["أخبار"]["id"]
    assert terms["أخبار"]["count"] < len(walked(Replica(), urlsplit(terms["أخبار"]["link"]).path))


def test_rest_searches_names_and_slugs() -> None:
    assert [term["name"] for term in rest(f"tags?search={quote('حلب')}")[1]] == ["حلب", "ريف حلب الشرقي"]
    assert [term["name"] for term in rest("categories?search=opinion")[1]] == ["رأي"]


def test_an_api_without_readable_addresses_is_a_parameter() -> None:
    replica = Replica(60, rest=True, api="index.php?rest_route=/")
    home = answer(replica, "")
    told = f"{BASE}index.php?rest_route=/"
    reply = answer(replica, "index.php", rest_route="/wp/v2/posts", per_page=10)

    assert f'<link rel="https://api.w.org/" href="{told}" />' in home.body.decode()
    assert home.headers["Link"] == f'<{told}>; rel="https://api.w.org/"'
    assert [post["id"] for post in json.loads(reply.body)] == ids(Replica(60, rest=True), per_page=10)
    assert reply.headers["Link"] == f'<{told}wp/v2/posts&per_page=10&page=2>; rel="next"'
    assert answer(replica, "wp-json/wp/v2/posts").status == 404
    assert answer(Replica(rest=True), "", rest_route="/wp/v2/posts").status == 200


@pytest.mark.parametrize(
    "rest, status, code",
    [
        (False, 401, "rest_not_logged_in"),
        (401, 401, "rest_not_logged_in"),
        (403, 403, "rest_forbidden"),
        (404, 404, "rest_no_route"),
    ],
)
@pytest.mark.parametrize("path", ["wp-json/", "wp-json/wp/v2/posts", "wp-json/wp/v2/tags"])
def test_a_closed_api_refuses(path: str, rest: Any, status: int, code: str) -> None:
    reply = answer(Replica(rest=rest), path)

    assert reply.status == status
    assert json.loads(reply.body)["code"] == code


def test_an_api_may_answer_with_a_page() -> None:
    reply = answer(Replica(rest=200), "wp-json/wp/v2/posts")

    assert reply.status == 200
    assert reply.content_type.startswith("text/html")
    assert reply.body.startswith(b"<!DOCTYPE html>")


def test_the_api_says_where_it_is() -> None:
    told = json.loads(answer(Replica(rest=True, sitemaps="yoast", prefix="/ar"), "ar/wp-json/").body)

    assert told["home"] == f"{BASE}ar/"
    assert {"wp/v2", "yoast/v1"} <= {*told["namespaces"]}
    assert told["timezone_string"] == "Asia/Damascus"


def test_rest_lists_every_post_newest_first() -> None:
    replica = Replica(150, rest=True)
    reply = answer(replica, "wp-json/wp/v2/posts", per_page=100)
    listed = [*ids(replica), *ids(replica, page=2)]

    assert listed == all_ids(replica)
    assert (reply.headers["X-WP-Total"], reply.headers["X-WP-TotalPages"]) == (str(len(listed)), "2")
    assert reply.headers["Link"] == f'<{BASE}wp-json/wp/v2/posts?per_page=100&page=2>; rel="next"'


@pytest.mark.parametrize(
    "query, code",
    [
        ({"page": 3}, "rest_post_invalid_page_number"),
        ({"per_page": 101}, "rest_invalid_param"),
        ({"per_page": 0}, "rest_invalid_param"),
        ({"page": "x"}, "rest_invalid_param"),
        ({"after": "2020-01-01"}, "rest_invalid_param"),
        ({"orderby": "luck"}, "rest_invalid_param"),
        ({"order": "up"}, "rest_invalid_param"),
        ({"include": "a"}, "rest_invalid_param"),
        ({"status": "draft"}, "rest_invalid_param"),
    ],
)
def test_rest_refuses_what_wordpress_refuses(query: dict[str, Any], code: str) -> None:
    reply = answer(Replica(60, rest=True), "wp-json/wp/v2/posts", **({"per_page": 50} | query))

    assert (reply.status, json.loads(reply.body)["code"]) == (400, code)


def test_nothing_found_is_no_error() -> None:
    assert posts(Replica(rest=True), slug="nowhere", page=2) == []
    assert posts(Replica(rest=True), categories=999) == []


def test_rest_shows_a_protected_post_without_its_text() -> None:
    (post,) = posts(Replica(rest=True), slug=Replica().card(PROTECTED).slug)

    assert post["content"] == post["excerpt"] == {"rendered": "", "protected": True}
    assert not post["title"]["rendered"].startswith("محمي")


def test_rest_gives_the_whole_text_without_what_the_theme_sets_in() -> None:
    replica = Replica(rest=True)
    for trap in ("multi-page", "inline-related", "advertisement"):
        (post,) = posts(replica, include=replica.card(TRAPS[trap]).id)
        truth = replica.article(TRAPS[trap])

        assert all(paragraph in post["content"]["rendered"] for paragraph in truth["paragraphs"])
        assert not any(beside in post["content"]["rendered"] for beside in truth["beside"])


def test_rest_filters_by_moments() -> None:
    replica = Replica(120, rest=True)
    one = replica.article(60)["published"]
    local = replica.card(60).published.replace(tzinfo=None).isoformat()
    newest = all_ids(replica)

    assert ids(replica, after=one) == ids(replica, after=local) == newest[: newest.index(replica.card(60).id)]
    assert ids(replica, before=one) == newest[newest.index(replica.card(60).id) + 1 :]
    assert [*ids(replica, after="2010-01-01T00:00:00Z"), *ids(replica, after="2010-01-01T00:00:00", page=2)] == newest


def test_rest_shows_edits_by_their_moment() -> None:
    replica = Replica(100, rest=True)
    before = replica.newest_change
    replica.edit(7, "فقرة")
    replica.rename(5)
    replica.edit(3, "فقرة")
    found = ids(replica, modified_after=before.isoformat(), orderby="modified", order="asc")

    assert found == [replica.card(index).id for index in (7, 5, 3)]


def test_rest_orders_by_id_and_by_the_list_of_ids() -> None:
    replica = Replica(30, rest=True)

    assert ids(replica, orderby="id", order="asc") == all_ids(replica)[::-1]
    assert ids(replica, orderby="include", include="1006,1000,1003,9") == [1006, 1000, 1003]
    assert ids(replica, exclude="1006,1000", include="1006,1003") == [1003]
    assert ids(replica, offset=25) == all_ids(replica)[25:]


def test_rest_keeps_to_a_terms_own_posts() -> None:
    replica = Replica(60, rest=True)
    of_news = {post["id"]: post for post in posts(replica, categories=NEWS.id)}

    assert all(NEWS.id in post["categories"] for post in of_news.values())
    assert len(of_news) < len({*ids(replica, categories=",".join(str(term.id) for term in CATEGORIES))})
    assert ids(replica, categories=HIDDEN.id, tags=TAGS[0].id) == []
    assert [post["author"] for post in posts(replica, author=3)] == [3] * 15


def test_rest_shows_the_fields_that_are_asked_for() -> None:
    replica = Replica(rest=True)
    (post,) = posts(replica, include=1000, _fields="id,title.rendered,_links,_embedded", _embed="author,wp:term")

    assert [*post] == ["id", "title", "_links", "_embedded"]
    assert [*post["_embedded"]] == ["author", "wp:term"]
    assert [*posts(replica, include=1000, _fields="id,_embedded", _embed="1")[0]] == ["id"]
    assert "_embedded" not in posts(replica, include=1000)[0]


def test_a_picture_is_embedded_where_there_is_one() -> None:
    replica = Replica(rest=True)
    for index in (2, 3):
        (post,) = posts(replica, include=replica.card(index).id, _embed="")

        assert ("wp:featuredmedia" in post["_embedded"]) == (index == 2)
