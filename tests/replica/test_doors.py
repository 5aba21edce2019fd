"""The replica's other doors: feeds, REST and sitemaps show what its pages show, and answer as WordPress does."""

import gzip
import http.client
import json
from collections.abc import Callable
from contextlib import closing
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from furat.pages import FeedPage, SitemapPage
from tests.replica import TRAPS, Replica, serve
from tests.replica.plan import CATEGORIES, HIDDEN, NEWS, TAGS
from tests.replica.site import Reply, Site

BASE = "http://127.0.0.1:80/"
PROTECTED = TRAPS["protected"]


def answer(replica: Replica, path: str, **query: Any) -> Reply:
    return Site(replica, BASE).answer(f"/{path}{'?' + urlencode(query) if query else ''}")


def posts(replica: Replica, **query: Any) -> list[dict[str, Any]]:
    reply = answer(replica, "wp-json/wp/v2/posts", **({"per_page": 100} | query))
    assert reply.status == 200
    return list(json.loads(reply.body))


def ids(replica: Replica, **query: Any) -> list[int]:
    return [post["id"] for post in posts(replica, **query)]


def all_ids(replica: Replica) -> list[int]:
    """Return the ids of the articles and of what is protected, newest first."""
    indexes = reversed([index for index in range(replica.posts) if replica.is_listed(index)])
    return [replica.card(index).id for index in indexes]


# Which doors are open


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


def test_closed_feeds_are_missing() -> None:
    assert answer(Replica(feeds=False), "feed/").status == 404


@pytest.mark.parametrize(
    "sitemaps, index",
    [("core", "wp-sitemap.xml"), ("yoast", "sitemap_index.xml"), ("rank-math", "sitemap_index.xml"), (None, None)],
)
def test_robots_names_the_sitemap(sitemaps: Any, index: str | None) -> None:
    replica = Replica(sitemaps=sitemaps)
    lines = answer(replica, "robots.txt").body.decode().splitlines()

    assert [line for line in lines if "Sitemap" in line] == ([f"Sitemap: {BASE}{index}"] if index else [])
    assert answer(replica, index or "wp-sitemap.xml").status == (200 if index else 404)


def test_the_api_says_where_it_is() -> None:
    told = json.loads(answer(Replica(rest=True, sitemaps="yoast", prefix="/ar"), "ar/wp-json/").body)

    assert told["home"] == f"{BASE}ar/"
    assert {"wp/v2", "yoast/v1"} <= {*told["namespaces"]}
    assert told["timezone_string"] == "Asia/Damascus"


# REST


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


# Feeds


@pytest.mark.parametrize("kind", ["feed/", "feed/atom/"])
def test_a_feed_is_walked_to_its_end(kind: str) -> None:
    replica = Replica(25)
    found: list[int | None] = []
    for number in range(1, 4):
        page = FeedPage(answer(replica, kind, paged=number).body, BASE)
        assert page.is_whole
        found += [entry.post_id for entry in page.entries]
    beyond = answer(replica, kind, paged=4)

    assert found == all_ids(replica)
    assert beyond.status == 404
    assert FeedPage(beyond.body, BASE).is_whole


def test_a_sections_feed_holds_its_newest() -> None:
    replica = Replica(60)
    page = FeedPage(answer(replica, TAGS[1].path + "feed/").body, BASE)

    truth = [article["post_id"] for article in replica.truth() if TAGS[1].name in article["tags"]]

    assert [entry.post_id for entry in page.entries] == truth[:10]
    assert page.entries[0].terms[-1] == TAGS[1].name


def test_an_unknown_sections_feed_is_empty() -> None:
    reply = answer(Replica(), "tag/nothing/feed/")

    assert reply.status == 200
    assert FeedPage(reply.body, BASE).is_feed
    assert not FeedPage(reply.body, BASE).entries
    assert answer(Replica(), "feed/page/2/").status == 404


def test_a_feed_shows_first_pages_and_forms() -> None:
    replica = Replica(60)
    pages = [FeedPage(answer(replica, "feed/", paged=number).body, BASE) for number in range(1, 8)]
    entries = {entry.post_id: entry for page in pages for entry in page.entries}
    first, *rest = replica.post(TRAPS["multi-page"]).pages

    assert entries[replica.card(PROTECTED).id].protected
    assert entries[replica.card(PROTECTED).id].title.startswith("محمي: ")
    content = entries[replica.card(TRAPS["multi-page"]).id].content or ""
    assert all(replica.at(BASE, block.html).strip() in content for block in first)
    assert not any(replica.at(BASE, block.html).strip() in content for page in rest for block in page)


# What a client may ask again


def asked(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(url)
    with closing(http.client.HTTPConnection(str(parts.hostname), parts.port)) as connection:
        connection.request("GET", f"{parts.path}?{parts.query}", headers=headers)
        reply = connection.getresponse()
        return reply.status, dict(reply.getheaders()), reply.read()


def test_validators_are_those_that_wordpress_obeys() -> None:
    with serve(Replica(30)) as site:
        _, headers, _ = asked(f"{site.url}feed/")
        tag, date = headers["ETag"], headers["Last-Modified"]

        def status(path: str = "feed/", **sent: str) -> int:
            return asked(site.url + path, **{name.replace("_", "-"): value for name, value in sent.items()})[0]

        assert status(If_None_Match=tag) == status(If_Modified_Since=date) == 304
        assert status(If_None_Match=tag, If_Modified_Since=date) == 304
        assert status(If_None_Match=f"W/{tag}") == status(If_None_Match=f"W/{tag}", If_Modified_Since=date) == 200
        assert status(If_None_Match='"other"', If_Modified_Since=date) == 200
        assert status(If_Modified_Since="Mon, 04 Jan 2016 00:00:00 GMT") == status(If_Modified_Since="x") == 200
        assert status("tag/nothing/feed/", If_None_Match=tag) == status("feed/?paged=99", If_None_Match=tag) == 304
        assert status("", If_None_Match=tag, If_Modified_Since=date) == 200


def test_a_packed_feed_has_a_weak_tag() -> None:
    with serve(Replica(30, rest=True)) as site:
        plain = asked(f"{site.url}feed/")
        packed = asked(f"{site.url}feed/", **{"Accept-Encoding": "gzip"})
        json_ = asked(f"{site.url}wp-json/wp/v2/posts", **{"Accept-Encoding": "gzip"})
        atom = asked(f"{site.url}feed/atom/", **{"Accept-Encoding": "gzip"})

    assert packed[1]["ETag"] == f"W/{plain[1]['ETag']}"
    assert gzip.decompress(packed[2]) == plain[2]
    assert len(json.loads(gzip.decompress(json_[2]))) == 10
    assert not {"ETag", "Last-Modified"} & json_[1].keys()
    assert atom[1]["ETag"] == plain[1]["ETag"]


@pytest.mark.parametrize(
    "change, is_seen",
    [
        (lambda replica: replica.edit(3, "فقرة"), True),
        (lambda replica: replica.rename(3), True),
        (lambda replica: replica.add(1), True),
        (lambda replica: replica.delete(3), False),
        (lambda replica: replica.delete(29), False),
    ],
)
def test_validators_know_of_edits_and_not_of_deletions(change: Callable[[Replica], None], is_seen: bool) -> None:
    replica = Replica(30)
    before = answer(replica, "feed/").headers["ETag"]
    change(replica)

    assert (answer(replica, "feed/").headers["ETag"] != before) == is_seen


# Sitemaps


def addresses(replica: Replica, index: str) -> list[tuple[str, str | None]]:
    """Return all that a site lists, with its date."""
    listed = SitemapPage(answer(replica, index).body, BASE).sitemaps
    pages = [SitemapPage(answer(replica, urlsplit(one.url).path[1:]).body, one.url) for one in listed]
    assert all(page.is_whole for page in pages)
    return [(one.url, one.lastmod) for page in pages for one in page.addresses]


@pytest.mark.parametrize(
    "sitemaps, index", [("core", "wp-sitemap.xml"), ("yoast", "sitemap_index.xml"), ("rank-math", "sitemap_index.xml")]
)
def test_a_sitemap_lists_every_article(sitemaps: Any, index: str) -> None:
    replica = Replica(2_300, sitemaps=sitemaps)
    replica.edit(8, "فقرة")
    replica.delete(9)
    replica.rename(10)
    replica.add(2)
    found = dict(addresses(replica, index))
    truth = {article["url"] for article in replica.truth(BASE)}
    protected = {replica.at(BASE, replica.card(n).url) for n in range(replica.posts) if n % 60 == PROTECTED}

    assert truth <= found.keys()
    assert bool(protected & found.keys()) == (sitemaps == "core")
    assert (found[replica.article(8, BASE)["url"]] is None) == (sitemaps == "core")
    assert f"{BASE}category/{CATEGORIES[-1].slug}/" not in found


def test_core_counts_from_the_oldest() -> None:
    replica = Replica(2_300)
    first, second = (
        SitemapPage(answer(replica, f"wp-sitemap-posts-post-{number}.xml").body, BASE).addresses for number in (1, 2)
    )

    assert [len(first), len(second)] == [2000, replica.posts - 2000]
    assert first[0].url == replica.at(BASE, replica.card(0).url)
    assert answer(replica, "wp-sitemap-posts-post-3.xml").status == 404
    assert answer(replica, "sitemap.xml").headers["Location"] == f"{BASE}wp-sitemap.xml"


def test_yoast_begins_with_the_home_page_and_ends_with_the_last_change() -> None:
    replica = Replica(1_500, sitemaps="yoast")
    replica.edit(0, "فقرة")
    first, second = (SitemapPage(answer(replica, f"post-sitemap{n}.xml").body, BASE).addresses for n in ("", 2))

    assert [len(first), len(second)] == [1001, 500]
    assert first[0].url == BASE
    assert second[-1].url == replica.at(BASE, replica.card(0).url)
    assert second[-1].lastmod == replica.modified(0).isoformat()
    assert answer(replica, "post-sitemap1.xml").status == 404
    assert answer(replica, "wp-sitemap.xml").headers["Location"] == f"{BASE}sitemap_index.xml"


def test_rank_math_begins_with_the_last_change() -> None:
    replica = Replica(401, sitemaps="rank-math")
    replica.edit(0, "فقرة")
    first = SitemapPage(answer(replica, "post-sitemap1.xml").body, BASE).addresses

    assert len(first) == 200
    assert first[0].url == replica.at(BASE, replica.card(0).url)
    assert answer(replica, "post-sitemap.xml").status == 404
    assert answer(Replica(20, sitemaps="rank-math"), "post-sitemap.xml").status == 200


def test_a_big_site_is_written_page_by_page() -> None:
    for path, most in (
        ("wp-json/wp/v2/posts?per_page=100&page=400", 220),
        ("feed/?paged=4000", 30),
        ("wp-sitemap.xml", 0),
    ):
        replica = Replica(50_000, rest=True)
        answer(replica, path)

        assert replica.written <= most
