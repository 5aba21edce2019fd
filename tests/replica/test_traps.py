"""The replica has the traps that real sites have."""

import re
from urllib.parse import quote, unquote, urlsplit

import pytest

from tests.replica import TRAPS, Replica
from tests.replica.plan import OF_TERM, STICKY, TAGS, TERMS, categories, tags
from tests.replica.reading import BASE, entries, page, path_of, walked
from tests.replica.site import Site
from tests.replica.words import slugify

DEIR = "دير الزور"


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
