"""What changes on the replica shows wherever it shows on a real site."""

from urllib.parse import urlsplit

import pytest

from tests.replica import TRAPS, Replica
from tests.replica.plan import ALL
from tests.replica.reading import BASE, body_text, entries, page, reversed_truth, walked
from tests.replica.site import Site


def test_a_far_page_of_a_big_site_costs_no_more_than_a_near_one() -> None:
    def written(path: str) -> int:
        replica = Replica(50_000)
        page(replica, path)
        return replica.written

    assert written("/page/4000/") <= written("/page/2/") + 2


def test_added_posts_are_the_newest() -> None:
    replica = Replica(20)
    before = {article["url"] for article in replica.truth()}
    replica.add(3)
    after = list(replica.truth())

    assert len(after) == 23
    assert {article["url"] for article in after[3:]} == before
    assert [after[0]["post_id"]] == entries(page(replica, "/"))[3:4]
    assert after == sorted(after, key=lambda article: article["published"], reverse=True)


def test_an_edit_shows_on_the_page_and_in_the_truth() -> None:
    replica = Replica()
    before = replica.article(5)
    replica.edit(5, "وهذه فقرة جديدة.")
    after = replica.article(5)

    assert after["paragraphs"] == [*before["paragraphs"], "وهذه فقرة جديدة."]
    assert after["modified"] > before["modified"]
    assert "وهذه فقرة جديدة." in body_text(page(replica, urlsplit(after["url"]).path))


@pytest.mark.parametrize("gone", [[70], [0], [69, 68, 3], list(range(30, 60))])
def test_deleted_posts_leave_every_listing(gone: list[int]) -> None:
    replica = Replica(70)
    paths = [urlsplit(replica.article(index)["url"]).path for index in gone]
    for index in gone:
        replica.delete(index)
    left = [article["post_id"] for article in reversed_truth(replica)]

    assert replica.count(ALL) == 71 - len(gone)
    assert walked(replica, "/")[: len(left) + 3][-len(left) :] == left
    assert {Site(replica, BASE).answer(path).status for path in paths} <= {404, 301}


def test_a_deleted_post_with_a_twin_leads_to_the_twin() -> None:
    replica = Replica()
    index = TRAPS["equal-title"] - 1
    path = urlsplit(replica.article(index)["url"]).path
    replica.delete(index)

    assert Site(replica, BASE).answer(path).headers["Location"] == replica.article(index + 1, BASE)["url"]


def test_the_old_address_of_a_renamed_post_leads_to_the_new_one() -> None:
    replica = Replica()
    before = replica.article(5, BASE)
    replica.rename(5)
    after = replica.article(5, BASE)
    moved = Site(replica, BASE).answer(urlsplit(before["url"]).path)

    assert before | {"url": after["url"], "modified": after["modified"]} == after
    assert (moved.status, moved.headers["Location"]) == (301, after["url"])
    assert page(replica, urlsplit(after["url"]).path).css("h1")[0].text() == after["title"]
