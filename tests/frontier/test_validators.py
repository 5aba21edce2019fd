"""Pages of servers that date them without naming their state."""

from collections.abc import Iterator
from dataclasses import replace
from email.utils import format_datetime
from urllib.parse import urlsplit

import pytest

from tests.replica import TRAPS, Replica, Served, serve, server
from tests.replica.site import Reply
from tests.support.crawls import Crawler
from tests.support.sites import path

ALL_DUE = {"FURAT_DUE_SHARE": 0}


@pytest.fixture
def dated(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """Serve pages that carry `Last-Modified` and no `ETag`, as files that a cache wrote do."""
    with serve(Replica(20, weight=0)) as site:
        answer = site.site.answer
        indexes = {urlsplit(site.replica.article(index)["url"]).path: index for index in range(site.replica.posts)}

        def date(target: str) -> Reply:
            reply = answer(target)
            if reply.status != 200 or target not in indexes:
                return reply
            changed = format_datetime(site.replica.modified(indexes[target]), usegmt=True)
            return replace(reply, headers={**reply.headers, "Last-Modified": changed})

        def is_unchanged(reply: Reply, asked: dict[str, str]) -> bool:
            return "if-modified-since" in asked and asked["if-modified-since"] == reply.headers.get("Last-Modified")

        site.site.answer = date  # type: ignore[method-assign]
        monkeypatch.setattr(server, "is_unchanged", is_unchanged)
        yield site


def test_a_date_alone_is_asked_for_again_and_spares_the_page(crawl: Crawler, dated: Served) -> None:
    first = crawl(dated.url)
    asked = len(dated.requests)
    second = crawl(dated.url, **ALL_DUE)

    assert len(first.records) == 20
    assert (second.exit_code, second.records) == (0, [])
    spared = [request.path for request in list(dated.requests)[asked:] if request.status == 304]
    whole = {path(dated, post["index"]) for post in dated.replica.truth()} - {path(dated, TRAPS["multi-page"])}
    assert sorted(spared) == sorted(whole)  # one page's date says nothing of an article's other pages


def test_an_edit_shows_by_the_date_alone(crawl: Crawler, dated: Served) -> None:
    crawl(dated.url)
    dated.replica.edit(7, "أضيفت هذه الفقرة بعد النشر.")

    (edited,) = crawl(dated.url, **ALL_DUE).records

    assert edited["post_id"] == dated.replica.article(7)["post_id"]
    assert edited["revision"] == 2
