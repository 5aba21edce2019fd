"""The replica itself: the same for the same seed, true to its truth, and as bad as it is told to be."""

import gzip
import http.client
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.replica import TRAPS, Fault, Replica, Served, serve
from tests.replica.plan import ALL, OF_TERM, STICKY, TAGS, TERMS, categories, tags
from tests.replica.site import Reply, Site
from tests.replica.words import TITLES, slugify

BASE = "http://127.0.0.1:80/"
BESIDE = ".post-tags, .penci-single-link-pages, .wp-caption-text, .caption, .twitter-tweet, .penci-ilrltpost-insert"
DEIR = "دير الزور"


@pytest.fixture
def served() -> Iterator[Served]:
    with serve(Replica(60, weight=0)) as served:
        yield served


def page(replica: Replica, path: str) -> LexborHTMLParser:
    reply = Site(replica, BASE).answer(path)
    assert reply.status == 200, path
    return LexborHTMLParser(reply.body.decode())


def path_of(replica: Replica, trap: str) -> str:
    return urlsplit(str(replica.article(TRAPS[trap])["url"])).path


def squeezed(text: str) -> str:
    return re.sub(r"[\s|]", "", text)


def body_text(tree: LexborHTMLParser) -> str:
    body = LexborHTMLParser(str(tree.html)).css("#penci-post-entry-inner")[0]
    for node in body.css(f"{BESIDE}, .penci-custom-html-inside-content"):
        node.decompose()
    return body.text()


def entries(tree: LexborHTMLParser) -> list[int]:
    return [int((node.id or "").removeprefix("post-")) for node in tree.css("article.hentry")]


def walked(replica: Replica, path: str) -> list[int]:
    """Return the ids on all pages of a listing."""
    site, found, number = Site(replica, BASE), [], 1
    while (reply := site.answer(f"{path}page/{number}/")).status == 200:
        found += entries(LexborHTMLParser(reply.body.decode()))
        number += 1
    return found


def get(url: str, *, zipped: bool = False) -> tuple[http.client.HTTPResponse, bytes]:
    parts = urlsplit(url)
    client = http.client.HTTPConnection(parts.netloc, timeout=5)
    try:
        client.request(
            "GET",
            parts.path + (f"?{parts.query}" if parts.query else ""),
            headers={"Accept-Encoding": "gzip"} if zipped else {},
        )
        answer = client.getresponse()
        return answer, answer.read()
    finally:
        client.close()


# Determinism and truth


def test_same_seed_same_bytes_and_another_seed_another_site() -> None:
    def pages(seed: int) -> list[bytes]:
        site = Site(Replica(60, seed), BASE)
        return [site.answer(path).body for path in ("/", "/page/3/", urlsplit(site.replica.article(7)["url"]).path)]

    assert pages(1) == pages(1)
    assert pages(1)[0] != pages(2)[0]


@pytest.mark.parametrize("articles", [0, 1, 17, 18, 60, 119])
def test_truth_has_as_many_articles_as_asked_for(articles: int) -> None:
    urls = [article["url"] for article in Replica(articles).truth()]

    assert len(set(urls)) == len(urls) == articles


def test_too_many_articles_are_refused() -> None:
    with pytest.raises(ValueError, match="At most"):
        Replica(TITLES)


def test_pages_show_what_the_truth_says() -> None:
    replica = Replica(120)
    for truth in replica.truth(BASE):
        tree = page(replica, urlsplit(truth["url"]).path)
        more = [page(replica, urlsplit(str(link.attributes["href"])).path) for link in tree.css("a.post-page-numbers")]
        text = squeezed("".join(body_text(one) for one in (tree, *more)))
        for beside in truth["beside"] if truth["index"] % 60 == TRAPS["seed-shape"] else ():
            text = text.replace(squeezed(beside), "", 1)
        moments = [node.attributes["datetime"] for node in tree.css(".single-header time")]

        assert text == squeezed("".join(truth["paragraphs"])), truth["index"]
        assert tree.css("h1")[0].text() == truth["title"]
        assert f"postid-{truth['post_id']}" in str(tree.css("body")[0].attributes["class"])
        assert moments[:2] == [truth["published"]] * 2
        assert [node.text() for node in tree.css(".penci-standard-cat a")] == truth["categories"]
        assert [node.text() for node in tree.css(".post-tags a")] == truth["tags"]
        assert tree.css(".author-post a")[0].text() == truth["authors"][0]
        assert all(image["url"] in str(tree.html) for image in truth["images"])
        assert [node.attributes["src"] for node in tree.css("iframe")] == truth["videos"]


def test_modified_is_what_the_page_prints() -> None:
    replica = Replica()
    with_time, without = replica.article(TRAPS["modified"]), replica.article(TRAPS["modified"] + 1)

    assert (
        page(replica, path_of(replica, "modified")).css("time.modified")[0].attributes["datetime"]
        == with_time["modified"]
    )
    assert without["modified"] == without["published"][:10]


def test_moments_have_the_offset_of_their_season() -> None:
    offsets = {article["published"][:4] + article["published"][-6:] for article in Replica(120).truth()}

    assert {"2016+02:00", "2016+03:00", "2024+03:00"} <= offsets
    assert "2024+02:00" not in offsets


def test_listings_have_the_posts_of_their_section_newest_first() -> None:
    replica = Replica(200)
    for path in TERMS:
        expected = [
            article["post_id"]
            for article in reversed_truth(replica)
            if any(path in s["url"] for s in article["sections"])
        ]

        assert walked(replica, f"/{path}") == expected, unquote(path)


def reversed_truth(replica: Replica) -> list[dict[str, Any]]:
    """Return the truth newest first, with the protected posts among it: listings have them too."""
    hidden = [article for article in replica.hidden() if article["status"] == "protected"]
    return sorted([*replica.truth(), *hidden], key=lambda article: -article["index"])


# Traps


def test_a_name_is_both_category_and_tag() -> None:
    both = [term for term in TERMS.values() if term.name == DEIR]

    assert {term.kind for term in both} == {"category", "tag"}
    assert len({term.slug for term in both}) == 1
    assert OF_TERM[both[0].path] != OF_TERM[both[1].path]


def test_tags_that_people_ask_for_exist_and_the_seed_shape_is_in_them() -> None:
    assert {"بشار الأسد", "حمص", DEIR} <= {tag.name for tag in TAGS}
    assert Replica().article(0)["tags"] == ["بشار الأسد", "حمص"]


def test_a_parent_lists_the_posts_of_its_children() -> None:
    child = next(term for term in TERMS.values() if term.parent)
    assert child.parent

    assert child.path.startswith(child.parent.path)
    assert set(walked(Replica(), f"/{child.path}")) < set(walked(Replica(), f"/{child.parent.path}"))


def test_the_hidden_category_is_named_by_its_articles_alone() -> None:
    replica = Replica()
    url = categories(TRAPS["hidden-category"])[0].url.removeprefix("http://here.invalid/")

    assert url not in str(page(replica, "/").html)
    assert url not in str(page(replica, path_of(replica, "list")).html)
    assert url in str(page(replica, path_of(replica, "hidden-category")).html)


def test_sticky_posts_stand_on_top_of_the_first_page_and_again_at_their_place() -> None:
    replica = Replica()
    sticky = [replica.card(index).id for index in reversed(STICKY)]
    first = entries(page(replica, "/"))

    assert first[:3] == sticky
    assert len(first) == 13
    assert all(walked(replica, "/").count(number) == 2 for number in sticky)


def test_a_post_without_title_has_its_id_as_slug_and_an_empty_link() -> None:
    replica = Replica()
    card = replica.card(TRAPS["untitled"])
    shown = page(replica, f"/page/{1 + (replica.posts - 1 - card.index) // 10}/")

    assert card.slug == str(card.id)
    assert shown.css(f"#post-{card.id} h2 a")[0].text() == ""
    assert page(replica, f"/{card.id}/").css("h1")[0].text() == ""


def test_protected_posts_are_listed_and_show_a_form() -> None:
    replica = Replica()
    secret = next(article for article in replica.hidden(BASE) if article["status"] == "protected")
    tree = page(replica, urlsplit(secret["url"]).path)

    assert secret["post_id"] in walked(replica, "/")
    assert secret["url"] not in {article["url"] for article in replica.truth(BASE)}
    assert tree.css("h1")[0].text() == f"محمي: {secret['title']}"
    assert len(tree.css("#penci-post-entry-inner form.post-password-form")) == 1
    assert not any(text in str(tree.html) for text in secret["paragraphs"])


def test_unpublished_posts_answer_404_and_are_not_listed() -> None:
    replica = Replica()
    site = Site(replica, BASE)
    away = [article for article in replica.hidden(BASE) if article["status"] != "protected"]

    assert {article["status"] for article in away} == {"draft", "private", "future"}
    assert {site.answer(urlsplit(article["url"]).path).status for article in away} == {404}
    assert {site.answer(f"/?p={article['post_id']}").status for article in away} == {404}
    assert not {article["post_id"] for article in away} & set(walked(replica, "/"))


@pytest.mark.parametrize("trap", ["equal-title", "long-slug-twin"])
def test_twins_have_the_slug_of_the_post_before_with_a_number(trap: str) -> None:
    replica = Replica()
    before, twin = replica.card(TRAPS[trap] - 1), replica.card(TRAPS[trap])

    assert before.slug.startswith(twin.slug.removesuffix("-2"))
    assert twin.slug.endswith("-2")
    assert len(before.slug) <= 200
    assert len(twin.slug) <= 200
    assert (
        page(replica, f"/{twin.slug}/").css("body")[0].attributes["class"]
        != page(replica, f"/{before.slug}/").css("body")[0].attributes["class"]
    )


def test_long_slugs_are_cut_at_200_bytes_between_letters() -> None:
    assert 194 < len(slugify("أ" * 80)) <= 200
    assert "\ufffd" not in unquote(slugify("أ" * 80))
    assert len(Replica().card(TRAPS["long-slug"]).slug) > 190


def test_a_post_shares_its_second_with_another() -> None:
    cards = [Replica().card(TRAPS["same-second"] - one) for one in (0, 1)]

    assert cards[0].published == cards[1].published


@pytest.mark.parametrize(
    "trap, marks",
    [("raw-links", "/[ء-ي]"), ("upper-case-links", "/%D8"), ("no-final-slash", "[^/]$")],
)
def test_tag_listings_link_to_some_posts_in_another_form(trap: str, marks: str) -> None:
    replica = Replica()
    card = replica.card(TRAPS[trap])
    listing = page(replica, f"/{tags(card.index)[0].path}")
    while not (links := listing.css(f"#post-{card.id} h2 a")):
        listing = page(replica, urlsplit(str(listing.css(".older a")[0].attributes["href"])).path)
    link = str(links[0].attributes["href"])

    assert re.search(marks, link)
    assert Site(replica, BASE).answer(quote(urlsplit(link).path, safe="/%")).status == (
        301 if trap == "no-final-slash" else 200
    )


@pytest.mark.parametrize(
    "trap, selector",
    [
        ("list", ".entry-content ol li"),
        ("quote", ".entry-content blockquote p"),
        ("table", ".entry-content td"),
        ("headings", ".entry-content h3"),
        ("caption", ".wp-caption p.wp-caption-text"),
        ("gallery", ".penci-post-gallery-container a.penci-gallery-ite .caption"),
        ("video", ".entry-content iframe[src*='youtube.com/embed']"),
        ("tweet", "blockquote.twitter-tweet"),
        ("multi-page", ".entry-content p.post-nav-links a.post-page-numbers"),
        ("external-links", ".entry-content a[href^='https://example.org/']"),
        ("inline-related", ".penci-ilrltpost-insert li.pcilrp-item a"),
        ("modified", "time.modified"),
        ("advertisement", ".entry-content .penci-custom-html-inside-content"),
        ("seed-shape", "form#commentform, .penci-wrap-gprd-law"),
        ("seed-shape", ".post-related .item-related time, .widget time"),
        ("raw-image", "img.wp-post-image[src^='data:'][data-srcset*='صورة']"),
        ("seed-shape", "a.comment-reply-link[href*='replytocom']"),
    ],
)
def test_traps_are_on_their_pages(trap: str, selector: str) -> None:
    replica = Replica()
    index = 120 if trap == "seed-shape" and "related" in selector else TRAPS[trap]
    replica = Replica(200) if index > 60 else replica

    assert page(replica, urlsplit(replica.article(index)["url"]).path).css(selector)


def test_bodies_without_paragraph_elements() -> None:
    replica = Replica()

    assert not page(replica, path_of(replica, "div-body")).css("#penci-post-entry-inner p")
    assert len(page(replica, path_of(replica, "br-body")).css("#penci-post-entry-inner br")) == 8


def test_bodies_of_odd_length() -> None:
    replica = Replica()

    assert replica.article(TRAPS["video-only"])["paragraphs"] == []
    assert len(replica.article(TRAPS["short"])["paragraphs"]) == 1
    assert len(replica.post(TRAPS["multi-page"]).pages) == 3
    assert len(replica.article(TRAPS["many-sections"])["sections"]) > 15


def test_near_identical_posts_differ_in_their_last_paragraph_alone() -> None:
    one, other = (Replica().article(TRAPS["near-identical"] - back) for back in (0, 1))

    assert one["paragraphs"][:-1] == other["paragraphs"][:-1]
    assert one["paragraphs"][-1] != other["paragraphs"][-1]
    assert one["title"] != other["title"]


@pytest.mark.parametrize(
    "path, classes", [("/about/", "page page-id-2"), ("gallery", "attachment single single-attachment")]
)
def test_pages_that_are_no_posts(path: str, classes: str) -> None:
    replica = Replica()
    path = path if path.startswith("/") else f"{path_of(replica, path)}photo-{TRAPS['gallery']}/"
    shown = str(page(replica, path).css("body")[0].attributes["class"])

    assert classes in shown
    assert "single-post" not in shown.split()


# Addresses


@pytest.mark.parametrize(
    "path, status, leads",
    [
        ("{post}", 200, ""),
        ("{post}?replytocom=5", 200, ""),
        ("{post}page/2/", 301, "{post}"),
        ("{post}99/", 301, "{post}"),
        ("{multi}3/", 200, ""),
        ("{multi}4/", 301, "{multi}"),
        ("/?p={id}", 301, "{post}"),
        ("/?p=1", 404, ""),
        ("/page/1/", 200, ""),
        ("/page/0/", 200, ""),
        ("/page/7/", 200, ""),
        ("/page/8/", 404, ""),
        ("/page/2", 301, "/page/2/"),
        ("/category/opinion", 301, "/category/opinion/"),
        ("/category/nothing/", 404, ""),
        ("/tag/", 404, ""),
        ("/author/reem/", 200, ""),
        ("/author/nobody/", 404, ""),
        ("/2024/03/", 200, ""),
        ("/1999/03/", 404, ""),
        ("/robots.txt", 200, ""),
        ("/wp-json/", 401, ""),
        ("/wp-json/wp/v2/tags", 401, ""),
    ],
)
def test_addresses(path: str, status: int, leads: str) -> None:
    replica = Replica()
    known = {
        "post": path_of(replica, "list"),
        "multi": path_of(replica, "multi-page"),
        "id": replica.card(TRAPS["list"]).id,
    }
    reply = Site(replica, BASE).answer(path.format(**known))

    assert reply.status == status
    assert reply.headers.get("Location", "") == (leads and BASE.rstrip("/") + leads.format(**known))


def test_every_link_of_a_page_leads_somewhere() -> None:
    replica = Replica()
    site = Site(replica, BASE)
    links = {
        str(node.attributes["href"]).partition("#")[0].removeprefix(BASE)
        for path in ("/", path_of(replica, "seed-shape"), path_of(replica, "inline-related"))
        for node in page(replica, path).css("body a[href^='http://127.0.0.1']")
    }
    pages = {link for link in links if "wp-content" not in link}

    assert len(pages) > 40
    assert {site.answer(f"/{link}").status for link in pages} == {200, 301}


def test_past_the_end_the_body_says_404() -> None:
    reply = Site(Replica(), BASE).answer("/tag/%d8%ad%d9%85%d8%b5/page/9/")

    assert reply.status == 404
    assert 'class="rtl error404' in reply.body.decode()


def test_an_empty_category_answers_with_a_page_without_entries() -> None:
    empty = next(path for path, members in OF_TERM.items() if not members.places)

    assert entries(page(Replica(), f"/{empty}")) == []


@pytest.mark.parametrize(
    "paging, links",
    [("older", ["/page/3/"]), ("numbers", ["/page/1/", "/page/3/"]), ("more", [])],
)
def test_paging_forms(paging: Any, links: list[str]) -> None:
    tree = page(Replica(paging=paging), "/page/2/")
    found = {urlsplit(str(node.attributes["href"])).path for node in tree.css(".penci-pagination a")}

    assert set(links) <= found
    assert bool(tree.css("a.penci-ajax-more-button[href='#']")) is (paging == "more")


def test_a_month_lists_its_posts() -> None:
    replica = Replica(2000)
    expected = [article["post_id"] for article in reversed_truth(replica) if article["published"].startswith("2020-05")]

    assert walked(replica, "/2020/05/") == expected


def test_a_prefix_is_part_of_every_address() -> None:
    replica = Replica(20, prefix="/ar")
    site = Site(replica, BASE)

    assert site.answer("/ar/").status == 200
    assert site.answer("/").status == 404
    assert all(article["url"].startswith(f"{BASE}ar/") for article in replica.truth(BASE))
    assert list(replica.truth(BASE)) == list(replica.truth(f"{BASE}ar/"))


def test_robots_can_forbid_everything() -> None:
    assert "Disallow: /wp-admin/\nAllow:" in Site(Replica(), BASE).answer("/robots.txt").body.decode()
    assert "Disallow: /\n" in Site(Replica(forbid=True), BASE).answer("/robots.txt").body.decode()


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


# Change


def test_a_far_page_of_a_big_site_costs_no_more_than_a_near_one() -> None:
    def written(path: str) -> int:
        replica = Replica(50_000)
        page(replica, path)
        return replica.written

    assert written("/page/4000/") <= written("/page/2/") + 2


def test_added_posts_are_the_newest() -> None:
    replica = Replica(20)
    before = {article["url"] for article in replica.truth()}
    replica.add(3)
    after = list(replica.truth())

    assert len(after) == 23
    assert {article["url"] for article in after[3:]} == before
    assert [after[0]["post_id"]] == entries(page(replica, "/"))[3:4]
    assert after == sorted(after, key=lambda article: article["published"], reverse=True)


def test_an_edit_shows_on_the_page_and_in_the_truth() -> None:
    replica = Replica()
    before = replica.article(5)
    replica.edit(5, "وهذه فقرة جديدة.")
    after = replica.article(5)

    assert after["paragraphs"] == [*before["paragraphs"], "وهذه فقرة جديدة."]
    assert after["modified"] > before["modified"]
    assert "وهذه فقرة جديدة." in body_text(page(replica, urlsplit(after["url"]).path))


@pytest.mark.parametrize("gone", [[70], [0], [69, 68, 3], list(range(30, 60))])
def test_deleted_posts_leave_every_listing(gone: list[int]) -> None:
    replica = Replica(70)
    paths = [urlsplit(replica.article(index)["url"]).path for index in gone]
    for index in gone:
        replica.delete(index)
    left = [article["post_id"] for article in reversed_truth(replica)]

    assert replica.count(ALL) == 71 - len(gone)
    assert walked(replica, "/")[: len(left) + 3][-len(left) :] == left
    assert {Site(replica, BASE).answer(path).status for path in paths} <= {404, 301}


def test_a_deleted_post_with_a_twin_leads_to_the_twin() -> None:
    replica = Replica()
    index = TRAPS["equal-title"] - 1
    path = urlsplit(replica.article(index)["url"]).path
    replica.delete(index)

    assert Site(replica, BASE).answer(path).headers["Location"] == replica.article(index + 1, BASE)["url"]


def test_the_old_address_of_a_renamed_post_leads_to_the_new_one() -> None:
    replica = Replica()
    before = replica.article(5, BASE)
    replica.rename(5)
    after = replica.article(5, BASE)
    moved = Site(replica, BASE).answer(urlsplit(before["url"]).path)

    assert before | {"url": after["url"], "modified": after["modified"]} == after
    assert (moved.status, moved.headers["Location"]) == (301, after["url"])
    assert page(replica, urlsplit(after["url"]).path).css("h1")[0].text() == after["title"]


# The server


def test_the_server_serves_the_site_zipped_and_plain(served: Served) -> None:
    served.replica.weight = 60_000
    url = str(served.truth()[0]["url"])
    (answer, body), (_, plain) = get(url, zipped=True), get(url)

    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Type"] == "text/html; charset=UTF-8"
    assert 'rel="https://api.w.org/"' in answer.headers["Link"]
    assert gzip.decompress(body) == plain
    assert 59_000 <= len(plain) <= 61_000
    assert plain.endswith(b"</html>\n")


def test_the_server_keeps_a_connection_and_a_log(served: Served) -> None:
    client = http.client.HTTPConnection(urlsplit(served.url).netloc, timeout=5)
    for method, path in (("GET", "/"), ("HEAD", "/about/"), ("GET", "/x/"), ("POST", "/")):
        client.request(method, path)
        client.getresponse().read()
    client.close()

    assert list(served.requests) == [
        ("GET", "/", 200),
        ("HEAD", "/about/", 200),
        ("GET", "/x/", 404),
        ("POST", "/", 405),
    ]


@pytest.mark.parametrize(
    "fault, status, headers, within",
    [
        (Fault("about", status=500), 500, {}, ""),
        (Fault("about", status=410), 410, {}, ""),
        (Fault("about", status=503, retry_after=7), 503, {"Retry-After": "7"}, ""),
        (Fault("about", "empty"), 200, {"Content-Length": "0"}, ""),
        (Fault("about", "pdf"), 200, {"Content-Type": "application/pdf"}, "%PDF"),
        (Fault("about", to="http://elsewhere.example/"), 302, {"Location": "http://elsewhere.example/"}, ""),
        (Fault("about", "challenge"), 200, {}, "Checking your browser"),
        (Fault("about", "database"), 500, {}, "Error establishing a database connection"),
        (Fault("about", "slow", seconds=0.01), 200, {}, "</html>"),
    ],
    ids=lambda value: (value.kind or value.to or str(value.status)) if isinstance(value, Fault) else "",
)
def test_faults_strike_and_stop(
    served: Served, fault: Fault, status: int, headers: dict[str, str], within: str
) -> None:
    fault.times = 1
    served.faults.append(fault)
    other, _ = get(f"{served.url}page/2/")
    answer, body = get(f"{served.url}about/")
    after, _ = get(f"{served.url}about/")

    assert (other.status, answer.status, after.status) == (200, status, 200)
    assert headers.items() <= dict(answer.headers).items()
    assert within in body.decode("latin-1")


def test_a_reset_answers_nothing(served: Served) -> None:
    served.faults.append(Fault("about", "reset"))
    with pytest.raises(ConnectionError):
        get(f"{served.url}about/")

    assert served.requests[-1].status == 0


def test_a_truncated_body_is_shorter_than_announced(served: Served) -> None:
    served.faults.append(Fault("about", "truncated"))
    with pytest.raises(http.client.IncompleteRead):
        get(f"{served.url}about/")


def test_a_cut_page_ends_cleanly_in_the_middle(served: Served) -> None:
    served.faults.append(Fault("about", "cut", times=1))
    (_, cut), (_, whole) = get(f"{served.url}about/"), get(f"{served.url}about/")

    assert whole.startswith(cut)
    assert b"</html>" not in cut


@pytest.mark.parametrize(
    "kind, content_type", [("windows-1256", "text/html; charset=windows-1256"), ("windows-1256-meta", "text/html")]
)
def test_pages_in_windows_1256(served: Served, kind: Any, content_type: str) -> None:
    served.faults.append(Fault("about", kind))
    answer, body = get(f"{served.url}about/")

    assert answer.headers["Content-Type"] == content_type
    assert "شبكة تنقل أخبار المدن" in body.decode("windows-1256")
    assert b'<meta charset="windows-1256">' in body


def test_changes_show_on_the_running_server(served: Served) -> None:
    path = urlsplit(str(served.truth()[-6]["url"])).path
    served.replica.delete(5)

    assert get(f"{served.url.rstrip('/')}{path}")[0].status == 404
    assert len(served.truth()) == 59


def test_the_server_ends_cleanly_with_a_client_still_there() -> None:
    threads = threading.active_count()
    with serve(Replica(20)) as served:
        client = http.client.HTTPConnection(urlsplit(served.url).netloc, timeout=5)
        client.request("GET", "/")
        client.getresponse().read()
    client.close()

    assert threading.active_count() == threads
    with pytest.raises(ConnectionRefusedError):
        get(served.url)


@pytest.mark.parametrize("stop", ["terminate", "kill"])
def test_the_command_serves_until_it_is_told_to_stop(stop: str) -> None:
    command = [sys.executable, "-W", "error", "-m", "tests.replica", "--articles", "100000", "--paging", "more"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        status = get(f"{url}page/9000/")[0].status
        getattr(process, stop)()

        assert process.wait(5) == (0 if stop == "terminate" else -9)
        assert status == 200
