"""A profile is learned from posts that the site tells of, and reads the others."""

from dataclasses import replace

import pytest

from furat.pages.taught import Taught
from furat.profile import Lesson, Profile, ProfileGuide, learn
from tests.profile.newsroom import Post, Theme, lessons, page, posts, strange, with_moment

ALL = posts(24)
TAUGHT, OTHERS = ALL[:8], ALL[8:]


def profile_of(theme: Theme, taught: list[Post] = TAUGHT) -> Profile:
    return learn(lessons(taught, theme), source="feed", learned="2026-01-01T00:00:00+00:00", zone="Asia/Damascus")


def read(profile: Profile, post: Post, theme: Theme) -> Taught:
    return ProfileGuide(profile).article(page(post, theme))


@pytest.fixture(scope="module")
def profile() -> Profile:
    return profile_of(strange)


@pytest.mark.parametrize("post", OTHERS[:6], ids=lambda post: str(post.number))
def test_reads_a_theme_that_nobody_knows(profile: Profile, post: Post) -> None:
    taught = read(profile, post, strange)

    assert taught.title == post.title
    assert taught.authors == (post.author,)
    assert taught.published is not None
    assert taught.published.value == post.published.date().isoformat()
    assert tuple(section.name for section in taught.categories) == post.categories
    assert tuple(section.name for section in taught.tags) == post.tags


def test_proves_what_several_posts_agree_on(profile: Profile) -> None:
    assert profile.proven == {"title", "authors", "published", "body", "categories", "tags"}


def test_finds_the_text_and_what_in_it_is_not_the_article(profile: Profile) -> None:
    taught = read(profile, OTHERS[0], strange)

    assert taught.body is not None
    assert taught.body.attributes["class"] == "b1"
    dropped = [node.attributes["class"] for node in taught.body.css("*") if node.mem_id in taught.dropped]
    assert dropped == ["b7"]


def test_a_link_of_a_menu_or_a_widget_is_no_term_of_the_post(profile: Profile) -> None:
    taught = read(profile, OTHERS[0], strange)

    assert len(taught.categories) == 1
    assert "وسم غريب" not in {section.name for section in taught.tags}


def test_what_never_changes_is_unproven() -> None:
    one_author = [replace(post, author="صدى القرية") for post in TAUGHT]

    profile = profile_of(
        lambda post: strange(post).replace("a0", "a0"), [replace(p, author="سلمى الجابر") for p in one_author]
    )

    assert profile.authors.standing == "unproven"
    assert "authors" not in profile.proven


def test_an_author_whom_the_theme_hides_is_refused() -> None:
    profile = profile_of(lambda post: strange(post).replace(post.author, "فريق التحرير"))

    assert profile.authors.standing == "refused"
    assert read(profile, OTHERS[0], strange).authors == ()


def test_parents_that_are_printed_beside_the_categories_refuse_the_place() -> None:
    profile = profile_of(
        lambda post: strange(post).replace('<span class="m4">', '<span class="m4"><a href="/category/p/">أخبار</a>، ')
    )

    assert profile.categories.standing == "refused"


def test_a_feed_of_summaries_teaches_no_text() -> None:
    cut = [
        replace(one, truth=replace(one.truth, content="<p>قال عامل في الحي إن […]</p>"))
        for one in lessons(TAUGHT, strange)
    ]

    profile = learn(cut, source="feed", learned="")

    assert profile.body.standing == "refused"
    assert profile.title.standing == "proven"


def test_the_same_words_around_every_text_are_dropped() -> None:
    def told_to_share(post: Post) -> str:
        return strange(post).replace('<div class="b7">', '<p>شاركوا هذا الخبر مع أصدقائكم</p><div class="b7">')

    taught = read(profile_of(told_to_share), OTHERS[0], told_to_share)

    assert taught.body is not None
    texts = [node.text() for node in taught.body.css("p") if node.mem_id in taught.dropped]
    assert texts == ["شاركوا هذا الخبر مع أصدقائكم"]


def test_another_theme_gives_the_profile_nothing() -> None:
    def redesigned(post: Post) -> str:
        return strange(post).replace('class="', 'class="n')

    taught = read(profile_of(strange), OTHERS[0], redesigned)

    assert (taught.title, taught.body, taught.authors, taught.published) == ("", None, (), None)


def test_without_lessons_nothing_is_known() -> None:
    profile = learn([], source="feed", learned="")

    assert profile.proven == frozenset()
    assert read(profile, OTHERS[0], strange) == Taught(proven=frozenset())


def test_two_lessons_prove_nothing() -> None:
    assert profile_of(strange, TAUGHT[:2]).proven == frozenset()


@pytest.mark.parametrize(
    "html", ["", "<div>" * 20_000, "<h1>" * 3_000, "<a href=/x/>ب" * 5_000, "<p>" + "ب " * 100_000]
)
def test_any_page_may_be_a_lesson(html: str) -> None:
    hostile = [Lesson(post.truth, page(post, lambda _: html)) for post in TAUGHT[:3]]

    assert learn(hostile, source="feed", learned="").proven == frozenset()


def test_the_api_tells_categories_from_tags_under_any_base() -> None:
    def renamed(post: Post) -> str:
        return strange(post).replace("/category/", "/mawdu/").replace("/tag/", "/kalima/")

    told = [
        replace(one, truth=replace(one.truth, categories=post.categories, tags=post.tags))
        for one, post in zip(lessons(TAUGHT, renamed), TAUGHT, strict=True)
    ]
    profile = learn(told, source="api", learned="")

    assert (profile.categories.base, profile.tags.base) == ("mawdu", "kalima")
    assert {section.kind for section in read(profile, OTHERS[0], renamed).tags} == {"tag"}


def test_a_feed_tells_them_by_their_order() -> None:
    profile = profile_of(lambda post: strange(post).replace("/category/", "/mawdu/").replace("/tag/", "/kalima/"))

    assert (profile.categories.base, profile.tags.base) == ("mawdu", "kalima")


def test_the_moment_of_the_last_change_is_learned_apart() -> None:
    def both(post: Post) -> str:
        return (
            f'<span class="m3">{post.published.isoformat()}</span><span class="m9">{post.modified.isoformat()}</span>'
        )

    taught = read(profile_of(with_moment(both)), OTHERS[1], with_moment(both))

    assert taught.published is not None
    assert taught.published.value == OTHERS[1].published.isoformat()
    assert taught.modified is not None
    assert taught.modified.value == OTHERS[1].modified.isoformat()
