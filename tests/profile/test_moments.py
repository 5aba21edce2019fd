"""Where moments stand, how precise they are there, and what their clocks lack."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from furat.pages.taught import Taught
from furat.profile import Profile, ProfileGuide, learn
from tests.profile.newsroom import Post, lessons, page, posts, printed, unchanged, with_moment

TAUGHT, OTHER = posts(9)[:8], posts(20)[19]


def learned(show: Callable[[Post], str], taught: list[Post] = TAUGHT, zone: str = "Asia/Damascus") -> Profile:
    return learn(lessons(taught, with_moment(show)), source="feed", learned="", zone=zone)


def read(profile: Profile, show: Callable[[Post], str]) -> Taught:
    return ProfileGuide(profile).article(page(OTHER, with_moment(show)))


def stamped(post: Post) -> str:
    return f'<span class="m3" title="{post.published.isoformat()}">أمس</span>'


def mislabelled(post: Post) -> str:
    return f'<span class="m3" title="{post.published.replace(tzinfo=UTC).isoformat()}">أمس</span>'


def relative(_: Post) -> str:
    return '<span class="m3">منذ ٣ أيام</span>'


def test_a_stated_offset_is_kept() -> None:
    profile = learned(stamped)

    assert profile.published.precision == "instant"
    moment = read(profile, stamped).published
    assert moment is not None
    assert moment.value == OTHER.published.isoformat()


def test_local_time_labelled_as_utc_gets_the_zone_of_the_site() -> None:
    profile = learned(mislabelled)

    assert (profile.published.precision, profile.published.offset) == ("clock", "Asia/Damascus")
    moment = read(profile, mislabelled).published
    assert moment is not None
    assert moment.value == OTHER.published.isoformat()


def test_an_offset_of_all_seasons_is_learned_where_the_zone_is_unknown() -> None:
    fixed = [replace(post, published=post.published.astimezone(ZoneInfo("Asia/Riyadh"))) for post in TAUGHT]

    profile = learned(mislabelled, fixed, zone="UTC")

    assert profile.published.offset == "+03:00"


def test_a_clock_of_unknown_summer_time_leaves_the_day() -> None:
    profile = learned(mislabelled, zone="UTC")

    assert (profile.published.precision, profile.published.is_proven) == ("day", True)
    moment = read(profile, mislabelled).published
    assert moment is not None
    assert moment.value == OTHER.published.date().isoformat()


def test_relative_dates_are_refused() -> None:
    assert learned(relative).published.standing == "refused"


def test_posts_that_were_never_changed_do_not_prove_which_moment_it_is() -> None:
    profile = learned(stamped, unchanged(TAUGHT))

    assert profile.published.standing == "unproven"


def test_a_theme_that_prints_the_day_of_the_last_change_is_refused() -> None:
    assert learned(lambda post: f'<span class="m3">{printed(post.modified)}</span>').published.standing == "refused"


def test_a_feed_that_calls_local_time_utc_does_not_spoil_a_right_page() -> None:
    lying = [
        replace(one, truth=replace(one.truth, published=post.published.replace(tzinfo=UTC)))
        for one, post in zip(lessons(TAUGHT, with_moment(stamped)), TAUGHT, strict=True)
    ]
    profile = learn(lying, source="feed", learned="")

    assert profile.published.precision == "instant"
    moment = read(profile, stamped).published
    assert moment is not None
    assert moment.value == OTHER.published.isoformat()


@pytest.mark.parametrize("label", ["", "نُشر في "])
def test_a_printed_day_is_read_as_it_is(label: str) -> None:
    def show(post: Post) -> str:
        return f'<span class="m3"><i>{label}</i><b class="m5">{printed(post.published)}</b></span>'

    moment = read(learned(show), show).published
    assert moment is not None
    assert moment.value == OTHER.published.date().isoformat()
