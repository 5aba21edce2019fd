"""What the archive holds is looked at again, at little cost and with little trust."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

import pytest

from furat.settings import ITEM_PIPELINES
from tests.replica import Replica, Served, serve
from tests.replica.site import Reply
from tests.support.crawls import Crawler

ALL_DUE = {"FURAT_DUE_SHARE": 0}


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(30, weight=0)) as served:
        yield served


@pytest.fixture
def cached(site: Served) -> Served:
    """Give each page a validator of its own, as a cache in front of WordPress does."""
    answer = site.site.answer

    def with_tag(target: str) -> Reply:
        reply = answer(target)
        tag = f'"{sha256(reply.body).hexdigest()[:16]}"'
        return replace(reply, headers={**reply.headers, "ETag": tag}) if reply.status == 200 else reply

    site.site.answer = with_tag  # type: ignore[method-assign]
    return site


def visits(site: Served, since: int) -> Counter[int]:
    """Return how often which status answered for the addresses of articles."""
    articles = {str(post["url"]).removeprefix(site.url.rstrip("/")) for post in site.truth()}
    return Counter(request.status for request in list(site.requests)[since:] if request.path in articles)


def test_a_page_that_its_server_calls_unchanged_is_believed_every_other_time(crawl: Crawler, cached: Served) -> None:
    first = crawl(cached.url, **ALL_DUE)
    rounds = []
    for _ in range(2):
        asked = len(cached.requests)
        assert crawl(cached.url, **ALL_DUE).records == []
        rounds.append(visits(cached, asked))

    assert (first.exit_code, len(first.records)) == (0, 30)
    assert rounds[0][304] > 25 > rounds[0][200]
    assert rounds[1][200] > 25 > rounds[1][304]


def test_an_edit_shows_in_spite_of_validators(crawl: Crawler, cached: Served) -> None:
    crawl(cached.url, **ALL_DUE)
    cached.replica.edit(7, "أضيفت هذه الفقرة بعد النشر.")

    (edited,) = crawl(cached.url, **ALL_DUE).records

    assert edited["revision"] == 2
    assert edited["text"].endswith("أضيفت هذه الفقرة بعد النشر.")


def test_an_edit_that_could_not_be_archived_is_not_taken_for_known(crawl: Crawler, cached: Served) -> None:
    failing = json.dumps({**ITEM_PIPELINES, "tests.chaos.failing.FailingAlways": 350})
    crawl(cached.url, **ALL_DUE)
    cached.replica.edit(7, "أضيفت هذه الفقرة بعد النشر.")
    failed = crawl(cached.url, ITEM_PIPELINES=failing, **ALL_DUE)
    healed = crawl(cached.url, **ALL_DUE)

    assert failed.records == []
    assert [record["revision"] for record in healed.records] == [2]
