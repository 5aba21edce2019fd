"""Where listings show their entries, and what leads to the next page."""

from furat.pages import Entry
from furat.pages.page import Page
from furat.profile import Profile, ProfileGuide, Sheet, learn
from tests.profile.newsroom import SITE, Post, posts

ALL = posts(30)


def listing(number: int, shown: list[Post]) -> Page:
    rows = "".join(
        f'<div class="r1"><a class="r2" href="/story-{post.number}/"><img src="x.jpg"></a><em class="r3">'
        f'<a href="/story-{post.number}/">{post.title}</a></em>'
        f'<a class="r4" href="/story-{post.number}/">المزيد</a></div>'
        for post in shown
    )
    widget = "".join(f'<em class="v3"><a href="/story-{post.number}/">{post.title}</a></em>' for post in ALL[:4])
    pager = f'<div class="p1"><a class="p2" href="/page/{number + 1}/">الأقدم</a></div>'
    return Page(
        f'<body class="q1"><div class="r0">{rows}</div>{pager}<div class="v1">{widget}</div>',
        f"{SITE}page/{number}/",
    )


def sheet(number: int) -> Sheet:
    shown = ALL[10 * (number - 1) : 10 * number]
    return Sheet(listing(number, shown), number, tuple(Entry(post.url, post.title) for post in shown))


def profile() -> Profile:
    return learn([], {"home": [sheet(1), sheet(2)]}, source="feed", learned="")


def test_entries_are_those_of_the_feed_and_not_those_of_a_widget() -> None:
    taught = ProfileGuide(profile()).listing(listing(3, ALL[20:]), "home", 3)

    assert [entry.title for entry in taught.entries] == [post.title for post in ALL[20:]]
    assert taught.next_url == f"{SITE}page/4/"


def test_a_sticky_post_more_is_no_reason_to_refuse_the_place() -> None:
    first = Sheet(listing(1, [ALL[25], *ALL[:10]]), 1, tuple(Entry(post.url, post.title) for post in ALL[:10]))

    learned = learn([], {"home": [first, sheet(2)]}, source="feed", learned="")

    assert learned.listings["home"].right == 2


def test_nothing_is_said_of_other_kinds_of_listings() -> None:
    assert ProfileGuide(profile()).listing(listing(3, ALL[20:]), "category", 3).entries == ()
