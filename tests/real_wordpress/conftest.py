"""The WordPress of the tests: made once, dressed in each theme."""

import os
from collections.abc import Iterator

import pytest

from tests.real_wordpress.debian import lacking
from tests.real_wordpress.newsroom import THEMES, Newsroom


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the real WordPress to those who ask for it: it takes a minute and root."""
    if os.environ.get("FURAT_WORDPRESS") == "1":
        return
    for item in items:
        if item.get_closest_marker("wordpress"):
            item.add_marker(pytest.mark.skip(reason="make test-wordpress runs these (FURAT_WORDPRESS=1)"))


@pytest.fixture(scope="session")
def wordpress() -> Iterator[Newsroom]:
    """A WordPress with posts, up and answering; in CI its absence is a failure, elsewhere a skip."""
    if reason := lacking():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    newsroom = Newsroom.from_environment()
    with newsroom.reserved():
        newsroom.install()
        newsroom.stop()  # it may run with another configuration
        try:
            newsroom.start()
            newsroom.seed()
            yield newsroom
        finally:
            newsroom.stop()


@pytest.fixture(scope="module", params=THEMES)
def site(wordpress: Newsroom, request: pytest.FixtureRequest) -> Newsroom:
    """The WordPress in one of its themes."""
    wordpress.theme(request.param)
    return wordpress
