"""The profile of a site is kept for some weeks, and given up where pages no longer show what the site says."""

from dataclasses import replace
from pathlib import Path

import pytest

from furat.clock import now
from furat.exceptions import NotUnderstood
from furat.pages.moment import Moment
from furat.pages.taught import Taught
from furat.profile import Agreement, Profile
from furat.profile.profile import Teacher
from furat.store import Store
from furat.wordpress.site_profile import SiteProfile

GOOD = (Agreement("title", 8, 8), Agreement("text", 8, 8), Agreement("authors", 0, 8))
PROVEN = frozenset({"title", "body", "authors", "published"})


def learned(*agreement: Agreement) -> Profile:
    return Profile(teachers=(Teacher("https://sada.example/a/"),), source="feed", learned=now(), agreement=agreement)


@pytest.fixture
def site(tmp_path: Path) -> SiteProfile:
    return SiteProfile(Store.at(tmp_path).checkpoints)


def test_is_due_until_it_was_learned(site: SiteProfile) -> None:
    assert site.is_due

    site.keep(learned(*GOOD))

    assert not site.is_due


def test_is_due_again_weeks_later(site: SiteProfile) -> None:
    site.keep(replace(learned(*GOOD), learned="2020-01-01T00:00:00+00:00"))

    assert site.is_due


def test_the_next_crawl_finds_it(tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    SiteProfile(store.checkpoints).keep(learned(*GOOD))

    assert SiteProfile(store.checkpoints).profile.agreement == GOOD


def test_is_due_once_several_fields_miss_on_posts_in_a_row(site: SiteProfile) -> None:
    site.keep(learned(*GOOD))
    for taught in (Taught(proven=PROVEN),) * 2:
        site.watch(taught)
    assert not site.is_due

    site.watch(Taught(proven=PROVEN))

    assert site.is_due


def test_a_crawl_that_stops_at_a_new_theme_leaves_it_to_the_next_to_learn(tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    stopped = SiteProfile(store.checkpoints)
    stopped.keep(learned(*GOOD))
    assert not SiteProfile(store.checkpoints).is_due

    for taught in (Taught(proven=PROVEN),) * 3:
        stopped.watch(taught)

    following = SiteProfile(store.checkpoints)
    assert following.is_due
    assert following.profile.agreement == GOOD


def test_one_field_that_misses_is_no_new_theme(site: SiteProfile) -> None:
    site.keep(learned(*GOOD))
    given = Taught(proven=PROVEN, authors=("سلمى",), published=Moment("2024-05-01", "1 مايو", "visible"), title="خبر")
    for _ in range(9):
        site.watch(given)

    assert not site.is_due


def test_agreement_that_is_lost_ends_the_crawl_and_keeps_what_was_known(site: SiteProfile) -> None:
    site.keep(learned(*GOOD))

    with pytest.raises(NotUnderstood) as why:
        site.keep(learned(Agreement("title", 1, 8), Agreement("text", 8, 8)))

    assert "only on title 1/8" in why.value.reason
    assert site.profile.agreement == GOOD


def test_what_never_agreed_is_not_lost(site: SiteProfile) -> None:
    site.keep(learned(*GOOD))

    site.keep(learned(Agreement("title", 8, 8), Agreement("text", 7, 8), Agreement("authors", 0, 8)))

    assert site.profile.lacking == {"authors"}


def test_what_another_furat_kept_is_learned_anew(tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    store.checkpoints.set("profile", '{"title": 1}')

    assert SiteProfile(store.checkpoints).is_due
