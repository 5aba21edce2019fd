"""The crawl of a real WordPress under each theme: every published post exactly once, and right."""

import pytest

from tests.real_wordpress.crawls import Crawl, crawl
from tests.real_wordpress.newsroom import Newsroom
from tests.real_wordpress.truth import differences, words

pytestmark = pytest.mark.wordpress


@pytest.fixture(scope="module")
def first(site: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """The crawl that fills an archive."""
    return crawl(site, tmp_path_factory.mktemp("data"))


def test_a_crawl_is_complete(first: Crawl) -> None:
    assert first.exit_code == 0, first.log[-5000:]


def test_every_post_is_delivered_once_and_right(first: Crawl, site: Newsroom) -> None:
    found = differences(site.truth, first.records)

    assert {record["kind"] for record in first.records} == {"article"}
    assert not found, "\n".join(map(str, found))


def test_no_word_of_a_hidden_post_is_delivered(first: Crawl, site: Newsroom) -> None:
    public = {word for post in site.truth for word in words(" ".join([post.title, *post.required, *post.optional]))}
    secret = {word for post in site.hidden for word in words(" ".join(post.required))} - public

    assert first.records
    assert not secret & set(words(first.feed))


def test_a_second_crawl_delivers_nothing(first: Crawl, site: Newsroom) -> None:
    second = crawl(site, first.data)

    assert second.exit_code == 0, second.log[-5000:]
    assert second.records == []
