"""The cheap ways in, on a real WordPress: each finds every post that it can see, and tells the same of it."""

from typing import Any

import pytest

from tests.real_wordpress.crawls import Crawl, crawl
from tests.real_wordpress.newsroom import THEMES, Newsroom
from tests.real_wordpress.truth import differences

pytestmark = pytest.mark.wordpress

OF_THE_WAY = {"crawl", "seen", "first_seen", "sections", "published_raw", "published_source", "modified", "language"}
"""What honestly differs: see docs/DATA.md."""


@pytest.fixture(scope="module")
def plain(wordpress: Newsroom) -> Newsroom:
    """The WordPress in one theme: feeds, sitemaps and the API are the same in all."""
    wordpress.theme(THEMES[0])
    return wordpress


@pytest.fixture(scope="module")
def by(plain: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Crawl]:
    """A first crawl by each way, each into an archive of its own."""
    spiders = ("news", "api", "feed", "sitemap", "refresh")
    return {spider: crawl(plain, tmp_path_factory.mktemp(spider), spider) for spider in spiders}


@pytest.mark.parametrize("spider", ["api", "feed", "sitemap", "refresh"])
def test_every_post_is_found_once_and_right(by: dict[str, Crawl], plain: Newsroom, spider: str) -> None:
    done = by[spider]
    found = [each for each in differences(plain.truth, done.records) if each.field != "sections"]

    assert done.exit_code == 0, done.log[-5000:]
    assert not found, "\n".join(map(str, found))


@pytest.mark.parametrize("spider", ["api", "feed", "sitemap"])
def test_an_article_is_the_same_whatever_the_way(by: dict[str, Crawl], spider: str) -> None:
    one, other = (_by_id(by[name]) for name in ("news", spider))
    own = OF_THE_WAY if spider == "api" else {"crawl", "seen", "first_seen", "sections"}
    own |= {"duplicate_of"}  # the order of the visits decides which of two copies is the first

    assert one.keys() == other.keys()
    assert [
        (number, name, one[number][name], other[number][name])
        for number in one
        for name in one[number].keys() - own
        if one[number][name] != other[number][name]
    ] == []


@pytest.mark.parametrize("first", ["news", "api", "feed", "sitemap"])
def test_a_refresh_of_any_archive_delivers_nothing_twice(by: dict[str, Crawl], plain: Newsroom, first: str) -> None:
    again = crawl(plain, by[first].data, "refresh")

    assert again.exit_code == 0, again.log[-5000:]
    assert again.records == []


def _by_id(done: Crawl) -> dict[int, dict[str, Any]]:
    return {record["post_id"]: dict(record) for record in done.records}
