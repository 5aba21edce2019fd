"""The replica's feeds show what its pages show, with the validators that WordPress sends."""

import gzip
import http.client
import json
from collections.abc import Callable
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from furat.pages import FeedPage
from tests.replica import TRAPS, Replica, serve
from tests.replica.plan import TAGS
from tests.replica.reading import BASE, all_ids, answer

PROTECTED = TRAPS["protected"]


def test_closed_feeds_are_missing() -> None:
    assert answer(Replica(feeds=False), "feed/").status == 404


@pytest.mark.parametrize("kind", ["feed/", "feed/atom/"])
def test_a_feed_is_walked_to_its_end(kind: str) -> None:
    replica = Replica(25)
    found: list[int | None] = []
    for number in range(1, 4):
        page = FeedPage(answer(replica, kind, paged=number).body, BASE)
        assert page.is_whole
        found += [entry.post_id for entry in page.entries]
    beyond = answer(replica, kind, paged=4)

    assert found == all_ids(replica)
    assert beyond.status == 404
    assert FeedPage(beyond.body, BASE).is_whole


def test_a_sections_feed_holds_its_newest() -> None:
    replica = Replica(60)
    page = FeedPage(answer(replica, TAGS[1].path + "feed/").body, BASE)

    truth = [article["post_id"] for article in replica.truth() if TAGS[1].name in article["tags"]]

    assert [entry.post_id for entry in page.entries] == truth[:10]
    assert page.entries[0].terms[-1] == TAGS[1].name


def test_an_unknown_sections_feed_is_empty() -> None:
    reply = answer(Replica(), "tag/nothing/feed/")

    assert reply.status == 200
    assert FeedPage(reply.body, BASE).is_feed
    assert not FeedPage(reply.body, BASE).entries
    assert answer(Replica(), "feed/page/2/").status == 404


def test_a_feed_shows_first_pages_and_forms() -> None:
    replica = Replica(60)
    pages = [FeedPage(answer(replica, "feed/", paged=number).body, BASE) for number in range(1, 8)]
    entries = {entry.post_id: entry for page in pages for entry in page.entries}
    first, *rest = replica.post(TRAPS["multi-page"]).pages

    assert entries[replica.card(PROTECTED).id].protected
    assert entries[replica.card(PROTECTED).id].title.startswith("محمي: ")
    content = entries[replica.card(TRAPS["multi-page"]).id].content or ""
    assert all(replica.at(BASE, block.html).strip() in content for block in first)
    assert not any(replica.at(BASE, block.html).strip() in content for page in rest for block in page)


def asked(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(url)
    with closing(http.client.HTTPConnection(str(parts.hostname), parts.port)) as connection:
        connection.request("GET", f"{parts.path}?{parts.query}", headers=headers)
        reply = connection.getresponse()
        return reply.status, dict(reply.getheaders()), reply.read()


def test_validators_are_those_that_wordpress_obeys() -> None:
    with serve(Replica(30)) as site:
        _, headers, _ = asked(f"{site.url}feed/")
        tag, date = headers["ETag"], headers["Last-Modified"]

        def status(path: str = "feed/", **sent: str) -> int:
            return asked(site.url + path, **{name.replace("_", "-"): value for name, value in sent.items()})[0]

        assert status(If_None_Match=tag) == status(If_Modified_Since=date) == 304
        assert status(If_None_Match=tag, If_Modified_Since=date) == 304
        assert status(If_None_Match=f"W/{tag}") == status(If_None_Match=f"W/{tag}", If_Modified_Since=date) == 200
        assert status(If_None_Match='"other"', If_Modified_Since=date) == 200
        assert status(If_Modified_Since="Mon, 04 Jan 2016 00:00:00 GMT") == status(If_Modified_Since="x") == 200
        assert status("tag/nothing/feed/", If_None_Match=tag) == status("feed/?paged=99", If_None_Match=tag) == 304
        assert status("", If_None_Match=tag, If_Modified_Since=date) == 200


def test_a_packed_feed_has_a_weak_tag() -> None:
    with serve(Replica(30, rest=True)) as site:
        plain = asked(f"{site.url}feed/")
        packed = asked(f"{site.url}feed/", **{"Accept-Encoding": "gzip"})
        json_ = asked(f"{site.url}wp-json/wp/v2/posts", **{"Accept-Encoding": "gzip"})
        atom = asked(f"{site.url}feed/atom/", **{"Accept-Encoding": "gzip"})

    assert packed[1]["ETag"] == f"W/{plain[1]['ETag']}"
    assert gzip.decompress(packed[2]) == plain[2]
    assert len(json.loads(gzip.decompress(json_[2]))) == 10
    assert not {"ETag", "Last-Modified"} & json_[1].keys()
    assert atom[1]["ETag"] == plain[1]["ETag"]


@pytest.mark.parametrize(
    "change, is_seen",
    [
        (lambda replica: replica.edit(3, "فقرة"), True),
        (lambda replica: replica.rename(3), True),
        (lambda replica: replica.add(1), True),
        (lambda replica: replica.delete(3), False),
        (lambda replica: replica.delete(29), False),
    ],
)
def test_validators_know_of_edits_and_not_of_deletions(change: Callable[[Replica], None], is_seen: bool) -> None:
    replica = Replica(30)
    before = answer(replica, "feed/").headers["ETag"]
    change(replica)

    assert (answer(replica, "feed/").headers["ETag"] != before) == is_seen
